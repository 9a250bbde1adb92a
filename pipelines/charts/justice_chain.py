"""The justice chain: formal contact, prosecution, conviction; one state, one source.

A panel each on its own scale, never a shared total: the flows of a year are not a cohort.
"""

from typing import Any, Final

import pandas as pd

from pipelines.charts import _marks, _theme
from pipelines.charts.caption import Caption, Figure
from pipelines.charts.language import Language
from pipelines.charts.series import Note, Series, notes, read

INDICATORS: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")
_PANEL: Final = 112
_ROOM: Final = 64
"""Pixels from one panel to the next: two lines of its name, and the label of a break."""
_FIRST_ROOM: Final = 40
"""Pixels above the first panel, which the margin adds to."""
_HEIGHT: Final = _FIRST_ROOM + len(INDICATORS) * _PANEL + (len(INDICATORS) - 1) * _ROOM
_NAME_WIDTH: Final = 38


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state and one source: the columns of `published.headline`, and `rule`
            where figures are withheld; counts of persons a year.
        years: the years on the shared axis; one without a row is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    shown = read(frame, INDICATORS, years)
    side = _theme.side_room([each.highest for each in shown], language)
    # Plotly leaves an axis out that has no trace, so the axis of years hangs on none of them.
    foot = {"anchor": "free", "position": 0}
    figure = _theme.figure(
        [],
        _theme.layout(caption, language, _HEIGHT, side),
        xaxis=_theme.year_axis(years) | foot,
        shapes=[],
        annotations=[],
    )
    numbered = notes(shown)
    for at, each in enumerate(shown):
        own = [note for note in numbered if note.indicator == each.indicator]
        _add_panel(figure, at, each, own, years, language)
    figure["layout"]["annotations"].append(_theme.foot(caption, side))
    return figure


def _add_panel(
    figure: Figure, at: int, shown: Series, own: list[Note], years: range, language: Language
) -> None:
    """Draws one series into the panel at that place, counted from the top."""
    axis = "y" if at == 0 else f"y{at + 1}"
    domain = _domain(at)
    layout = figure["layout"]
    layout["yaxis" + axis[1:]] = _theme.scale(shown.highest, lines=3) | {"domain": domain}
    figure["data"] += _marks.traces(shown, language, axis)
    layout["shapes"] += _marks.break_rules(own, axis)
    layout["annotations"] += [
        _name(shown, domain[1], layout["margin"]["l"], language),
        *_marks.labels(shown, language, axis),
        *_marks.break_labels(own, years, language, axis),
        *([] if shown.latest else [_nothing(domain, language)]),
    ]


def _domain(at: int) -> list[float]:
    """Bottom and top of a panel as shares of the plot's height."""
    top = _HEIGHT - _FIRST_ROOM - at * (_PANEL + _ROOM)
    return [(top - _PANEL) / _HEIGHT, top / _HEIGHT]


def _name(shown: Series, top: float, side: int, language: Language) -> dict[str, Any]:
    lines = _theme.wrap(language.name("indicator", shown.indicator), _NAME_WIDTH)
    return {
        "name": "panel",
        "text": "<br>".join(f"<b>{line}</b>" for line in lines),
        "font": {"size": 13, "color": _theme.INK},
        "align": "left",
        "showarrow": False,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": _theme.LEFT_EDGE - side,
        "yref": "paper",
        "y": top,
        "yanchor": "bottom",
        "yshift": 16,
    }


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
