"""The command that hands out: export."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from baladeur.cli import asking, problems, speech
from baladeur.session import Session

FOLDERS = ("evidence", "all")
KINDS = ("fhir", "ips", *FOLDERS)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), required=True, help="The format.")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    help="A new file (fhir, ips; - is standard output) or folder.",
)
@click.option("--everything", is_flag=True, help="Also what is for the dossier only (ips).")
@asking.with_secret
def export(path: Path, kind: str, out: Path, everything: bool, secret_file: Path | None) -> None:
    """Hand out the record in an open format, unencrypted. Nothing in the record changes."""
    if kind in FOLDERS and str(out) == "-":
        raise click.UsageError("-o")
    with asking.reading(path, secret_file) as session:
        told = _folder(session, kind, out) if kind in FOLDERS else _file(session, kind, out, everything)
        for name, n in told.items():
            if n:
                speech.tell(f"x-{name}", n=n)
        speech.tell("x-clear")
        if told.get("damaged"):
            raise click.exceptions.Exit(problems.WRONG)


def _file(session: Session, kind: str, out: Path, everything: bool) -> Mapping[str, int]:
    made = session.export_fhir() if kind == "fhir" else session.export_ips(everything=everything)
    if str(out) != "-":
        session.write_new(out, made.data)
    elif sys.stdout.isatty():
        raise problems.BinaryContent
    else:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
    return made.told


def _folder(session: Session, kind: str, out: Path) -> Mapping[str, int]:
    if kind == "evidence":
        return session.export_evidence(out)
    with speech.progress("exporting") as step:
        return session.export_all(out, step)


COMMANDS = (export,)
