"""Small multiples: one indicator, a small panel per state, each from zero on its own scale.

Every panel is a figure of its own, so that a page sets them in one column or in many, and all share
the same years. The name of the state and its last figure stand above the panel as text.
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
"""Pixels, as static/style.css keeps them free for a panel before it is drawn."""
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


def spec(shown: Series, numbered: Sequence[Note], years: range, language: Language) -> Figure:
    """A panel of counts on its own scale, as a Plotly figure.

    Args:
        shown: one state and source, every one of the years in order.
        numbered: its footnotes.
        years: the years that all panels share.
        language: of the reader.
    """
    scale = theme.scale(shown.highest, lines=2)
    return _panel(marks.traces(shown, language), scale, numbered, years, language)


def rates(
    shown: Series,
    known: dict[int, Rate],
    greatest: float,
    numbered: Sequence[Note],
    years: range,
    language: Language,
) -> Figure:
    """A panel of rates with their intervals, on the scale that all panels share.

    A suppressed count has no rate: its year is shaded over the whole height, which says no figure.

    Args:
        shown: the counts of one state and source, every one of the years in order.
        known: the rates by year.
        greatest: the highest end of an interval in any panel.
        numbered: the footnotes.
        years: the years that all panels share.
        language: of the reader.
    """
    of_rates = as_rates(shown, known)
    drawn = marks.traces(exact(of_rates), language)
    traces = [_with_interval(trace, known) for trace in drawn]
    figure = _panel(traces, rate_scale(greatest), numbered, years, language)
    figure["layout"]["shapes"] += [_shade(point) for point in of_rates.of(Kind.SUPPRESSED)]
    return figure


def as_rates(shown: Series, known: dict[int, Rate]) -> Series:
    """The same series with rates for counts, to three digits; a count without one is no figure."""
    return Series(shown.indicator, tuple(_rated(point, known) for point in shown.points))


def rounded(rate: float) -> float:
    """A rate or a limit of its interval to three digits, as it is printed."""
    return float(f"{rate:.3g}")


def rate_scale(greatest: float) -> dict[str, Any]:
    """An axis of rates from zero to above the highest interval."""
    # A scale counts whole things, so a rate below 1 is made greater first.
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


def exact(shown: Series) -> Series:
    """The same series without what is suppressed."""
    hidden = [
        replace(point, kind=Kind.MISSING) if point.kind is Kind.SUPPRESSED else point
        for point in shown.points
    ]
    return Series(shown.indicator, tuple(hidden))


def _with_interval(trace: marks.Trace, known: dict[int, Rate]) -> marks.Trace:
    """Intervals on the markers of a trace; a dashed line has none."""
    if "marker" not in trace:
        return trace
    drawn = [
        known[year] if value is not None else None
        for year, value in zip(trace["x"], trace["y"], strict=True)
    ]
    interval = {
        "type": "data",
        "symmetric": False,
        "array": [each and max(each.upper - each.value, 0) for each in drawn],
        "arrayminus": [each and max(each.value - each.lower, 0) for each in drawn],
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
    """The same mark in the size of a panel; a bar goes without its words, which would collide."""
    if trace["type"] == "bar":
        wordy = ("text", "textposition", "constraintext", "textangle", "textfont")
        return {key: value for key, value in trace.items() if key not in wordy}
    small = {"line": trace["line"] | {"width": 2}} if "line" in trace else {}
    if "marker" in trace:
        small["marker"] = trace["marker"] | {"size": _MARKER}
    return trace | small


def _years(years: range) -> dict[str, Any]:
    """The shared axis: a tick a year, words at both ends."""
    return theme.year_axis(years) | {
        "tickmode": "array",
        "tickvals": sorted({years[0], years[-1]}),
        "tickfont": _SMALL,
    }


def _number(note: Note) -> dict[str, Any]:
    """The number of the footnote that says what changed, above the rule of a break."""
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
