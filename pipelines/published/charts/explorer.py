"""The explorer's chart: every series as ready traces of Plotly, and the layout around them.

A reader may choose any series, so there is no chart to be made in advance. The browser joins the
traces of the chosen series, gives each line of a panel the colour and symbol of its place, and adds
what it alone knows: width, ticks, and words in the reader's language. Traces have no words. The
table, the CSV file and the notes are read from the same traces, so that they are what is drawn.

What a trace shows is in its `meta`:

| meta | trace |
|---|---|
| `observed` | exact figures, with a line through neighbouring years |
| `uncertain` | those with a reservation, hollow; `customdata` has letters of `series.RESERVATIONS` |
| `dashed` | the line from and to uncertain figures |
| `suppressed` | an outlined bar from bound to bound; `y` is null where it is open above |
| `no_rate` | a cross for a rate whose count is suppressed |
| `last` | the figure to cite as a label, for a panel with nothing else |
| `highest` | the highest of the others likewise |

A null in `x` is a gap: a year without a figure, or a break. What traces of one meaning share is in
the layout, not in each of them.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import plotly.graph_objects as go

from pipelines.published.charts.drawing import FONT, PALETTE, TEMPLATE, as_tokens
from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind

Trace = dict[str, Any]
"""A trace of Plotly."""
Drawing = dict[str, Any]
"""A drawn series: `top`, where its value axis ends, and `data`, its traces."""
Intervals = Mapping[int, tuple[float, float]]
"""The interval of a rate, by year."""

_SLOTS: Final = (
    ("accent", "circle"),
    ("warm", "square"),
    ("ink", "triangle-up"),
    ("earlier", "diamond"),
)
"""Colour and symbol of the lines of a panel, in order."""

_LOOKS: Final[Mapping[str, Trace]] = {
    "observed": {"mode": "lines+markers", "marker": {"color": PALETTE["accent"]}},
    "uncertain": {
        "mode": "markers",
        "marker": {"color": PALETTE["paper"], "line": {"color": PALETTE["accent"], "width": 2}},
    },
    "dashed": {
        "mode": "lines",
        "line": {"color": PALETTE["accent"], "dash": "dash"},
        "hoverinfo": "skip",
    },
    "suppressed": {
        "type": "bar",
        "marker": {"color": PALETTE["paper"], "line": {"color": PALETTE["warm"], "width": 1.5}},
        "textfont": {"color": PALETTE["warm"], "size": 12},
    },
    "no_rate": {
        "mode": "text",
        "text": "×",
        "textposition": "top center",
        "textfont": {"color": PALETTE["grey"], "size": 14},
        "hoverinfo": "skip",
    },
    "last": {
        "mode": "text",
        "texttemplate": "<b>%{y:,~r}</b>",
        "textposition": "middle right",
        "textfont": {"color": PALETTE["accent"], "size": 16},
        "hoverinfo": "skip",
    },
    "highest": {
        "mode": "text",
        "texttemplate": "%{y:,~r}",
        "textposition": "top center",
        "textfont": {"color": PALETTE["ink"], "size": 13},
        "hoverinfo": "skip",
    },
}
"""What the traces of a meaning share, which stands once in the page."""

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
    end = series.highest if is_rate else max(series.highest, _LEAST_TOP)
    data = [*_lines(shown, breaks, {}), *_bars(hidden), *_labels(shown, breaks, is_rate=is_rate)]
    return {"top": _above(end), "data": data}


def rate_drawing(series: Series, intervals: Intervals, breaks: Sequence[int] = ()) -> Drawing:
    """Return the rates of counts, each with its interval; a suppressed count gives a cross.

    The axis ends at twice the highest rate, where intervals go on: they must not flatten the line.
    """
    shown, hidden = series.of(Kind.FIGURE), series.of(Kind.SUPPRESSED)
    highest = max((each.most for each in shown), default=0)
    widest = max((intervals[each.year][1] for each in shown), default=0)
    crosses = {"meta": "no_rate", "x": [each.year for each in hidden], "y": [0] * len(hidden)}
    data = [
        *_lines(shown, breaks, intervals),
        *([crosses] if hidden else []),
        *_labels(shown, breaks, is_rate=True),
    ]
    return {"top": _above(min(widest, 2 * highest)), "data": data}


def _above(highest: float) -> float:
    """Return where an axis ends, above its highest mark."""
    return _whole(float(f"{1.13 * (highest or 1):.4g}"))


def _lines(points: Sequence[Point], breaks: Sequence[int], intervals: Intervals) -> list[Trace]:
    """Return the traces of exact figures, those before the last break apart."""
    last = max(breaks, default=0)
    earlier = [point for point in points if point.year < last]
    since = [point for point in points if point.year >= last]
    traces = [
        trace
        for colour, own in (("earlier", earlier), ("accent", since))
        for trace in (
            _dashed(own, breaks, colour),
            _observed([each for each in own if not each.letters], breaks, colour, intervals),
            _uncertain([each for each in own if each.letters], colour, intervals),
        )
    ]
    return [trace for trace in traces if trace["x"]]


def _dashed(points: Sequence[Point], breaks: Sequence[int], colour: str) -> Trace:
    found: list[Point | None] = []
    for one, other in pairwise(points):
        if _joins(one, other, breaks) and (one.letters or other.letters):
            found += [other] if found and found[-1] is one else [None, one, other]
    return _trace("dashed", found[1:], colour)


def _observed(
    points: Sequence[Point], breaks: Sequence[int], colour: str, intervals: Intervals
) -> Trace:
    found: list[Point | None] = []
    for point in points:
        if found and not _joins(found[-1], point, breaks):
            found.append(None)
        found.append(point)
    return _trace("observed", found, colour) | _around(found, intervals)


def _uncertain(points: Sequence[Point], colour: str, intervals: Intervals) -> Trace:
    letters = {"customdata": [point.letters for point in points]}
    return _trace("uncertain", points, colour) | letters | _around(points, intervals)


def _joins(one: Point | None, other: Point, breaks: Sequence[int]) -> bool:
    """Return whether a line may join two points: neighbouring years without a break between."""
    return one is not None and other.year - one.year == 1 and other.year not in breaks


def _trace(meta: str, points: Sequence[Point | None], colour: str = "accent") -> Trace:
    """Return the points, None being a gap, with the colour where it is not that of the look."""
    x = [point and point.year for point in points]
    y = [point and _whole(point.value or 0) for point in points]
    repainted = {
        name: _repainted(_LOOKS[meta][name], PALETTE[colour])
        for name in ("marker", "line")
        if colour != "accent" and name in _LOOKS[meta]
    }
    return {"meta": meta, "x": x, "y": y} | repainted


def _repainted(look: Trace, colour: str) -> Trace:
    """Return a look with another colour in place of the accent."""
    return {
        name: _repainted(each, colour)
        if isinstance(each, dict)
        else colour
        if each == PALETTE["accent"]
        else each
        for name, each in look.items()
    }


def _whole(value: float) -> float:
    """Return a whole number as one, which has no decimals in JSON."""
    return int(value) if value == int(value) else value


def _around(points: Sequence[Point | None], intervals: Intervals) -> Trace:
    """Return the intervals of rates as lines through their marks."""
    if not intervals:
        return {}
    above: list[float | None] = []
    below: list[float | None] = []
    for point in points:
        value = (point and point.value) or 0
        lower, upper = intervals[point.year] if point else (None, None)
        # Without the noise of binary fractions: readers of the trace find the bounds again.
        above.append(None if upper is None else round(upper - value, 9))
        below.append(None if lower is None else round(value - lower, 9))
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
    opacity = [0.45 if each else 1 for each in letters]
    return [bars | {"customdata": letters, "marker": _LOOKS["suppressed"]["marker"] | {"opacity": opacity}}]


def _labels(points: Sequence[Point], breaks: Sequence[int], *, is_rate: bool) -> Iterable[Trace]:
    """Yield the figure to cite, and the highest of the others where that is higher."""
    if not points:
        return
    last = _to_cite(points)
    highest = max(points, key=lambda point: point.value or 0)
    yield _label("last", last, is_rate=is_rate) | _place(last, points, highest)
    years = [point.year for point in points]
    if (highest.value or 0) > 1.02 * (last.value or 0) and not _is_under(highest, years, breaks):
        yield _label("highest", highest, is_rate=is_rate)


def _to_cite(points: Sequence[Point]) -> Point:
    """Return the last figure that is neither doubtful nor only repeated, if there is such a one."""
    own = [point for point in points if not point.is_repeated] or points
    return ([point for point in own if "D" not in point.letters] or own)[-1]


def _label(meta: str, point: Point, *, is_rate: bool) -> Trace:
    own = _trace(meta, [point])
    if not is_rate:
        return own
    sign = ".2~r" if (point.value or 0) < 10 else ",.0f"  # noqa: PLR2004  # two digits
    return own | {"texttemplate": _LOOKS[meta]["texttemplate"].replace(",~r", sign)}


def _place(last: Point, points: Sequence[Point], highest: Point) -> Trace:
    """Return where the label of a figure lies that is not the last: off the line that goes on."""
    following = next((point for point in points if point.year > last.year), None)
    if not following:
        return {}
    value = last.value or 0
    is_below = (following.value or 0) > value > 0.14 * (highest.value or 0)
    return {"textposition": "bottom center" if is_below else "top center"}


def _is_under(point: Point, years: Sequence[int], breaks: Sequence[int]) -> bool:
    """Return whether the words of a break, on the side with more room, lie at the point."""
    late = years[0] + 0.6 * (years[-1] - years[0])
    return any(point.year < each if each > late else point.year >= each for each in breaks)


def years(drawn: Drawing) -> set[int]:
    """Return the years of which a drawing has a figure, suppressed or not."""
    figures = ("observed", "uncertain", "suppressed")
    traces = [trace for trace in drawn["data"] if trace["meta"] in figures]
    return {year for trace in traces for year in trace["x"] if year is not None}


def as_json(series: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a tree of series with drawings as JSON, whose colours are names: `--accent`.

    Raises:
        ValueError: Plotly does not know a property of a trace.
    """
    go.Figure([_LOOKS[trace["meta"]] | trace for trace in _traces(series)])
    return as_tokens(series)


