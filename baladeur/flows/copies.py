"""Copies: one in a second place, what to do when the key is lost, and two copies that went on by themselves."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from baladeur.errors import AlreadyThere, BaladeurError, ConsentNeeded, WrongSecret
from baladeur.flows.steps import (
    NO,
    YES,
    Ask,
    Flow,
    Option,
    Piece,
    Progress,
    Step,
    choose,
    confirm,
    long_work,
    say,
    t,
    work,
)
from baladeur.session import Draft, Session


def offer(path: Path, typed: str) -> Flow:
    """A copy in a second place, offered after each change. Ends as `done` or `later`."""
    if (yield confirm(t("p-copy-ask"), t("p-copy-why"), yes="p-copy-yes", no="p-later-no")) == NO:
        return "later"
    return (yield from copy(path, typed))


def copy(path: Path, typed: str) -> Flow:
    """The record into another folder, read back there. Ends as `done` or `later`."""
    return (yield from _copy(lambda folder, progress: Session.copy(path, folder, typed, progress)))


def copy_of(session: Session) -> Flow:
    """As `copy`, of an open record: nobody types eight words twice."""
    return (yield from _copy(session.copy_into))


def _copy(act: Callable[[Path, Progress], None]) -> Flow:
    before: tuple[Piece, ...] = ()
    while (folder := (yield from where(*before, t("p-copy-where"), t("p-copy-where-more")))) is not None:
        try:
            yield long_work("copying", act, folder)
        except BaladeurError as error:
            before = (error, t("p-copy-in-the-way")) if isinstance(error, AlreadyThere) else (error,)
        else:
            yield say(t("p-copy-done"), t("p-copy-not"))
            return "done"
    return "later"


def where(*question: Piece) -> Generator[Step, Any, Path | None]:
    """A folder that is there, or None."""
    told = question
    while True:
        typed = str((yield Ask(told, "folder", optional=True))).strip().strip("'\"")
        if not typed:
            return None
        folder = Path(typed).expanduser()
        if folder.is_dir():
            return folder
        told = (t("p-no-folder"), *question)


def lost() -> Flow:
    """The key is lost: what the finder learns, and how the patient comes to her record again."""
    yield say(t("p-lost"), t("p-lost-finder"))
    options = (
        Option("none", t("p-lost-none")),
        Option("card", t("p-lost-card"), t("p-lost-card-more")),
        Option("words", t("p-lost-words"), t("p-lost-words-more")),
    )
    risk = yield choose([t("p-lost-with")], "none", *options)
    if (yield confirm(t("p-lost-copy"), yes="p-lost-copy-yes", no="p-lost-copy-no")) == NO:
        yield say(t("p-lost-no-copy"), t("p-lost-no-copy-do"))
        return "nothing"
    yield say(t("p-lost-do-copy"), t("p-lost-do-none") if risk == "none" else t("p-lost-do-revoke"), t("p-lost-do-end"))
    return "told"


def rejoin(session: Session, path: Path, typed: str) -> Flow:
    """Two copies of one record: how they stand to each other, and what to do. Ends with the relation, or `later`."""
    other = yield from where(t("p-join-where"), t("p-join-same"))
    if other is None:
        return "later"
    draft = session.draft()
    agreed = False
    while True:
        try:
            found, _, made = yield work("p-reading", session.rejoin, draft, other, typed, agreed=agreed)
            break
        except ConsentNeeded:
            if (yield confirm(t("p-join-doubt"), t("p-join-doubt-more"), yes="p-join-agree")) == NO:
                return "later"
            agreed = True
    relation = str(found.relation)
    if relation != "diverged":
        yield say(t("p-join-same-both" if relation == "same" else f"p-join-{relation}"))
        if relation == "newer" and (yield confirm(t("p-join-copy-ask"), yes="p-copy-yes")) == YES:
            yield long_work("copying", Session.copy, path, other, typed)
            yield say(t("p-copy-done"))
        return relation
    yield say(t("p-join-diverged", number=found.common, n=made.entries), t("p-join-both"), t("p-join-card"))
    return relation


def join(session: Session, draft: Draft) -> Flow:
    """For whoever signs: what another copy has since the two diverged goes into the draft, to be read and signed.

    Ends as `diverged` with the draft filled, with another relation told, or `later`. Nothing is written.
    """
    other = yield from where(t("p-join-where"), t("p-copy-where-more"))
    if other is None:
        return "later"
    agreed, typed = False, ""
    while True:
        try:
            if typed:
                found, _, made = yield work("p-reading", session.rejoin, draft, other, typed, agreed=agreed)
            else:
                found, _, made = yield work("p-reading", session.rejoin_alike, draft, other, agreed=agreed)
            break
        except WrongSecret as error:
            typed = str((yield Ask((error, t("p-join-other-words")), "secret", optional=True))).strip()
            if not typed:
                return "later"
        except ConsentNeeded:
            if (yield confirm(t("p-join-doubt"), t("p-join-doubt-more"), yes="p-join-agree")) == NO:
                return "later"
            agreed = True
    relation = str(found.relation)
    if relation != "diverged":
        yield say(t("p-join-same-both" if relation == "same" else f"p-join-{relation}"))
        return relation
    refused = [t("p-join-refused", n=made.refused)] if made.refused else []
    yield say(t("p-join-diverged", number=found.common, n=made.entries), *refused, t("p-join-read"))
    return relation
