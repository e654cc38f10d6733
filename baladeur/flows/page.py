"""The emergency page before it is sealed: what it tells, line by line, and what the patient takes off it."""

from collections.abc import Generator
from typing import Any

from baladeur.flows.steps import Flow, Option, Own, Pick, Preview, Say, Step, say, t, work
from baladeur.session import Session

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


def preview(session: Session) -> Generator[Step, Any, None]:
    """The page as its readers see it."""
    yield Say((t("p-page-is"), Preview(session.page_lines())))
