"""Reading a FHIR structure so strictly that what was not understood cannot go unnoticed.

Each object is a `Node`; values are taken from it by name, and leaving its `with` block checks that nothing is left.
So the allow-list of elements is the code that reads them, and an unknown element, an extension, a `_value` beside a
value, a null or an empty list is never passed over. Quantity, Range and Ratio are FHIR R4 datatypes.html; their units
are UCUM or words. An abbreviation that has killed (`U`, `µg`) is spelt (ISMP) or not understood, never shown.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from baladeur.record.phrases import Lang, say
from baladeur.record.wording import (
    FORM_WORDS,
    FORMS,
    TIME_UNITS,
    UCUM,
    NumberNotShownError,
    exact,
    number,
    unit_key,
    unit_words,
)
from baladeur.text import NOTE, REPLACEMENT, safe_text

Unit = tuple[str, ...] | str | None  # keys of the table, or a word as the source writes it, or not stated
Fits = Callable[[Unit], bool]

_ERROR_PRONE: Final = re.compile(r"(?i)[kmµμn]?\.?(?:i\.?u|u\.?i|u)\.?")
_LONGEST_UNIT: Final = 40


class NotUnderstoodError(Exception):
    """Carries the path of the element, and no patient word."""


def one_line(raw: str) -> str:
    """A text of the source, tamed, with its line breaks made visible; empty when it would have to be cut."""
    return "" if len(raw) > NOTE else re.sub(r"\n+", " ; ", safe_text(raw, 2 * NOTE, lines=True))


class Node:
    """One object of the source. Leaving its `with` block checks that everything in it was taken."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict) or not value:
            raise NotUnderstoodError(path)
        self.path, self._left = path, dict(value)
        if not isinstance(self._left.pop("id", ""), str):
            raise self.no("id")

    def __enter__(self) -> "Node":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and self._left:
            raise self.no(safe_text(str(next(iter(self._left)))))

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def no(self, name: str = "") -> NotUnderstoodError:
        return NotUnderstoodError(f"{self.path}.{name}" if name else self.path)

    def pop(self, name: str) -> object:
        return self._left.pop(name, None)

    def text(self, name: str) -> str:
        """Empty when absent. A text with something invisible in it was not understood."""
        if name not in self._left:
            return ""
        value = self.pop(name)
        tamed = one_line(value) if isinstance(value, str) else ""
        if not tamed or REPLACEMENT in tamed:
            raise self.no(name)
        return tamed

    def flag(self, name: str) -> bool:
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise self.no(name)
        return value

    def decimal(self, name: str) -> Decimal | None:
        """Never negative: no element of a dosage may be."""
        if name not in self._left:
            return None
        try:
            value = exact(self.pop(name))
            number(value, "fr")
        except NumberNotShownError:
            raise self.no(name) from None
        if value < 0:
            raise self.no(name)
        return value

    def span(self, name: str, *, whole: bool = False) -> tuple[Decimal, Decimal] | None:
        """`frequency` and `frequencyMax`, and their like: a value above zero, and the highest it may be."""
        low, high = self.decimal(name), self.decimal(f"{name}Max")
        if low is None and high is None:
            return None
        if low is None or low == 0 or (high is not None and high < low):
            raise self.no(name)
        if whole and (low != int(low) or (high is not None and high != int(high))):
            raise self.no(name)
        return low, low if high is None else high

    def node(self, name: str) -> "Node | None":
        return Node(self.pop(name), f"{self.path}.{name}") if name in self._left else None

    def nodes(self, name: str) -> list["Node"]:
        return [Node(item, f"{self.path}.{name}[{at}]") for at, item in enumerate(self._items(name))]

    def codes(self, name: str, known: Callable[[str], object]) -> list[str]:
        """A list of different codes, each of them known."""
        codes = [item for item in self._items(name) if isinstance(item, str)]
        if len(set(codes)) != len(codes) or not all(map(known, codes)):
            raise self.no(name)
        return codes

    def _items(self, name: str) -> list[object]:
        if name not in self._left:
            return []
        value = self.pop(name)
        if not isinstance(value, list) or not value:
            raise self.no(name)
        return value

    def choice(self, *names: str) -> str:
        """The one of a choice of types that is there, or nothing; two of them are a contradiction."""
        found = [name for name in names if name in self._left]
        if len(found) > 1:
            raise self.no(found[1])
        return found[0] if found else ""


def measure(value: Decimal, unit: Unit, lang: Lang) -> str:
    """`2 comprimés`; `1 (mesure non indiquée)` when the source gives a bare number."""
    if unit is None:
        words = say("no_measure", lang)
    else:
        words = unit if isinstance(unit, str) else unit_words(unit, value, lang)
    return f"{number(value, lang)} {words}"


def span_words(span: tuple[Decimal, Decimal], lang: Lang) -> str:
    """`4` or `4 à 6`."""
    low, high = (number(value, lang) for value in span)
    return low if low == high else say("to", lang, low, high)


