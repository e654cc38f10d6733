"""Measured values as a table and as series over time, one series for each analyte and unit.

Units are never mixed and never converted here: the same analyte in mg/dL and in mmol/L is two series. A value is a
number as written; one with a comparator (`< 0.1`) keeps it. What must not be taken as the patient's (`Place.NEVER`)
is in no series. Source: FHIR R4 (4.0.1) Observation; house rules "results".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.model import Entry, Place, Quantity, SectionName, Value
from baladeur.record.people import Coding
from baladeur.record.phrases import Lang
from baladeur.record.results import measured, when
from baladeur.record.wording import NumberNotShownError, date_words, exact, span
from baladeur.text import fold

SECTIONS: Final = (SectionName.RESULTS, SectionName.VITAL_SIGNS)
_LOINC: Final = "loinc"
_UCUM: Final = "unitsofmeasure"


@dataclass(frozen=True, slots=True, repr=False)
class Point:
    """One value of a series. number: None for what is on no scale; low and high: its usual range."""

    key: str  #: the entry
    raw: str  #: its date as written; empty: the source does not say
    date: str
    words: str  #: value, unit and range
    number: Decimal | None
    comparator: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    place: Place = Place.CURRENT
    interpretation: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Series:
    """The values of one analyte in one unit, oldest first, those without a date last."""

    analyte: str
    unit: str
    code: str  #: LOINC, or empty
    section: SectionName
    points: tuple[Point, ...]

    __repr__ = quiet

    @property
    def last(self) -> Point:
        """The newest dated value, else the last."""
        dated = [one for one in self.points if one.raw]
        return dated[-1] if dated else self.points[-1]


def series(entries: Iterable[Entry], lang: Lang) -> list[Series]:
    """Every series of the results and vital signs, in the order of the alphabet. Raises nothing."""
    names: dict[tuple[str, str], tuple[str, str, str, SectionName]] = {}
    found: dict[tuple[str, str], list[Point]] = {}
    for entry in entries:
        if entry.section not in SECTIONS or entry.place is Place.NEVER:
            continue
        for value, words, codes in _values(entry):
            code = next((one.code for one in codes if _LOINC in one.system.lower() and one.code), "")
            unit, means = _unit(value.quantity)
            key = (code or fold(words), means)
            names[key] = (words or code, unit, code, entry.section)
            found.setdefault(key, []).append(_point(entry, value, lang))
    made = [Series(*names[key], tuple(sorted(points, key=_at))) for key, points in found.items()]
    return sorted(made, key=lambda one: (SECTIONS.index(one.section), fold(one.analyte), one.unit))


def _at(point: Point) -> tuple[bool, str]:
    return not point.raw, _day(point.raw)


def _day(raw: str) -> str:
    """What to sort by: the first day that a date can mean, then the date as written."""
    meant = span(raw)
    return f"{meant[0].isoformat() if meant else ''}{raw}"


def _values(entry: Entry) -> list[tuple[Value, str, Sequence[Coding]]]:
    own = [(entry.value, entry.words, entry.codings)] if entry.value else []
    return [*own, *((one, one.label, one.label_codings) for one in entry.components)]


def _unit(amount: Quantity | None) -> tuple[str, str]:
    """The unit as shown, and what makes it the same unit: the UCUM code, else the unit letter by letter."""
    if amount is None:
        return "", "text"
    coded = amount.code if _UCUM in amount.system.lower() else ""
    return amount.unit or amount.code, f"number {coded or amount.unit.strip()}"


def _point(entry: Entry, value: Value, lang: Lang) -> Point:
    raw, amount = when(entry), value.quantity
    usual = next(iter(value.reference), None)
    low, high = (_bound(side, amount) for side in ((usual.low, usual.high) if usual else (None, None)))
    return Point(
        entry.key,
        raw if span(raw) else "",
        date_words(raw, lang),
        measured(value).of(lang),
        _number(amount),
        amount.comparator if amount else "",
        low,
        high,
        entry.place,
        ", ".join(value.interpretation),
    )


def _number(amount: Quantity | None) -> Decimal | None:
    try:
        return exact(amount.number) if amount else None
    except NumberNotShownError:
        return None


def _bound(side: Quantity | None, amount: Quantity | None) -> Decimal | None:
    """A bound of the range, if it is in the unit of the value or says none."""
    if side is None or amount is None or (side.unit and _unit(side)[1] != _unit(amount)[1]):
        return None
    return _number(side)
