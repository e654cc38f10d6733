"""Dates as people type them: one meaning, or refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.record.author.dates import Refused, day
from baladeur.record.wording import date_words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12/03/2026", "2026-03-12"),
        ("12.3.26", "2026-03-12"),
        ("12 3 2026", "2026-03-12"),
        ("mars 2026", "2026-03"),
        ("1er mars 2026", "2026-03-01"),
        ("12 Mars 2026", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("12th Mar. 2026", "2026-03-12"),
        ("déc 2019", "2019-12"),
        ("aout 2020", "2020-08"),
        ("jul 2020", "2020-07"),
        ("2026-03-12", "2026-03-12"),
        ("03/2026", "2026-03"),
        ("2026", "2026"),
        ("auj", "2026-11-24"),
        ("aujourd\u2019hui", "2026-11-24"),
        ("yesterday", "2026-11-23"),
    ],
)
def test_one_meaning(typed: str, meant: str) -> None:
    """In French and English, whole or partial."""
    assert day(typed, TODAY, past=True) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12/3", "year"),
        ("3/26", "year"),
        ("12 mars", "year"),
        ("mars 26", "year"),
        ("12.3.27", "year"),
        ("12.3.61", "year"),
        ("jui 2020", "month"),
        ("31/02/2026", "date"),
        ("13/13/2026", "date"),
        ("0/3/2026", "date"),
        ("lundi", "date"),
        ("demain", "date"),
        ("12/2026/3", "date"),
        ("1/1/1700", "date"),
        ("25/11/2026", "future"),
    ],
)
def test_what_is_no_date_or_more_than_one_is_refused(typed: str, key: str) -> None:
    """Each with its own sentence."""
    with pytest.raises(Refused) as refused:
        day(typed, TODAY, past=True)
    assert refused.value.key == key


def test_the_month_stands_first_for_some_readers_of_english() -> None:
    """With slashes it is refused there, and both days are named; with points, letters or one meaning it is not."""
    assert day("03/12/2025", TODAY, lang="fr") == "2025-12-03"
    with pytest.raises(Refused) as refused:
        day("03/12/2025", TODAY, lang="en")
    assert refused.value.values == {"one": "03 Dec 2025", "other": "12 Mar 2025"}
    assert day("3.12.2025", TODAY, lang="en") == day("3 Dec 2025", TODAY, lang="en") == "2025-12-03"
    assert day("25/12/2025", TODAY, lang="en") == "2025-12-25"
    assert day("12/12/2025", TODAY, lang="en") == "2025-12-12"


@given(st.dates(date(1850, 1, 1), date(2199, 12, 31)), st.sampled_from(("fr", "en")))
def test_what_is_shown_can_be_typed(when: date, lang: str) -> None:
    """The words of a date mean that date again, in both languages."""
    for raw in (when.isoformat(), when.isoformat()[:7], when.isoformat()[:4]):
        assert day(date_words(raw, lang), TODAY, lang=lang) == raw  # type: ignore[arg-type]


@given(st.text(max_size=20))
def test_nothing_else_happens(typed: str) -> None:
    """A date of FHIR, or refused."""
    try:
        found = day(typed, TODAY)
    except Refused:
        return
    assert len(found) in (4, 7, 10)
