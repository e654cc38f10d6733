"""The moment of a commit: this computer's clock if it can be right, else a date that somebody says, marked as declared.

A battery that died gives 1970 or 2000, a mistyped year gives a year: both would stand in the signed history for ever.
Source: schemas/container.md section 10 (`utc`, `clock`).
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from baladeur import BUILT, __version__
from baladeur.container.change import Author
from baladeur.errors import ClockNotBelieved, DateRefused

_LONG: Final = timedelta(days=366)
#: A program may be some years old when it makes a new record: there is nothing newer to compare with.
_OLD_PROGRAM: Final = timedelta(days=10 * 366)
_LAST_YEAR: Final = 2199
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?", re.ASCII)
_UTC: Final = "%Y-%m-%dT%H:%M:%SZ"


def built() -> datetime:
    """The day on which this program was released."""
    return datetime.strptime(BUILT, "%Y-%m-%d").replace(tzinfo=UTC)


def believable(now: datetime, last: datetime | None, card: datetime | None, made: datetime) -> bool:
    """Whether a clock can be right: not before the last commit, the card's first day or the program, nor a year after.

    The year counts from the newest of the three; without a commit yet it is ten years. All moments have a zone.
    """
    known = [one for one in (last, card, made) if one is not None]
    return max(known) <= now <= max(known) + (_LONG if last is not None else _OLD_PROGRAM)


def parse(typed: str) -> datetime:
    """A moment that somebody says: `2026-11-23`, taken as noon UTC, or `2026-11-23T09:30` on the wall where it is said.

    Raises DateRefused: no such day, before the program was made, or in another century.
    """
    match = _WRITTEN.fullmatch(typed.strip())
    try:
        year, month, day, hour, minute = (int(part or -1) for part in match.groups()) if match else (0,) * 5
        if hour < 0:
            said = datetime(year, month, day, 12, tzinfo=UTC)
        else:
            said = datetime(year, month, day, hour, minute).astimezone(UTC)
    except (ValueError, OverflowError):
        raise DateRefused from None
    if said < built() or said.year > _LAST_YEAR:
        raise DateRefused
    return said


def moment_of(utc: str) -> datetime | None:
    """The moment that a statement names, or None."""
    try:
        return datetime.strptime(utc, _UTC).replace(tzinfo=UTC)
    except ValueError:
        return None


def now() -> datetime:
    """This computer's clock, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def author(
    sign: Callable[[bytes], bytes] | None = None,
    *,
    last: datetime | None = None,
    card: datetime | None = None,
    declared: datetime | None = None,
) -> Author:
    """Who commits, and when. sign: as Author has it. last: the commit in force. card: the first moment of its validity.

    Raises ClockNotBelieved if no date was declared and the clock cannot be right.
    """
    moment = declared or now()
    if declared is None and not believable(moment, last, card, built()):
        raise ClockNotBelieved
    return Author(f"{moment:{_UTC}}", sign, "declared" if declared else "host", f"baladeur {__version__}")
