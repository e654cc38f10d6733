"""Alert rules: pure functions from the lines of the record to what the first screen must not let pass, and why.

An alert says the class word of its rule, the source's own words, and marks from a closed list; nothing else. It never
comes from a line whose place is not current or to be confirmed, save acts that were done and stay (a valve, a
splenectomy). A name in free text counts where there is no code, and says so. A treatment named only to be denied
("PREVISCAN arrêté") whose status says active keeps an alert of the lowest level: never a silence.

The rules are the rows of `tables/rules.json` (key, level, words, ATC, why, reviewed by); names and codes are in the
other tables there, each with its source. **Reviewed by nobody yet**: `is_reviewed()`.
Sources: WHO ATC/DDD index 2026; FHIR R4 (4.0.1) AllergyIntolerance, Flag; IPS 2.0.0 pregnancy and alert profiles.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from baladeur.record.facts import days
from baladeur.record.medicines import Lexicon, Mention, Name, has_any, recognise, table
from baladeur.record.model import Entry, Place
from baladeur.record.rules import (
    ELSEWHERE,
    MARKS,
    RULES,
    Alert,
    Level,
    Rule,
    is_reviewed,
    rule_of_atc,
    says_enough,
    version,
)
from baladeur.record.sections import absence_of
from baladeur.text import fold

_MEDICINES: Final = frozenset(
    {"MedicationStatement", "MedicationRequest", "MedicationAdministration", "MedicationDispense"}
)
_DEVICES: Final = frozenset({"Device", "DeviceUseStatement"})
_ATC: Final = re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")
_ATC_SYSTEM: Final = re.compile(r"(?:[/-]atc|2\.16\.840\.1\.113883\.6\.73)/?$", re.IGNORECASE)
_ICD_SYSTEM: Final = re.compile(r"(?:icd|cim)-?10(?!-?pcs)|2\.16\.840\.1\.113883\.6\.(?:3|90)$", re.IGNORECASE)
_SNOMED: Final = re.compile(r"snomed\.info/sct|2\.16\.840\.1\.113883\.6\.96$", re.IGNORECASE)
_GENERIC: Final = {  # said only if nothing more precise is
    "device.cardiac-electronic": ("device.defibrillator", "device.pacemaker"),
    "device.valve": ("device.mechanical-valve",),
    "device.other": ("device.",),
}
_RECENT: Final = timedelta(days=365)  # a stent; ESC 2023 acute coronary syndromes: 12 months of two antiplatelets
_OVERDUE: Final = timedelta(days=21)  # beyond 42 weeks a pregnancy is over
_PREGNANCY: Final = timedelta(days=300)
_DUE: Final = frozenset({"11778-8", "11779-6", "11780-4"})
_PREGNANT: Final = {"77386006": "yes", "LA15173-0": "yes", "60001007": "no", "LA26683-5": "no"} | dict.fromkeys(
    ("152231000119106", "146799005"), "maybe"
)
_PREGNANT_WORDS: Final = {
    **dict.fromkeys(("oui", "yes", "enceinte", "grossesse en cours", "pregnant", "pregnancy", "true"), "yes"),
    **dict.fromkeys(("non", "no", "non enceinte", "not pregnant", "pas de grossesse", "false"), "no"),
}
_LEVELS: Final = tuple(Level)
_ORDER: Final = {key: at for at, key in enumerate(RULES)}
__all__ = ["MARKS", "RULES", "Alert", "Level", "Rule", "alerts", "is_reviewed", "uncoded", "version"]


def alerts(entries: Iterable[Entry], as_of: date) -> tuple[Alert, ...]:
    """Every alert of the record, the loudest first; the same words from two entries are one alert. Raises nothing."""
    listed = [entry for entry in entries if absence_of(entry) is None]
    found: dict[tuple[object, ...], Alert] = {}
    for alert in (*_each(listed, as_of), *_pregnancy(listed, as_of)):
        same = (alert.level, alert.rule, fold(alert.label), alert.marks, alert.due, alert.intolerance)
        if same in found:
            first = found[same]
            sources = tuple(dict.fromkeys((*first.sources, *alert.sources)))
            until = max(first.until, alert.until) if first.until and alert.until else ""
            alert = replace(first, sources=sources, until=until)
        found[same] = alert
    return tuple(sorted(found.values(), key=lambda a: (_LEVELS.index(a.level), _ORDER[a.rule], fold(a.label))))


def uncoded(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Keys of the treatments of today with neither an ATC code that says enough nor a name that the table knows."""
    return tuple(
        entry.key
        for entry in entries
        if entry.type in _MEDICINES
        and _stands(entry)
        and absence_of(entry) is None
        and not any(says_enough(code) for code in _atc_codes(entry))
        and not any(recognise(text) for text in _texts(entry))
    )


