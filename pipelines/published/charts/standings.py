"""What reports say of states under codes, or over years: a mark in each cell of a grid.

Marks differ in form as well as colour: a ring for what is recommended, a dot for what is credited,
a dot in a ring for both. A dash and a cross stand for what could not be known.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from pipelines.published.charts.drawing import PALETTE, Chart, Sheet, shortened
from pipelines.published.charts.table import Cell, Table
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

Panel = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""A heading, "" for none, and rows: a name, and the standing of each column."""

_SIGNS: Final = {
    "RECOMMENDED": "○",
    "CREDITED": "●",
    "BOTH": "◉",
    "LIST_CUT": "–",
    "NOT_READ": "×",
    "NOT_NAMED": "□",
}
"""The sign of each standing in the key."""

_RING: Final = {"symbol": "circle-open", "size": 11, "color": "warm", "line": 2}
_DOT: Final = {"symbol": "circle", "size": 6, "color": "accent", "line": 0}
_MARKS: Final[dict[str, Sequence[dict[str, Any]]]] = {
    "RECOMMENDED": [_RING],
    "CREDITED": [_DOT],
    "BOTH": [_RING, _DOT],
    "LIST_CUT": [{"symbol": "line-ew-open", "size": 5, "color": "edge", "line": 1.2}],
    "NOT_READ": [{"symbol": "x-thin-open", "size": 5, "color": "edge", "line": 1.2}],
    "NOT_NAMED": [{"symbol": "square-open", "size": 7, "color": "edge", "line": 1}],
}
"""The marks of each standing: a symbol of Plotly, its pixels, its colour and its line."""

_LEFT: Final = 128  # pixels
_LONGEST: Final = 18
"""Letters of the longest name that has room beside the grid; the table has it whole."""
_LONGEST_HEADING: Final = 40
"""Letters of the longest heading of a panel that has room on a narrow phone."""
_LONGEST_HEAD: Final = 44
"""Letters of the longest name of a column, which runs upwards."""
_ROW: Final = 18
_LETTER, _CAPITAL = 5.9, 11.5
"""Pixels of a letter of the columns' names, which run upwards, and of a wide capital."""


def standings(
    panels: Sequence[Panel],
    columns: Sequence[str],
    language: Language,
    *,
    caption: str,
    row_heading: str,
) -> Chart | None:
    """Return the grid of panels below each other; None without a row.

    Args:
        panels: the panels, each with rows of one standing a column (codelist.assessment_standing).
        columns: names of the columns.
        language: the reader's.
        caption: what the table shows.
        row_heading: what the rows are.
    """
    panels = [(heading, rows) for heading, rows in panels if rows]
    if not panels:
        return None
    heads = [shortened(name, _LONGEST_HEAD) for name in columns]
    sheet, at = Sheet(language), -1.0
    ticks: list[tuple[float, str]] = []
    marks: list[_Mark] = []
    for heading, rows in panels:
        if heading:
            at += 1.4 if ticks else 1
            text = f"<b>{shortened(heading, _LONGEST_HEADING)}</b>"
            sheet.text(
                0, at, text, xref="paper", xanchor="left", xshift=4 - _LEFT, yanchor="middle"
            )
        for name, codes in rows:
            at += 1
            ticks.append((at, shortened(name, _LONGEST)))
            marks += [
                _Mark(code, column, at, f"{name}, {columns[column]}{language.colon}")
                for column, code in enumerate(codes)
            ]
    _draw(sheet, marks)
    lengths = [sum(_CAPITAL if letter.isupper() else _LETTER for letter in name) for name in heads]
    top = round(max(lengths)) + 10
    for column, name in enumerate(heads):
        sheet.text(
            column, 1, name, "grey", yref="paper", yanchor="bottom", textangle=-90, yshift=2,
            font={"color": PALETTE["grey"], "size": 12},
        )  # fmt: skip
    sheet.layout |= {
        "height": round(_ROW * (at + 1.2)) + top,
        "margin": {"l": _LEFT, "r": 8, "t": top, "b": 4},
        "xaxis": {"range": [-0.6, len(columns) - 0.4], "visible": False},
        "yaxis": {
            "range": [at + 0.6, -0.6],
            "tickvals": [place for place, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"color": PALETTE["ink"], "size": 12},
            "showgrid": False,
            "zeroline": False,
        },
    }
    used = {mark.code for mark in marks}
    key = [(sign, _named(code, language)) for code, sign in _SIGNS.items() if code in used]
    return Chart(sheet.figure(), _table(panels, columns, language, caption, row_heading), key)


class _Mark(NamedTuple):
    """A cell: its standing, its column, its height, and what it is of, in words."""

    code: str
    column: int
    at: float
    of: str


def _draw(sheet: Sheet, marks: Sequence[_Mark]) -> None:
    """Draw the marks: a trace for each standing and each part of its sign."""
    for code, looks in _MARKS.items():
        own = [mark for mark in marks if mark.code == code]
        for look in looks if own else ():
            sheet.scatter(
                x=[mark.column for mark in own],
                y=[mark.at for mark in own],
                mode="markers",
                text=[f"{mark.of}{_named(code, sheet.language)}" for mark in own],
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "symbol": look["symbol"],
                    "size": look["size"],
                    "color": PALETTE[look["color"]],
                    "line": {"color": PALETTE[look["color"]], "width": look["line"]},
                },
            )


def _named(code: str, language: Language) -> str:
    return language.name("assessment_standing", code)


def _table(
    panels: Sequence[Panel],
    columns: Sequence[str],
    language: Language,
    caption: str,
    row_heading: str,
) -> Table:
    """Return the same as a table, with the name of each standing."""
    unknown = ("LIST_CUT", "NOT_READ", "NOT_NAMED")
    return Table(
        caption,
        row_heading,
        columns,
        [
            (
                f"{heading}{language.colon}{name}" if heading else name,
                [
                    Cell(_named(code, language), Kind.MISSING if code in unknown else Kind.FIGURE)
                    for code in standing
                ],
            )
            for heading, rows in panels
            for name, standing in rows
        ],
    )
