"""The series of the explorer as ready traces of Plotly.

A reader may choose any series, so no chart can be made in advance. The browser joins the traces of
the chosen series, gives each line of a panel the colour and symbol of its place, and adds what it
alone knows: width, ticks, and words in the reader's language. Traces have no words. The table, the
CSV file and the notes are read from the same traces, so they are what is drawn.

What a trace shows is in its `meta`:

| meta | trace |
|---|---|
| `observed` | exact figures, with a line through neighbouring years |
| `uncertain` | those with a reservation, hollow; `customdata` has its letters |
| `dashed` | the line from and to uncertain figures |
| `suppressed` | an outlined bar from bound to bound; `y` is null where it is open above |
| `no_rate` | a cross for a rate whose count is suppressed |
| `last` | the figure to cite as a label, for a panel with nothing else |
| `highest` | the highest of the others likewise |

A null in `x` is a gap: a year without a figure, or a break. The letters are those of
`series.RESERVATIONS`, of suppressed figures too.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from pipelines.published.charts import explorer_look
from pipelines.published.charts.explorer_look import LOOKS
from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind

Trace = dict[str, Any]
"""A trace of Plotly, without what the look of its `meta` has."""
Drawing = dict[str, Any]
"""A drawn series: `top`, where its value axis ends, and `data`, its traces."""
Intervals = Mapping[int, tuple[float, float]]
"""The interval of a rate, by year."""

_EARLIER: Final = explorer_look.lines("earlier")
"""The looks of figures before a break."""

_LEAST_TOP: Final = 18
"""Where an axis of counts ends at least, so that a suppressed figure of 4 is never tall."""


def drawing(series: Series, breaks: Sequence[int] = (), *, is_rate: bool = False) -> Drawing:
    """Return a series as it is drawn.

    Args:
        series: its points.
        breaks: the years whose figures do not compare with those before.
        is_rate: whether it has rates, whose labels have two digits.
    """
    shown, hidden = series.of(Kind.FIGURE), series.of(Kind.SUPPRESSED)
    data = [*_lines(shown, breaks, {}), *_bars(hidden), *_labels(shown, breaks, is_rate=is_rate)]
    return {"top": _above(max(series.highest, 0 if is_rate else _LEAST_TOP)), "data": data}


def rate_drawing(series: Series, intervals: Intervals, breaks: Sequence[int] = ()) -> Drawing:
    """Return the rates of counts, each with its interval; a suppressed count gives a cross.

    The axis ends at twice the highest rate, where intervals go on: they must not flatten the line.
    """
    shown, hidden = series.of(Kind.FIGURE), series.of(Kind.SUPPRESSED)
    highest = max((each.most for each in shown), default=0)
    widest = max((intervals[each.year][1] for each in shown), default=0)
    crosses = {"meta": "no_rate", "x": [each.year for each in hidden], "y": [0] * len(hidden)}
    labels = _labels(shown, breaks, is_rate=True)
    data = [*_lines(shown, breaks, intervals), *([crosses] if hidden else []), *labels]
    return {"top": _above(min(widest, 2 * highest)), "data": data}


def years(drawn: Drawing) -> set[int]:
    """Return the years of which a drawing has a figure, suppressed or not."""
    figures = ("observed", "uncertain", "suppressed")
    traces = [trace for trace in drawn["data"] if trace["meta"] in figures]
    return {year for trace in traces for year in trace["x"] if year is not None}


def _above(highest: float) -> float:
    """Return where an axis ends, above its highest mark."""
    return _whole(float(f"{1.13 * (highest or 1):.4g}"))


def _whole(value: float) -> float:
    """Return a whole number as one, which has no decimals in JSON."""
    return int(value) if value == int(value) else value


def _value(point: Point) -> float:
    """Return an exact figure."""
    return _whole(point.most)


def _lines(points: Sequence[Point], breaks: Sequence[int], intervals: Intervals) -> list[Trace]:
    """Return the traces of exact figures, those before the last break apart."""
    last = max(breaks, default=0)
    earlier = [point for point in points if point.year < last]
    since = [point for point in points if point.year >= last]
    traces = [
        *(trace | _EARLIER[trace["meta"]] for trace in _run(earlier, breaks, intervals)),
        *_run(since, breaks, intervals),
    ]
    return [trace for trace in traces if trace["x"]]


def _run(points: Sequence[Point], breaks: Sequence[int], intervals: Intervals) -> list[Trace]:
    """Return the traces of exact figures, empty ones included: dashes, certain, uncertain ones."""
    certain: list[Point | None] = []
    for point in (each for each in points if not each.letters):
        if certain and not _joins(certain[-1], point, breaks):
            certain.append(None)
        certain.append(point)
    dashes: list[Point | None] = []
    for one, other in pairwise(points):
        if (one.letters or other.letters) and _joins(one, other, breaks):
            dashes += [other] if dashes and dashes[-1] is one else [None, one, other]
    uncertain = [point for point in points if point.letters]
    letters = [point.letters for point in uncertain]
    return [
        _trace("dashed", dashes[1:]),
        _trace("observed", certain) | _around(certain, intervals),
        _trace("uncertain", uncertain) | {"customdata": letters} | _around(uncertain, intervals),
    ]


def _joins(one: Point | None, other: Point, breaks: Sequence[int]) -> bool:
    """Return whether a line may join two points: neighbouring years without a break between."""
    return one is not None and other.year - one.year == 1 and other.year not in breaks


def _trace(meta: str, points: Sequence[Point | None]) -> Trace:
    """Return the trace of exact figures; None is a gap."""
    x = [point and point.year for point in points]
    return {"meta": meta, "x": x, "y": [point and _value(point) for point in points]}


def _around(points: Sequence[Point | None], intervals: Intervals) -> Trace:
    """Return the intervals of rates as lines through their marks."""
    if not intervals:
        return {}
    above: list[float | None] = []
    below: list[float | None] = []
    for point in points:
        lower, upper = intervals[point.year] if point else (0, 0)
        # Without the noise of binary fractions: readers of the trace find the bounds again.
        above.append(round(upper - _value(point), 9) if point else None)
        below.append(round(_value(point) - lower, 9) if point else None)
    return {"error_y": {"array": above, "arrayminus": below}}


def _bars(points: Sequence[Point]) -> list[Trace]:
    """Return suppressed figures: never taller than what they stand for, open ones without end."""
    if not points:
        return []
    letters = [point.letters for point in points]
    bars = {
        "meta": "suppressed",
        "x": [point.year for point in points],
        "base": [point.bottom for point in points],
        "y": [None if each.top == math.inf else each.top - each.bottom for each in points],
    }
    if not any(letters):
        return [bars]
    pale = {"opacity": [0.45 if each else 1 for each in letters]}
    return [bars | {"customdata": letters, "marker": LOOKS["suppressed"]["marker"] | pale}]


def _labels(points: Sequence[Point], breaks: Sequence[int], *, is_rate: bool) -> list[Trace]:
    """Return the figure to cite, and the highest of the others where that is higher."""
    if not points:
        return []
    own = [point for point in points if not point.is_repeated] or points
    last = ([point for point in own if "D" not in point.letters] or own)[-1]
    highest = max(points, key=_value)
    following = next((point for point in points if point.year > last.year), None)
    above = "top right" if is_rate else "top center"  # beside the line of an interval
    labels = [_label("last", last, is_rate=is_rate)]
    if following:
        # Off the line that goes on, unless it would be on the axis.
        is_below = _value(following) > _value(last) > 0.14 * _value(highest)
        labels[0]["textposition"] = "bottom center" if is_below else above
    if _value(highest) > 1.02 * _value(last) and not _is_under(highest, points, breaks):
        labels.append(_label("highest", highest, is_rate=is_rate) | {"textposition": above})
    return labels


def _label(meta: str, point: Point, *, is_rate: bool) -> Trace:
    """Return a figure as a label: a rate with two digits, which its interval allows at most."""
    if not is_rate:
        return _trace(meta, [point])
    sign = ".2~r" if _value(point) < 10 else ",.0f"
    return _trace(meta, [point]) | {
        "texttemplate": LOOKS[meta]["texttemplate"].replace(",~r", sign)
    }


def _is_under(point: Point, points: Sequence[Point], breaks: Sequence[int]) -> bool:
    """Return whether the words of a break, on the side with more room, lie at the point."""
    first, last = points[0].year, points[-1].year
    late = first + 0.6 * (last - first)
    return any(point.year < each if each > late else point.year >= each for each in breaks)
