"""The lines of a record in the words of the interface: state, date, who signed, with what verdict.

It chooses words for what the door says; it decides nothing.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from baladeur.record.wording import date_words, span
from baladeur.text import fold, safe_text
from baladeur.wording.phrases import PHRASES, Language, say
from baladeur.wording.phrases.elements import CODED, CODES, ELEMENTS

if TYPE_CHECKING:
    from baladeur.session import Fact, Inside, Part, Row, Signed, When

SHELVES: Final = ("identity", "declared", "tray", "kept")
_TO: Final = " – "


def part(name: str, language: Language) -> str:
    """The title of a section or of what stands behind the sections."""
    return say(f"part-{name}" if name in SHELVES else f"section-{name}", language)


def remarks(one: "Part", language: Language) -> Iterator[str]:
    """What is to be known of a section before its lines: nothing recorded, doubts, contradictions, its last review."""
    if one.state == "none-known":
        yield say("part-none-known", language)
    elif one.state == "not-recorded":
        told = f"part-{one.reason}"
        yield say(told if told in PHRASES else "part-not-recorded", language)
    if one.clashes:
        yield say("part-clashes", language)
    if one.doubts:
        yield say("part-doubts", language, n=one.doubts)
    if one.review is not None:
        yield say(
            "part-reviewed",
            language,
            day=date_words(safe_text(one.review.day), language),
            who=safe_text(one.review.who),
        )


def state(row: "Row", language: Language) -> str:
    """Where a line stands, in a word or two; what is not valid is never called anything else."""
    if not row.valid:
        return say("state-invalid", language)
    if row.state == "document" and row.commit is not None:
        signed = "status-training" if row.commit.in_training else "status-signed"
        return say(signed if row.commit.signer else "status-declared", language)
    return say(f"state-{row.state}", language)


def when(one: "When", language: Language) -> str:
    """`2009`, `2015 – mars 2018`, `jusqu’à 2018`, `noté 12 mars 2020`; empty if no date is known."""
    if one.noted and one.start:
        return say("when-noted", language, day=one.start)
    if one.end and not one.start:
        return say("when-until", language, day=one.end)
    return _TO.join(piece for piece in (one.start, one.end) if piece)


def name(row: "Row", language: Language) -> str:
    """What a line is about."""
    return row.words or say("unnamed", language)


def inside(one: "Inside", language: Language) -> Iterator[str]:
    """What a document is, and why not all of it is shown."""
    yield say("inside-size", language, kind=say(f"kind-{one.kind}", language), size=number(Decimal(one.size)))
    if one.pages:
        yield say("inside-pages", language, n=one.pages)
    if one.remark:
        yield say(f"inside-{one.remark}", language)


def number(value: Decimal) -> str:
    """A number for a scale, as short as it is exact: grouped by narrow spaces, with a decimal comma or point."""
    return f"{value.normalize():f}"


def day_span(raw: str) -> tuple[date, date] | None:
    """The first and the last day that a date of the record can mean."""
    return span(raw)


def fact(one: "Fact", language: Language) -> str:
    """One row of an entry's sheet."""
    if one.name in ("section", "place"):
        return f"{say(f'fact-{one.name}', language)}  {say(f'{one.name}-{one.words}', language)}"
    return f"{_named(one, language)}  {_meant(one, language)}"


def _named(one: "Fact", language: Language) -> str:
    """What a fact is called: the element that says it in words; one without words by its FHIR name, in brackets."""
    element = one.element.rpartition(".")[2]
    told = ELEMENTS.get(one.element) or ELEMENTS.get(element)
    if told is not None:
        return told[language == "en"].upper()
    return say(f"fact-{one.name}", language) + (f" [{element}]" if element else "")


def _meant(one: "Fact", language: Language) -> str:
    """Its words; of a known code what it means, and the document's own words where they say anything else."""
    known = CODES.get(one.code.lower()) if one.element in CODED else None
    if known is None:
        return one.words or one.code
    plain = {fold(name) for name in (one.code, *known, *one.code.split("-"), one.code.replace("-", " "))}
    return known[language == "en"] + (f" ({one.words})" if one.words and fold(one.words) not in plain else "")


def who(commit: "Signed", language: Language) -> str:
    """Who made a commit."""
    role = commit.role if commit.role in ("holder", "professional") else "unknown"
    return commit.signer or say(f"by-{role}", language)


def verdict(commit: "Signed | None", language: Language, *, demonstration: bool) -> str:
    """What a commit is worth, in the words that the judge of signatures has for it."""
    if commit is None:
        return say("verdict-none", language)
    if commit.verdict != "ok":
        return say("verdict-wrong", language)
    if commit.signer is None:
        return say("verdict-holder", language)
    if demonstration:
        return say("verdict-demo", language)
    return commit.wording[language == "en"] or commit.etsi or say("verdict-ok", language)


def operations(ops: tuple[str, ...], language: Language) -> str:
    """What a commit did, counted."""
    names = Counter(say(f"op-{op}" if f"op-{op}" in PHRASES else "op-other", language) for op in ops)
    return ", ".join(name if n == 1 else f"{name} ×{n}" for name, n in names.items())


def did(commit: "Signed", language: Language) -> str:
    """What a commit did; of those that kept one draft again and again, how often."""
    if not commit.saves:
        return operations(commit.ops, language)
    name = "op-draft" if commit.saves == 1 else "op-drafts"
    return say(name, language, n=commit.saves, first=commit.first)


def moment(commit: "Signed", language: Language) -> str:
    """When a commit was made, in the reader's words; a date that was declared says so instead of an hour."""
    day = date_words(commit.utc[:10], language)
    if commit.clock == "declared":
        return say("day-was-declared", language, day=day)
    return f"{day} {commit.utc[11:16]} UTC"


def dated(commit: "Signed", language: Language) -> str:
    """When a commit was made, in 16 columns; a date that was declared says so instead of an hour."""
    if commit.clock == "declared":
        return say("day-was-declared", language, day=commit.utc[:10])
    return commit.utc[:16].replace("T", " ")
