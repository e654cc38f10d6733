"""paper: what is printed, as PDF files that go where the user says and nowhere else."""

from pathlib import Path
from typing import Any, Literal

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.session import Session

_LANGUAGES = "baladeur.languages"


def _keep_languages(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value and value != "both":
        speech.begin(value)
    ctx.meta[_LANGUAGES] = value


def _languages() -> tuple[Literal["fr", "en"], ...]:
    """Those of the sheet: both, or that of the run."""
    return ("fr", "en") if click.get_current_context().meta.get(_LANGUAGES) == "both" else (speech.language(),)


def _printing(command: Any) -> Any:
    """The options of a command that makes a sheet."""
    language = click.option(
        "--lang",
        type=click.Choice(["fr", "en", "both"]),
        callback=_keep_languages,
        is_eager=True,
        expose_value=False,
        help="Language of the sheet and of sentences; by default that of LANG.",
    )
    output = click.option(
        "-o", "output", type=click.Path(path_type=Path), required=True, help="The file to write, not there yet."
    )
    return language(output(command))


def write(output: Path, made: bytes, record: Path | None = None) -> None:
    """Write a sheet to a new file, and say what may keep traces of it. Raises AlreadyThere, MediumError's kinds."""
    Session.write_new(output, made)
    speech.tell("paper-written", size=max(1, len(made) >> 10))
    for name in ("paper-traces", *(["paper-on-key"] if record and _beside(output, record) else [])):
        for row in speech.paragraph(speech.phrase(name)):
            speech.say(row)


def _beside(output: Path, record: Path) -> bool:
    """Whether the sheet lies on the key itself, in clear."""
    folder = record if record.is_dir() else record.parent
    return output.resolve().is_relative_to(folder.resolve())


@click.group()
def paper() -> None:
    """What is printed: PDF files, which go where you say."""


@paper.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--secret-file", type=click.Path(path_type=Path), help="File that holds the secret; - is standard input.")
@_printing
def emergency(path: Path, output: Path, secret_file: Path | None) -> None:
    """The emergency page on one A4 sheet, with any secret of the record."""
    Session.warm()
    page, found = Session.page_at(path, asking.secret_for(path, secret_file))
    findings.say(page.findings)
    write(output, Session.emergency_sheet(page, found, _languages()), path)
    if findings.older(page.findings):
        raise click.exceptions.Exit(problems.OLDER_SHOWN)
    if page.signature == "wrong":
        raise click.exceptions.Exit(problems.WRONG)


COMMANDS = (paper,)
