"""The patient's own menu: what she does with a record that is there, or with a key that has none."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Final, Literal

from baladeur.errors import BaladeurError
from baladeur.flows import copies, identity, opening, page, secrets
from baladeur.flows.creating import first_run
from baladeur.flows.steps import Flow, Option, Own, Step, Stop, choose, say, t
from baladeur.session import Session, keys

_QUIT: Final = Option("quit", t("p-menu-quit"))
_OPEN: Final = (
    "page",
    "emergency",
    "copy",
    "sheet",
    "card",
    "carer",
    "change",
    "recovery",
    "revoke",
    "rejoin",
    "whose",
    "quit",
)


def begin(path: Path | None, *, language: Literal["fr", "en"], demonstration: bool = False) -> Flow:
    """As `start`, where no place is known: the keys that are plugged in are offered, or another folder."""
    if path is None:
        found = [Option(str(one), Own(str(one), str(one))) for one in keys.volumes()]
        options = (*found, Option("", t("p-menu-elsewhere")), Option("lost", t("p-menu-lost")), _QUIT)
        while (
            answer := (yield choose([t("p-menu-where"), t("p-menu-where-more")], options[0].key, *options))
        ) == "lost":
            yield from copies.lost()
        if answer == "quit":
            return "done"
        place = Path(answer) if answer else (yield from copies.where(t("p-menu-folder"), t("p-copy-where-more")))
        if place is None:
            return "done"
        path = place
    return (yield from start(path, language=language, demonstration=demonstration))


def start(path: Path, *, language: Literal["fr", "en"], demonstration: bool = False) -> Flow:
    """A record's menu, or the first run on a key without one. Ends as `created`, `done` or `stopped`."""
    count = Session.records(path)
    while True:
        first = [Option("open", t("p-menu-open"))] if count else [Option("create", t("p-menu-create"))]
        more = [Option("create", t("p-menu-another"))] if count else []
        options = (*first, Option("lost", t("p-menu-lost")), *more, _QUIT)
        told = [t("p-menu-records", n=count)] if count > 1 else [t("p-menu-one") if count else t("p-menu-none")]
        answer = yield choose(told, options[0].key, *options)
        if answer == "quit":
            return "done"
        if answer == "create":
            return (yield from first_run(path, language=language, demonstration=demonstration))
        if answer == "lost":
            yield from copies.lost()
            continue
        try:
            return (yield from patient(path, language))
        except BaladeurError as error:
            yield say(error)
        except Stop:
            continue


def patient(path: Path, language: Literal["fr", "en"] = "fr") -> Flow:
    """What the patient may do with her own record, without a card. Ends as `done`."""
    session, typed = yield from opening.opened(path)
    with session:
        before = session.number
        options = tuple(Option(key, t(f"p-do-{key}")) for key in _OPEN)
        while (answer := (yield choose([t("p-do")], "quit", *options))) != "quit":
            at = session.number
            try:
                typed = yield from _one(answer, session, path, typed, language)
            except BaladeurError as error:
                yield say(error)
            except Stop:
                yield say(t("p-stopped") if session.number == at else t("p-stopped-written"))
        changed = session.number != before
    if changed:
        yield from _offer(path, typed)
    yield say(t("p-remove-key"))
    return "done"


def _one(
    answer: str, session: Session, path: Path, typed: str, language: Literal["fr", "en"]
) -> Generator[Step, Any, str]:
    """One thing of the menu. Returns a secret that opens the record after it."""
    renewals: dict[str, Callable[[], secrets.Renewal]] = {
        "carer": lambda: secrets.carer(session),
        "change": lambda: secrets.change(session),
        "recovery": lambda: secrets.recovery(session, language),
        "revoke": lambda: secrets.revoke(session, language),
    }
    if answer in renewals:
        new = yield from renewals[answer]()
        return " ".join(new.words) if new is not None else typed
    flows: dict[str, Callable[[], Flow]] = {
        "page": lambda: page.choose_lines(session),
        "emergency": lambda: secrets.emergency(session),
        "copy": lambda: copies.copy(path, typed),
        "sheet": lambda: page.sheet(session, language),
        "card": lambda: page.card(session, language),
        "rejoin": lambda: copies.rejoin(session, path, typed),
        "whose": lambda: identity.declare(session),
    }
    yield from flows[answer]()
    return typed


def _offer(path: Path, typed: str) -> Flow:
    try:
        return (yield from copies.offer(path, typed))
    except BaladeurError as error:
        yield say(error)
    return "later"
