"""Parts of one count over time: a small panel each, one below the other, all on one scale.

A panel is as tall as its part needs, so that a person has the same height in each. Stacked columns
would bridge missing figures, and their height would give suppressed ones away.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import marks, theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import (
    Note,
    NoteKind,
    Point,
    Series,
    notes,
    read_series,
)

PartName = Callable[[str, Language], str]
"""Gives the name of a part in the reader's language."""

MOST_PANELS: Final = 12
"""Panels that a reader can take in; the table beside the chart has every part."""
_TALLEST: Final = 120
_LEAST: Final = 26
"""Pixels that a panel needs for `<5` above its bar."""
_ROOM: Final = 36
"""Pixels from one panel to the next, for its name."""
_FIRST_ROOM: Final = 36
"""Pixels above the first panel, for its name and the label of a break."""
_ABOVE_THE_NAME: Final = {"yshift": 20}


def read_parts(frame: pd.DataFrame, years: range) -> list[Series]:
    """Return one series per part, in the order of the rows, with its code in `indicator`.

    Args:
        frame: rows of one state, source, indicator and split, as for `forms_spec`.
        years: the years of the series.
    """
    parts = dict.fromkeys(frame["part"].tolist())
    return read_series(frame.assign(indicator=frame["part"]), parts, years)


def shared_notes(parts: Sequence[Series]) -> list[Note]:
    """Return the footnotes of a figure, numbered from 1.

    Notes on the same subject share a number: a break of all parts, the years of a part that failed
    one check, and the figures of an earlier release that must not be repeated.
    """
    numbers: dict[tuple[object, ...], int] = {}
    return [
        replace(note, number=numbers.setdefault(_subject(note), len(numbers) + 1))
        for note in notes(parts)
    ]


def _subject(note: Note) -> tuple[object, ...]:
    """Return the subject of a footnote: notes with equal subjects share a number."""
    if note.kind is NoteKind.BREAK:
        return note.kind, note.point.year, note.point.break_reason
    if note.kind is NoteKind.WITHHELD:
        return note.kind, note.indicator, note.point.rule
    if note.point.previous is None:
        return note.kind, note.point.kind, note.point.previous_release
    return note.kind, note.indicator, note.point.year


def newest_year(parts: Sequence[Series]) -> list[tuple[str, Point]]:
    """Return each part's point in the newest year with a figure of any part."""
    year = max((part.latest.year for part in parts if part.latest), default=None)
    return [
        (part.indicator, point) for part in parts for point in part.points if point.year == year
    ]


def with_figures(parts: Sequence[Series]) -> list[Series]:
    """Return the parts that have a figure in some year."""
    return [part for part in parts if part.latest]


def forms_spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart by form of exploitation as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, `rule`
            where figures are withheld, and `part`: codes of forms of exploitation.
        years: the years on the shared axis; a year without a row is a gap.
        caption: the texts on the chart; they have to state that forms may overlap.
        language: the reader's.
    """
    parts = read_parts(frame, years)
    return stacked_panels(parts, with_figures(parts), caption, language, form_name)


def form_name(part: str, language: Language) -> str:
    """Return the name of a form of exploitation."""
    return language.name("exploitation", part)


def stacked_panels(
    parts: Sequence[Series],
    drawn: Sequence[Series],
    caption: Caption,
    language: Language,
    name: PartName,
) -> Figure:
    """Return a panel for each drawn part as a Plotly figure; breaks are those of all parts."""
    years = range(parts[0].points[0].year, parts[0].points[-1].year + 1)
    drawn = drawn[:MOST_PANELS]
    scale = theme.scale(max((part.highest for part in drawn), default=0), lines=3)
    figure = _empty(years, scale, [_height(part, scale) for part in drawn], caption, language)
    breaks = [
        *{note.number: note for note in shared_notes(parts) if note.kind is NoteKind.BREAK}.values()
    ]
    layout = figure["layout"]
    for at, part in enumerate(drawn):
        axis = _axis(at)
        figure["data"] += marks.traces(part, language, axis)
        layout["shapes"] += marks.break_rules(breaks, axis)
        layout["annotations"] += [
            _name(name(part.indicator, language), at, layout["margin"]["l"]),
            *(
                each | _above_zero(_height(part, scale))
                for each in marks.labels(part, language, axis)
            ),
        ]
    words = marks.break_labels(breaks, years, language)
    layout["annotations"] += [each | _ABOVE_THE_NAME for each in words]
    layout["annotations"].append(theme.foot(caption, layout["margin"]["l"]))
    return figure


def _empty(
    years: range, scale: dict[str, Any], heights: list[int], caption: Caption, language: Language
) -> Figure:
    """Return panels of these heights, from the top, without marks."""
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
    side = theme.side_room([scale["range"][1] / 1.15], language)
    return theme.figure(
        [],
        theme.layout(caption, language, whole, side),
        # Plotly omits an axis without a trace, so the axis of years is anchored to none.
        xaxis=theme.year_axis(years) | {"anchor": "free", "position": 0},
        # The axes of all panels share one look.
        template={"layout": {"yaxis": scale}},
        shapes=[],
        annotations=[],
        **axes,
    )


def _height(part: Series, scale: dict[str, Any]) -> int:
    """Return the pixels of a panel, with as many per person as in the tallest."""
    return max(_LEAST, round(part.highest * 1.15 / scale["range"][1] * _TALLEST))


def _above_zero(height: int) -> dict[str, int]:
    """Lift the label of a figure in a low panel off the zero line."""
    return {"yshift": 7} if height == _LEAST else {}


def _axis(at: int) -> str:
    return "y" if at == 0 else f"y{at + 1}"


def _name(name: str, at: int, side: int) -> dict[str, Any]:
    lines = [f"<b>{theme.safe(theme.short(name))}</b>"]
    place = {"yref": f"{_axis(at)} domain", "y": 1, "yanchor": "bottom", "yshift": 4}
    return theme.at_the_edge("panel", lines, side, **place)
