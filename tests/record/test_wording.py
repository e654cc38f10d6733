"""Numbers, units, dates and ages in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.record import phrases, wording
from baladeur.record.scan import Number
from baladeur.record.wording import (
    GROUP,
    LABEL_LANGS,
    NumberNotShownError,
    age,
    date_words,
    join,
    moment_words,
    number,
    parse_date,
    phone,
    plural,
    quantity,
    unit_key,
    unit_words,
)


@pytest.mark.parametrize(
    ("raw", "fr", "en"),
    [
        (0, "0", "0"),
        (5, "5", "5"),
        ("5.0", "5", "5"),
        (".5", "0,5", "0.5"),
        ("5.", "5", "5"),
        ("0.50", "0,5", "0.5"),
        ("00.5", "0,5", "0.5"),
        ("1E1", "10", "10"),
        ("1e-3", "0,001", "0.001"),
        (Decimal("2.50"), "2,5", "2.5"),
        (Number("1E+3"), f"1{GROUP}000", f"1{GROUP}000"),
        ("999", "999", "999"),
        ("1250.50", f"1{GROUP}250,5", f"1{GROUP}250.5"),
        ("1234567", f"1{GROUP}234{GROUP}567", f"1{GROUP}234{GROUP}567"),
        ("-2.0", "-2", "-2"),
        ("-0", "0", "0"),
        ("0.000125", "0,000125", "0.000125"),
    ],
)
def test_number(raw: Any, fr: str, en: str) -> None:
    assert number(raw, "fr") == fr
    assert number(raw, "en") == en


@pytest.mark.parametrize(
    "raw",
    [0.5, True, None, "", " 5", "5 ", "1,5", "1 000", "0x10", "\u0665", "NaN", "Infinity", "1e", "--1", "1E99", "1E-99",
     "1E9999", Decimal("NaN"), Decimal("Infinity"), "9" * 16, "0." + "1" * 40, 10**45, [], {}],
)  # fmt: skip
def test_what_cannot_be_shown_exactly_is_an_error(raw: Any) -> None:
    """Never a rounding; a float has lost what its source wrote."""
    with pytest.raises(NumberNotShownError):
        number(raw, "fr")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=6))
def test_a_number_keeps_its_value(value: Decimal) -> None:
    for lang, sign in (("fr", ","), ("en", ".")):
        said = number(value, lang)  # type: ignore[arg-type]
        assert Decimal(said.replace(GROUP, "").replace(sign, ".")) == value
        assert not said.endswith(sign)
        assert sign not in said or not said.endswith("0")
        assert not said.startswith((sign, "-" + sign))


@given(st.text(max_size=12))
def test_a_number_or_an_error(raw: str) -> None:
    try:
        assert number(raw, "en")
    except NumberNotShownError:
        pass


def test_plural() -> None:
    french = [plural(Decimal(raw), "comprimé", "comprimés", "fr") for raw in ("0", "0.5", "1", "1.5", "2", "10")]
    assert french == ["comprimé"] * 4 + ["comprimés"] * 2
    english = [plural(Decimal(raw), "tablet", "tablets", "en") for raw in ("0", "0.5", "1", "1.0", "1.5", "2")]
    assert english == ["tablets", "tablets", "tablet", "tablet", "tablets", "tablets"]


def test_join() -> None:
    assert [join(list("abc")[:size], "fr") for size in range(4)] == ["", "a", "a et b", "a, b et c"]
    assert join(["a", "b", "c"], "en") == "a, b and c"


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        ("75", "µg", "75 microgrammes", "75 micrograms"),
        ("1", "mcg", "1 microgramme", "1 microgram"),
        ("10", "UI", "10 unités", "10 units"),
        ("10", "[iU]", "10 unités", "10 units"),
        ("1", "U", "1 unité", "1 unit"),
        ("0.5", "ml", "0,5 mL", "0.5 mL"),
        ("5.20", "mmol/L", "5,2 mmol/L", "5.2 mmol/L"),
        ("1500", "mg", f"1{GROUP}500 mg", f"1{GROUP}500 mg"),
        ("2", "sachets", "2 sachets", "2 sachets"),
        ("7.4", "", "7,4", "7.4"),
    ],
)
def test_quantity(value: str, unit: str, fr: str, en: str) -> None:
    assert quantity(value, unit, "fr") == fr
    assert quantity(value, unit, "en") == en


def test_units_per_something_are_spelt() -> None:
    assert unit_words(unit_key("µg/kg/min"), 2, "fr") == "microgrammes par kg par minute"
    assert unit_words(unit_key("U/h"), 1, "en") == "unit per hour"
    assert unit_key("Mg") == ()
    assert unit_key("mg/sachet") == ()
    assert unit_key("") == ()


@pytest.mark.parametrize(
    ("raw", "fr", "en"),
    [
        ("2026-03-04", "04 mars 2026", "04 Mar 2026"),
        ("2026-03", "mars 2026", "Mar 2026"),
        ("2018", "2018", "2018"),
        ("2026-09-02T23:30:00-05:00", "02 sept. 2026", "02 Sep 2026"),  # the day as written, whatever the zone
        ("2026-10-12T00:00:00.811Z", "12 oct. 2026", "12 Oct 2026"),
        ("2024-02-29", "29 févr. 2024", "29 Feb 2024"),
        ("2026-02-30", "2026-02-30", "2026-02-30"),
        ("2026-13", "2026-13", "2026-13"),
        ("vers 2010", "vers 2010", "vers 2010"),
        ("", "", ""),
    ],
)
def test_date(raw: str, fr: str, en: str) -> None:
    assert date_words(raw, "fr") == fr
    assert date_words(raw, "en") == en


@given(st.dates())
def test_the_month_is_never_a_number(day: date) -> None:
    for lang in LABEL_LANGS:
        first, month, year = date_words(day.isoformat(), lang).split()
        assert not any(char.isdigit() for char in month)
        assert (int(first.rstrip(".")), int(year)) == (day.day, day.year)
        assert len(first.rstrip(".")) == 2


@given(st.text(max_size=30))
def test_any_text_is_shown_as_written_when_it_is_no_date(raw: str) -> None:
    if parse_date(raw) is None:
        assert date_words(raw, "fr") == moment_words(raw, "en") == raw


def test_moment() -> None:
    assert moment_words("2026-03-04T08:00:00+01:00", "fr") == "04 mars 2026 à 08:00 (UTC+01:00)"
    assert moment_words("2026-03-04T08:00:30.50Z", "en") == "04 Mar 2026 at 08:00:30.50 (UTC)"
    assert moment_words("2026-03-04", "fr") == "04 mars 2026"


@pytest.mark.parametrize(
    ("born", "fr", "en"),
    [
        ("1961-03-04", "65 ans", "65 years"),
        ("1961-10-13", "64 ans", "64 years"),
        ("1961-10-12", "65 ans", "65 years"),
        ("2024-10-12", "2 ans", "2 years"),
        ("2024-10-13", "23 mois", "23 months"),
        ("2026-09-12", "1 mois", "1 month"),
        ("2026-09-13", "29 jours", "29 days"),
        ("2026-10-11", "1 jour", "1 day"),
        ("2026-10-12", "0 jour", "0 days"),
        ("1961", "64 à 65 ans", "64 to 65 years"),
        ("1961-10", "64 à 65 ans", "64 to 65 years"),
        ("1961-03", "65 ans", "65 years"),
        ("2026-09", "12 jours à 1 mois", "12 days to 1 month"),
        ("2026", "0 jour à 9 mois", "0 days to 9 months"),
        ("2026-10-13", "", ""),
        ("inconnue", "", ""),
    ],
)
def test_age(born: str, fr: str, en: str) -> None:
    """Years; months under 2 years; days under 1 month; a partial birth date gives both ends, never a guess."""
    on = date(2026, 10, 12)
    assert age(born, on, "fr") == fr
    assert age(born, on, "en") == en


@given(st.dates(), st.dates())
def test_age_raises_nothing_and_grows(born: date, on: date) -> None:
    for raw in (born.isoformat(), born.isoformat()[:7], born.isoformat()[:4]):
        for lang in LABEL_LANGS:
            assert bool(age(raw, on, lang)) == (raw <= on.isoformat()[: len(raw)])


def test_phone_is_as_it_is() -> None:
    assert phone(" +33 6 00 00 00 00 ") == "+33 6 00 00 00 00"


def test_tables_are_complete() -> None:
    """Seven languages for dates, numbers and ages; two for everything else."""
    for table in (wording.MONTHS, wording.AGES, wording._DECIMAL_SIGN):
        assert set(table) == set(LABEL_LANGS)
    assert all(len(set(months)) == 12 for months in wording.MONTHS.values())
    for rows in (wording.UNITS, phrases.PHRASES, phrases.DAYS, phrases.WHEN, phrases.TIMING_CODES):
        assert all(set(row) == set(phrases.LANGS) for row in rows.values())
    assert set(wording._ALIASES.values()) <= set(wording.UNITS)
    assert set(wording.FORMS.values()) == set(wording.FORM_WORDS.values()) <= set(wording.UNITS)
    assert wording.TIME_UNITS <= set(wording.UNITS)
