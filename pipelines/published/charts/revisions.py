"""What a release changed: each figure before and after, one indicator of one source.

A line of words stands above each pair of marks, so that it is read on a narrow screen too. The
states stand in alphabetical order: the size of a change ranks nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.published.charts import _theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point

_ROW: Final = 38
_SIDE: Final = 10
_LETTERS: Final = 46
"""Of a line of words, as many as a narrow chart has room for."""


@dataclass(frozen=True)
class Change:
    """One figure that a release changed or withdrew.

    Attributes:
        heading: state and year; no two are alike.
        words: the same with the figure before and after.
        point: the figure, and what the release before had.
    """

    heading: str
    words: str
    point: Point


def spec(changes: Sequence[Change], caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        changes: from top to bottom.
        caption: the words on the chart.
        language: of the reader.
    """
    traces = [_way(changes), _hidden(changes), _before(changes), _after(changes)]
    greatest = max([*_known(changes), *(each.point.top for each in changes if _is_few(each))])
    return _theme.figure(
        [trace | _ACROSS for trace in traces if trace["x"]],
        _theme.layout(caption, language, _ROW * len(changes), _SIDE),
        xaxis=_theme.scale(greatest, lines=4),
        yaxis=_rows(changes),
        annotations=[*(_words(each) for each in changes), _theme.foot(caption, _SIDE)],
    )


_ACROSS: Final = {"orientation": "h", "cliponaxis": False}


def _known(changes: Sequence[Change]) -> list[float]:
    """Every exact figure that is drawn."""
    return [
        figure
        for each in changes
        for figure in (each.point.previous, each.point.value)
        if isinstance(figure, float)
    ]


def _is_few(change: Change) -> bool:
    """Return whether the figure is suppressed, or was too small to be repeated."""
    return change.point.kind is Kind.SUPPRESSED or isinstance(change.point.previous, str)


def _way(changes: Sequence[Change]) -> dict[str, Any]:
    """A line from the figure before to that after, where both are exact."""
    pairs = [each for each in changes if isinstance(each.point.previous, float)]
    pairs = [each for each in pairs if each.point.value is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "way",
        "x": [x for each in pairs for x in (each.point.previous, each.point.value, None)],
        "y": [y for each in pairs for y in (each.heading, each.heading, None)],
        "connectgaps": False,
        "line": {"color": _theme.QUIET_INK, "width": 1.5},
        "hoverinfo": "skip",
    }


def _before(changes: Sequence[Change]) -> dict[str, Any]:
    shown = [each for each in changes if isinstance(each.point.previous, float)]
    marker = {"color": _theme.QUIET_INK, "size": 14, "symbol": "line-ns-open"}
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "before",
        "x": [each.point.previous for each in shown],
        "marker": marker | {"line": {"color": _theme.QUIET_INK, "width": 3}},
        **_said(shown),
    }


def _after(changes: Sequence[Change]) -> dict[str, Any]:
    shown = [each for each in changes if each.point.kind is Kind.FIGURE]
    fills = [_theme.PAPER if each.point.is_uncertain else _theme.LINE for each in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "after",
        "x": [each.point.value for each in shown],
        "marker": {"color": fills, "size": 11, "line": {"color": _theme.LINE, "width": 2}},
        **_said(shown),
    }


def _hidden(changes: Sequence[Change]) -> dict[str, Any]:
    """The interval of a figure that is suppressed now, or was before."""
    shown = [each for each in changes if _is_few(each)]
    outline = {"color": _theme.SUPPRESSED, "width": 2}
    return {
        "type": "bar",
        "meta": "suppressed",
        "x": [each.point.top for each in shown],
        "base": 0,
        "width": 0.3,
        "marker": {"color": _theme.SUPPRESSED_FILL, "line": outline},
        **_said(shown),
    }


def _said(shown: Sequence[Change]) -> dict[str, Any]:
    return {
        "y": [each.heading for each in shown],
        "hoverinfo": "text",
        "hovertext": [_theme.safe(each.words) for each in shown],
    }


def _rows(changes: Sequence[Change]) -> dict[str, Any]:
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


def _words(change: Change) -> dict[str, Any]:
    said = change.words.removeprefix(change.heading)
    heading = _theme.short(change.heading, _LETTERS - len(said))
    return _theme.at_the_edge(
        "row",
        [_theme.safe(heading + said)],
        _SIDE,
        font={"size": 12, "color": _theme.INK},
        yref="y",
        y=change.heading,
        yanchor="bottom",
        yshift=6,
    )
