"""What reports say of states under codes over years: a mark in each cell of a grid.

Marks differ in form as well as colour: a ring for what is recommended, a dot for what is credited,
a dot in a ring for both. Grey signs stand for what could not be known. On a phone the
states go down, on wider screens across, which takes a third of the height.
"""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from pipelines.published.charts.drawing import PALETTE, Chart, Figure, Sheet, shortened
from pipelines.published.charts.table import Cell, Table
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

Panel = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""A heading, "" for none, and states: a name, and the standing of each year; the same in each."""

SAID: Final = {"RECOMMENDED", "CREDITED", "BOTH"}
"""Standings of a code of which a report says something."""

SIGNS: Final = {
    "RECOMMENDED": "○",
    "CREDITED": "●",
    "BOTH": "◉",
    "LIST_CUT": "–",
    "READ_WEAKLY": "△",
    "NOT_READ": "×",
    "NO_CHAPTER": "·",
    "NOT_NAMED": "□",
}
"""The sign of each standing in a key."""

_RING: Final = {"symbol": "circle-open", "size": 10, "color": "warm", "line": 2}
_DOT: Final = {"symbol": "circle", "size": 6, "color": "accent", "line": 0}
_MARKS: Final[dict[str, Sequence[dict[str, Any]]]] = {
    "RECOMMENDED": [_RING],
    "CREDITED": [_DOT],
    "BOTH": [_RING, _DOT],
    "LIST_CUT": [{"symbol": "line-ew-open", "size": 5, "color": "edge", "line": 1.2}],
    "READ_WEAKLY": [{"symbol": "triangle-up-open", "size": 6, "color": "edge", "line": 1}],
    "NOT_READ": [{"symbol": "x-thin-open", "size": 5, "color": "edge", "line": 1.2}],
    "NO_CHAPTER": [{"symbol": "circle", "size": 2, "color": "edge", "line": 0}],
    "NOT_NAMED": [{"symbol": "square-open", "size": 7, "color": "edge", "line": 1}],
}
"""The marks of each standing: a symbol of Plotly, its pixels, its colour and its line."""

_YEARS: Final = 40
"""Pixels beside the grid for years."""
_LONGEST_HEADING: Final = 40
"""Letters of the longest heading of a panel that has room on a narrow phone."""
_LONGEST_LINE: Final = 18
"""Letters of a line of a state's name on a phone, which leave room for the years."""
_ROW: Final = 14
_LETTER, _CAPITAL = 5.9, 11.5
"""Pixels of a letter of names, and of a wide capital."""


def standings(
    panels: Sequence[Panel],
    years: Sequence[str],
    language: Language,
    *,
    caption: str,
    unit: str,
    row_heading: str,
) -> Chart | None:
    """Return the grid of panels below each other; None if no report says anything.

    A state of which none does has no place in it. Across, all panels have the same states; down and
    in the table each has its own.

    Args:
        panels: the panels, each with states of one standing a year (codelist.assessment_standing).
        years: the years.
        language: the reader's.
        caption: what the table shows.
        unit: what the chart shows.
        row_heading: what the rows of the table are.
    """
    own = [(heading, [row for row in rows if SAID & {*row[1]}]) for heading, rows in panels]
    named_ones = {name for _, rows in own for name, _ in rows}
    if not named_ones:
        return None
    shared = [(heading, [row for row in rows if row[0] in named_ones]) for heading, rows in panels]
    used = {code for _, rows in shared for _, codes in rows for code in codes}
    key = [(sign, named(code, language)) for code, sign in SIGNS.items() if code in used]
    table = _table(own, years, language, caption, row_heading)
    across, down = _across(shared, years, language), _down(own, years, language)
    return Chart(across, table, key, narrow=down, unit=unit)


def named(code: str, language: Language) -> str:
    """Return the name of a standing."""
    return language.name("assessment_standing", code)


class _Mark(NamedTuple):
    """A cell: its standing, its place, and what it is of, in words."""

    code: str
    x: float
    y: float
    of: str


