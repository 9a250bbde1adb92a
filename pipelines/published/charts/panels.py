"""Panels stacked on one axis of years: a series each, no total and no second axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.published.charts import marks, theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Note, Series

_PANEL: Final = 112
_ROOM: Final = 64
"""Pixels between panels: for two lines of a name, and the label of a break."""
_FIRST_ROOM: Final = 40
"""Pixels above the first panel, beside the margin."""
_NAME_WIDTH: Final = 38
_NAME_LINES: Final = 2


@dataclass(frozen=True)
class Panel:
    """One panel.

    Attributes:
        name: its heading, plain text.
        series: the series in it.
        notes: its footnotes; those on breaks are labelled.
        greatest: the greatest figure that its scale must hold.
    """

    name: str
    series: Series
    notes: Sequence[Note]
    greatest: float


def stack(panels: Sequence[Panel], years: range, caption: Caption, language: Language) -> Figure:
    """Return the panels as a Plotly figure, the first on top."""
    height = _FIRST_ROOM + len(panels) * _PANEL + (len(panels) - 1) * _ROOM
    side = theme.side_room([panel.greatest for panel in panels], language)
    # Plotly omits an axis without a trace, so the axis of years is anchored to none.
    foot = {"anchor": "free", "position": 0}
    figure = theme.figure(
        [],
        theme.layout(caption, language, height, side),
        xaxis=theme.year_axis(years) | foot,
        shapes=[],
        annotations=[],
    )
    for at, panel in enumerate(panels):
        top = height - _FIRST_ROOM - at * (_PANEL + _ROOM)
        domain = [(top - _PANEL) / height, top / height]
        _add(figure, "y" if at == 0 else f"y{at + 1}", domain, panel, years, language)
    figure["layout"]["annotations"].append(theme.foot(caption, side))
    return figure


def _add(
    figure: Figure, axis: str, domain: list[float], panel: Panel, years: range, language: Language
) -> None:
    """Add one panel; `domain` is its bottom and top, as shares of the plot's height."""
    layout = figure["layout"]
    layout["yaxis" + axis[1:]] = theme.scale(panel.greatest, lines=3) | {"domain": domain}
    figure["data"] += marks.traces(panel.series, language, axis)
    layout["shapes"] += marks.break_rules(panel.notes, axis)
    layout["annotations"] += [
        _name(panel.name, domain[1], layout["margin"]["l"]),
        *marks.labels(panel.series, language, axis),
        *marks.break_labels(panel.notes, years, language, axis),
        *([] if panel.series.latest else [_empty_label(domain, language)]),
    ]


def _name(name: str, top: float, side: int) -> dict[str, Any]:
    lines = [f"<b>{line}</b>" for line in theme.wrap(name, _NAME_WIDTH, _NAME_LINES)]
    return theme.at_the_edge("panel", lines, side, y=top, yanchor="bottom", yshift=16)


def _empty_label(domain: list[float], language: Language) -> dict[str, Any]:
    return {
        "name": "empty",
        "text": theme.safe(language.say("panel_empty")),
        "font": {"size": 13, "color": theme.QUIET_INK},
        "showarrow": False,
        "xref": "paper",
        "x": 0.5,
        "yref": "paper",
        "y": sum(domain) / 2,
    }
