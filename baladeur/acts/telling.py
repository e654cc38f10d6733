"""One entry told in words: where it stands, its dates, its dosage, who said it, its import, its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baladeur.acts.dossier import Dossier
from baladeur.chart.items import Live
from baladeur.errors import BundleInvalid, ItemDamaged
from baladeur.quiet import quiet
from baladeur.record import fhir
from baladeur.record.dosage import words as dosage_words
from baladeur.record.fhir import Kept
from baladeur.record.model import Entry, Value
from baladeur.record.people import Coding
from baladeur.record.phrases import Lang
from baladeur.record.results import measured
from baladeur.record.wording import date_words
from baladeur.tables import systems
from baladeur.text import safe_text
from baladeur.views import Line

_HL7: Final = "http://terminology.hl7.org/"
_UNTIL: Final[Mapping[Lang, str]] = {"fr": "jusqu’à", "en": "until"}


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """One row of an entry's sheet: which fact (a word of the interface, by name), and its words.

    element: the FHIR element that says it, as `Type.element`, where that tells more than the name; code: its code.
    """

    name: str
    words: str
    element: str = ""
    code: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Version:
    """One version of a fact: its entry and commit, its words, and the facts in which it differs from the one before."""

    line: Line
    words: str
    changed: tuple[Fact, ...] = ()
    dropped: tuple[Fact, ...] = ()  #: what the one before said and this one does not
    damaged: bool = False

    __repr__ = quiet


def tell(dossier: Dossier, id_: str, lang: Lang) -> list[Fact]:
    """The rows of one live entry; empty if it is no line of the record. Raises as reading the record does."""
    row = dossier.row(id_, lang)
    entry = dossier.entries.get(id_)
    if row is None or (entry is None and row.state not in ("none-known", "no-information")):
        return []
    source = [Fact("source", f"{row.source} ({row.source_day})")] if row.source else []
    if entry is not None:
        return [Fact("section", str(entry.section)), Fact("place", str(entry.place)), *facts(entry, lang), *source]
    said = [Fact("date", row.when.start), Fact("who", row.speaker)]
    return [Fact("section", row.part), Fact("place", row.state), *(one for one in said if one.words), *source]


def facts(entry: Entry, lang: Lang) -> list[Fact]:
    """What an entry says by itself, apart from where it stands."""
    rows = []
    if entry.type.startswith("Medication"):
        rows.append(Fact("dosage", dosage_words(entry.dosage, lang).words))
    rows += [Fact("value", words) for words in _values(entry, lang)]
    rows += [Fact("reaction", ", ".join(one.manifestations)) for one in entry.reactions if one.manifestations]
    for dated in entry.dates:
        span = " – ".join(date_words(raw, lang) for raw in (dated.start, dated.end) if raw)
        span = f"{_UNTIL[lang]} {span}" if dated.end and not dated.start else span
        rows.append(Fact("date", dated.text or span, f"{entry.type}.{dated.role}"))
    rows += [Fact("status", one.words, one.element, one.code) for one in entry.statuses]
    rows += [Fact("code", _coding(one)) for one in entry.codings]
    rows += [Fact("who", one.words, one.role) for one in entry.actors if one.words]
    for one in entry.details:
        words = date_words(one.words, lang) if one.name == "creation" else one.words
        rows.append(Fact("detail", words, one.name, one.words))
    return rows + [Fact("note", one) for one in entry.notes]


def _coding(one: Coding) -> str:
    """`ATC C03CA01 furosemide`; a code system that nobody here knows by its address, in brackets."""
    known = systems.named(one.system) or ("HL7" if one.system.startswith(_HL7) else "")
    said = " ".join(filter(None, [known, one.code, one.display]))
    return said if known or not one.system else f"{said} ({one.system})"


def versions(lines: Sequence[Line], contents: Mapping[str, Live], lang: Lang, *, today: date) -> list[Version]:
    """The versions of one fact, oldest first, each with what it says otherwise than the one before.

    An old version is read by itself: its references lead nowhere, so where it stood is not told. lines: the versions;
    contents: id → its bytes, read when they are asked for.
    """
    found: list[Version] = []
    before: list[Fact] = []
    for line in sorted(lines, key=lambda one: (one.entry.seq, one.entry.id)):
        told, damaged = _alone(contents[line.entry.id.hex()], lang, today)
        changed = tuple(one for one in told if found and one not in before)
        dropped = tuple(one for one in before if one not in told and not damaged)
        found.append(Version(line, safe_text(line.meta("title")), changed, dropped, damaged))
        before = told
    return found


def _alone(one: Live, lang: Lang, today: date) -> tuple[list[Fact], bool]:
    """The facts of a resource read by itself, and whether its bytes are damaged."""
    if not one.is_fhir:
        return [], False
    try:
        entries = fhir.assemble([Kept(one.id, one.more.get("url", ""), one.content)], as_of=today).entries
    except ItemDamaged:
        return [], True
    except BundleInvalid:
        return [], False
    return [Fact("title", entry.words) for entry in entries] + [
        told for entry in entries for told in facts(entry, lang)
    ], False


def in_short(entry: Entry) -> tuple[str, str]:
    """What the words of a line do not say, in French and in English: dosage, value, reactions."""
    return _short(entry, "fr"), _short(entry, "en")


def _short(entry: Entry, lang: Lang) -> str:
    if entry.type.startswith("Medication"):
        return dosage_words(entry.dosage, lang).words
    if values := _values(entry, lang):
        return ", ".join(values)
    return ", ".join(one for reaction in entry.reactions for one in reaction.manifestations)


def _values(entry: Entry, lang: Lang) -> list[str]:
    values = [entry.value] if entry.value else []
    return [words for one in [*values, *entry.components] if (words := _value(one, lang))]


def _value(one: Value, lang: Lang) -> str:
    label = f"{one.label} : " if one.label else ""
    said = measured(one).of(lang)
    meant = f" ({', '.join(one.interpretation)})" if one.interpretation and said else ""
    return label + said + meant if said else ""