def _each(entries: Iterable[Entry], as_of: date) -> Iterator[Alert]:
    for entry in entries:
        if entry.type in _MEDICINES and _stands(entry):
            yield from _drug(entry)
        elif entry.type == "AllergyIntolerance" and _stands(entry):
            yield _allergy(entry)
        elif entry.type in _DEVICES or entry.type in ("Condition", "Procedure", "Flag"):
            yield from _state(entry, as_of)


def _stands(entry: Entry) -> bool:
    return entry.place in (Place.CURRENT, Place.TO_CONFIRM)


def _make(entry: Entry, rule: str, *marks: str, label: str = "", level: Level | None = None) -> Alert:
    label = label or entry.words
    doubt = ("to-confirm",) if entry.place is Place.TO_CONFIRM and "to-confirm" not in marks else ()
    return Alert(
        level or RULES[rule].level, rule, label, (entry.key,), (*marks, *doubt, *(() if label else ("no-label",)))
    )


def _texts(entry: Entry) -> list[str]:
    listed = [entry.words, *(one.display for one in entry.codings)]
    for part in entry.ingredients:
        listed += [part.words, *(one.display for one in part.codings)]
    return list(dict.fromkeys(text for text in listed if text))


# ---------------------------------------------------------------- drugs


def _atc_codes(entry: Entry) -> list[str]:
    listed = [*entry.codings, *(one for part in entry.ingredients for one in part.codings)]
    codes = [one.code.upper().replace(" ", "") for one in listed if _ATC_SYSTEM.search(one.system)]
    return [code for code in codes if _ATC.fullmatch(code)]


def _drug(entry: Entry) -> Iterator[Alert]:
    codes = _atc_codes(entry)
    coded = dict.fromkeys(rule for code in codes if (rule := rule_of_atc(code)))
    for rule in coded:
        yield _make(entry, rule)
    named: dict[str, list[Mention]] = {}
    for mention in (one for text in _texts(entry) for one in recognise(text)):
        named.setdefault(f"drug.{mention.key}", []).append(mention)
    for rule, mentions in named.items():
        used = [one for one in mentions if not one.local]
        if rule in coded or not used or any(code.startswith(ELSEWHERE.get(rule, ())) for code in codes):
            continue
        spelling = ("misspelt",) if all(one.misspelt for one in used) else ()
        if all(one.negated for one in used):
            yield _make(entry, rule, "by-name", *spelling, "denied", level=Level.INFORMATION)
        else:
            yield _make(entry, rule, "by-name", *spelling)


# ---------------------------------------------------------------- allergies


def _listed(name: str) -> list[str]:
    words: list[str] = table("conditions")["lists"][name]["words"]
    return words


def _allergy(entry: Entry) -> Alert:
    signs = [sign for reaction in entry.reactions for sign in reaction.manifestations]
    label = " — ".join(part for part in (entry.words, ", ".join(dict.fromkeys(signs))) if part)
    severities = {reaction.severity for reaction in entry.reactions if reaction.severity}
    stated = severities & {"mild", "moderate"} or entry.criticality == "low"
    texts = [*signs, entry.words, *(reaction.description for reaction in entry.reactions)]
    drug = "medication" in entry.categories
    kind = () if entry.categories else ("kind-unknown",)
    known_not = any(has_any(text, _listed("not_drugs")) for text in _texts(entry))
    may_be_drug = drug or "biologic" in entry.categories or (not entry.categories and not known_not)
    marks: tuple[str, ...] = ()
    if "severe" in severities:
        rule = "allergy.severe"
    elif entry.criticality == "high":
        rule = "allergy.high"
    elif any(has_any(text, _listed("severe_reactions")) for text in texts):
        rule, marks = "allergy.reaction", () if stated else ("severity-unknown",)
    elif drug:
        rule, marks = ("allergy.drug", ()) if stated else ("allergy.drug-unknown", ("severity-unknown",))
    elif may_be_drug and not stated:
        rule, marks = "allergy.unknown", (*kind, "severity-unknown")
    elif not may_be_drug and (severities == {"mild"} or (entry.criticality == "low" and not severities)):
        rule = "allergy.mild"
    else:
        rule, marks = "allergy.other", () if stated else ("severity-unknown",)
    intolerance = any(one.name == "type" and fold(one.words) == "intolerance" for one in entry.details)
    return replace(_make(entry, rule, *marks, label=label), intolerance=intolerance)


# ---------------------------------------------------------------- devices and conditions


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return (*table("devices")["rows"], *table("conditions")["rows"])


@cache
def _names() -> Lexicon:
    return Lexicon(Name(row["rule"], row["rule"], tuple(row["names"])) for row in _rows() if row["names"])


def _codes(entry: Entry, row: Mapping[str, Any]) -> bool:
    for one in entry.codings:
        if _SNOMED.search(one.system) and one.code in row["snomed"]:
            return True
        plain = one.code.upper().replace(".", "")
        if row["icd10"] and _ICD_SYSTEM.search(one.system) and plain.startswith(tuple(row["icd10"])):
            return True
    return False


