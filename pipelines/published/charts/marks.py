"""Marks of a chart: the same meaning always has the same mark.

Observed: solid line, filled marker. Provisional or estimated: dashed line, hollow marker.
Suppressed: a pale bar from 0 to the greatest number it may be. Break: a cut and a dotted rule.
No figure: no mark, and no line across the gap.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from pipelines.published.charts.theme import (
    LINE,
    PAPER,
    QUIET_INK,
    SUPPRESSED,
    SUPPRESSED_FILL,
    safe,
)
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series

Trace = dict[str, Any]


def traces(series: Series, language: Language, axis: str = "y") -> list[Trace]:
    """Return the traces of a series on one count axis; none for a series without a figure."""
    found: list[Trace] = []
    for section in _sections(series.points):
        found.append(_observed(section, language))
        found += [_dashed(run) for run in _uncertain_runs(section)]
    found += [_hollow(series, language), _suppressed(series, language)]
    return [trace | {"yaxis": axis} for trace in found if set(trace["y"]) - {None}]


def labels(series: Series, language: Language, axis: str = "y") -> list[dict[str, Any]]:
    """Return the label of the last exact figure, beside its marker.

    There is none beside a suppressed year, whose bar has a label, nor to the left over the axis.
    """
    taken = {point.year for point in series.of(Kind.SUPPRESSED)}
    first = series.points[0].year
    taken |= {first - 1, first - 2}
    return [
        {
            "name": "last",
            "text": f"<b>{label(point, language)}</b>",
            "font": {"size": 13, "color": LINE},
            "showarrow": False,
            "xref": "x",
            "x": point.year,
            "xanchor": "left" if side > 0 else "right",
            "xshift": 7 * side,
            "yref": axis,
            "y": point.value,
        }
        for point in series.of(Kind.FIGURE)[-1:]
        for side in (1, -1)
        if not {point.year + side, point.year + 2 * side} & taken
    ][:1]


def label(point: Point, language: Language) -> str:
    """Return the printed figure: a count in full, a rate in three digits for lack of room."""
    value = point.value or 0
    return language.number(value if value == int(value) else float(f"{value:.3g}"))


def break_rules(notes: Sequence[Note], axis: str = "y") -> list[dict[str, Any]]:
    """Return a dotted rule between each year that breaks a series and the year before it."""
    return [
        {
            "name": "break",
            "type": "line",
            "xref": "x",
            "x0": note.point.year - 0.5,
            "x1": note.point.year - 0.5,
            "yref": f"{axis} domain",
            "y0": 0,
            "y1": 1,
            "line": {"color": QUIET_INK, "width": 1.5, "dash": "dot"},
        }
        for note in _breaks(notes)
    ]


def break_labels(
    notes: Sequence[Note], years: range, language: Language, axis: str = "y"
) -> list[dict[str, Any]]:
    """Return the label of each rule, with the number of the footnote on the break."""
    middle = (years[0] + years[-1]) / 2
    return [
        {
            "name": "break",
            "text": f"{safe(language.say('break_label'))} <sup>{note.number}</sup>",
            "font": {"size": 12, "color": QUIET_INK},
            "showarrow": False,
            "xref": "x",
            "x": note.point.year - 0.5,
            "xanchor": "left" if note.point.year <= middle else "right",
            "yref": f"{axis} domain",
            "y": 1,
            "yanchor": "bottom",
        }
        for note in _breaks(notes)
    ]


def _breaks(notes: Iterable[Note]) -> list[Note]:
    return [note for note in notes if note.kind is NoteKind.BREAK]


def _sections(points: Sequence[Point]) -> list[list[Point]]:
    """Split the points before each break."""
    starts = [0, *(at for at, point in enumerate(points) if point.is_break and at), len(points)]
    return [list(points[start:end]) for start, end in pairwise(starts)]


def _uncertain_runs(section: list[Point]) -> list[list[Point]]:
    """Return runs of uncertain figures, each with the exact figures next to it."""
    runs: list[list[Point]] = []
    positions = [at for at, point in enumerate(section) if point.is_uncertain]
    for _, group in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0]):
        run = [at for _, at in group]
        around = section[max(run[0] - 1, 0) : run[-1] + 2]
        runs.append([point for point in around if point.kind is Kind.FIGURE])
    return [run for run in runs if len(run) > 1]


def _observed(section: list[Point], language: Language) -> Trace:
    certain = [
        point.value if point.kind is Kind.FIGURE and not point.is_uncertain else None
        for point in section
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "meta": "observed",
        "x": [point.year for point in section],
        "y": certain,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": LINE, "width": 2.5},
        "marker": {"color": LINE, "size": 8, "symbol": "circle"},
        **_hover(section, language),
    }


def _dashed(run: list[Point]) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "uncertain",
        "x": [point.year for point in run],
        "y": [point.value for point in run],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": LINE, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _hollow(series: Series, language: Language) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "uncertain",
        "x": [point.year for point in series.points],
        "y": [point.value if point.is_uncertain else None for point in series.points],
        "cliponaxis": False,
        "marker": {"color": PAPER, "size": 9, "line": {"color": LINE, "width": 2}},
        **_hover(series.points, language),
    }


def _suppressed(series: Series, language: Language) -> Trace:
    points = series.of(Kind.SUPPRESSED)
    return {
        "type": "bar",
        "meta": "suppressed",
        "x": [point.year for point in points],
        "y": [point.top - point.bottom for point in points],
        "base": [point.bottom for point in points],
        # A thirtieth of the axis: an interval is no column as wide as its year.
        "width": min(len(series.points) / 30, 0.4),
        "cliponaxis": False,
        # The outline keeps the bar in sight where the axis runs to thousands.
        "marker": {"color": SUPPRESSED_FILL, "line": {"color": SUPPRESSED, "width": 2}},
        # The table and the hover text have bounds above zero: labels of such length would overlap.
        "text": ["" if point.bottom else safe(point.bounds) for point in points],
        "textposition": "outside",
        "constraintext": "none",
        "textangle": 0,
        "textfont": {"size": 11, "color": SUPPRESSED},
        **_hover(points, language),
    }


def _hover(points: Sequence[Point], language: Language) -> dict[str, Any]:
    return {"hoverinfo": "text", "hovertext": [hover_text(point, language) for point in points]}


def bounds(point: Point, language: Language) -> str:
    """Return a suppressed figure in words: fewer than five, or from one number to another."""
    if not point.bottom:
        return language.say("fewer_than", limit=point.top + 1)
    ends = {"lower": point.bottom, "upper": point.top}
    return language.say("from_to", **{end: language.number(size) for end, size in ends.items()})


def hover_text(point: Point, language: Language) -> str:
    """Return the year and its figure, with the reservations on it; "" if there is no figure."""
    if point.kind is Kind.SUPPRESSED:
        figure = f"{bounds(point, language)} ({language.say('suppressed')})"
    elif point.value is not None:
        reservations = [language.say(text) for text in point.reservations]
        figure = " · ".join([language.number(point.value), *reservations])
    else:
        return ""
    return safe(language.say("hover", year=point.year, figure=figure))
