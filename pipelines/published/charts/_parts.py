"""Parts of one count over time: a small panel each, one below the other, all on one scale.

A panel is as tall as its part needs, so that a person is as high in each of them. Panels, not
stacked columns: a stack would bridge what is missing, and its height would give away what is
suppressed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import _marks, _theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series import series
from pipelines.published.series.series import Note, NoteKind, Point, Series

Name = Callable[[str, Language], str]
"""Gives the name of a part in the reader's language."""

MOST: Final = 12
"""Panels that a reader takes in; the table beside the chart has every part."""
_TALLEST: Final = 120
_LEAST: Final = 26
"""Pixels that a panel needs for `<5` above its bar."""
_ROOM: Final = 36
"""Pixels from one panel to the next, for its name."""
_FIRST_ROOM: Final = 36
"""Pixels above the first panel, for its name and the label of a break."""
_ABOVE_THE_NAME: Final = {"yshift": 20}


def read(frame: pd.DataFrame, years: range) -> list[Series]:
    """One series per part, in the order of the rows; its code stands where an indicator's would.

    Args:
        frame: rows of one state, source, indicator and split, as `spec` wants them.
        years: the years to show.
    """
    parts = dict.fromkeys(frame["part"].tolist())
    return series.read_series(frame.assign(indicator=frame["part"]), parts, years)


def notes(parts: Sequence[Series]) -> list[Note]:
    """The footnotes of a figure, numbered from 1.

    Several share a number: a break is one of all parts, what is withheld of a part for one reason
    is said once, and so is that figures of an earlier release must not be repeated.
    """
    numbers: dict[tuple[object, ...], int] = {}
    return [
        replace(note, number=numbers.setdefault(_subject(note), len(numbers) + 1))
        for note in series.notes(parts)
    ]


def _subject(note: Note) -> tuple[object, ...]:
    """What a footnote is about."""
    if note.kind is NoteKind.BREAK:
        return note.kind, note.point.year, note.point.break_reason
    if note.kind is NoteKind.WITHHELD:
        return note.kind, note.indicator, note.point.rule
    if note.point.previous is None:
        return note.kind, note.point.kind, note.point.previous_release
    return note.kind, note.indicator, note.point.year


def newest(parts: Sequence[Series]) -> list[tuple[str, Point]]:
    """The newest year of which a part has a figure: what is known of each part in it."""
    year = max((part.latest.year for part in parts if part.latest), default=None)
    return [
        (part.indicator, point) for part in parts for point in part.points if point.year == year
    ]


def known(parts: Sequence[Series]) -> list[Series]:
    """The parts that have a figure."""
    return [part for part in parts if part.latest]


def panels(
    parts: Sequence[Series],
    shown: Sequence[Series],
    caption: Caption,
    language: Language,
    name: Name,
) -> Figure:
    """A panel for each part that is shown, as a Plotly figure; breaks are those of all parts."""
    years = range(parts[0].points[0].year, parts[0].points[-1].year + 1)
    shown = shown[:MOST]
    scale = _theme.scale(max((part.highest for part in shown), default=0), lines=3)
    figure = _empty(years, scale, [_height(part, scale) for part in shown], caption, language)
    breaks = [*{note.number: note for note in notes(parts) if note.kind is NoteKind.BREAK}.values()]
    layout = figure["layout"]
    for at, part in enumerate(shown):
        axis = _axis(at)
        figure["data"] += _marks.traces(part, language, axis)
        layout["shapes"] += _marks.break_rules(breaks, axis)
        layout["annotations"] += [
            _name(name(part.indicator, language), at, layout["margin"]["l"]),
            *(
                each | _above_zero(_height(part, scale))
                for each in _marks.labels(part, language, axis)
            ),
        ]
    words = _marks.break_labels(breaks, years, language)
    layout["annotations"] += [each | _ABOVE_THE_NAME for each in words]
    layout["annotations"].append(_theme.foot(caption, layout["margin"]["l"]))
    return figure


def _empty(
    years: range, scale: dict[str, Any], heights: list[int], caption: Caption, language: Language
) -> Figure:
    """Panels of these heights, from the top, without a mark."""
    whole = _FIRST_ROOM + sum(heights) + max(len(heights) - 1, 0) * _ROOM
    tops = [whole - _FIRST_ROOM - sum(heights[:at]) - at * _ROOM for at, _ in enumerate(heights)]
    axes = {
        f"yaxis{_axis(at)[1:]}": {
            "domain": [(top - height) / whole, top / whole],
            "range": [0, scale["range"][1] * height / _TALLEST],
            "dtick": scale["dtick"],
        }
        for at, (top, height) in enumerate(zip(tops, heights, strict=True))
    }
    side = _theme.side_room([scale["range"][1] / 1.15], language)
    return _theme.figure(
        [],
        _theme.layout(caption, language, whole, side),
        # Plotly leaves an axis out that has no trace, so the axis of years hangs on none of them.
        xaxis=_theme.year_axis(years) | {"anchor": "free", "position": 0},
        # The look of all panels' axes, once.
        template={"layout": {"yaxis": scale}},
        shapes=[],
        annotations=[],
        **axes,
    )


def _height(part: Series, scale: dict[str, Any]) -> int:
    """Pixels of a panel: as many a person as in the tallest."""
    return max(_LEAST, round(part.highest * 1.15 / scale["range"][1] * _TALLEST))


def _above_zero(height: int) -> dict[str, int]:
    """Lifts the label of a figure in a low panel off the zero line."""
    return {"yshift": 7} if height == _LEAST else {}


def _axis(at: int) -> str:
    return "y" if at == 0 else f"y{at + 1}"


def _name(name: str, at: int, side: int) -> dict[str, Any]:
    lines = [f"<b>{_theme.safe(_theme.short(name))}</b>"]
    place = {"yref": f"{_axis(at)} domain", "y": 1, "yanchor": "bottom", "yshift": 4}
    return _theme.at_the_edge("panel", lines, side, **place)
