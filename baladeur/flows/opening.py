"""Opening a record for its patient: the secret, what is odd about the file, whose it is."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

from baladeur.errors import (
    ClockNotBelieved,
    EmergencyOnly,
    SecretMistyped,
    SecretRefused,
    WrongSecret,
)
from baladeur.flows import keyboard
from baladeur.flows.creating import ask_day
from baladeur.flows.identity import days
from baladeur.flows.steps import Ask, Flow, Own, Step, Stop, confirm, say, t, work
from baladeur.session import Session

_AGAIN = (WrongSecret, SecretMistyped, SecretRefused, EmergencyOnly)


def opened(path: Path) -> Generator[Step, Any, tuple[Session, str]]:
    """An open record to write, and the secret that opened it. The caller closes it. Raises Stop."""
    told: tuple[Any, ...] = (t("p-open"), t("p-open-how"))
    while True:
        typed = str((yield Ask(told, "secret")))
        if keyboard.not_latin(typed):
            told = (t("p-key-not-latin"), t("p-open"))
            continue
        try:
            session: Session = yield work("p-opening", Session.open, path, typed, write=True)
        except _AGAIN as error:
            told = (error, t("p-open-how"))
            continue
        try:
            yield from _settle(session, path)
        except BaseException:
            session.close()
            raise
        return session, typed


def _settle(session: Session, path: Path) -> Generator[Step, Any, None]:
    """Before anything is written: what may be missing, what day it is, whose record this is."""
    if session.blocked:
        if (yield confirm(t("p-missing"), t("p-missing-more"), yes="p-missing-agree")) == "no":
            raise Stop
        session.agree()
    try:
        session.check_clock()
    except ClockNotBelieved:
        session.date_is((yield from ask_day()))
    if Session.records(path) > 1 or session.whose().name:
        yield from whose(session, Session.records(path))


def whose(session: Session, count: int) -> Flow:
    """Whose record was opened, and born when, before anything of it is shown; count: the records on the key."""
    found = session.whose()
    named = [Own(found.name, found.name)] if found.name else [t("p-whose-unknown")]
    born = [t("p-born", day=days(found.born))] if found.born else []
    several = [t("p-several", n=count)] if count > 1 else []
    yield say(*several, t("p-whose-is"), *named, *born)
    return "done"
