"""Panels under each other on one axis of years: one series each, no total and no second axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.published.charts import _marks, _theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Note, Series

_PANEL: Final = 112
_ROOM: Final = 64
"""Pixels from one panel to the next: two lines of its name, and the label of a break."""
_FIRST_ROOM: Final = 40
"""Pixels above the first panel, which the margin adds to."""
_NAME_WIDTH: Final = 38
_NAME_LINES: Final = 2


@dataclass(frozen=True)
class Panel:
    """What one panel shows.

    Attributes:
        name: stands above it, plain text.
        shown: the series.
        notes: its footnotes, of which breaks are labelled.
        greatest: the greatest figure that its scale must hold.
    """

    name: str
    shown: Series
    notes: Sequence[Note]
    greatest: float


def stack(panels: Sequence[Panel], years: range, caption: Caption, language: Language) -> Figure:
    """The panels as a Plotly figure, the first on top."""
    height = _FIRST_ROOM + len(panels) * _PANEL + (len(panels) - 1) * _ROOM
    side = _theme.side_room([panel.greatest for panel in panels], language)
    # Plotly leaves an axis out that has no trace, so the axis of years hangs on none of them.
    foot = {"anchor": "free", "position": 0}
    figure = _theme.figure(
        [],
        _theme.layout(caption, language, height, side),
        xaxis=_theme.year_axis(years) | foot,
        shapes=[],
        annotations=[],
    )
    for at, panel in enumerate(panels):
        top = height - _FIRST_ROOM - at * (_PANEL + _ROOM)
        domain = [(top - _PANEL) / height, top / height]
        _add(figure, "y" if at == 0 else f"y{at + 1}", domain, panel, years, language)
    figure["layout"]["annotations"].append(_theme.foot(caption, side))
    return figure


def _add(
    figure: Figure, axis: str, domain: list[float], panel: Panel, years: range, language: Language
) -> None:
    """Draws one panel between bottom and top, which are shares of the plot's height."""
    layout = figure["layout"]
    layout["yaxis" + axis[1:]] = _theme.scale(panel.greatest, lines=3) | {"domain": domain}
    figure["data"] += _marks.traces(panel.shown, language, axis)
    layout["shapes"] += _marks.break_rules(panel.notes, axis)
    layout["annotations"] += [
        _name(panel.name, domain[1], layout["margin"]["l"]),
        *_marks.labels(panel.shown, language, axis),
        *_marks.break_labels(panel.notes, years, language, axis),
        *([] if panel.shown.latest else [_nothing(domain, language)]),
    ]


def _name(name: str, top: float, side: int) -> dict[str, Any]:
    lines = [f"<b>{line}</b>" for line in _theme.wrap(name, _NAME_WIDTH, _NAME_LINES)]
    return _theme.at_the_edge("panel", lines, side, y=top, yanchor="bottom", yshift=16)


def _nothing(domain: list[float], language: Language) -> dict[str, Any]:
    return {
        "name": "empty",
        "text": _theme.safe(language.say("panel_empty")),
        "font": {"size": 13, "color": _theme.QUIET_INK},
        "showarrow": False,
        "xref": "paper",
        "x": 0.5,
        "yref": "paper",
        "y": sum(domain) / 2,
    }