def _across(panels: Sequence[Panel], years: Sequence[str], language: Language) -> Figure:
    """Return the grid with years as rows, and the names of the states above all panels."""
    sheet = Sheet(language)
    ticks: list[tuple[float, str]] = []
    marks: list[_Mark] = []
    names = [name for name, _ in panels[0][1]]
    at = _length(names) / _ROW - 1
    for place, name in enumerate(names):
        _upwards(sheet, place, at + 0.5, name)
    for heading, rows in panels:
        if heading:
            at += 1.2
            _head(sheet, at, heading, _YEARS)
        for year, text in enumerate(years):
            ticks.append((at + 1 + year, text))
            marks += [
                _Mark(codes[year], place, at + 1 + year, f"{name}, {text}{language.colon}")
                for place, (name, codes) in enumerate(rows)
            ]
        at += len(years)
    return _drawn(sheet, marks, ticks, _YEARS, len(names), at)


def _down(panels: Sequence[Panel], years: Sequence[str], language: Language) -> Figure:
    """Return the grid with states as rows, and the years above all panels."""
    sheet = Sheet(language)
    at = _length(years) / _ROW - 1
    lines = {name: textwrap.wrap(name, _LONGEST_LINE) for _, rows in panels for name, _ in rows}
    left = round(_length(line for each in lines.values() for line in each)) + 6
    for place, text in enumerate(years):
        _upwards(sheet, place, at + 0.5, text)
    ticks: list[tuple[float, str]] = []
    marks: list[_Mark] = []
    for heading, rows in panels:
        if heading:
            at += 1.2
            _head(sheet, at, heading, left)
        for name, codes in rows:
            more = (len(lines[name]) - 1) / 2  # half of a row above and below for each line more
            at += 1 + more
            ticks.append((at, "<br>".join(lines[name])))
            marks += [
                _Mark(code, place, at, f"{name}, {years[place]}{language.colon}")
                for place, code in enumerate(codes)
            ]
            at += more
    return _drawn(sheet, marks, ticks, left, len(years), at)


def _drawn(
    sheet: Sheet,
    marks: Sequence[_Mark],
    ticks: Sequence[tuple[float, str]],
    left: int,
    columns: int,
    last: float,
) -> Figure:
    """Return the figure: a trace for each standing and each part of its sign."""
    for code, looks in _MARKS.items():
        own = [mark for mark in marks if mark.code == code]
        for look in looks if own else ():
            sheet.scatter(
                x=[mark.x for mark in own],
                y=[mark.y for mark in own],
                mode="markers",
                text=[f"{mark.of}{named(code, sheet.language)}" for mark in own],
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "symbol": look["symbol"],
                    "size": look["size"],
                    "color": PALETTE[look["color"]],
                    "line": {"color": PALETTE[look["color"]], "width": look["line"]},
                },
            )
    sheet.layout |= {
        "height": round(_ROW * (last + 1.6)),
        "margin": {"l": left, "r": 8, "t": 2, "b": 4},
        "xaxis": {"range": [-0.6, columns - 0.4], "visible": False},
        "yaxis": {
            "range": [last + 0.6, -1],
            "tickvals": [place for place, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"color": PALETTE["ink"], "size": 12},
            "showgrid": False,
            "zeroline": False,
        },
    }
    return sheet.figure()


def _head(sheet: Sheet, at: float, heading: str, left: int) -> None:
    text = f"<b>{shortened(heading, _LONGEST_HEADING)}</b>"
    sheet.text(0, at, text, xref="paper", xanchor="left", xshift=4 - left, yanchor="middle")


def _upwards(sheet: Sheet, x: float, bottom: float, text: str) -> None:
    """Write a text that runs upwards from a height."""
    sheet.text(
        x, bottom, text, "grey", yanchor="bottom", textangle=-90,
        font={"color": PALETTE["grey"], "size": 12},
    )  # fmt: skip


def _length(names: Iterable[str]) -> float:
    """Return the pixels that the longest of texts needs."""
    return 6 + max(
        sum(_CAPITAL if letter.isupper() else _LETTER for letter in name) for name in names
    )


def _table(
    panels: Sequence[Panel],
    years: Sequence[str],
    language: Language,
    caption: str,
    row_heading: str,
) -> Table:
    """Return the same as a table, with the name of each standing."""
    return Table(
        caption,
        row_heading,
        years,
        [
            (
                f"{heading}{language.colon}{name}" if heading else name,
                [
                    Cell(named(code, language), Kind.FIGURE if code in SAID else Kind.MISSING)
                    for code in standing
                ],
            )
            for heading, rows in panels
            for name, standing in rows
        ],
    )
