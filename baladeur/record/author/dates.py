"""Dates as people type them, in French and English; what could be two dates is refused, and nothing is guessed.

Source: FHIR R4 (4.0.1) datatypes.html#dateTime: a day, a month or a year.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from baladeur.record.wording import date_words
from baladeur.text import fold

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DAY_FIRST: Final = re.compile(r"(?:(?:([0-9]{1,2})[/. -])?([0-9]{1,2})[/. -])?([0-9]{4})")
_SHORT_YEAR: Final = re.compile(r"([0-9]{1,2})[/. ]([0-9]{1,2})[/. ]([0-9]{2})")
_NO_YEAR: Final = re.compile(r"[0-9]{1,2}[/. -][0-9]{1,2}|(?:[0-9]{1,2} )?[a-z]+(?: [0-9]{1,2})?")
_NAMED: Final = re.compile(r"(?:([0-9]{1,2})(?:er|st|nd|rd|th)? )?([a-z]{3,9}) ([0-9]{4})")
_NAMED_FIRST: Final = re.compile(r"([a-z]{3,9}) ([0-9]{1,2})(?:st|nd|rd|th)? ([0-9]{4})")
_DAYS: Final = {"auj": 0, "aujourd hui": 0, "today": 0, "j": 0, "hier": 1, "yesterday": 1}
#: A month is named by its beginning, in either language, where only one month begins so.
_MONTHS: Final = tuple(
    (number, name)
    for number, names in enumerate(
        (
            "janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july",
            "aout august", "septembre september", "octobre october", "novembre november", "decembre december",
        ),
        1,
    )
    for name in names.split()
)  # fmt: skip


class Refused(ValueError):
    """What was typed is not what the field takes; the key of the fault is its message, `values` fill its sentence."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values: Mapping[str, str] = values


def day(text: str, today: date, *, past: bool = False, lang: str = "") -> str:
    """`12/10/2026`, `12.10.26`, `12 oct 2026` → `2026-10-12`; `10/2026`, `oct 2026` → `2026-10`; `auj` is today.

    The day stands before the month; to a reader of English (`lang` "en") `03/12/2026` may be two days, and is refused
    as such. A year of two digits is one of this century that has begun: what would lie after next year is refused.
    Raises Refused.
    """
    plain = " ".join(fold(text).replace("\u2019", " ").replace("'", " ").replace(",", " ").split())
    if plain in _DAYS:
        return (today - timedelta(days=_DAYS[plain])).isoformat()
    year, month, number = _parts(plain, today, past)
    if lang == "en" and "/" in plain and number and number != month and max(number, month) <= 12:
        days = (f"{year}-{month:02d}-{number:02d}", f"{year}-{number:02d}-{month:02d}")
        raise Refused("two-days", one=date_words(days[0], "en"), other=date_words(days[1], "en"))
    try:
        first = date(year, month or 1, number or 1)
    except ValueError:
        raise Refused("date") from None
    if not 1850 <= year <= 2199:
        raise Refused("date")
    if past and first > today:
        raise Refused("future")
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, number) if part)])


def _parts(plain: str, today: date, past: bool) -> tuple[int, int, int]:
    """Year, month and day; 0 for what was not said. Raises Refused."""
    told: tuple[str | None, ...] = ()
    if match := _ISO.fullmatch(plain):
        told = match.groups()
    elif match := _DAY_FIRST.fullmatch(plain):
        told = match.groups()[::-1]
    elif match := _SHORT_YEAR.fullmatch(plain):
        number, month, short = match.groups()
        if 2000 + int(short) > today.year + (0 if past else 1):
            raise Refused("year")
        told = f"20{short}", month, number
    elif match := _NAMED.fullmatch(plain.replace(".", " ").replace("  ", " ")):
        told = match[3], str(_month(match[2])), match[1]
    elif match := _NAMED_FIRST.fullmatch(plain.replace(".", " ").replace("  ", " ")):
        told = match[3], str(_month(match[1])), match[2]
    if not told:
        raise Refused("year" if _NO_YEAR.fullmatch(plain) and _is_date(plain) else "date")
    if any(part is not None and int(part) == 0 for part in told):
        raise Refused("date")
    year, month_, number_ = (int(part or 0) for part in told)
    return year, month_, number_


def _month(name: str) -> int:
    found = {number for number, known in _MONTHS if known.startswith(name)}
    if len(found) != 1:
        raise Refused("month" if found else "date")
    return found.pop()


def _is_date(plain: str) -> bool:
    """Whether it would be a date with a year: `12/3`, `12 mars`, `mars`."""
    words = [word for word in plain.split() if word.isalpha()]
    return not words or any(len(word) > 2 and known.startswith(word) for word in words for _, known in _MONTHS)
