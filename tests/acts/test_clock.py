"""When a clock is believed, and what a person may say instead."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.acts import clock
from baladeur.errors import ClockNotBelieved, DateRefused

MADE = datetime(2026, 11, 1, tzinfo=UTC)
LAST = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
CARD = datetime(2025, 6, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
YEAR = timedelta(days=366)


@pytest.mark.parametrize(
    ("now", "last", "card", "believed"),
    [
        (LAST, LAST, CARD, True),
        (LAST - SECOND, LAST, CARD, False),
        (LAST + YEAR, LAST, CARD, True),
        (LAST + YEAR + SECOND, LAST, CARD, False),
        (MADE, None, None, True),
        (MADE - SECOND, None, None, False),
        (MADE + 5 * YEAR, None, None, True),
        (MADE + 11 * YEAR, None, None, False),
        (LAST + SECOND, LAST, LAST + 2 * SECOND, False),
        (LAST + 2 * SECOND, LAST, LAST + 2 * SECOND, True),
        (datetime(1970, 1, 1, tzinfo=UTC), LAST, None, False),
        (MADE + SECOND, datetime(2020, 1, 1, tzinfo=UTC), CARD, True),
        (MADE - SECOND, datetime(2020, 1, 1, tzinfo=UTC), CARD, False),
    ],
)
def test_believable(now: datetime, last: datetime | None, card: datetime | None, believed: bool) -> None:
    """Not before the last commit, the card or the program, not a year after the newest of them."""
    assert clock.believable(now, last, card, MADE) is believed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-11-23", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (" 2026-11-23 ", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-11-23T09:30", datetime(2026, 11, 23, 9, 30).astimezone(UTC)),
    ],
)
def test_a_date_that_somebody_says(typed: str, expected: datetime) -> None:
    """A day is noon in UTC, so that it is the same day for everybody in Europe; an hour is that of the wall."""
    assert clock.parse(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hier",
        "23/11/2026",
        "2026-13-01",
        "2026-02-30",
        "2026-11-23T25:00",
        "2016-11-23",
        "2201-01-01",
        "٢٠٢٦-11-23",
    ],
)
def test_a_date_that_cannot_be(typed: str) -> None:
    """No such day, before the program, another century, other digits."""
    with pytest.raises(DateRefused):
        clock.parse(typed)


@given(st.text(max_size=30))
def test_any_text_ends_in_a_date_or_a_named_error(typed: str) -> None:
    """Nothing else gets out."""
    try:
        assert clock.parse(typed).tzinfo is UTC
    except DateRefused:
        pass


def test_the_author(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host's clock if it is believed; else a named error, or the declared date, marked so."""
    monkeypatch.setattr(clock, "now", lambda: LAST)
    assert (clock.author().utc, clock.author().clock) == ("2027-03-04T09:30:00Z", "host")
    with pytest.raises(ClockNotBelieved):
        clock.author(last=LAST + SECOND)
    said = clock.author(last=LAST + SECOND, declared=clock.parse("2027-03-05"))
    assert (said.utc, said.clock) == ("2027-03-05T12:00:00Z", "declared")
    assert clock.moment_of(said.utc) == datetime(2027, 3, 5, 12, tzinfo=UTC)
    assert clock.moment_of("hier") is None
