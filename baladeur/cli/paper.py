"""paper: what is printed, as PDF files that go where the user says and nowhere else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.errors import AlreadyThere, WordsOnTheKey
from baladeur.session import Session
from baladeur.text import safe_text

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
    return language(_output(command))


def _output(command: Any) -> Any:
    option = click.option(
        "-o", "output", type=click.Path(path_type=Path), required=True, help="The file to write, not there yet."
    )
    return option(command)


def write(output: Path, made: bytes, record: Path | None = None, *, secret: bool = False) -> None:
    """Write a sheet to a new file, and say what may keep traces of it. secret: it holds words that open something.

    Raises WordsOnTheKey for secret words beside the record they open, AlreadyThere, MediumError's kinds.
    """
    beside = record is not None and _beside(output, record)
    if secret and beside:
        raise WordsOnTheKey
    (Session.write_secret if secret else Session.write_new)(output, made)
    speech.tell("paper-written", size=max(1, len(made) >> 10))
    for name in ("paper-words" if secret else "paper-traces", *(["paper-on-key"] if beside else [])):
        for row in speech.paragraph(speech.phrase(name)):
            speech.say(row)


def check_place(output: Path, record: Path) -> None:
    """Ask, before secret words are drawn, if they may go there. Raises WordsOnTheKey, AlreadyThere, FileRefused."""
    if _beside(output, record):
        raise WordsOnTheKey
    if output.exists():
        raise AlreadyThere
    if not output.parent.is_dir():
        raise problems.FileRefused


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
    print_page(path, output, secret_file, _languages())


def print_page(path: Path, output: Path, secret_file: Path | None, languages: Sequence[Literal["fr", "en"]]) -> None:
    """Write the emergency page of a record as a PDF. Ends with its own exit code if it is older or wrongly signed."""
    Session.warm()
    page, found = Session.page_at(path, asking.secret_for(path, secret_file))
    findings.say(page.findings)
    write(output, Session.emergency_sheet(page, found, languages), path)
    if findings.older(page.findings):
        raise click.exceptions.Exit(problems.OLDER_SHOWN)
    if page.signature == "wrong":
        raise click.exceptions.Exit(problems.WRONG)


def _single(command: Any) -> Any:
    """The options of a command that makes a sheet in one language."""
    return asking.speaking(_output(command))


@paper.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", default="", help="A name on the sheet; by default there is none.")
@click.option("--qr", is_flag=True, help="Also a code that any telephone reads, and keeps.")
@click.option("--secret-file", type=click.Path(path_type=Path), help="File with the 12 words; - is standard input.")
@_single
def recovery(path: Path, output: Path, name: str, qr: bool, secret_file: Path | None) -> None:
    """The recovery sheet: type the 12 words, which must open the record; they go on one A4 sheet."""
    typed = asking.secret_for(path, secret_file, "ask-recovery")
    key = Session.short_id(path)
    made = Session.recovery_sheet(typed, speech.language(), key=key, name=safe_text(name, 60), qr=qr)
    with Session.open(path, typed):
        pass  # words that open nothing are not put on paper
    write(output, made, path, secret=True)


@paper.command()
@click.option("--call", default="", help="Whom to call, with the number; by default a line to write on.")
@click.option("--code", is_flag=True, help="Ask for the six emergency words and put them on the card.")
@click.option("--secret-file", type=click.Path(path_type=Path), help="File with the 6 words; - is standard input.")
@_single
def card(output: Path, call: str, code: bool, secret_file: Path | None) -> None:
    """The wallet card: that there is a key, whom to call, and the emergency code if you want it there."""
    typed = asking.secret_of(secret_file, "ask-emergency") if code else None
    made = Session.wallet_card(speech.language(), typed=typed, call=safe_text(call, 80))
    write(output, made, secret=code)


COMMANDS = (paper,)
