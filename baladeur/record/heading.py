"""Who the record is about, where it comes from, when it was reviewed: the lines of the banner; and whom to call.

Names, birth name, birth date and sex stand on the page; the INS does not (it stays in the dossier).
What the holder declares (contacts, languages, trusted person, pending tray) is a line that nobody signs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.model import Document, SectionName
from baladeur.record.page import REVIEWED as _REVIEWED
from baladeur.record.page import Block, Fact, Kind, Level, Line
from baladeur.record.people import Contact, Identity
from baladeur.record.wording import phone
from baladeur.record.words import NOTHING, Words, count, label, same, t

#: The sections whose reviews the page shows.
REVIEWED: Final = tuple(map(SectionName, _REVIEWED))
_GUARDIANS: Final = frozenset({"GUARD", "PRN", "MTH", "FTH", "NMTH", "NFTH", "GUADLTM", "SIGOTHR_LEGAL"})
_SEXES: Final = ("male", "female", "other", "unknown")


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """A section was reviewed: when (a FHIR date), by whom, and the items that say so."""

    day: str
    who: str = ""
    keys: tuple[str, ...] = ()

    __repr__ = quiet


def banner(document: Document, reviews: Mapping[SectionName, Review]) -> list[Line]:
    """Identity, source and reviews. An absent review is not a line: whoever shows the page says "never"."""
    lines = [identity(document.identity), source(document)]
    for name in REVIEWED:
        if one := reviews.get(name):
            facts = (("day", one.day), ("section", str(name)), ("who", one.who))
            lines.append(Line(Block.BANNER, t(str(name)), one.keys, kind=Kind.REVIEW, facts=facts))
    return lines


def identity(who: Identity | None, *, declared: bool = False) -> Line:
    """The patient: names, birth name, birth date, sex; nothing else."""
    if who is None:
        return Line(Block.BANNER, t("no_name"), kind=Kind.IDENTITY, declared=declared)
    name = next((one for use in ("official", "usual", "") for one in who.names if one.use == use), None)
    name = name or next(iter(who.names), None)
    full = ", ".join(part for part in (name.family.upper(), " ".join(name.given)) if part) if name else ""
    full = full or (name.text if name else "")
    maiden = next((one.family for one in who.names if one.use in ("maiden", "old") and one.family), "")
    facts = (("birth", who.birth_date), ("birth_name", maiden), ("sex", who.sex if who.sex in _SEXES else ""))
    words = same(full) if full else t("no_name")
    return Line(Block.BANNER, words, (who.key,), kind=Kind.IDENTITY, declared=declared, facts=facts)


def source(document: Document) -> Line:
    """The document that the page is made of, for a page that nobody signed."""
    authors = ", ".join(one.words for one in document.source.authors if one.words)
    facts = (("day", document.source.date), ("who", authors))
    return Line(Block.BANNER, same("document"), kind=Kind.SOURCE, facts=facts)


def about(document: Document) -> list[Line]:
    """Notices about the patient as a whole."""
    who = document.identity
    if who is None:
        return [Line(Block.NOTICES, t("several_names"), (), Level.CRITICAL, label("no_patient"))]
    if not who.deceased:
        return []
    when = () if who.deceased == "true" else (Fact("date", who.deceased),)
    return [Line(Block.NOTICES, t("deceased"), (who.key,), Level.CAUTION, label("deceased"), when)]


def contacts(who: Identity | None) -> list[Line]:
    """The contacts and languages of an identity, as declared lines."""
    if who is None:
        return []
    lines = []
    for one in who.contacts:
        name = person(one) or one.relationship
        tie = one.relationship if one.relationship != name else ""
        calls = [phone(wire.value) for wire in one.telecoms if wire.system in ("phone", "sms", "")]
        if name or calls:
            legal = bool({c.code for c in one.relationship_codings} & _GUARDIANS)
            lines.append(contact(name, tie, calls, (who.key,), kind=Kind.GUARDIAN if legal else Kind.CONTACT))
    lines.sort(key=lambda line: line.kind is not Kind.GUARDIAN)
    spoken = [words for one in who.languages if (words := one.words or one.code)]
    return [*lines, language(", ".join(spoken), (who.key,))] if spoken else lines


def person(one: Contact) -> str:
    """A contact's name in one line; empty if it has none."""
    name = next(iter(one.names), None)
    return (name.text or " ".join([*name.given, name.family.upper()]).strip()) if name else ""


def contact(
    name: str,
    tie: str,
    calls: Iterable[str],
    keys: tuple[str, ...],
    *,
    kind: Kind = Kind.CONTACT,
    trusted: bool = False,
) -> Line:
    """A declared line: somebody to call, with the tie to the patient and the numbers as written.

    keys: ids of the items that say so. Every text must have passed `safe_text`.
    """
    said = f"{name} ({tie})" if name and tie else name or tie
    words: Words = same(said)
    if kind is Kind.CONTACT:
        words = t("trusted" if trusted else "to_call", said)
    detail = same(", ".join(calls))
    return Line(Block.CONTACTS, words, keys, detail=(detail,) if detail.fr else (), kind=kind, declared=True)


def language(words: str, keys: tuple[str, ...]) -> Line:
    """A declared line: the languages that the patient speaks."""
    return Line(Block.CONTACTS, t("speaks", words), keys, kind=Kind.LANGUAGE, declared=True)


def directive(title: str, day: str, keys: tuple[str, ...]) -> Line:
    """A declared line: a scan of the directives lies in the record."""
    dated = (Fact("date", day),) if day else ()
    return Line(Block.CONTACTS, t("directive", title), keys, detail=dated, declared=True)


def pending(number: int, keys: tuple[str, ...]) -> Line:
    """A declared line: so many unsigned documents wait in the pending tray."""
    facts = (("count", str(number)),)
    return Line(Block.CONTACTS, count("pending", number), keys, kind=Kind.PENDING, declared=True, facts=facts)


def weight(measured: Words, day: str, keys: tuple[str, ...]) -> Line:
    """The last weight; shown in the banner while the patient is a minor."""
    dated = (Fact("date", day),) if day else ()
    detail = (measured, *dated) if measured != NOTHING else dated
    return Line(Block.BANNER, t("weight"), keys, detail=detail, kind=Kind.WEIGHT)
