"""The small plot: places, scale, marks."""

from decimal import Decimal
from typing import Any

from baladeur.record.model import Place, SectionName
from baladeur.record.series import Point, Series
from baladeur.tui.plot import plot


def series(*points: tuple[str, Any], **more: Any) -> Series:
    """Values by their days."""
    made = [
        Point("k", raw, raw, str(number), None if number is None else Decimal(number), **more) for raw, number in points
    ]
    return Series("Na", "mmol/L", "", SectionName.RESULTS, tuple(made))


def test_the_highest_value_stands_on_top_and_the_last_at_the_right() -> None:
    """Both ends of the scale are told."""
    rows = plot(series(("2026-01-01", 1), ("2026-01-02", 3), ("2026-01-03", 2)), 40, 5)
    assert rows[0].startswith(" 3 |")
    assert rows[4].startswith(" 1 |")
    assert rows[4].index("*") < rows[0].index("*") < rows[2].index("*")
    assert rows[2].rstrip().endswith("*")
    assert (rows[-1].split()[0], rows[-1].split()[-1]) == ("2026-01-01", "2026-01-03")


def test_marks() -> None:
    """A doubt and a comparator are seen; the usual bounds are lines."""
    days = ("2026-01-01", 1), ("2026-01-02", 3)
    assert "?" in "".join(plot(series(*days, place=Place.TO_CONFIRM), 40, 5))
    assert "<" in "".join(plot(series(*days, comparator="<"), 40, 5))
    bounded = plot(series(*days, low=Decimal(2), high=Decimal(9)), 40, 8)
    assert sum("-----" in row.split("|")[-1] for row in bounded[:8]) == 2


def test_no_plot_without_two_dated_numbers() -> None:
    """Words, a single value, values without a date; equal values are plotted on a line."""
    assert plot(series(("2026-01-01", 1)), 40, 5) == []
    assert plot(series(("2026-01-01", None), ("2026-01-02", 1)), 40, 5) == []
    assert plot(series(("", 1), ("", 2)), 40, 5) == []
    assert "*" in "".join(plot(series(("2026-01-01", 1), ("2026-02-01", 1)), 40, 5))
