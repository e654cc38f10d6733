"""The command that hands out: export."""

import sys
from pathlib import Path

import click

from baladeur.cli import asking, problems, speech
from baladeur.session import Exported, Session

KINDS = ("fhir", "ips")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), required=True, help="The format.")
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), required=True, help="A new file; - is standard output."
)
@click.option("--everything", is_flag=True, help="Also what is for the dossier only (ips).")
@asking.with_secret
def export(path: Path, kind: str, out: Path, everything: bool, secret_file: Path | None) -> None:
    """Hand out the record in an open format, unencrypted. Nothing in the record changes."""
    with asking.reading(path, secret_file) as session:
        made = session.export_fhir() if kind == "fhir" else session.export_ips(everything=everything)
        _put(session, made, out)


def _put(session: Session, made: Exported, out: Path) -> None:
    if str(out) == "-":
        if sys.stdout.isatty():
            raise problems.BinaryContent
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
    else:
        session.write_new(out, made.data)
    for name, n in made.told.items():
        if n:
            speech.tell(f"x-{name}", n=n)
    speech.tell("x-clear")


COMMANDS = (export,)
