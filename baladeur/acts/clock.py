"""The moment of a commit: this computer's clock if it can be right, else a date that somebody says, marked as declared.

Source: schemas/container.md section 10 (`utc`, `clock`).
"""

import re
from datetime import UTC, datetime
from typing import Final

from baladeur import __version__
from baladeur.card.clock import believable, built
from baladeur.container.change import Author
from baladeur.errors import ClockNotBelieved, DateRefused

_LAST_YEAR: Final = 2199
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?", re.ASCII)
_UTC: Final = "%Y-%m-%dT%H:%M:%SZ"


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


def author(*, last: datetime | None = None, declared: datetime | None = None) -> Author:
    """The holder as author of a commit, and when. last: the commit in force. A card: baladeur/signing.py.

    Raises ClockNotBelieved if no date was declared and the clock cannot be right.
    """
    moment = declared or now()
    if declared is None and not believable(moment, last, None, built()):
        raise ClockNotBelieved
    return Author(f"{moment:{_UTC}}", None, "declared" if declared else "host", f"baladeur {__version__}")
