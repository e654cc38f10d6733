"""preview: the emergency page that a FHIR document would give. No record, no secret, no signature."""

from datetime import date
from pathlib import Path

import click

from baladeur.cli import speech
from baladeur.cli.asking import speaking
from baladeur.session import Session


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--all", "all_", is_flag=True, help="The screens after the first too.")
@speaking
def preview(file: Path, all_: bool) -> None:
    """Show the emergency page that a FHIR R4 document (JSON) would give. Nothing is stored."""
    with file.open("rb") as source:
        screens = Session.preview(source, speech.language(), date.today())
    speech.tell("preview")
    for screen in screens if all_ else screens[:1]:
        for line in screen:
            click.echo(line)  # tamed when it was read: taming it again would break the grouping of numbers


COMMANDS = (preview,)
