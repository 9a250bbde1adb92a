"""The changes of a release: each figure before and after, one indicator of one source.

A line of text above each pair of marks can be read on a narrow screen too. States are in
alphabetical order: the size of a change ranks nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.published.charts import theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point

_ROW: Final = 38
_SIDE: Final = 10
_LETTERS: Final = 46
"""Letters of a line of text that a narrow chart has room for."""


@dataclass(frozen=True)
class Change:
    """One figure that a release changed or withdrew.

    Attributes:
        heading: state and year; no two are alike.
        text: the heading with the figure before and after.
        point: the figure, and that of the release before.
    """

    heading: str
    text: str
    point: Point


def spec(changes: Sequence[Change], caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        changes: from top to bottom.
        caption: the texts on the chart.
        language: the reader's.
    """
    traces = [_links(changes), _intervals(changes), _before(changes), _after(changes)]
    greatest = max([*_exact(changes), *(each.point.top for each in changes if _is_interval(each))])
    return theme.figure(
        [trace | _ACROSS for trace in traces if trace["x"]],
        theme.layout(caption, language, _ROW * len(changes), _SIDE),
        xaxis=theme.scale(greatest, lines=4),
        yaxis=_row_axis(changes),
        annotations=[*(_line(each) for each in changes), theme.foot(caption, _SIDE)],
    )


_ACROSS: Final = {"orientation": "h", "cliponaxis": False}


def _exact(changes: Sequence[Change]) -> list[float]:
    """Return every exact figure on the chart."""
    return [
        figure
        for each in changes
        for figure in (each.point.previous, each.point.value)
        if isinstance(figure, float)
    ]


def _is_interval(change: Change) -> bool:
    """Return whether the figure is suppressed, or was so small that it is not repeated."""
    return change.point.kind is Kind.SUPPRESSED or isinstance(change.point.previous, str)


def _links(changes: Sequence[Change]) -> dict[str, Any]:
    """Return the lines from the figure before to the one after, where both are exact."""
    pairs = [each for each in changes if isinstance(each.point.previous, float)]
    pairs = [each for each in pairs if each.point.value is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "way",
        "x": [x for each in pairs for x in (each.point.previous, each.point.value, None)],
        "y": [y for each in pairs for y in (each.heading, each.heading, None)],
        "connectgaps": False,
        "line": {"color": theme.QUIET_INK, "width": 1.5},
        "hoverinfo": "skip",
    }


def _before(changes: Sequence[Change]) -> dict[str, Any]:
    exact = [each for each in changes if isinstance(each.point.previous, float)]
    marker = {"color": theme.QUIET_INK, "size": 14, "symbol": "line-ns-open"}
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "before",
        "x": [each.point.previous for each in exact],
        "marker": marker | {"line": {"color": theme.QUIET_INK, "width": 3}},
        **_rows_of(exact),
    }


def _after(changes: Sequence[Change]) -> dict[str, Any]:
    exact = [each for each in changes if each.point.kind is Kind.FIGURE]
    fills = [theme.PAPER if each.point.is_uncertain else theme.LINE for each in exact]
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "after",
        "x": [each.point.value for each in exact],
        "marker": {"color": fills, "size": 11, "line": {"color": theme.LINE, "width": 2}},
        **_rows_of(exact),
    }


def _intervals(changes: Sequence[Change]) -> dict[str, Any]:
    """Return the intervals of figures that are suppressed now, or were before."""
    hidden = [each for each in changes if _is_interval(each)]
    outline = {"color": theme.SUPPRESSED, "width": 2}
    return {
        "type": "bar",
        "meta": "suppressed",
        "x": [each.point.top for each in hidden],
        "base": 0,
        "width": 0.3,
        "marker": {"color": theme.SUPPRESSED_FILL, "line": outline},
        **_rows_of(hidden),
    }


def _rows_of(changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "y": [each.heading for each in changes],
        "hoverinfo": "text",
        "hovertext": [theme.safe(each.text) for each in changes],
    }


def _row_axis(changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [each.heading for each in changes],
        "range": [len(changes) - 0.6, -0.8],
        "showticklabels": False,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _line(change: Change) -> dict[str, Any]:
    figures = change.text.removeprefix(change.heading)
    heading = theme.short(change.heading, _LETTERS - len(figures))
    return theme.at_the_edge(
        "row",
        [theme.safe(heading + figures)],
        _SIDE,
        font={"size": 12, "color": theme.INK},
        yref="y",
        y=change.heading,
        yanchor="bottom",
        yshift=6,
    )
