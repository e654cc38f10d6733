"""Who may open: the emergency code, a carer's words, other words, new keys. Each says what it does not do."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Final, Literal

from baladeur.flows import learning, page
from baladeur.flows.steps import NO, Flow, Option, Step, choose, confirm, say, t, work
from baladeur.session import CARERS, NewAccess, Session

Language = Literal["fr", "en"]
_STOP: Final = t("p-stop-ask-words")
Renewal = Generator[Step, Any, NewAccess | None]
"""Ends with the access that is in force now and opens the whole record, or None if nothing changed."""


def emergency(session: Session, *, first: bool = False) -> Flow:
    """Nothing without my words, or six words for the emergency page alone. Off by default.

    first: a new record, which has none. Ends as `none`, `kept`, `removed` or `done`.
    """
    none = Option("none", t("p-emergency-a"), t("p-emergency-a-more"))
    code = Option("code", t("p-emergency-b"), t("p-emergency-b-more"))
    told = [t("p-emergency"), t("p-emergency-price")]
    if first:
        answer = yield choose(told, "none", none, code)
    else:
        keep = Option("kept", t("p-emergency-keep"), t("p-emergency-keep-more"))
        remove = Option("removed", t("p-emergency-a"), t("p-emergency-a-more"))
        answer = yield choose(told, "kept", keep, code, remove)
    if answer == "removed":
        yield work("p-writing", session.remove_access, "emergency")
        yield say(t("p-emergency-removed"), t("p-locks-nobody"))
    if answer != "code":
        return str(answer)
    yield from page.choose_lines(session)
    access = NewAccess.draw("emergency")
    yield from learning.by_heart(access, "emergency", _STOP)
    yield work("p-writing", session.set_access, access)
    yield say(t("p-emergency-done"), t("p-emergency-card"), t("p-emergency-not"))
    return "done"


def carer(session: Session) -> Renewal:
    """Words of a carer's own, or their end."""
    options = (
        Option("none", t("p-nothing")),
        Option("add", t("p-carer-add"), t("p-carer-add-more")),
        Option("remove", t("p-carer-remove"), t("p-carer-remove-more")),
    )
    answer = yield choose([t("p-carer"), t("p-carer-price")], "none", *options)
    if answer == "none":
        return None
    places = [Option(str(n), t("p-carer-place", n=n)) for n in CARERS]
    number = int((yield choose([t("p-carer-which"), t("p-carer-which-more")], "1", *places)))
    if answer == "remove":
        if (yield confirm(t("p-carer-remove-ask", n=number))) == NO:
            return None
        yield work("p-writing", session.remove_access, "carer", number)
        yield say(t("p-carer-removed", n=number), t("p-locks-nobody"))
        return None
    access = NewAccess.draw("carer", carer=number)
    yield say(t("p-carer-hand"), pause=True)
    yield from learning.from_paper(access, "carer", _STOP)
    yield work("p-writing", session.set_access, access)
    yield say(t("p-carer-done", n=number), t("p-locks-nobody"))
    return access


def change(session: Session) -> Renewal:
    """Eight other words for every day; also for whoever forgot them and opened with the paper."""
    if (yield confirm(t("p-change"), t("p-change-not"), yes="p-change-yes")) == NO:
        return None
    access = NewAccess.draw("everyday")
    yield from learning.by_heart(access, "words", _STOP)
    yield work("p-writing", session.change_access, access)
    yield say(t("p-change-done"), t("p-locks-nobody"))
    return access


def recovery(session: Session, language: Language = "fr") -> Renewal:
    """Twelve other words on paper; the old sheet opens nothing more here. language: of the sheet."""
    if (yield confirm(t("p-recovery"), t("p-recovery-not"), yes="p-recovery-yes")) == NO:
        return None
    access = NewAccess.draw("recovery")
    yield from learning.on_paper(access, "recovery", _STOP, _sheet(session, access, language), session.file.parent)
    yield work("p-writing", session.set_access, access)
    yield say(t("p-recovery-done"), t("p-locks-nobody"))
    return access


def revoke(session: Session, language: Language = "fr") -> Renewal:
    """New keys for everything: the key or the words were in other hands. language: of the sheet."""
    if (yield confirm(t("p-revoke"), t("p-revoke-not"), t("p-revoke-gone"), yes="p-revoke-yes")) == NO:
        return None
    everyday, paper = NewAccess.draw("everyday"), NewAccess.draw("recovery")
    yield from learning.by_heart(everyday, "words", _STOP)
    yield from learning.on_paper(paper, "recovery", _STOP, _sheet(session, paper, language), session.file.parent)
    yield work("p-writing", session.revoke, [everyday, paper])
    yield say(t("p-revoke-done"), t("p-revoke-copies"))
    return everyday


def _sheet(session: Session, access: NewAccess, language: Language) -> Callable[[], bytes]:
    key = Session.short_id(session.file)
    return partial(Session.recovery_sheet, " ".join(access.words), language, key=key)
