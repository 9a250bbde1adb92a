"""What a figure looks like: the same meaning always the same mark.

Observed: solid line, filled marker. Provisional or estimated: dashed line, hollow marker.
Suppressed: a pale bar from 0 to the greatest number it may be. Break: a cut and a dotted rule.
No figure: nothing, and no line across.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from pipelines.published.charts._theme import (
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
    """The traces of one series on one count axis; none for a series without a figure."""
    made: list[Trace] = []
    for section in _sections(series.points):
        made.append(_observed(section, language))
        made += [_dashed(run) for run in _uncertain_runs(section)]
    made += [_hollow(series, language), _suppressed(series, language)]
    return [trace | {"yaxis": axis} for trace in made if set(trace["y"]) - {None}]


def labels(series: Series, language: Language, axis: str = "y") -> list[dict[str, Any]]:
    """The last exact figure, printed beside its marker.

    None between bars, which have words too, nor to the left where the axis has its own.
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
    """The figure beside its marker: a count whole, a rate in three digits, for want of room."""
    value = point.value or 0
    return language.number(value if value == int(value) else float(f"{value:.3g}"))


def break_rules(notes: Sequence[Note], axis: str = "y") -> list[dict[str, Any]]:
    """A dotted rule between each year that breaks a series and the year before it."""
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
    """The words beside each rule, with the number of the footnote that says what changed."""
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
    """The points parted before each break."""
    starts = [0, *(at for at, point in enumerate(points) if point.is_break and at), len(points)]
    return [list(points[start:end]) for start, end in pairwise(starts)]


def _uncertain_runs(section: list[Point]) -> list[list[Point]]:
    """Runs of provisional or estimated figures, each with its neighbours where they are figures."""
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
        # A thirtieth of the axis: an interval, not a column as wide as its year.
        "width": min(len(series.points) / 30, 0.4),
        "cliponaxis": False,
        # The outline keeps the bar in sight where the axis runs to thousands.
        "marker": {"color": SUPPRESSED_FILL, "line": {"color": SUPPRESSED, "width": 2}},
        # Bounds above zero stand in table and hover text: on a narrow screen they would overlap.
        "text": ["" if point.bottom else safe(point.bounds) for point in points],
        "textposition": "outside",
        "constraintext": "none",
        "textangle": 0,
        "textfont": {"size": 11, "color": SUPPRESSED},
        **_hover(points, language),
    }


def _hover(points: Sequence[Point], language: Language) -> dict[str, Any]:
    return {"hoverinfo": "text", "hovertext": [said(point, language) for point in points]}


def bounds(point: Point, language: Language) -> str:
    """A suppressed figure in words: fewer than five, or from one number to another."""
    if not point.bottom:
        return language.say("fewer_than", limit=point.top + 1)
    ends = {"lower": point.bottom, "upper": point.top}
    return language.say("from_to", **{end: language.number(size) for end, size in ends.items()})


def said(point: Point, language: Language) -> str:
    if point.kind is Kind.SUPPRESSED:
        said = f"{bounds(point, language)} ({language.say('suppressed')})"
    elif point.value is not None:
        words = [language.say(word) for word in point.reservations]
        said = " · ".join([language.number(point.value), *words])
    else:
        return ""
    return safe(language.say("hover", year=point.year, figure=said))
