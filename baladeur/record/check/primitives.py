"""The formats of the primitive types, each as one function that says whether a JSON value may stand there.

Every pattern is linear in the length of the text: a value made to hang a matcher costs no more than any other.
Source: FHIR R4 (4.0.1) section 2.24.0.1, datatypes.html#primitive; what a regex there cannot say (the 30th of
February, an odd number of base64 letters) is checked, too.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

_DAY: Final = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE: Final = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_FULL: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"

_date = re.compile(_DAY).fullmatch
_moment = re.compile(rf"{_FULL}T{_CLOCK}{_ZONE}").fullmatch
_time = re.compile(_CLOCK).fullmatch
_id = re.compile(r"[A-Za-z0-9.\-]{1,64}").fullmatch
_oid = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+").fullmatch
_uuid = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_code = re.compile(r"\S+(?:[ \t\n\r]\S+)*").fullmatch
_space = re.compile(r"\s").search
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]").search
_base64 = re.compile(r"[A-Za-z0-9+/]*={0,2}").fullmatch

_MOST: Final = 2**31 - 1
_LONGEST_STRING: Final = 1 << 20  # characters; R4 limits a string to 1 MB
_SHORTEST_DAY: Final = 8  # more than a year and a month


def _real_day(text: str) -> bool:
    if text.startswith("0000"):
        return False
    if len(text) < _SHORTEST_DAY or text[8:10] <= "28":
        return True
    try:
        date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return False
    return True


def _is_text(value: object) -> bool:
    if value.__class__ is not str or not value or value.isspace():
        return False
    text = str(value)
    return len(text) <= _LONGEST_STRING and (text.isprintable() or not _control(text))


def _is_markdown(value: object) -> bool:
    return _is_text(value) or (isinstance(value, str) and len(value) > _LONGEST_STRING and not _control(value))


def _is_boolean(value: object) -> bool:
    return value is True or value is False


def _is_integer(value: object) -> bool:
    return value.__class__ is int and -_MOST - 1 <= value <= _MOST


def _is_positive(value: object) -> bool:
    return value.__class__ is int and 1 <= value <= _MOST


def _is_unsigned(value: object) -> bool:
    return value.__class__ is int and 0 <= value <= _MOST


def _is_decimal(value: object) -> bool:
    return value.__class__ is int or isinstance(value, Decimal | float)


def _is_date(value: object) -> bool:
    return isinstance(value, str) and _date(value) is not None and _real_day(value)


def _is_date_time(value: object) -> bool:
    return isinstance(value, str) and (_date(value) or _moment(value)) is not None and _real_day(value)


def _is_instant(value: object) -> bool:
    return isinstance(value, str) and _moment(value) is not None and _real_day(value)


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _time(value) is not None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _id(value) is not None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _code(value) is not None


def _is_uri(value: object) -> bool:
    if not isinstance(value, str) or not value or _space(value):
        return False
    if value.startswith("urn:oid:"):
        return _oid(value) is not None
    if value.startswith("urn:uuid:"):
        return _uuid(value.lower()) is not None
    return True


def _is_canonical(value: object) -> bool:
    return isinstance(value, str) and _is_uri(value.split("|")[0].split("#")[0] or value)


def _is_oid(value: object) -> bool:
    return isinstance(value, str) and _oid(value) is not None


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and _uuid(value) is not None


def _is_base64(value: object) -> bool:
    if not isinstance(value, str) or not value:
        return False
    tight = "".join(value.split()) if _space(value) else value
    return len(tight) % 4 == 0 and _base64(tight) is not None


def _is_xhtml(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not value.isspace()


FORMATS: Final[dict[str, Callable[[object], bool]]] = {
    "base64Binary": _is_base64,
    "boolean": _is_boolean,
    "canonical": _is_canonical,
    "code": _is_code,
    "date": _is_date,
    "dateTime": _is_date_time,
    "decimal": _is_decimal,
    "id": _is_id,
    "instant": _is_instant,
    "integer": _is_integer,
    "markdown": _is_markdown,
    "oid": _is_oid,
    "positiveInt": _is_positive,
    "string": _is_text,
    "time": _is_time,
    "unsignedInt": _is_unsigned,
    "uri": _is_uri,
    "url": _is_uri,
    "uuid": _is_uuid,
    "xhtml": _is_xhtml,
}
