"""A small plot in text: values by date, with ASCII marks only, so that every terminal and every paper shows it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from baladeur.wording.dossier import day_span, number

if TYPE_CHECKING:
    from baladeur.session import Point, Series


def plot(one: "Series", width: int, height: int) -> list[str]:
    """Rows of a plot with its scale and its first and last date; none if there are not two dated numbers.

    Where several values fall on the same place the most doubtful mark wins: `?`, then `<` and `>`, then `*`.
    """
    points = [point for point in one.points if point.raw and point.number is not None]
    days = [span[0].toordinal() for point in points if (span := day_span(point.raw))]
    if len(points) < 2 or len(days) != len(points):
        return []
    values = [point.number for point in points if point.number is not None]
    bounds = [bound for bound in (points[-1].low, points[-1].high) if bound is not None]
    low, high = min([*values, *bounds]), max([*values, *bounds])
    if low == high:
        low, high = low - 1, high + 1
    labels = [number(high), number(low)]
    margin = max(map(len, labels)) + 1
    room = max(10, width - margin - 2)
    grid = [[" "] * room for _ in range(height)]

    def row(value: Decimal) -> int:
        return height - 1 - round((value - low) / (high - low) * (height - 1))

    for bound in bounds:
        grid[row(bound)] = ["-"] * room
    first, last = days[0], days[-1]
    for point, day, value in zip(points, days, values, strict=True):
        at = round((day - first) / max(1, last - first) * (room - 1))
        there = grid[row(value)][at]
        grid[row(value)][at] = max(there, _mark(point), key=" -*><?".index)
    heads = [labels[0], *[""] * (height - 2), labels[1]]
    rows = [f"{head:>{margin}} |{''.join(cells)}" for head, cells in zip(heads, grid, strict=True)]
    ends = points[0].date, points[-1].date
    gap = max(1, room - len(ends[0]) - len(ends[1]))
    return [*rows, f"{'':>{margin}} +{'-' * room}", f"{'':>{margin + 2}}{ends[0]}{' ' * gap}{ends[1]}"]


def _mark(point: "Point") -> str:
    if point.place != "current":
        return "?"
    return point.comparator[:1] if point.comparator[:1] in ("<", ">") else "*"
