"""Model to ordered, typed lines: what a doctor sees, before anyone decides how wide the screen is.

Every line names the entries that it comes from and has its words in French and English. Nothing is chosen where the
sources disagree, nothing filled in where they are silent, nothing shown as current that is not, and no blood group.
Sources: house rules "what the doctor sees"; the VSM 2022.01 and IPS-FR 2024.01 examples of ANS for the other orders.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from baladeur.quiet import quiet
from baladeur.record import alerts as rules_of_record
from baladeur.record import model, status
from baladeur.record.dosage import words as dosage_words
from baladeur.record.model import Document, Entry, Known, NoneKnown, Place, SectionName
from baladeur.record.page import NOTHING, ORDERS, URGENT, Block, Level, Line, Words, both, day, join, same, t
from baladeur.record.people import Contact
from baladeur.record.phrases import Lang
from baladeur.record.wording import NumberNotShownError, age, parse_date, phone, quantity
from baladeur.text import fold

_S = SectionName
_B = Block


@dataclass(frozen=True, slots=True, repr=False)
class Raised:
    """What a rule says about entries: the level and the word that stand before their names."""

    level: Level
    label: Words
    keys: tuple[str, ...]
    detail: Words = NOTHING
    name: Words = NOTHING  #: for what has no line of its own in the loud area

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """A section was reviewed: when, and by whom."""

    day: str
    who: str = ""

    __repr__ = quiet


Rules = Callable[[Document, date], tuple[Raised, ...]]


# LOINC: blood groups of the patient; body weight.
_BLOOD_GROUP: Final = frozenset({"882-1", "883-9", "884-7", "10331-7", "14907-4", "1305-2", "34530-6", "77397-8"})
_GROUP_WORDS: Final = ("groupe sanguin", "blood group", "blood type", "abo and rh", "abo+rh", "rhesus", "groupage")
_WEIGHT: Final = frozenset({"29463-7", "3141-9", "3142-7", "8339-4"})
_LEVELS: Final = dict(zip(rules_of_record.Level, Level, strict=True))
_MINOR: Final = 18  # years
_OLD_DAYS: Final = 365
_GUARDIANS: Final = frozenset({"GUARD", "PRN", "MTH", "FTH", "NMTH", "NFTH", "GUADLTM", "SIGOTHR_LEGAL"})
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
    fictional: bool = False,
    reviews: Mapping[SectionName, Review] | None = None,
    pending: int = 0,
    unavailable: frozenset[SectionName] = frozenset(),
    rules: "Rules | None" = None,
) -> tuple[Line, ...]:
    """Every line of the page in its order. `rules` raises alerts; `as_of` is the day that the page is read.

    Raises KeyError for an unknown order, and nothing for any document. Source: this module's head.
    """
    raised = (rules or listed_rules)(document, as_of)
    lines = [
        *_banner(document, as_of, reviews or {}, fictional),
        *_notices(document, as_of, reviews or {}, pending),
        *_entries(document, as_of, raised),
        *_states(document, unavailable),
        *_contacts(document),
        *_missing(document, unavailable),
    ]
    rank = {block: at for at, block in enumerate(ORDERS[order])}
    if order == "emergency":
        rank |= dict.fromkeys(URGENT, 1)
    return tuple(sorted(_merged(lines), key=lambda one: (rank[one.block], one.level)))


def listed_rules(document: Document, as_of: date) -> tuple[Raised, ...]:
    """The alerts of `alerts.py`. It says the words; only a due date is worded here, against the day of reading."""
    found = []
    for one in rules_of_record.alerts(document.entries, as_of):
        marks = [_marks(one, mark) for mark in one.marks if mark not in ("to-confirm", "no-label")]
        ends = _span(one.due)
        due = t("due_past" if ends[1] < as_of else "due", day(one.due)) if ends else NOTHING
        level = _LEVELS[one.level]
        found.append(Raised(level, both(one.head), one.sources, join([due, *marks]), same(one.label)))
    return tuple(found)


def _marks(one: rules_of_record.Alert, mark: str) -> Words:
    return both(lambda lang: rules_of_record.MARKS[mark][lang])


def block_of(entry: Entry) -> Block | None:
    """Where an entry stands on the page; None: nowhere, because it is not current, or the page has no such part."""
    if entry.place is Place.NEVER:
        return None
    if entry.type == "Condition":
        return _CONDITION_HOME.get(entry.place)
    block = _HOME.get(entry.section)
    allowed = _HISTORY if block in (_B.PAST, _B.PROCEDURES) else _TODAY
    if block is None or entry.place not in allowed or (block is _B.RESULTS and not _is_result(entry)):
        return None
    return block


def _is_result(entry: Entry) -> bool:
    said = fold(" ".join([entry.words, *(one.display for one in entry.codings)]))
    group = any(one.code in _BLOOD_GROUP for one in entry.codings) or any(word in said for word in _GROUP_WORDS)
    return not group and (entry.value is not None or bool(entry.components))


def _entries(document: Document, as_of: date, raised: tuple[Raised, ...]) -> list[Line]:
    lines: list[Line] = []
    alarms = {key: one for one in sorted(raised, key=lambda one: -one.level) for key in one.keys}
    by_key = {one.key: one for one in document.entries}
    denials = _denials(document)
    shown = [one for one in document.entries if one.key not in denials and block_of(one) is not None]
    spoken = {one.key for one in shown if block_of(one) in (_B.ALLERGIES, _B.DEVICES) or one.type == "Flag"}
    for alarm in raised:
        owners = [by_key[key] for key in alarm.keys if key in by_key and by_key[key].place is not Place.NEVER]
        if owners and not spoken & set(alarm.keys):
            name = alarm.name if alarm.name.fr else _name(owners[0])
            lines.append(_line(_B.ALERTS, owners, alarm.level, alarm.label, name, alarm.detail))
    results: dict[tuple[str, ...], Entry] = {}
    for one in shown:
        block = block_of(one)
        expecting = one.section is _S.PREGNANCY and one.type != "Condition"
        if block is _B.RESULTS or expecting:
            code = tuple(sorted(c.code for c in one.codings if "loinc" in c.system)) or (fold(one.words),)
            if code not in results or _when(one) > _when(results[code]):
                results[code] = one
        else:
            lines.append(_entry(one, block or _B.PROBLEMS, alarms.get(one.key), as_of))
    newest = sorted(results.values(), key=lambda one: (one.section is _S.RESULTS, _when(one)), reverse=True)
    for one in newest:
        if block_of(one) is _B.RESULTS:
            lines.append(_line(_B.RESULTS, [one], detail=_result(one)))
        elif one.key not in alarms:
            lines.append(_line(_B.ALERTS, [one], Level.PLAIN, t("PREGNANCY"), detail=_result(one)))
    return lines


def _line(
    block: Block, owners: list[Entry], level: Level = Level.PLAIN, label: Words = NOTHING, name: Words | None = None,
    detail: Words = NOTHING,
) -> Line:  # fmt: skip
    doubt = any(one.place is Place.TO_CONFIRM for one in owners)
    keys = tuple(one.key for one in owners)
    return Line(block, name or _name(owners[0]), keys, level, label, detail, doubt)


def _name(entry: Entry) -> Words:
    coded = next((f"{one.display or one.code}" for one in entry.codings if one.display or one.code), "")
    marks = [one.words for one in entry.details if one.name in ("deviceIdentifier", "carrierHRF", "type")]
    words = entry.words or coded
    return same(words) if words else join([t("unnamed"), *map(same, marks[:1])], " ")


def _entry(one: Entry, block: Block, alarm: Raised | None, as_of: date) -> Line:
    level, label = (alarm.level, alarm.label) if alarm else (Level.PLAIN, NOTHING)
    if block is _B.TREATMENTS:
        dosage = both(lambda lang: dosage_words(one.dosage, lang).words)
        return _line(block, [one], level, detail=join([dosage, _validity(one, as_of)]))
    details = [alarm.detail] if alarm else []
    if block is _B.ALLERGIES:
        details.append(same(", ".join(dict.fromkeys(m for r in one.reactions for m in r.manifestations))))
    dated = next((d for role in _DATES[block] if (d := one.date(role))), None)
    details.append((same(dated.text) if dated.text else day(dated.start or dated.end)) if dated else NOTHING)
    urgent = {_B.ALLERGIES: "ALLERGY", _B.DEVICES: "DEVICE", _B.ALERTS: "FLAG"}.get(block)
    if urgent:
        level, label = (level, label) if alarm else (Level.CAUTION, t(urgent))
    return _line(block, [one], level, label, detail=join(details))


def _span(raw: str) -> tuple[date, date] | None:
    when = parse_date(raw)
    if when is None:
        return None
    first = date(when.year, when.month or 1, when.day or 1)
    if when.day:
        return first, first
    after = date(when.year + (not when.month or when.month == 12), (when.month % 12) + 1 if when.month else 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def _validity(one: Entry, as_of: date) -> Words:
    period = one.date("effective") or model.Dated("", "")
    start, end = _span(period.start), _span(period.end)
    begins = t("from", day(period.start)) if start and start[0] > as_of else NOTHING
    ends = t("ended" if end[1] < as_of else "until", day(period.end)) if end else NOTHING
    return join([begins, ends])


def _when(one: Entry) -> str:
    dated = next((found for role in _DATES[_B.RESULTS] if (found := one.date(role))), None)
    return (dated.start or dated.end) if dated else ""


def _measured(value: model.Value) -> Words:
    if value.quantity is None:
        return same(value.text or value.absent)
    one, usual = value.quantity, next(iter(value.reference), None)
    sides = [side for side in (usual.low, usual.high) if side] if usual else []

    def worded(lang: Lang) -> str:
        bounds = [_amount(side, lang, "" if side.unit == one.unit else side.unit) for side in sides]
        sign = "" if usual is None or len(sides) != 1 else "≥ " if usual.low else "≤ "
        said = one.comparator + _amount(one, lang, one.unit) + ("" if one.unit else f" {t('no_unit').of(lang)}")
        return said + (f" [{sign}{' – '.join(bounds)}]" if bounds else "")

    return both(worded)


def _amount(one: model.Quantity, lang: Lang, unit: str) -> str:
    try:
        return quantity(one.number, unit, lang)
    except NumberNotShownError:
        return f"{one.number} {unit}".strip()


def _result(one: Entry) -> Words:
    parts = [_measured(one.value)] if one.value else []
    parts += [join([same(part.label), _measured(part)], " ") for part in one.components]
    early = t("not_final") if one.rule == "observation.early" else NOTHING
    return join([*parts, early, day(_when(one))])


def _denials(document: Document) -> set[str]:
    return {absence.key for part in document.sections.values() for absence in part.absences if absence.key}


def _states(document: Document, unavailable: frozenset[SectionName]) -> list[Line]:
    """None known, not recorded and not available are three different things, each said in words."""
    lines = []
    for name, block in ((_S.ALLERGIES, _B.ALLERGIES), (_S.PROBLEMS, _B.PROBLEMS), (_S.MEDICATIONS, _B.TREATMENTS)):
        part, allergy = document.sections[name], name is _S.ALLERGIES
        level, label = (Level.CAUTION, t("ALLERGY")) if allergy else (Level.PLAIN, NOTHING)
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
            lines.append(Line(block, join([words, gone], " · "), keys, level, label, counted=False))
        if isinstance(part, Known) and allergy:
            for one in part.absences:
                if one.known and all(one is not clash.absence for clash in part.contradictions):
                    lines.append(Line(block, same(one.words), _keys([one]), label=label, counted=False))
    return lines


def _keys(absences: Iterable[model.Absence]) -> tuple[str, ...]:
    return tuple(one.key for one in absences if one.key)


def _contradiction(document: Document, clash: model.Contradiction) -> Line:
    against = [one for one in document.entries if one.key in clash.keys]
    others = join([_name(one) for one in against]) if against else t("no_information")
    words = t("beside", clash.absence.words or clash.absence.code, others)
    keys = (*_keys([clash.absence]), *clash.keys)
    level = Level.CRITICAL if clash.absence.section is _S.ALLERGIES else Level.CAUTION
    return Line(_B.NOTICES, words, keys, level, t("CONTRADICTION"))


def _notices(document: Document, as_of: date, reviews: Mapping[SectionName, Review], pending: int) -> list[Line]:
    lines = [_contradiction(document, one) for part in document.sections.values() if not isinstance(part, NoneKnown)
             for one in part.contradictions]  # fmt: skip
    identity, source = document.identity, document.source
    if identity is None:
        lines.append(Line(_B.NOTICES, t("several_names"), (), Level.CRITICAL, t("no_patient")))
    elif identity.deceased:
        when = NOTHING if identity.deceased == "true" else day(identity.deceased)
        lines.append(Line(_B.NOTICES, when, (identity.key,), Level.CAUTION, t("DECEASED")))
    dates = [day for day in (source.date, *(one.day for one in reviews.values())) if _span(day)]
    oldest = min(dates, default="")
    ends = _span(oldest)
    if ends and (as_of - ends[1]).days > _OLD_DAYS:
        lines.append(Line(_B.NOTICES, t("old", day(oldest)), (), Level.CAUTION, t("OLD")))
    foot = [] if rules_of_record.is_reviewed() and status.is_reviewed() else [t("rules")]
    uncoded = rules_of_record.uncoded(document.entries)
    foot += [t("uncoded", str(uncoded))] if uncoded else []
    foot += [t("pending", str(pending))] if pending else []
    foot += [t("language", source.language)] if source.language else []
    return lines + [Line(_B.FOOT, one) for one in foot]


def _banner(document: Document, as_of: date, reviews: Mapping[SectionName, Review], fictional: bool) -> list[Line]:
    who, source = document.identity, document.source
    mark = t("fictional") if fictional else NOTHING
    names = (_S.MEDICATIONS, _S.ALLERGIES)
    seen = [t("reviewed", t(str(name)), join([day(one.day), same(one.who)], " "))
            for name in names if (one := reviews.get(name))]  # fmt: skip
    never = [t(str(name)) for name in names if name not in reviews]
    seen += [t("never", join(never))] if never else []
    written = [t("document", day(source.date)) if source.date else t("no_document_date")]
    written += [t("by", ", ".join(one.words for one in source.authors))] if source.authors else []
    fresh = [join(written, " "), *seen]
    if who is None:
        return [Line(_B.BANNER, join([t("no_name"), mark], "   ")), Line(_B.BANNER, join(fresh, " · "))]
    name = next((one for use in ("official", "usual", "") for one in who.names if one.use == use), None)
    name = name or next(iter(who.names), None)
    maiden = next((one.family for one in who.names if one.use in ("maiden", "old") and one.family), "")
    full = ", ".join(part for part in (name.family.upper(), " ".join(name.given)) if part) if name else ""
    full = full or (name.text if name else "")
    born = t(f"born_{who.sex}" if who.sex in ("male", "female") else "born", day(who.birth_date))
    old = both(lambda lang: f" ({words})" if (words := age(who.birth_date, as_of, lang)) else "")
    parts = [join([same(full) if full else t("no_name"), t("maiden", maiden) if maiden else NOTHING], " "),
             t(who.sex if who.sex in ("male", "female", "other", "unknown") else ""),
             join([born, old], "") if who.birth_date else t("no_birth"), mark]  # fmt: skip
    spoken = [one.words or one.code for one in who.languages]
    second = [t("speaks", ", ".join(spoken))] if spoken else []
    span = _span(who.birth_date)
    keys = [who.key]
    if span and as_of.year - span[1].year - ((as_of.month, as_of.day) < (span[1].month, span[1].day)) < _MINOR:
        weights = [one for one in document.entries if one.place in _TODAY and {c.code for c in one.codings} & _WEIGHT]
        last = max(weights, key=_when, default=None)
        second.append(t("weight", _result(last)) if last else t("no_weight"))
        keys += [last.key] if last else []
        legal = [one for one in who.contacts if {c.code for c in one.relationship_codings} & _GUARDIANS]
        named = ", ".join(_person(one) for one in legal)
        second.append(t("guardian", named or t("not_recorded")))
    lines = [Line(_B.BANNER, join(parts, "   "), (who.key,))]
    return [*lines, Line(_B.BANNER, join([*second, *fresh], " · "), tuple(keys))]


def _person(contact: Contact) -> str:
    name = next(iter(contact.names), None)
    return (name.text or " ".join([*name.given, name.family.upper()]).strip()) if name else ""


def _contacts(document: Document) -> list[Line]:
    lines: list[Line] = []
    who = document.identity
    for one in who.contacts if who else ():
        name = _person(one) or one.relationship
        tie = f" ({one.relationship})" if one.relationship and one.relationship != name else ""
        calls = [phone(wire.value) for wire in one.telecoms if wire.system in ("phone", "sms", "")]
        if name or calls:
            lines.append(Line(_B.CONTACTS, same(name + tie), (who.key,) if who else (), detail=same(", ".join(calls))))
    return lines


def _missing(document: Document, unavailable: frozenset[SectionName]) -> list[Line]:
    who = document.identity
    asked = [_S.ALLERGIES, _S.PROBLEMS, _S.MEDICATIONS, _S.PAST_HISTORY, _S.PROCEDURES, _S.DEVICES, _S.IMMUNIZATIONS]
    asked += [_S.ADVANCE_DIRECTIVES, *([_S.PREGNANCY] if who is None or who.sex != "male" else [])]
    asked = [name for name in asked if not isinstance(document.sections[name], Known | NoneKnown)]
    lines = [Line(_B.MISSING, t(str(name))) for name in asked if name not in unavailable]
    return lines + ([] if who and who.contacts else [Line(_B.MISSING, t("contact"))])


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Lines that say exactly the same become one, with the keys of all."""
    found: dict[Line, tuple[str, ...]] = {}
    for bare, one in ((replace(one, keys=()), one) for one in lines):
        found[bare] = tuple(dict.fromkeys((*found.get(bare, ()), *one.keys)))
    return [replace(one, keys=keys) for one, keys in found.items()]
