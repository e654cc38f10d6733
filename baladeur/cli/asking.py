"""What every command shares: its options, its secret, and the record that it opens.

A secret is asked without echo or read from a file; it is never an argument and never in the environment, where
other programs of the machine could read it.
"""

import getpass
import os
import stat
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from baladeur.cli import findings, problems, speech
from baladeur.errors import ConsentNeeded, SecretRefused
from baladeur.session import Session

MAX_SECRET_FILE = 8192  # bytes; a secret has at most 1 024 characters
Command = Callable[..., Any]


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        speech.begin(value)


def speaking(command: Command) -> Command:
    """The option that every command has."""
    option = click.option(
        "--lang",
        type=click.Choice(["fr", "en"]),
        callback=_speak,
        is_eager=True,
        expose_value=False,
        help="Language of sentences; by default that of LANG.",
    )
    return option(command)


def with_secret(command: Command) -> Command:
    """The options of a command that opens a record."""
    option = click.option(
        "--secret-file", type=click.Path(path_type=Path), help="File that holds the secret; - is standard input."
    )
    return speaking(option(command))


def writing(command: Command) -> Command:
    """The options of a command that writes to a record."""
    option = click.option("--agree", is_flag=True, help="Go on although something may be missing from the record.")
    return with_secret(option(command))


def as_json(command: Command) -> Command:
    """The option of a command that lists."""
    return click.option("--json", "json_", is_flag=True, help="For programs.")(command)


def secret_of(file: Path | None, prompt: str = "ask-secret") -> str:
    """The secret from its file, or asked without echo. Raises SecretNeeded, SecretRefused, OSError."""
    if file is None:
        return _asked(prompt)
    if str(file) == "-":
        raw = sys.stdin.buffer.read(MAX_SECRET_FILE + 1)
    else:
        with file.open("rb") as opened:
            raw = opened.read(MAX_SECRET_FILE + 1)
            mode = os.fstat(opened.fileno()).st_mode
        if os.name == "posix" and stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO):
            speech.tell("secret-file-open")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SecretRefused("not UTF-8") from None
    if len(raw) > MAX_SECRET_FILE:
        raise SecretRefused("too long")
    return text


def secret_for(path: Path, file: Path | None, prompt: str = "ask-secret") -> str:
    """The secret of the record at a path; nobody types eight words for an empty folder. Raises NothingThere too."""
    Session.look(path)
    return secret_of(file, prompt)


def _asked(prompt: str) -> str:
    if not on_terminal():
        raise problems.SecretNeeded
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # it would go on with echo
        try:
            return getpass.getpass(speech.phrase(prompt) + " ", sys.stderr)
        except (getpass.GetPassWarning, EOFError):
            raise problems.SecretNeeded from None


def confirm(name: str, yes: bool, **values: object) -> None:
    """Ask, with no as the safe answer. Raises ConfirmationNeeded, click.Abort."""
    if yes:
        return
    if not on_terminal():
        raise problems.ConfirmationNeeded
    if not offer(name, **values):
        raise click.Abort


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def offer(name: str, **values: object) -> bool:
    """A yes or no on a terminal; no elsewhere."""
    if not on_terminal():
        return False
    yes, no = speech.phrase("yes"), speech.phrase("no")
    answer = click.prompt(
        f"{speech.phrase(name, **values)} [{yes}/{no}]", default=no, show_default=False, err=True, prompt_suffix=" "
    )
    return bool(answer.strip()) and answer.strip().lower()[0] == yes[0]


def introduce(session: Session) -> None:
    """Say first what is odd about a record, and whether its patient is fictional."""
    findings.say(session.findings)
    if session.demonstration:
        speech.tell("demonstration")


@contextmanager
def reading(path: Path, secret_file: Path | None) -> Iterator[Session]:
    """An open record, after what was odd about it was said. Ends with its own exit code if an older commit is shown."""
    with Session.open(path, secret_for(path, secret_file)) as session:
        introduce(session)
        yield session
        if findings.older(session.findings):
            raise click.exceptions.Exit(problems.OLDER_SHOWN)


@contextmanager
def changing(path: Path, typed: str, agree: bool) -> Iterator[Session]:
    """A record open for writing. What may be missing is said first. Raises ConsentNeeded."""
    with Session.open(path, typed, write=True) as session:
        findings.say(session.findings)
        if session.blocked and not agree:
            raise ConsentNeeded
        if session.blocked:
            session.agree()
            speech.tell("agreed")
        yield session
