"""The invariants of the data types. Source: FHIR R4 (4.0.1) datatypes.html, extensibility.html, by official key."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from baladeur.record.check.rules import Json, has, one_of, rule
from baladeur.record.check.table import table

CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
UCUM: Final = "http://unitsofmeasure.org"
_QUANTITIES: Final = ("Quantity", "SimpleQuantity", "Age", "Count", "Distance", "Duration")
_DIGITS: Final = re.compile(r"[0-9]+")


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))


def _later(first: object, second: object) -> bool:
    """Whether the first moment is surely later: at the precision that both have."""
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    if "T" in first and "T" in second:
        try:
            return datetime.fromisoformat(first) > datetime.fromisoformat(second)
        except (ValueError, TypeError):
            return False
    shorter = min(len(first.partition("T")[0]), len(second.partition("T")[0]))
    a, b = first[:shorter], second[:shorter]
    return [int(n) for n in _DIGITS.findall(a)] > [int(n) for n in _DIGITS.findall(b)]


@rule("ext-1", "Extension")
def ext_1(extension: Json) -> bool:
    """Either a value or extensions of its own, and one of them."""
    return ("extension" in extension) != has(extension, "value[x]")


@rule("ext-translation", "Extension")
def ext_translation(extension: Json) -> bool:
    """A translation says in which language, and what, each once (extension `translation`, 5.3.0)."""
    if extension.get("url") != f"{CORE}translation":
        return True
    names = [one.get("url") for one in one_of(extension.get("extension"))]
    return names.count("lang") == names.count("content") == 1


@rule("ext-absent", "Extension")
def ext_absent(extension: Json) -> bool:
    """The reason for an absence is one of the list (extension `data-absent-reason`, R4)."""
    if extension.get("url") != f"{CORE}data-absent-reason":
        return True
    known = table().system("http://terminology.hl7.org/CodeSystem/data-absent-reason") or ()
    return extension.get("valueCode") in known


@rule("att-1", "Attachment")
def att_1(attachment: Json) -> bool:
    """Data has a content type."""
    return "data" not in attachment or has(attachment, "contentType")


@rule("cpt-2", "ContactPoint")
def cpt_2(contact: Json) -> bool:
    """A telephone number or an address says which of them it is."""
    return "value" not in contact or has(contact, "system")


@rule("per-1", "Period")
def per_1(period: Json) -> bool:
    """The end is not before the start."""
    return not _later(period.get("start"), period.get("end"))


@rule("qty-3", *_QUANTITIES)
def qty_3(quantity: Json) -> bool:
    """A unit's code has its system."""
    return "code" not in quantity or has(quantity, "system")


@rule("sqty-1", "SimpleQuantity")
def sqty_1(quantity: Json) -> bool:
    """A dose or another simple quantity is not `less than`."""
    return not has(quantity, "comparator")


def _ucum(quantity: Json) -> bool:
    return bool(quantity.get("system", UCUM) == UCUM)


@rule("age-1", "Age")
def age_1(age: Json) -> bool:
    """An age has a unit of time and is above zero."""
    value = _decimal(age.get("value"))
    return (has(age, "code") or value is None) and _ucum(age) and (value is None or value > 0)


@rule("dis-1", "Distance")
def dis_1(distance: Json) -> bool:
    """A distance has a unit of length."""
    return (has(distance, "code") or "value" not in distance) and _ucum(distance)


@rule("cnt-3", "Count")
def cnt_3(count: Json) -> bool:
    """A count is a whole number with the unit 1."""
    value = count.get("value")
    whole = value is None or isinstance(value, int) or "." not in str(value)
    return (has(count, "code") or value is None) and _ucum(count) and count.get("code", "1") == "1" and whole


@rule("drt-1", "Duration")
def drt_1(duration: Json) -> bool:
    """A duration has a UCUM unit of time."""
    return "code" not in duration or (duration.get("system") == UCUM and has(duration, "value"))


@rule("rng-2", "Range")
def rng_2(limits: Json) -> bool:
    """The low end is not above the high end."""
    low, high = limits.get("low"), limits.get("high")
    if not isinstance(low, dict) or not isinstance(high, dict):
        return True
    if (low.get("code") or low.get("unit")) != (high.get("code") or high.get("unit")):
        return True
    least, most = _decimal(low.get("value")), _decimal(high.get("value"))
    return least is None or most is None or least <= most


@rule("rat-1", "Ratio")
def rat_1(ratio: Json) -> bool:
    """Both numerator and denominator, or neither."""
    both = ("numerator" in ratio) == ("denominator" in ratio)
    return both and ("numerator" in ratio or "extension" in ratio)


@rule("exp-1", "Expression")
def exp_1(expression: Json) -> bool:
    """An expression is written out or referred to."""
    return has(expression, "expression") or has(expression, "reference")


@rule("tim-1", "Timing.repeat")
def tim_1(repeat: Json) -> bool:
    """A duration has a unit."""
    return "duration" not in repeat or has(repeat, "durationUnit")


@rule("tim-2", "Timing.repeat")
def tim_2(repeat: Json) -> bool:
    """A period has a unit."""
    return "period" not in repeat or has(repeat, "periodUnit")


@rule("tim-4", "Timing.repeat")
def tim_4(repeat: Json) -> bool:
    """A duration is not negative."""
    value = _decimal(repeat.get("duration"))
    return value is None or value >= 0


@rule("tim-5", "Timing.repeat")
def tim_5(repeat: Json) -> bool:
    """A period is not negative."""
    value = _decimal(repeat.get("period"))
    return value is None or value >= 0


@rule("tim-6", "Timing.repeat")
def tim_6(repeat: Json) -> bool:
    """A longest period needs a period."""
    return "periodMax" not in repeat or has(repeat, "period")


@rule("tim-7", "Timing.repeat")
def tim_7(repeat: Json) -> bool:
    """A longest duration needs a duration."""
    return "durationMax" not in repeat or has(repeat, "duration")


@rule("tim-8", "Timing.repeat")
def tim_8(repeat: Json) -> bool:
    """A greatest count needs a count."""
    return "countMax" not in repeat or has(repeat, "count")


@rule("tim-9", "Timing.repeat")
def tim_9(repeat: Json) -> bool:
    """An offset is counted from an event of the day that is not a meal itself."""
    when = repeat.get("when")
    if "offset" not in repeat:
        return True
    return isinstance(when, list) and bool(when) and not {"C", "CM", "CD", "CV"} & {str(one) for one in when}


@rule("tim-10", "Timing.repeat")
def tim_10(repeat: Json) -> bool:
    """Hours of the day or events of the day, not both."""
    return not (has(repeat, "timeOfDay") and has(repeat, "when"))
