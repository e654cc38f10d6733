"""rgpd: the duties of data protection as three sheets, in French: as text, or as a PDF to print."""

from pathlib import Path

import click

from baladeur.cli import asking, speech
from baladeur.session import Session


@click.command()
@click.argument("sheet", type=click.Choice(Session.RGPD))
@click.option("-o", "output", type=click.Path(path_type=Path), help="A PDF file to write, not there yet.")
@asking.speaking
def rgpd(sheet: str, output: Path | None) -> None:
    """Print what the RGPD asks for: notice (for the patient), register (for the doctor), breach (a lost key).

    The sheets are in French and were reviewed by nobody yet.
    """
    if output is not None:
        made = Session.rgpd_pdf(sheet)
        Session.write_new(output, made)
        speech.tell("paper-written", size=max(1, len(made) >> 10))
        return
    for lead, text in Session.rgpd_rows(sheet):
        lines = list(speech.paragraph(text, " " * len(lead))) or [""]
        speech.put(lead + lines[0][len(lead) :])
        for line in lines[1:]:
            speech.put(line)


COMMANDS = (rgpd,)
