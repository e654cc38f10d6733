"""Whether this computer's clock can be right; if not, somebody says the date and it is marked as declared.

A battery that died gives 1970 or 2000, a mistyped year gives a year: both would stand in the signed history for ever.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from baladeur import BUILT

LONG: Final = timedelta(days=366)
#: A program may be some years old when it makes a new record: there is nothing newer to compare with.
OLD_PROGRAM: Final = timedelta(days=10 * 366)


def built() -> datetime:
    """The day on which this program was released."""
    return datetime.strptime(BUILT, "%Y-%m-%d").replace(tzinfo=UTC)


def believable(now: datetime, last: datetime | None, card: datetime | None, made: datetime) -> bool:
    """Whether a clock can be right: not before the last commit, the card's first day or the program, nor a year after.

    The year counts from the newest of the three; without a commit yet it is ten years. All moments have a zone.
    """
    known = [one for one in (last, card, made) if one is not None]
    return max(known) <= now <= max(known) + (LONG if last is not None else OLD_PROGRAM)
