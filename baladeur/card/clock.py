"""Whether this computer's clock can be believed; if not, the doctor says the date and it is marked as declared."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

#: The day of the last change to this program's release; set at each release. No clock is right that is before it.
BUILT: Final = datetime(2026, 11, 1, tzinfo=UTC)
_SLACK = timedelta(days=1)  # a zone set wrongly is no reason to ask
_LONG = timedelta(days=365)


def believable(now: datetime, *, last_commit: datetime | None, card_start: datetime, built: datetime = BUILT) -> bool:
    """Whether `now` can be the moment of a new commit.

    Not before the last commit, the beginning of the card's validity or the build, and not more than a year after the
    newest of the three: a battery that died gives 1970 or 2000, a wrong year gives a year. All with a zone.
    """
    known: Sequence[datetime] = [moment for moment in (last_commit, card_start, built) if moment is not None]
    return max(known) - _SLACK <= now <= max(known) + _LONG
