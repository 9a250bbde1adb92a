"""Chart specifications: plain data that the pages' one chart builder, chart.js, draws.

A specification has the points and their meaning, and nothing of the look. The same one is drawn on
a page, a phone, paper and as an image, and gives the CSV file.

    {"kind": "line", "scale": "shared", "measure": "count",
     "panels": [{"name": "", "breaks": [[2017, "Law widened in Oct 2016"]],
                 "series": [{"name": "", "points": [[2021, 142], [2022, null, "S", 0, 4]]}]}]}

A point is `[year, value, flags, lower, upper]`; trailing empty items are left out. Flags:

| flag | meaning |
|---|---|
| `S` | suppressed: the figure is from `lower` to `upper`, or open without it; there is no value |
| `X` | no rate, since its count is suppressed |
| `U` | uncertain, for the reasons that follow as letters of `series.RESERVATIONS` |

A year without a point has no figure, and no line crosses it. A break stands before its year.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind

Chart = dict[str, Any]
"""A chart specification."""
Panel = dict[str, Any]
"""A panel of a chart: its name, its series and its breaks."""

MOST_PANELS: Final = 6
MOST_LINES: Final = 4
"""Lines that a reader can tell apart in one panel."""


def chart(panels: Sequence[Panel], kind: str = "line", measure: str = "count") -> Chart:
    """Return a chart of panels with a common scale.

    Args:
        panels: one to six panels.
        kind: `line` or `bar`.
        measure: `count` or `rate`.
    """
    return {"kind": kind, "measure": measure, "scale": "shared", "panels": list(panels)}


def panel(
    series: Sequence[tuple[str, Series]], name: str = "", breaks: Iterable[Sequence[Any]] = ()
) -> Panel:
    """Return a panel of named series; `breaks` has pairs of year and short label."""
    return {
        "name": name,
        "series": [{"name": label, "points": points(each)} for label, each in series],
        "breaks": [list(each) for each in breaks],
    }


def points(series: Series) -> list[list[Any]]:
    """Return the points of a series with a figure, suppressed ones included."""
    return [_point(each) for each in series.known]


def _point(point: Point) -> list[Any]:
    if point.kind is Kind.SUPPRESSED:
        flags = f"SU{point.letters}" if point.letters else "S"
        top = [] if point.top == math.inf else [point.top]
        return [point.year, None, flags, point.bottom, *top]
    value = int(point.value) if point.value == int(point.value or 0) else point.value
    return [point.year, value, f"U{point.letters}"] if point.letters else [point.year, value]


def rate_points(series: Series, intervals: dict[int, tuple[float, float]]) -> list[list[Any]]:
    """Return the points of a series of rates, each with its interval by year.

    A suppressed count has a point without a value or height: there is no rate.
    """
    found: list[list[Any]] = []
    for point in series.points:
        if point.kind is Kind.SUPPRESSED:
            found.append([point.year, None, "X"])
        elif point.kind is Kind.FIGURE:
            flags = f"U{point.letters}" if point.letters else ""
            found.append([point.year, point.value, flags, *intervals.get(point.year, ())])
    return found
