"""Model to ordered, typed lines: what stands on the page, before anyone knows how wide the screen is or what day it is.

Every line names the entries that it comes from and has its words in French and English. Nothing is chosen where the
sources disagree, nothing filled in where they are silent, nothing shown as current that is not, and no blood group.
Sources: house rules "what the doctor sees"; the VSM 2022.01 and IPS-FR 2024.01 examples of ANS for the other orders.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from baladeur.quiet import quiet
from baladeur.record import alerts as rules_of_record
from baladeur.record import heading, model, status
from baladeur.record.heading import Review
from baladeur.record.model import Document, Entry, Known, NoneKnown, Place, SectionName
from baladeur.record.page import (
    RULES_VERSION,
    URGENT,
    Block,
    Fact,
    Kind,
    Level,
    Line,
    Piece,
    Turn,
    ordered,
)
from baladeur.record.results import is_critical, is_result, measured, result, when
from baladeur.record.rules import RULES
from baladeur.record.translated import dosage, translated
from baladeur.record.wording import is_minor, is_outside, span
from baladeur.record.words import NOTHING, Words, both, count, join, label, same, t
from baladeur.tables.labels import folded
from baladeur.text import fold, safe_text

__all__ = ["Review", "block_of", "summarise"]
_S = SectionName
_B = Block


@dataclass(frozen=True, slots=True, repr=False)
class Raised:
    """What a rule says about entries: the level and the word that stand before their names."""

    level: Level
    label: Words
    keys: tuple[str, ...]
    detail: tuple[Piece, ...] = ()
    name: Words = NOTHING  #: for what has no line of its own in the loud area
    to_confirm: bool = False
    turn: Turn | None = None

    __repr__ = quiet


_WEIGHT: Final = frozenset({"29463-7", "3141-9", "3142-7", "8339-4"})
_LONGEST: Final = 1000  # characters of a detail
_RESULTS: Final = 40  # those marked critical, then the newest; more would be screens that nobody reads in an emergency
_FERTILE: Final = (10, 55)  # years of age at which it matters that nobody recorded whether she is pregnant
_KEYS: Final = 1000  # of one line; more do not fit into a part of 64 KiB
_LEVELS: Final = dict(zip(rules_of_record.Level, Level, strict=True))
_DATES: Final[Mapping[Block, tuple[str, ...]]] = {
    _B.PROBLEMS: ("onset",), _B.PAST: ("onset", "abatement"), _B.PROCEDURES: ("performed", "occurrence"),
    _B.ALLERGIES: ("onset",), _B.DEVICES: ("timing",), _B.ALERTS: ("period",), _B.DIRECTIVES: ("dateTime", "date"),
    _B.RESULTS: ("effective", "issued"),
}  # fmt: skip
_HOME: Final[Mapping[SectionName, Block]] = {
    _S.ALLERGIES: _B.ALLERGIES, _S.PROBLEMS: _B.PROBLEMS, _S.MEDICATIONS: _B.TREATMENTS, _S.ALERTS: _B.ALERTS,
    _S.DEVICES: _B.DEVICES, _S.PAST_HISTORY: _B.PAST, _S.PROCEDURES: _B.PROCEDURES, _S.RESULTS: _B.RESULTS,
    _S.VITAL_SIGNS: _B.RESULTS, _S.ADVANCE_DIRECTIVES: _B.DIRECTIVES, _S.PREGNANCY: _B.ALERTS,
}  # fmt: skip
_TODAY: Final = frozenset({Place.CURRENT, Place.TO_CONFIRM})
_HISTORY: Final = frozenset({Place.PAST, Place.STOPPED, Place.TO_CONFIRM, Place.CURRENT})
_CONDITION_HOME: Final = {Place.CURRENT: _B.PROBLEMS, Place.TO_CONFIRM: _B.PROBLEMS, Place.PAST: _B.PAST}


def summarise(
    document: Document,
    *,
    as_of: date,
    order: str = "emergency",
    reviews: Mapping[SectionName, Review] | None = None,
    unavailable: frozenset[SectionName] = frozenset(),
) -> tuple[Line, ...]:
    """Every line of the page in its order, as it is signed on the day `as_of`; what the holder declares among them.

    `emergency.parts` makes the signed parts of them, `shown.show` words them for a day.
    Raises KeyError for an unknown order, and nothing for any document. Source: this module's head.
    """
    lines = [
        *heading.banner(document, reviews or {}),
        *_weight(document, as_of),
        *_clashes(document),
        *heading.about(document),
        *_foot(document),
        *_entries(document, _raised(document, as_of), as_of),
        *_states(document, unavailable),
        *heading.contacts(document.identity),
        *_missing(document, unavailable, as_of),
    ]
    return ordered(_merged(lines), order)


def _raised(document: Document, as_of: date) -> tuple[Raised, ...]:
    """The alerts of `alerts.py`, which says the words; a due date and a day that ends a rule stay raw."""
    found = []
    for one in rules_of_record.alerts(document.entries, as_of):
        marks = [_mark(mark) for mark in one.marks if mark not in ("to-confirm", "no-label")]
        due = (Fact("due", one.due),) if span(one.due) else ()
        turn = Turn(one.until, _LEVELS[RULES[one.then].level], one.then == "pregnancy.past-term") if one.until else None
        head = Words(*both(one.head).pair, key=one.label_key)
        doubt = "to-confirm" in one.marks
        found.append(Raised(_LEVELS[one.level], head, one.sources, (*due, *marks), same(one.label), doubt, turn))
    return tuple(found)


def _mark(mark: str) -> Words:
    row = rules_of_record.MARKS[mark]
    return Words(row["fr"], row["en"], f"mark.{mark}")


def block_of(entry: Entry) -> Block | None:
    """Where an entry stands on the page; None: nowhere, because it is not current, or the page has no such part."""
    if entry.place is Place.NEVER:
        return None
    if entry.type == "Condition":
        return _CONDITION_HOME.get(entry.place)
    block = _HOME.get(entry.section)
    allowed = _HISTORY if block in (_B.PAST, _B.PROCEDURES) else _TODAY
    if block is None or entry.place not in allowed or (block is _B.RESULTS and not is_result(entry)):
        return None
    return block


def _entries(document: Document, raised: tuple[Raised, ...], as_of: date) -> list[Line]:
    lines: list[Line] = []
    alarms = {key: one for one in sorted(raised, key=lambda one: -one.level) for key in one.keys}
    by_key = {one.key: one for one in document.entries}
    denials = _denials(document)
    shown = [one for one in document.entries if one.key not in denials and block_of(one) is not None]
    spoken = {one.key for one in shown if block_of(one) in (_B.ALLERGIES, _B.DEVICES) or one.type == "Flag"}
    for alarm in raised:
        owners = [by_key[key] for key in alarm.keys if key in by_key and by_key[key].place is not Place.NEVER]
        if owners and not spoken & set(alarm.keys):
            name = alarm.name if alarm.name.fr not in ("", _name(owners[0]).bare("fr")) else _name(owners[0])
            stays = len(owners) == 1 and owners[0].type in ("Condition", "Procedure")
            dates = _dates(owners[0], block_of(owners[0]) or _B.PROBLEMS) if stays else _ends(owners)
            detail = (*alarm.detail, *dates)
            line = _line(_B.ALERTS, owners, alarm.level, alarm.label, name, detail)
            lines.append(_alarmed(line, alarm))
    results: dict[tuple[str, ...], Entry] = {}
    worn = {key for one in shown if one.type == "DeviceUseStatement" for key in one.links}
    for one in shown:
        if one.key in worn:
            continue  # its use says the same, and since when
        block = block_of(one)
        expecting = one.section is _S.PREGNANCY and one.type != "Condition"
        if block is _B.RESULTS or expecting:
            code = tuple(sorted(c.code for c in one.codings if "loinc" in c.system)) or (fold(one.words),)
            if code not in results or when(one) > when(results[code]):
                results[code] = one
        else:
            lines.append(_entry(one, block or _B.PROBLEMS, alarms.get(one.key), as_of))
    newest = sorted(results.values(), key=lambda one: (one.section is _S.RESULTS, when(one)), reverse=True)
    measured_ones = [one for one in newest if block_of(one) is _B.RESULTS]
    first = sorted(measured_ones, key=lambda one: (is_critical(one), when(one)), reverse=True)[:_RESULTS]
    kept = {one.key for one in first}
    lines += [_line(_B.RESULTS, [one], detail=result(one)) for one in measured_ones if one.key in kept]
    if older := len(measured_ones) - len(first):
        lines.append(Line(_B.RESULTS, count("elsewhere", older), counted=False))
    for one in newest:
        if block_of(one) is _B.RESULTS:
            continue
        if one.key not in alarms:
            lines.append(_line(_B.ALERTS, [one], Level.PLAIN, label("pregnancy"), detail=result(one)))
    return lines


def _line(
    block: Block, owners: list[Entry], level: Level = Level.PLAIN, label: Words = NOTHING, name: Words | None = None,
    detail: tuple[Piece, ...] = (),
) -> Line:  # fmt: skip
    doubt = any(one.place is Place.TO_CONFIRM for one in owners)
    keys = tuple(dict.fromkeys(one.key for one in owners))
    kept = tuple(_short(piece, block) for piece in detail if piece != NOTHING)
    said = name or _name(owners[0])
    if label.en and said.own and folded(label.en) in folded(said.en):
        said = same(said.own)  # the class word says it already
    return Line(block, said, keys, level, label, kept, doubt)


def _short(piece: Piece, block: Block) -> Piece:
    """What no screen has room for is cut with a mark; a dosage is whole or not at all."""
    if isinstance(piece, Fact) or max(map(len, piece.pair)) <= _LONGEST:
        return piece
    if block is _B.TREATMENTS:
        return t("long")
    return Words(safe_text(piece.fr, _LONGEST), safe_text(piece.en, _LONGEST))


def _alarmed(line: Line, alarm: Raised) -> Line:
    return replace(line, to_confirm=line.to_confirm or alarm.to_confirm, turn=alarm.turn)


def _name(entry: Entry) -> Words:
    coded = next((f"{one.display or one.code}" for one in entry.codings if one.display or one.code), "")
    marks = [one.words for one in entry.details if one.name in ("deviceIdentifier", "carrierHRF", "type")]
    words = entry.words or coded
    return (
        translated(words, entry.codings, entry.language) if words else join([t("unnamed"), *map(same, marks[:1])], " ")
    )


def _entry(one: Entry, block: Block, alarm: Raised | None, as_of: date) -> Line:
    level, head = (alarm.level, alarm.label) if alarm else (Level.PLAIN, NOTHING)
    detail: list[Piece] = []
    if block is _B.TREATMENTS:
        detail += [dosage(one), *_begins(one, as_of), *_ends([one])]
    else:
        detail += alarm.detail if alarm and block in URGENT else ()  # a problem's alert has its own line
        if block is _B.ALLERGIES:
            told = dict.fromkeys(m for r in one.reactions for m in r.manifestations)
            detail += [translated(m, (), one.language) for m in told]
        detail += _dates(one, block)
    urgent = {_B.ALLERGIES: "allergy", _B.DEVICES: "device", _B.ALERTS: "flag"}.get(block)
    if urgent and not alarm:
        level, head = Level.CAUTION, label(urgent)
    line = _line(block, [one], level, head, detail=tuple(detail))
    return _alarmed(line, alarm) if alarm else line


def _dates(one: Entry, block: Block) -> list[Piece]:
    """When, as the source writes it; of what may be current also its end, worded when the day is known."""
    dated = next((found for role in _DATES[block] if (found := one.date(role))), None)
    said: list[Piece] = []
    if dated and (dated.text or dated.start):
        said = [same(dated.text) if dated.text else Fact("date", dated.start)]
    ends = _ends([one]) if one.place in _TODAY else []
    if dated and dated.end and not said and not ends:
        said = [Fact("until", dated.end)]
    return [*said, *ends]


def _begins(one: Entry, as_of: date) -> list[Piece]:
    period = one.date("effective")
    start = span(period.start) if period else None
    return [Fact("start", period.start)] if period and start and start[0] > as_of else []


def _ends(owners: list[Entry]) -> list[Piece]:
    """The end of a line: the last one of its entries, if each has one."""
    for means, ends in (("end", [one.ends for one in owners]), ("course", [one.course_ends for one in owners])):
        spans = [(found[1], raw) for raw in ends if (found := span(raw))]
        if spans and len(spans) == len(owners):
            return [Fact(means, max(spans)[1])]
    return []


def _weight(document: Document, as_of: date) -> list[Line]:
    who = document.identity
    if who is None or not is_minor(who.birth_date, as_of):
        return []
    found = [one for one in document.entries if one.place in _TODAY and {c.code for c in one.codings} & _WEIGHT]
    last = max(found, key=when, default=None)
    if last is None or last.value is None:
        return []
    return [heading.weight(measured(last.value), when(last), (last.key,))]


def _denials(document: Document) -> set[str]:
    return {absence.key for part in document.sections.values() for absence in part.absences if absence.key}


def _states(document: Document, unavailable: frozenset[SectionName]) -> list[Line]:
    """None known, not recorded and not available are three different things, each said in words."""
    lines = []
    for name, block in ((_S.ALLERGIES, _B.ALLERGIES), (_S.PROBLEMS, _B.PROBLEMS), (_S.MEDICATIONS, _B.TREATMENTS)):
        part, allergy = document.sections[name], name is _S.ALLERGIES
        level, head = (Level.CAUTION, label("allergy")) if allergy else (Level.PLAIN, NOTHING)
        over = [one for one in part.entries if one.place in (Place.PAST, Place.STOPPED)]
        gone = t("over", str(len(over))) if over and name is _S.MEDICATIONS else NOTHING
        if name in unavailable:
            words = t("unavailable")
        elif isinstance(part, NoneKnown):
            words = t("none_allergy" if allergy else "none")
            level = Level.PLAIN
        elif isinstance(part, Known):
            words = NOTHING
        else:
            silent = "not_recorded_allergy" if allergy else "not_recorded"
            words = t("text_only" if part.reason == "text-only" else silent)
        if gone.fr and not words.fr:
            lines.append(Line(_B.FOOT, gone, tuple(one.key for one in over)))
        elif words.fr:
            keys = tuple(one.key for one in over) + _keys(part.absences)
            lines.append(Line(block, join([words, gone], " · "), keys, level, head, counted=False))
        if allergy and name not in unavailable and not isinstance(part, NoneKnown):
            for one in part.absences:
                if one.known and all(one is not clash.absence for clash in part.contradictions):
                    lines.append(Line(block, same(one.words), _keys([one]), label=head, counted=False))
    return lines


def _keys(absences: Iterable[model.Absence]) -> tuple[str, ...]:
    return tuple(one.key for one in absences if one.key)


def _clashes(document: Document) -> list[Line]:
    return [_contradiction(document, one) for part in document.sections.values() if not isinstance(part, NoneKnown)
            for one in part.contradictions]  # fmt: skip


def _contradiction(document: Document, clash: model.Contradiction) -> Line:
    against = [one for one in document.entries if one.key in clash.keys]
    others = join([_name(one) for one in against]) if against else t("no_information")
    words = t("beside", clash.absence.words or clash.absence.code, others)
    keys = (*_keys([clash.absence]), *clash.keys)
    level = Level.CRITICAL if clash.absence.section is _S.ALLERGIES else Level.CAUTION
    return Line(_B.NOTICES, words, keys, level, label("contradiction"))


def _foot(document: Document) -> list[Line]:
    reviewed = rules_of_record.is_reviewed() and status.is_reviewed()
    words = t("rules_reviewed", RULES_VERSION) if reviewed else t("rules")
    lines = [Line(_B.FOOT, words, kind=Kind.RULES, facts=(("version", RULES_VERSION),))]
    if missed := rules_of_record.uncoded(document.entries):
        lines.append(Line(_B.FOOT, count("uncoded", len(missed)), missed))
    if document.source.language:
        lines.append(Line(_B.FOOT, t("language", document.source.language)))
    return lines


def _missing(document: Document, unavailable: frozenset[SectionName], as_of: date) -> list[Line]:
    who = document.identity
    asked_of = who is None or (who.sex != "male" and not is_outside(who.birth_date, _FERTILE, as_of))
    asked = [_S.PAST_HISTORY, _S.PROCEDURES, _S.DEVICES, _S.IMMUNIZATIONS]  # `_states` says it of the other three
    asked += [_S.ADVANCE_DIRECTIVES, *([_S.PREGNANCY] if asked_of else [])]
    asked = [name for name in asked if not isinstance(document.sections[name], Known | NoneKnown)]
    lines = [Line(_B.MISSING, t(str(name))) for name in asked if name not in unavailable]
    return lines + ([] if who and who.contacts else [Line(_B.MISSING, t("contact"))])


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Lines that say exactly the same become one, with the keys of all."""
    found: dict[Line, tuple[str, ...]] = {}
    for bare, one in ((replace(one, keys=()), one) for one in lines):
        found[bare] = tuple(dict.fromkeys((*found.get(bare, ()), *one.keys)))
    return [replace(one, keys=keys[:_KEYS]) for one, keys in found.items()]