def _traces(part: Any) -> Iterable[Trace]:  # noqa: ANN401  # JSON
    """Yield the traces of all drawings in a tree of series."""
    if isinstance(part, Mapping):
        if "data" in part and "top" in part:
            yield from part["data"]
        else:
            for each in part.values():
                yield from _traces(each)


def layout() -> dict[str, Any]:
    """Return what the browser lays around the traces, colours as names of the style sheet.

    - `template`: the look of all charts, with what traces share here;
    - `looks`: the properties of the traces of each meaning;
    - `layout`: the layout of a chart before its panels are placed;
    - `title`, `reason`: annotations with the name of a panel and with the reason of a break;
    - `break`: the line before the year of a break;
    - `slots`: colour and symbol of each line of a panel;
    - `palette`: the colours by name, for images and where a style sheet lacks one.

    Raises:
        ValueError: Plotly does not know a property.
    """
    template = go.layout.Template(TEMPLATE)
    interval = {"type": "data", "symmetric": False, "color": PALETTE["earlier"], "thickness": 1.5}
    template.data = {
        "scatter": [
            {
                "cliponaxis": False,
                "hoverinfo": "text",
                "line": {"width": 2.4},
                "marker": {"size": 9},
                "error_y": interval | {"width": 0},
            }
        ],
        "bar": [
            {
                "cliponaxis": False,
                "hoverinfo": "text",
                "width": 0.5,
                "textposition": "outside",
                "textangle": 0,
            }
        ],
    }
    years = {"ticks": "outside", "ticklen": 4, "tickcolor": PALETTE["edge"]}
    template.layout.xaxis.update(years)
    title = {"xanchor": "left", "yanchor": "bottom", "align": "left", "x": 0, "y": 1, "yshift": 5}
    reason = {"yanchor": "top", "font": {"color": PALETTE["warm"], "size": 13}}
    rule = {"type": "line", "line": {"color": PALETTE["warm"], "width": 1.5, "dash": "dot"}}
    checked = go.Figure(
        layout={
            "grid": {"pattern": "independent"},
            "hoverlabel": {
                "bgcolor": PALETTE["ink"],
                "font": {"color": PALETTE["paper"], "family": FONT},
            },
            "annotations": [title | {"font": {"color": PALETTE["ink"], "size": 14}}, reason],
            "shapes": [rule | {"y0": 0, "y1": 1}],
        }
    )
    own = as_tokens(checked)["layout"]
    heading, words = own.pop("annotations")
    [line] = own.pop("shapes")
    slots = [{"color": f"--{colour}", "symbol": symbol} for colour, symbol in _SLOTS]
    palette = {f"--{name}": colour for name, colour in PALETTE.items()}
    return {
        "template": as_tokens(template),
        "looks": as_tokens(_LOOKS),
        "layout": own,
        "title": heading,
        "reason": words,
        "break": line,
        "slots": slots,
        "palette": palette,
    }
