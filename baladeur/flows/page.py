"""The emergency page before it is sealed: what it tells, line by line, and what the patient takes off it."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Final, Literal

from baladeur.errors import BaladeurError, WordsOnTheKey
from baladeur.flows.copies import where
from baladeur.flows.steps import Ask, Flow, Option, Own, Pick, Piece, Preview, Say, Step, say, t, work
from baladeur.session import Session

SHEET: Final = "fiche.pdf"  #: names that tell nothing of anybody
CARD: Final = "carte.pdf"
_MARKS = (t("p-line-on"), t("p-line-off"))


def choose_lines(session: Session) -> Flow:
    """The page as its readers see it, then its lines with their marks; what changes is written, and shown again.

    Ends as `done` or `none` if nothing was changed. Raises SummaryDamaged, ItemDamaged, MediumError's kinds.
    """
    yield from preview(session)
    choices = {str(n): one for n, one in enumerate(session.choices(), 1)}
    if not choices:
        yield say(t("p-page-nothing"))
        return "none"
    options = tuple(Option(key, Own(one.words.fr, one.words.en)) for key, one in choices.items())
    on = frozenset(key for key, one in choices.items() if one.on)
    kept: set[str] = yield Pick((t("p-page-pick"), t("p-page-pick-price")), options, on, _MARKS)
    if frozenset(kept) == on:
        return "none"
    chosen = [choices[key] for key in kept]
    off, back = yield work("p-writing", session.show_only, chosen)
    told = [t("p-page-off", n=off)] if off else []
    yield say(*told, *([t("p-page-back", n=back)] if back else []))
    yield from preview(session)
    return "done"


def sheet(session: Session, language: Literal["fr", "en"]) -> Flow:
    """The emergency page on one sheet to print, in a folder that the patient names. Ends as `done` or `later`."""
    return (yield from _printed(session, "p-sheet-what", SHEET, lambda: session.sheet((language,)), secret=False))


def card(session: Session, language: Literal["fr", "en"]) -> Flow:
    """The card for the wallet, with the six emergency words if she types them. Ends as `done` or `later`."""
    typed = str((yield Ask((t("p-card-code"), t("p-card-price")), "secret", optional=True))).strip()
    make = partial(Session.wallet_card, language, typed=typed or None)
    return (yield from _printed(session, "p-card-what", CARD, make, secret=bool(typed)))


def _printed(session: Session, what: str, name: str, make: Callable[[], bytes], *, secret: bool) -> Flow:
    before: tuple[Piece, ...] = ()
    while (folder := (yield from where(*before, t(what), t("p-copy-where-more")))) is not None:
        file = folder / name
        if secret and folder.resolve().is_relative_to(Session.root(session.file.parent).resolve()):
            before = (WordsOnTheKey(),)
            continue
        write = Session.write_secret if secret else Session.write_new
        try:
            yield work("p-printing", lambda file=file, write=write: write(file, make()))
        except BaladeurError as error:
            before = (error,)
        else:
            yield say(t("p-printed", file=str(file)), t("p-sheet-clear"))
            return "done"
    return "later"


def preview(session: Session) -> Generator[Step, Any, None]:
    """The page as its readers see it."""
    yield Say((t("p-page-is"), Preview(session.page_lines())))
