"""Documents before they are taken: each read once, planned in turn over a draft, and told. Nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.content import Content

from baladeur.errors import AnotherPatient, BaladeurError
from baladeur.errors.command import FileRefused
from baladeur.quiet import quiet
from baladeur.session import Session, inbox
from baladeur.tui.plain import content, label
from baladeur.wording import differences
from baladeur.wording.phrases import Language, say
from baladeur.wording.sentences import sentence

if TYPE_CHECKING:
    from baladeur.session import Brought, Draft, Told

TAKEN: Final = ("news", "doubt")  #: what a person may mark


@dataclass(slots=True, repr=False)
class Document:
    """One file. state: news, doubt (whose it is), there (same bytes), empty, older, other (patient), refused."""

    path: Path
    data: bytes = b""
    state: str = ""
    marked: bool = False
    day: str | None = None  #: when the same bytes were imported
    error: BaladeurError | None = None
    brought: "Brought | None" = None
    told: "list[Told]" = field(default_factory=list)

    __repr__ = quiet

    @property
    def name(self) -> str:
        """Its name, tame."""
        return label(self.path.name)


def opened(paths: Sequence[Path]) -> list[Document]:
    """The files, read. What cannot be read says so in its place."""
    made = []
    for path in paths:
        try:
            made.append(Document(path, inbox.content(path)))
        except OSError:
            made.append(Document(path, state="refused", error=FileRefused()))
    return made


def planned(
    session: "Session", pending: "Draft", found: Sequence[Document], step: Callable[[int], None] = lambda n: None
) -> "Draft":
    """What the marked ones would do to the draft, each over those before it; the others are told as if they were next.

    What is seen for the first time is marked, unless it is nothing new or doubtful.
    """
    trial, gate = session.trial(pending), session.gate(pending)
    for number, one in enumerate(found, 1):
        step(number)
        if isinstance(one.error, FileRefused):
            continue
        one.day = gate.day_of(one.data)
        if one.day is None:
            trial = _one(session, trial, one)
        else:
            one.state, one.marked = "there", False
    return trial


def _one(session: "Session", trial: "Draft", one: Document) -> "Draft":
    first, one.error = one.brought is None, None
    after = session.trial(trial)
    try:
        if one.brought is None:
            one.brought = session.look_into(after, one.data, one.name)
        else:
            one.brought = replace(one.brought, plan=session.bring(after, one.data, one.name))
    except BaladeurError as error:
        one.state, one.error, one.marked = "other" if isinstance(error, AnotherPatient) else "refused", error, False
        return trial
    plan = one.brought.plan
    one.told = after.told[len(trial.told) :]
    one.state = "older" if plan.older else "empty" if plan.empty else "doubt" if plan.whose else "news"
    one.marked = one.state in TAKEN and (one.state == "news" if first else one.marked)
    return after if one.marked else trial


def row(one: Document, language: Language) -> Content:
    """A file in a list: whether it is taken, and what it is."""
    mark = "[x] " if one.marked else "[ ] " if one.state in TAKEN else "    "
    said = say(f"bring-{one.state}", language, **_counts(one), day=_day(one, language))
    if one.state == "doubt":
        said += " · " + say("bring-news", language, **_counts(one))
    style = "bold $error" if one.state in ("other", "refused", "doubt") else "" if one.marked else "$secondary"
    return Content.assemble(content(mark, "bold"), content(one.name, "bold"), "  ", content(said, style))


def _counts(one: Document) -> dict[str, int]:
    plan = one.brought.plan if one.brought else None
    if plan is None:
        return {"new": 0, "replaced": 0, "same": 0, "clash": 0}
    clash = len(plan.beside) + len(plan.standing) + len(plan.reopened) + len(plan.left)
    return {"new": len(plan.new), "replaced": len(plan.replaced), "same": plan.same, "clash": clash}


def _day(one: Document, language: Language) -> str:
    return Session.day_words(one.day, language) if one.day else "?"


def preview(one: Document, draft: "Draft", language: Language) -> Content:
    """All that is to be known of one file before it is taken. draft: any, only what it tells is put into words."""
    if one.error is not None:
        return Content("\n").join(
            [
                content(f"{one.name} : {say(f'bring-{one.state}', language)}", "bold $error"),
                content(sentence(one.error, language), "bold"),
            ]
        )
    if one.day is not None:
        return content(f"{one.name} : {say('bring-there-long', language, day=_day(one, language))}", "bold")
    counted = content(say("bring-preview", language, file=one.name, **_counts(one)))
    return Content("\n").join([counted, *remarks(one.brought, draft, one.told, language)])


def remarks(brought: "Brought | None", draft: "Draft", told: "Sequence[Told]", language: Language) -> list[Content]:
    """What is odd about a document, the worst first, then what it would do, a sentence a line."""
    rows: list[Content] = []
    if brought is not None:
        plan = brought.plan
        if plan.whose:
            rows.append(content(f"!! {say(f'import-{plan.whose}', language)}", "bold $error"))
            rows.append(content(say("bring-doubt-take", language), "bold"))
        if plan.older:
            rows.append(content(f"! {say('import-older', language)}", "bold"))
        elif plan.empty:
            rows.append(content(say("bring-nothing", language)))
        if plan.document.unread:
            rows.append(
                content(f"! {say('import-unread', language, n=sum(plan.document.unread.values()))}", "$warning")
            )
        if brought.faults:
            rows.append(content(f"! {say('bring-faults', language, n=brought.faults)}", "$warning"))
        rows += [content(f"! {warning}", "$warning") for warning in _warnings(brought, language)]
        if brought.nobody:
            rows.append(content(f"! {say(f'import-{brought.nobody}', language)}", "bold"))
    only = replace(draft, told=list(told))
    return [*rows, *(content(f" {one}") for one in differences.told(only, language))]


def _warnings(brought: "Brought", language: Language) -> list[str]:
    return [say("warning", language, what=Session.warning(one, language)) for one in brought.odd]
