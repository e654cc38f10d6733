"""Laboratory values in their other usual units, side by side. A convenience for reading; the record keeps what it got.

Sources: molar masses (NIST) and the IFCC-NGSP master equation, as the table `analytes` states them; units in UCUM.
**Reviewed by nobody yet.**
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from baladeur.tables.shipped import table

_DIGITS = 3  # significant digits shown at least; a measured value has no more than these, or those it came with


@cache
def _by_loinc() -> Mapping[str, Mapping[str, Any]]:
    return {code: row for row in table("analytes")["conversions"] for code in row["loinc"]}


def others(loinc: str, value: Decimal, unit: str) -> list[tuple[Decimal, str]]:
    """The same value in the other usual units of its analyte; empty if none is known or the unit is not one of them.

    `value` and the results are plain numbers of the unit named beside them, in UCUM. Raises nothing.
    """
    row = _by_loinc().get(loinc)
    if row is None or unit not in row["units"] or not value.is_finite():
        return []
    offsets = row.get("offsets", {})
    base = (value - Decimal(offsets.get(unit, "0"))) / Decimal(row["units"][unit])
    digits = max(_DIGITS, len(value.as_tuple().digits))
    return [
        (_rounded(base * Decimal(factor) + Decimal(offsets.get(other, "0")), digits), other)
        for other, factor in row["units"].items()
        if other != unit
    ]


def beside(loinc: str, value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """The one to show beside a value: in the first unit of its analyte, or, of a value in that, in the last.

    So mass stands beside moles, and `%` beside `mmol/mol`. None where `others` is empty. Raises nothing.
    """
    found = others(loinc, value, unit)
    if not found:
        return None
    first = next(iter(_by_loinc()[loinc]["units"]))
    return found[-1] if unit == first else found[0]


def _rounded(value: Decimal, digits: int) -> Decimal:
    """A number of so many significant digits, without an exponent."""
    if not value:
        return Decimal(0)
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    rounded = value.quantize(step) if abs(value.adjusted()) < 20 else value
    return Decimal(f"{rounded.normalize():f}")