def _state(entry: Entry, as_of: date) -> Iterator[Alert]:
    """Devices, conditions and flags; of acts that were done, those that stay."""
    done = entry.type == "Procedure" and entry.rule == "procedure.done"
    if not done and not _stands(entry):
        return
    texts = _texts(entry) if entry.type != "Flag" else []  # a flag's free text is shown whole, never sorted
    named = {one.key for text in texts for one in _names().find(text) if not one.negated}
    found: dict[str, Alert] = {}
    for row in _rows():
        rule = row["rule"]
        if done and not RULES[rule].stays:
            continue
        marks = ("act-done",) if done and rule.startswith("device.") else ()
        if _codes(entry, row):
            found[rule] = _make(entry, rule, *marks)
        elif rule in named and not any(has_any(text, [*row["unless"], *_family(rule)]) for text in texts):
            doubt = ("to-confirm",) if any(has_any(text, _listed("doubt")) for text in texts) else ()
            found[rule] = _make(entry, rule, "by-name", *marks, *doubt)
    if entry.type in _DEVICES and entry.words:
        found["device.other"] = _make(entry, "device.other")
    if entry.type == "Flag" and not found:
        found["flag.active"] = _make(entry, "flag.active")
    for rule, alert in found.items():
        precise = (other for other in found if other != rule)
        if not any(other.startswith(_GENERIC.get(rule, ("-",))) for other in precise):
            yield _dated(alert, entry, as_of)


def _family(rule: str) -> list[str]:
    return _listed("family") if rule.startswith("condition.") else []


def _began(entry: Entry) -> tuple[date, date] | None:
    roles = ("performed", "effective", "onset", "timing", "recordedDate", "issued")
    return next((meant for role in roles if (at := entry.date(role)) and (meant := days(at.start))), None)


def _dated(alert: Alert, entry: Entry, as_of: date) -> Alert:
    began = _began(entry)
    if alert.rule == "device.stent" and began and began[0] <= as_of and as_of - _RECENT <= began[1]:
        rule, until = "device.stent-recent", _after(began[1], _RECENT)
        return replace(alert, rule=rule, level=RULES[rule].level, until=until, then="device.stent")
    if alert.rule == "pregnancy.problem" and began:
        if began[1] < as_of - _PREGNANCY:
            return _past(alert)
        return replace(alert, until=_after(began[1], _PREGNANCY), then="pregnancy.past-term")
    return alert


def _after(day: date, length: timedelta) -> str:
    try:
        return (day + length).isoformat()
    except OverflowError:  # beyond the year 9999: no day ends it
        return ""


# ---------------------------------------------------------------- pregnancy


def _past(alert: Alert) -> Alert:
    marks = tuple(dict.fromkeys((*alert.marks, "to-confirm")))
    return replace(alert, rule="pregnancy.past-term", level=RULES["pregnancy.past-term"].level, marks=marks)


def _answer(entry: Entry) -> str:
    value = entry.value
    if value is None:
        return ""
    coded = [_PREGNANT[one.code] for one in value.codings if one.code in _PREGNANT]
    return coded[0] if coded else _PREGNANT_WORDS.get(fold(value.text), "")


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of the last day on which there are any; those without a date count as the last."""
    dated = [(began[1] if (began := _began(entry)) else date.max, entry) for entry in entries]
    return [entry for day, entry in dated if day == max(other for other, _ in dated)]


def _pregnancy(entries: list[Entry], as_of: date) -> Iterator[Alert]:
    """One alert from the newest pregnancy status and the newest due date (LOINC 82810-3, 11778-8)."""
    seen = [entry for entry in entries if entry.type == "Observation" and _stands(entry)]
    asked = _newest(e for e in seen if any(c.code == "82810-3" for c in e.codings) and _answer(e))
    due = _newest(e for e in seen if e.value and e.value.text and any(c.code in _DUE for c in e.codings))[:1]
    said = {_answer(entry) for entry in asked}
    if said == {"no"}:
        later = [e for e in due if (a := _began(e)) and (b := _began(asked[0])) and a[0] > b[1]]
        due, asked = later, []
    base = [entry for entry in asked if _answer(entry) != "no"] or due
    if not base:
        return
    label = base[0].value.text if base[0] in asked and base[0].value else ""
    alert = _make(base[0], "pregnancy.current", label=label)
    meant = days(due[0].value.text) if due and due[0].value else None
    unsure = said != {"yes"} or any(entry.place is Place.TO_CONFIRM for entry in due)
    marks = tuple(dict.fromkeys((*alert.marks, *(("to-confirm",) if unsure else ()))))
    sources = tuple(dict.fromkeys(entry.key for entry in (*base, *due)))
    alert = replace(alert, marks=marks, sources=sources, due=due[0].value.text if due and due[0].value else "")
    began = _began(base[0])
    if meant[1] < as_of - _OVERDUE if meant else began is not None and began[1] < as_of - _PREGNANCY:
        yield _past(alert)
    else:
        until = _after(meant[1], _OVERDUE) if meant else _after(began[1], _PREGNANCY) if began else ""
        yield replace(alert, until=until, then="pregnancy.past-term")
