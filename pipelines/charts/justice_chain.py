"""The justice chain: formal contact, prosecution, conviction; one state, one source.

A panel each on its own scale, never a shared total: the flows of a year are not a cohort.
"""

from typing import Any, Final

import pandas as pd

from pipelines.charts import _marks, _theme
from pipelines.charts.caption import Caption, Figure
from pipelines.charts.language import Language
from pipelines.charts.series import Note, Series, notes, read
from pipelines.charts.trend import highest

INDICATORS: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")
_PANEL: Final = 112
_ROOM: Final = 64
"""Pixels above a panel: two lines of its name, and the label of a break."""
_NAME_WIDTH: Final = 38


def series(frame: pd.DataFrame, years: range) -> list[Series]:
    """The series of the panels, from top to bottom; frame as in `spec`."""
    return [read(frame, indicator, years) for indicator in INDICATORS]


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state and one source: the columns of `published.headline`, and `rule`
            (filled where a figure is withheld); counts of persons a year.
        years: the years on the shared axis; one without a row is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    shown = series(frame, years)
    side = _theme.side_room([highest(each) for each in shown], language)
    height = len(shown) * (_PANEL + _ROOM)
    axes = {"xaxis": _theme.year_axis(years) | {"anchor": f"y{len(shown)}"}}
    figure = _theme.figure(
        [], _theme.layout(caption, language, height, side), **axes, shapes=[], annotations=[]
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
    whole = len(INDICATORS) * (_PANEL + _ROOM)
    foot = 1 - (at + 1) * (_PANEL + _ROOM) / whole
    layout = figure["layout"]
    layout["yaxis" + axis[1:]] = _theme.scale(highest(shown), lines=2) | {
        "domain": [max(foot, 0), foot + _PANEL / whole],
        "visible": shown.latest is not None,
    }
    figure["data"] += _marks.traces(shown, language, axis)
    layout["shapes"] += _marks.break_rules(own, axis)
    layout["annotations"] += [
        _name(shown, axis, layout["margin"]["l"], language),
        *_marks.labels(shown, language, axis),
        *_marks.break_labels(own, years, language, axis),
        *([] if shown.latest else [_nothing(axis, language)]),
    ]


def _name(shown: Series, axis: str, side: int, language: Language) -> dict[str, Any]:
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
        "yref": f"{axis} domain",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 16,
    }


def _nothing(axis: str, language: Language) -> dict[str, Any]:
    return {
        "name": "empty",
        "text": _theme.safe(language.say("panel_empty")),
        "font": {"size": 13, "color": _theme.QUIET_INK},
        "showarrow": False,
        "xref": "paper",
        "x": 0.5,
        "yref": f"{axis} domain",
        "y": 0.5,
    }
