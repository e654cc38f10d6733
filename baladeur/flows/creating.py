"""The first run: from an empty key to a record whose words are on paper.

Nothing is written before the words were typed back: whoever stops earlier leaves an empty key behind. The record is
then created in one act; who it is about, the emergency code and a copy come after it, and each may be left for later.
"""

from collections.abc import Generator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from baladeur.errors import AlreadyThere, BaladeurError, ClockNotBelieved, DateRefused
from baladeur.flows import copies, identity, keyboard, learning, secrets
from baladeur.flows.steps import (
    NO,
    YES,
    Ask,
    Flow,
    Option,
    Say,
    Speak,
    Step,
    Stop,
    choose,
    confirm,
    held,
    say,
    t,
    work,
)
from baladeur.session import NewAccess, Session

_STOP = t("p-stop-ask-new")


def first_run(path: Path, *, language: Literal["fr", "en"], demonstration: bool = False) -> Flow:
    """A new record in the folder of a key. Ends as `created` or `stopped`."""
    try:
        language = yield from _language(language)
        folder = yield from _folder(path)
        day = yield from _clock()
        yield from held(say(t("p-welcome"), t("p-welcome-steps"), t("p-welcome-paper"), pause=True), _STOP)
        yield from _keyboard()
        who = yield from _who()
        everyday, recovery = NewAccess.draw("everyday"), NewAccess.draw("recovery")
        yield from learning.by_heart(everyday, "words", _STOP)
        yield from held(say(t("p-paper-what"), t("p-paper-where"), pause=True), _STOP)
        sheet = partial(Session.recovery_sheet, " ".join(recovery.words), language)
        yield from learning.on_paper(recovery, "recovery", _STOP, sheet, folder)
        yield from _create(folder, [everyday, recovery], demonstration, day)
    except Stop:
        yield say(t("p-nothing-made"), t("p-nothing-made-paper"))
        return "stopped"
    try:
        yield from _after(folder, everyday, who, day)
    except BaladeurError as error:
        yield say(error, t("p-made-later"))
    except Stop:
        yield say(t("p-made-later"), t("p-remove-key"))
    return "created"


def _language(present: Literal["fr", "en"]) -> Generator[Step, Any, Literal["fr", "en"]]:
    chosen = yield choose(
        [t("p-language")], present, Option("fr", t("p-language-fr")), Option("en", t("p-language-en"))
    )
    language: Literal["fr", "en"] = "en" if chosen == "en" else "fr"
    yield Speak((), language)
    return language


def _folder(path: Path) -> Generator[Step, Any, Path]:
    """Where the record may stand, before anybody copies words for it."""
    beside = False
    while True:
        try:
            return Session.room(path, beside=beside)
        except AlreadyThere as error:
            options = [Option("stop", t("p-stop")), Option("beside", t("p-beside"), t("p-beside-more"))]
            answer = yield choose([error if beside else t("p-there-is-one")], "stop", *options)
        except BaladeurError as error:
            answer = yield choose([error], "again", Option("again", t("p-retry")), Option("stop", t("p-stop")))
        if answer == "stop":
            raise Stop
        beside = beside or answer == "beside"


def _clock() -> Generator[Step, Any, str | None]:
    """Today's date, if this computer cannot know it."""
    try:
        Session.check_new_clock()
    except ClockNotBelieved:
        return (yield from ask_day())
    return None


def ask_day() -> Generator[Step, Any, str]:
    """Today's date, as the person says it. Raises Stop."""
    told: tuple[Any, ...] = (t("clock-wrong", now=f"{datetime.now():%Y-%m-%d %H:%M}"), t("p-today"))
    while True:
        day = identity.iso(str((yield Ask(told))))
        try:
            Session.day_said(day)
        except DateRefused as refused:
            told = (refused, t("p-today"))
        else:
            return day


def _keyboard() -> Generator[Step, Any, None]:
    body: tuple[Any, ...] = (t("p-keyboard", word=keyboard.TEST_WORD),)
    while True:
        typed = yield from held(Ask(body, optional=True), _STOP)
        verdict = keyboard.judge(typed) if typed.strip() else "fine"
        if verdict == "fine":
            return
        if verdict == "not-latin":
            body = (t("p-key-not-latin"), t("p-keyboard", word=keyboard.TEST_WORD))
            continue
        options = (Option("again", t("p-again")), Option("on", t("p-keyboard-on")))
        if (yield from held(choose([t(f"p-key-{verdict}"), t("p-key-numbers")], "again", *options), _STOP)) == "on":
            return


def _who() -> Generator[Step, Any, str]:
    """Whose hands are on the keyboard while the words are shown: those of the patient, or of who answers for her."""
    options = (
        Option("me", t("p-who-me")),
        Option("other", t("p-who-other"), t("p-who-other-more")),
        Option("ward", t("p-who-ward"), t("p-who-ward-more")),
    )
    who: str = yield from held(choose([t("p-who")], "me", *options), _STOP)
    if who == "other":
        while (yield from held(confirm(t("p-hand-over"), yes="p-hand-over-yes", no="p-not-yet"), _STOP)) == NO:
            yield from held(say(t("p-hand-over-wait"), pause=True), _STOP)
    elif who == "ward":
        yield from held(say(t("p-ward"), pause=True), _STOP)
    return who


def _create(
    folder: Path, accesses: list[NewAccess], demonstration: bool, day: str | None
) -> Generator[Step, Any, None]:
    """The one act that writes. If the key refuses, the words on the paper stay good and it can be tried again."""
    while True:
        try:
            yield work("p-creating", Session.create_with, folder, [], accesses, demonstration=demonstration, day=day)
            return
        except BaladeurError as error:
            retry = choose(
                [error, t("p-create-again")], "again", Option("again", t("p-retry")), Option("stop", t("p-stop"))
            )
            if (yield from held(retry, _STOP)) == "stop":
                raise Stop from None


def _after(folder: Path, everyday: NewAccess, who: str, day: str | None) -> Generator[Step, Any, None]:
    placed = Session.place_beside(folder)
    told = [t("p-created"), *([] if placed else [t("p-page-not-placed")])]
    yield Say((*told, t("p-hand-back") if who == "other" else t("p-what-next")))
    typed = " ".join(everyday.words)
    session: Session = yield work("p-opening", Session.open, folder, typed, write=True)
    with session:
        if day:
            session.date_is(day)
        yield from _skippable(identity.declare(session))
        yield from _skippable(secrets.emergency(session, first=True))
    yield from _skippable(copies.offer(folder, typed))
    yield say(t("p-end"), t("p-end-have"), t("p-remove-key"))


def _skippable(flow: Flow) -> Generator[Step, Any, None]:
    """A part that may be left for later; what it could not do is said, and the record stays whole."""
    try:
        yield from flow
    except BaladeurError as error:
        yield say(error, t("p-later"))
    except Stop:
        if (yield confirm(t("p-later"), t("p-go-on-ask"), yes="p-go-on", no="p-stop-here")) != YES:
            raise
