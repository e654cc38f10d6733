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
from datetime import date as calendar
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from baladeur.cli import findings, problems, speech
from baladeur.cli.language import speaking as speaking
from baladeur.errors import ClockNotBelieved, ConsentNeeded, DateRefused, SecretRefused
from baladeur.session import AUTO, Session, Signatory

_DAY, _RECEIPT = "baladeur.day", "baladeur.receipt"
MAX_SECRET_FILE = 8192  # bytes; a secret has at most 1 024 characters
Command = Callable[..., Any]


def with_secret(command: Command) -> Command:
    """The options of a command that opens a record."""
    option = click.option(
        "--secret-file", type=click.Path(path_type=Path), help="File that holds the secret; - is standard input."
    )
    return speaking(option(command))


def writing(command: Command) -> Command:
    """The options of a command that writes to a record."""
    option = click.option("--agree", is_flag=True, help="Go on although something may be missing from the record.")
    return with_secret(dated(option(command)))


def _keep_day(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        Session.day_said(value)
        ctx.meta[_DAY] = value


def dated(command: Command) -> Command:
    """The option of a command that writes: what day it is, if this computer does not know."""
    option = click.option(
        "--date",
        callback=_keep_day,
        expose_value=False,
        help="Today's date, 2026-11-23 or 2026-11-23T09:30, if this computer's clock is wrong; shown as declared.",
    )
    return option(command)


def signing(command: Command) -> Command:
    """The options of a command that signs; it gets `by`, who signs."""
    return _signing(command, AUTO)


def may_sign(command: Command) -> Command:
    """The same options for a command that signs only if a card is named; else `by` is None."""
    return _signing(command, None)


def _signing(command: Command, default: str | None) -> Command:
    @wraps(command)
    def with_signatory(
        *args: Any, card: str | None, module: Path | None, pin_file: Path | None, receipt: Path | None, **options: Any
    ) -> Any:
        from baladeur.cli import pin

        click.get_current_context().meta[_RECEIPT] = receipt
        named = str(module) if module else card
        return command(*args, by=pin.signatory(named, pin_file) if named else None, **options)

    for option in (
        click.option(
            "--card",
            metavar="auto|demo|MODULE",
            default=default,
            show_default=True,
            help="The card that signs; MODULE: the card that this PKCS#11 module shows.",
        ),
        click.option("--module", type=click.Path(path_type=Path), help="The PKCS#11 module to use: as --card MODULE."),
        click.option(
            "--pin-file", type=click.Path(path_type=Path), help="File with the PIN of a demonstration or test card."
        ),
        click.option(
            "--receipt",
            type=click.Path(path_type=Path),
            help="A new folder for the doctor's receipt of what she signs.",
        ),
    ):
        with_signatory = option(with_signatory)
    return with_signatory


def receipt_folder() -> Path | None:
    """Where the receipt goes, if that was said."""
    folder: Path | None = click.get_current_context().meta.get(_RECEIPT)
    return folder


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


def declared_day() -> str | None:
    """What the user said today's date is."""
    day: str | None = click.get_current_context().meta.get(_DAY)
    return day


def today() -> str:
    """Today's date as the user said it, or as this computer has it."""
    return (declared_day() or f"{calendar.today():%Y-%m-%d}")[:10]


def day_of(check: Callable[[], None]) -> str | None:
    """Today's date if it had to be declared: by --date, or asked because the clock cannot be right.

    Raises ClockNotBelieved, click.Abort.
    """
    if (said := declared_day()) is not None:
        return said
    try:
        check()
    except ClockNotBelieved:
        if not on_terminal():
            raise
    else:
        return None
    for row in speech.paragraph(speech.phrase("clock-wrong", now=f"{datetime.now():%Y-%m-%d %H:%M}")):
        speech.say(row)
    while True:
        day = str(click.prompt(speech.phrase("ask-day"), default="", show_default=False, err=True, prompt_suffix=" "))
        if not day.strip():
            raise click.Abort
        try:
            Session.day_said(day)
        except DateRefused as refused:
            speech.complain_of(refused)
        else:
            click.get_current_context().meta[_DAY] = day
            return day


def settle_clock(session: Session, by: Signatory | None = None) -> None:
    """Before a record is written to: a date that this computer can give, or one that somebody says."""
    if (day := day_of(lambda: session.check_clock(by))) is not None:
        session.date_is(day)
        speech.tell("day-declared")
        if by is not None:
            session.check_clock(by)


def _check_pin_file(session: Session, file: Path | None) -> None:
    """A real card's PIN is in its holder's head. Raises PinFileRefused, FileRefused."""
    if file is None:
        return
    if not session.demonstration:
        raise problems.PinFileRefused
    if not file.is_file():
        raise problems.FileRefused


@contextmanager
def changing(path: Path, typed: str, agree: bool, by: Signatory | None = None) -> Iterator[Session]:
    """A record open for writing. What may be missing is said first. by: who will sign, if somebody will.

    Raises ConsentNeeded, ClockNotBelieved, CardError's kinds, DemonstrationOnly, PinFileRefused.
    """
    with Session.open(path, typed, write=True) as session:
        findings.say(session.findings)
        if session.blocked and not agree:
            raise ConsentNeeded
        if session.blocked:
            session.agree()
            speech.tell("agreed")
        if by is not None:
            _check_pin_file(session, by.pin_file)
            if by.exposed:
                speech.tell("secret-file-open")
        settle_clock(session, by)
        said = set(session.findings)
        yield session
        findings.say(one for one in session.findings if one not in said)  # what going on has cost