def quantity(node: Node) -> tuple[Decimal, Unit]:
    """A SimpleQuantity or a Duration. A comparator is left over, hence not understood."""
    with node as q:
        value = q.decimal("value")
        if value is None:
            raise q.no("value")
        return value, _unit(q, q.text("unit"), q.text("system"), q.text("code"))


def _unit(node: Node, unit: str, system: str, code: str) -> Unit:
    """The unit's word and code must say the same thing; a unit known by its code alone must be in our table."""
    key = unit_key(unit)
    if not code:
        if system and not unit:
            raise node.no("system")
        return key or (_as_written(node, unit) if unit else None)
    form = FORMS.get((system, code))
    if form:
        spelt = unit in ("", code)
        if key or (not spelt and FORM_WORDS.get(unit.casefold(), form) != form):
            raise node.no("unit")
        spelt = spelt or unit.casefold() in FORM_WORDS
        return (form,) if spelt else _as_written(node, unit)
    if system == UCUM and code != "1":
        coded = unit_key(code)
        if coded and (not unit or unit == code or coded == key):
            return coded
        if coded or key or not unit:  # they differ, or one of them is beyond us
            raise node.no("code")
        return _as_written(node, unit)
    if system == UCUM:  # the unity: a count of what the word says
        if key:
            raise node.no("unit")
        return _as_written(node, unit) if unit else None
    if not unit or (not system and code != unit and unit_key(code) != key):
        raise node.no("code")
    return key or _as_written(node, unit)


def _as_written(node: Node, unit: str) -> str:
    """`1 5 mg tablet` would read as 15 mg, and `0,5 %` is a strength: such a unit is no unit."""
    digits = any(char.isnumeric() for char in unit)
    if digits or "%" in unit or len(unit) > _LONGEST_UNIT or _ERROR_PRONE.fullmatch(unit):
        raise node.no("unit")
    return unit


def is_dose(unit: Unit) -> bool:
    """An amount, or an amount per body size. `mg/mL` is a strength, and a time is no dose."""
    if isinstance(unit, tuple):
        return unit[0] not in TIME_UNITS and set(unit[1:]) <= {"kg", "m2"}
    return unit is None or "/" not in unit


def is_time(unit: Unit) -> bool:
    """A single unit of time."""
    return isinstance(unit, tuple) and len(unit) == 1 and unit[0] in TIME_UNITS


def is_rate(unit: Unit) -> bool:
    """An amount per time, or what the source writes with a stroke."""
    if isinstance(unit, tuple):
        return len(unit) > 1 and unit[0] not in TIME_UNITS and unit[-1] in TIME_UNITS
    return unit is not None and "/" in unit


def amount(node: Node, lang: Lang, fits: Fits) -> str:
    """A quantity of the right kind."""
    value, unit = quantity(node)
    if not fits(unit):
        raise node.no("unit")
    return measure(value, unit, lang)


def range_words(node: Node, lang: Lang, fits: Fits) -> str:
    """`1 à 2 comprimés`, `500 mg à 1 g`, `au moins 1 comprimé`."""
    with node as r:
        ends = {name: quantity(end) for name in ("low", "high") if (end := r.node(name))}
    if not ends or not all(fits(unit) for _, unit in ends.values()):
        raise node.no()
    if len(ends) == 1:
        return say("at_least" if "low" in ends else "at_most", lang, *(measure(*end, lang) for end in ends.values()))
    (low, low_unit), (high, high_unit) = ends["low"], ends["high"]
    if low_unit != high_unit:
        if low_unit is None or high_unit is None:
            raise node.no("low")
        return say("to", lang, measure(low, low_unit, lang), measure(high, high_unit, lang))
    if low > high:
        raise node.no("high")
    return say("to", lang, number(low, lang), measure(high, high_unit, lang))


def ratio_words(node: Node, lang: Lang) -> str:
    """`4 g en 24 heures`, `100 mL par heure`: an amount in a time."""
    with node as r:
        top, bottom = r.node("numerator"), r.node("denominator")
        if top is None or bottom is None:
            raise r.no()
        much = amount(top, lang, is_dose)
        value, unit = quantity(bottom)
    if not is_time(unit) or not isinstance(unit, tuple) or not value:
        raise bottom.no()
    if value == 1:
        return much + say("per", lang) + unit_words(unit, value, lang)
    return say("in", lang, much, measure(value, unit, lang))


def codings(node: Node) -> list[tuple[str, str, str]]:
    """(system, code, display) of each coding of a CodeableConcept."""
    found = []
    for coding in node.nodes("coding"):
        with coding as c:
            found.append((c.text("system"), c.text("code"), c.text("display")))
            c.text("version")
            c.flag("userSelected")
    return found


def concept(node: Node) -> str:
    """A CodeableConcept in its source's words: its text, else its first display. A code alone is not understood."""
    with node as c:
        words = [c.text("text"), *(display for _, _, display in codings(c))]
        if not any(words):
            raise c.no("coding")
    return next(filter(None, words))
