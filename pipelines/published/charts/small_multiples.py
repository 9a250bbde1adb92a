"""Small multiples: one indicator, a small panel per state, each from zero on its own scale.

Every panel is a figure of its own, so that a page can set them in one column or many; all share the
same years. The page prints the name of the state and its last figure above the panel.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pipelines.published.charts import marks, theme
from pipelines.published.charts.caption import Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series

HEIGHT: Final = 128
"""Pixels that static/style.css reserves for a panel before it is drawn."""
_TOP: Final = 16
_RIGHT: Final = 18
_BOTTOM: Final = 24
_MARKER: Final = 6
_SMALL: Final = {"size": 11, "color": theme.QUIET_INK}


@dataclass(frozen=True)
class Rate:
    """A rate per 100,000 residents with the limits of its interval."""

    value: float
    lower: float
    upper: float


def spec(series: Series, numbered: Sequence[Note], years: range, language: Language) -> Figure:
    """Return a panel of counts on its own scale, as a Plotly figure.

    Args:
        series: one state and source, every one of the years in order.
        numbered: its footnotes.
        years: the years that all panels share.
        language: the reader's.
    """
    scale = theme.scale(series.highest, lines=2)
    return _panel(marks.traces(series, language), scale, numbered, years, language)


def rates(
    counts: Series,
    known: dict[int, Rate],
    greatest: float,
    numbered: Sequence[Note],
    years: range,
    language: Language,
) -> Figure:
    """Return a panel of rates with their intervals, on the scale that all panels share.

    A suppressed count has no rate: its year is shaded over the whole height, which shows no figure.

    Args:
        counts: those of one state and source, every one of the years in order.
        known: the rates by year.
        greatest: the highest end of an interval in any panel.
        numbered: the footnotes.
        years: the years that all panels share.
        language: the reader's.
    """
    of_rates = as_rates(counts, known)
    exact_traces = marks.traces(exact(of_rates), language)
    traces = [_with_interval(trace, known) for trace in exact_traces]
    figure = _panel(traces, rate_scale(greatest), numbered, years, language)
    figure["layout"]["shapes"] += [_shade(point) for point in of_rates.of(Kind.SUPPRESSED)]
    return figure


def as_rates(counts: Series, known: dict[int, Rate]) -> Series:
    """Replace counts by rates with three digits; a count without a rate is missing."""
    return Series(counts.indicator, tuple(_rated(point, known) for point in counts.points))


def rounded(rate: float) -> float:
    """Round a rate, or a limit of its interval, to three digits for printing."""
    return float(f"{rate:.3g}")


def rate_scale(greatest: float) -> dict[str, Any]:
    """Return an axis of rates from zero to above the highest interval."""
    # A scale has whole numbers, so a rate below 1 is multiplied first.
    power = 10 ** max(0, -math.floor(math.log10(greatest))) if greatest else 1
    whole = theme.scale(greatest * power, lines=2)
    top, step = whole["range"][1] / power, whole["dtick"] / power
    return whole | {"range": [0, top], "dtick": step, "tickformat": ",~r"}


def _rated(point: Point, known: dict[int, Rate]) -> Point:
    if point.kind is not Kind.FIGURE:
        return point
    rate = known.get(point.year)
    if rate is None:
        return replace(point, kind=Kind.MISSING, value=None)
    return replace(point, value=rounded(rate.value))


def exact(series: Series) -> Series:
    """Return the series with its suppressed figures missing."""
    points = [
        replace(point, kind=Kind.MISSING) if point.kind is Kind.SUPPRESSED else point
        for point in series.points
    ]
    return Series(series.indicator, tuple(points))


def _with_interval(trace: marks.Trace, known: dict[int, Rate]) -> marks.Trace:
    """Add intervals to the markers of a trace; a dashed line has no markers."""
    if "marker" not in trace:
        return trace
    rates_drawn = [
        known[year] if value is not None else None
        for year, value in zip(trace["x"], trace["y"], strict=True)
    ]
    interval = {
        "type": "data",
        "symmetric": False,
        "array": [each and max(each.upper - each.value, 0) for each in rates_drawn],
        "arrayminus": [each and max(each.value - each.lower, 0) for each in rates_drawn],
        "thickness": 1,
        "width": 0,
        "color": theme.LINE,
    }
    return trace | {"error_y": interval}


def _shade(point: Point) -> dict[str, Any]:
    return {
        "name": "suppressed",
        "type": "rect",
        "layer": "below",
        "xref": "x",
        "x0": point.year - 0.4,
        "x1": point.year + 0.4,
        "yref": "y domain",
        "y0": 0,
        "y1": 1,
        "fillcolor": theme.SUPPRESSED_FILL,
        "line": {"color": theme.SUPPRESSED, "width": 1},
    }


def _panel(
    traces: list[marks.Trace],
    scale: dict[str, Any],
    numbered: Sequence[Note],
    years: range,
    language: Language,
) -> Figure:
    layout = {
        "template": {},
        "font": {"family": theme.FONT, "size": 11, "color": theme.INK},
        "separators": language.separators,
        "paper_bgcolor": theme.PAPER,
        "plot_bgcolor": theme.PAPER,
        "height": HEIGHT,
        "margin": {
            "l": theme.side_room([scale["range"][1]], language),
            "r": _RIGHT,
            "t": _TOP,
            "b": _BOTTOM,
        },
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": theme.PAPER, "font": {"color": theme.INK}},
    }
    return theme.figure(
        [_small(trace) for trace in traces],
        layout,
        xaxis=_years(years),
        yaxis=scale | {"tickfont": _SMALL},
        shapes=marks.break_rules(numbered),
        annotations=[_number(note) for note in numbered if note.kind is NoteKind.BREAK],
    )


def _small(trace: marks.Trace) -> marks.Trace:
    """Return the mark in the size of a panel; a bar loses its label, which would collide."""
    if trace["type"] == "bar":
        label = ("text", "textposition", "constraintext", "textangle", "textfont")
        return {key: value for key, value in trace.items() if key not in label}
    small = {"line": trace["line"] | {"width": 2}} if "line" in trace else {}
    if "marker" in trace:
        small["marker"] = trace["marker"] | {"size": _MARKER}
    return trace | small


def _years(years: range) -> dict[str, Any]:
    """Return the shared axis: a tick per year, labels at both ends."""
    return theme.year_axis(years) | {
        "tickmode": "array",
        "tickvals": sorted({years[0], years[-1]}),
        "tickfont": _SMALL,
    }


def _number(note: Note) -> dict[str, Any]:
    """Return the number of the footnote on a break, above its rule."""
    return {
        "name": "break",
        "text": str(note.number),
        "font": _SMALL,
        "showarrow": False,
        "xref": "x",
        "x": note.point.year - 0.5,
        "yref": "y domain",
        "y": 1,
        "yanchor": "bottom",
    }
