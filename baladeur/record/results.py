"""Measured values in words, each with its unit, its usual range and its date. No blood group: nobody transfuses on one.

A value of a known analyte is said in its other usual unit too, behind everything that the source wrote, and marked as
converted: the one number of the page that is rounded (to three digits, or as many as the source gives).
Sources: FHIR R4 Observation; house rules "numbers" and "results"; conversions: `baladeur.tables.analytes`.
"""

from typing import Final

from baladeur.record import model
from baladeur.record.model import Entry
from baladeur.record.page import Fact, Piece
from baladeur.record.phrases import Lang
from baladeur.record.wording import UCUM, NumberNotShownError, exact, parse_date, quantity
from baladeur.record.words import NOTHING, Words, both, day, join, same, t
from baladeur.tables.analytes import beside
from baladeur.text import fold

_LOINC: Final = "http://loinc.org"
_CRITICAL: Final = frozenset({"hh", "ll", "aa", "hu", "lu"})
_ROLES: Final = ("effective", "issued")
# LOINC: blood groups of the patient.
_BLOOD_GROUP: Final = frozenset({"882-1", "883-9", "884-7", "10331-7", "14907-4", "1305-2", "34530-6", "77397-8"})
_GROUP_WORDS: Final = ("groupe sanguin", "blood group", "blood type", "abo and rh", "abo+rh", "rhesus", "groupage")


def is_result(entry: Entry) -> bool:
    """Whether an observation has something to show, and is no blood group."""
    said = fold(" ".join([entry.words, *(one.display for one in entry.codings)]))
    group = any(one.code in _BLOOD_GROUP for one in entry.codings) or any(word in said for word in _GROUP_WORDS)
    return not group and (entry.value is not None or bool(entry.components))


def is_critical(entry: Entry) -> bool:
    """Whether its source marks a value as critical: by the code of HL7's ObservationInterpretation, or in its words."""
    values = [*([entry.value] if entry.value else []), *entry.components]
    said = [fold(one) for value in values for one in value.interpretation]
    return any(one in _CRITICAL or one.startswith("crit") for one in said)


def when(one: Entry) -> str:
    """The date of an observation, or an empty string."""
    dated = next((found for role in _ROLES if (found := one.date(role))), None)
    return (dated.start or dated.end) if dated else ""


def measured(value: model.Value) -> Words:
    """`11,8 g/dL [12 – 16]`."""
    if value.quantity is None:
        return day(value.text) if parse_date(value.text) and len(value.text) > 4 else same(value.text or value.absent)
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


def result(one: Entry) -> tuple[Piece, ...]:
    """Its value and those of its components, whether it is final, and its date."""
    parts = [measured(one.value)] if one.value else []
    parts += [join([same(part.label), measured(part)], " ") for part in one.components]
    early = t("not_final") if one.rule == "observation.early" else NOTHING
    dated = when(one)
    return (join([*parts, early]), *([Fact("date", dated)] if dated else []), *_converted(one))


def _converted(one: Entry) -> list[Words]:
    """`≈ 6,99 mmol/L (converti)`; nothing unless code and unit are certain.

    The unit must be UCUM, and be what the source shows: one whose text and code differ is not converted by either.
    """
    found = one.value.quantity if one.value else None
    if found is None or found.comparator or found.system != UCUM:
        return []
    if found.unit.replace("µ", "u").replace("μ", "u").casefold() != found.code.casefold():
        return []
    try:
        value = exact(found.number)
    except NumberNotShownError:
        return []
    codes = [coding.code for coding in one.codings if coding.system == _LOINC]
    pairs = {pair for code in codes if (pair := beside(code, value, found.code)) is not None}
    if len(pairs) != 1:  # codes of two analytes on one line
        return []
    ((number, unit),) = pairs
    said = unit.replace("umol", "µmol").replace("ug/", "microg/")  # µg has been read as mg (ISMP)
    return [join([both(lambda lang: f"≈ {quantity(number, said, lang)}"), t("converted")], " ")]
