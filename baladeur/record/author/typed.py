"""What somebody types, as FHIR wants it: dates, numbers, quantities, words. Numbers stay as they were written.

Sources: FHIR R4 (4.0.1) datatypes.html (dateTime with partial dates, Quantity, CodeableConcept); UCUM 2.1.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from baladeur.record.author.dates import Refused, day
from baladeur.record.author.fields import Coded, Field, Kind, Value
from baladeur.record.elements import Json
from baladeur.record.scan import Number
from baladeur.record.wording import FORM_WORDS, UCUM, unit_key
from baladeur.tables import shipped
from baladeur.text import LABEL, NOTE, fold, safe_text

_QUANTITY: Final = re.compile(r"([<>]=?)?\s*([+-]?[0-9][0-9\s\u00a0\u202f]*(?:[.,][0-9]+)?)\s*(\S.*)?")
#: `1,000` or `2.500`: a thousand for some who type it, one for others.
_THOUSAND: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NO_UNIT: Final = re.compile(r"[^\w%\[{µμ°]|[0-9]")  # what a unit never begins with: `1/2`, `5-10 mg`, `120/80`
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_YES: Final = frozenset({"oui", "o", "yes", "y", "true", "1", "vrai"})
_NO: Final = frozenset({"non", "n", "no", "false", "0", "faux", ""})
_UNITS: Final = {  # our key of a unit → its UCUM code
    "mg": "mg", "g": "g", "ug": "ug", "ng": "ng", "kg": "kg", "mL": "mL", "L": "L", "mmol": "mmol", "mEq": "meq",
    "U": "[iU]",
}  # fmt: skip
_FORMS: Final = {"tablet": "{tbl}", "capsule": "{capsule}", "drop": "[drp]", "puff": "{puff}", "patch": "{patch}"}


def parsed(field: Field, value: Value, today: date, lang: str = "") -> Any:
    """The value of a field, ready for its part; None: it is empty. lang: who typed a date reads so. Raises Refused."""
    if isinstance(value, Coded) and field.kind is not Kind.CODED:
        value = value.text
    if isinstance(value, Coded):
        return _coded(value)
    if field.kind is Kind.CHOICES:
        return _choices(field, value.replace(",", " ").split() if isinstance(value, str) else value)
    text = value if isinstance(value, str) else " ".join(value)
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return None
    if field.kind is Kind.DATE:
        return day(text, today, past=field.past, lang=lang)
    if field.kind is Kind.CHOICE:
        return _choices(field, [text])[0]
    if field.kind is Kind.QUANTITY:
        return quantity(text)
    if field.kind is Kind.VALUE:
        return measured(text)
    if field.kind is Kind.FLAG:
        return _flag(text)
    plain = _plain(text, lines=field.kind is Kind.LONG)
    return Coded(plain) if field.kind is Kind.CODED else plain


def _plain(text: str, *, lines: bool = False) -> str:
    """Text that every screen shows as it is: nothing is cut or replaced in silence."""
    if not lines:
        text = " ".join(text.split())
    shown = safe_text(text, NOTE if lines else LABEL, lines=lines)
    if lines:
        text = shown if safe_text(shown) == safe_text(text, NOTE) else text
    if shown != text or "\ufffd" in shown:
        raise Refused("text")
    return text


def _coded(value: Coded) -> Coded | None:
    text = _plain(unicodedata.normalize("NFC", value.text or value.display))
    if not text:
        return None
    return Coded(text, value.system, value.code, _plain(value.display)) if value.is_coded else Coded(text)


def _choices(field: Field, given: Sequence[str]) -> tuple[str, ...]:
    known = {one.code: one.code for one in field.choices}
    known |= {fold(name): one.code for one in field.choices for name in (one.code, one.fr, one.en)}
    found = tuple(dict.fromkeys(known.get(one) or known.get(fold(one), "") for one in given))
    if "" in found:
        raise Refused("choice", choices=", ".join(one.code for one in field.choices))
    return found


def _flag(text: str) -> bool | None:
    if fold(text) in _YES:
        return True
    if fold(text) in _NO:
        return None
    raise Refused("flag")


def number(text: str) -> int | Number:
    """A number with its digits as they were typed: `2,50` is 2.50 for ever. Raises Refused."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").removeprefix("+")
    if not _NUMBER.fullmatch(plain):
        raise Refused("number")
    return Number(plain) if "." in plain else int(plain)


def quantity(text: str) -> Json:
    """A FHIR Quantity of a number and a unit, coded where the unit is known. Raises Refused."""
    match = _QUANTITY.fullmatch(text)
    if match is None or match[1] or not match[3] or _NO_UNIT.match(match[3]):
        raise Refused("quantity")
    if _THOUSAND.fullmatch(match[2].strip()):
        raise Refused("thousand", plain=re.sub("[.,]", "", match[2].strip()), tenth=match[2].strip().rstrip("0") + "0")
    return {"value": number(match[2]), **unit(match[3])}


def measured(text: str) -> Json | str:
    """A Quantity if it is a number with a unit, or a number alone; else the words. Raises Refused."""
    match = _QUANTITY.fullmatch(text)
    if match is None or (match[3] and _NO_UNIT.match(match[3])):
        return _plain(text)
    told: Json = {"value": number(match[2])}
    if match[1]:
        told["comparator"] = match[1]
    return told | (unit(match[3]) if match[3] else {})


def unit(text: str) -> Json:
    """The unit of a Quantity: as typed, with its UCUM code if there is one that a table knows."""
    text = _plain(unicodedata.normalize("NFC", text))
    key = unit_key(text)
    code = _UNITS.get(key[0], "") if len(key) == 1 else ""
    if not code and (form := FORM_WORDS.get(text.lower())):
        code = _FORMS.get(form, "")
    if not code and text.replace("\u00b5", "u").replace("\u03bc", "u") in _measures():
        code = text.replace("\u00b5", "u").replace("\u03bc", "u")
    return {"unit": text, "system": UCUM, "code": code} if code else {"unit": text}


@cache
def _measures() -> frozenset[str]:
    """The UCUM units of the analytes."""
    return frozenset(str(row["unit"]) for row in shipped.rows("analytes") if row.get("unit"))
