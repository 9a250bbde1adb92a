"""Charts that a spreadsheet draws itself, from the table of a chart of the page.

They have an axis from zero, and a gap where there is no number: Excel would draw a text as zero and
a line across years that are missing. So lines are drawn from cells of their own beside the chart.
"""

import textwrap
from collections.abc import Sequence
from itertools import cycle
from typing import Any, Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.published.charts.drawing import PALETTE, Chart
from pipelines.published.charts.table import Cell, Table

Rows = Sequence[tuple[str, Sequence[Cell]]]

_COLOURS: Final = ("accent", "warm", "ink", "earlier")
_WIDTH: Final = 640
_ROW: Final = 20
"""Pixels of a row of a sheet."""
_COLUMNS: Final = 11
"""Columns that a chart covers, and one more."""


_WHOLE: Final = "#,##0"
_FRACTION: Final = "#,##0.0##"
_OF_BARS: Final = "[<0.1]0.0000;[<1]0.000;#,##0.00"
"""Numbers beside bars, with the decimals that pages print."""


class ChartSeries(NamedTuple):
    """A series: its name, its numbers by the heading of their row, whether no line joins them."""

    name: str
    numbers: dict[str, float]
    is_aside: bool


def write(
    book: Workbook, sheet: Worksheet, place: tuple[int, int], chart: Chart, titles: tuple[str, str],
    aside: str, look: Format,
) -> None:  # fmt: skip
    """Write the chart, and behind it the cells that its lines are drawn from.

    Args:
        book: the workbook.
        sheet: the sheet, with the table of the chart from the first column on.
        place: row of the table's headings, and the first column that is free.
        chart: the chart of the page.
        titles: title of the chart, and that of its axis of values.
        aside: name of the figures that are no part of a line.
        look: format of the cells that lines are drawn from.
    """
    table, (top, free) = chart.table, place
    native = book.add_chart({"type": chart.native})
    if chart.native == "line":
        series = _lines(table, aside)
        headings = _with_gaps(table)
        at, last = free + 1 + _COLUMNS, top + len(headings)
        _write_cells(sheet, (top, at), table.row_heading, headings, series, look)
        columns = list(range(at + 1, at + 1 + len(series)))
    else:
        series, at, last = _bars(table), 0, top + len(table.rows)
        columns = [1 + table.columns.index(each.name) for each in series]
    if not series:
        return
    for each, column, colour in zip(series, columns, cycle(_COLOURS), strict=False):
        native.add_series(
            {
                "name": [sheet.get_name(), top, column],
                "categories": [sheet.get_name(), top + 1, at, last, at],
                "values": [sheet.get_name(), top + 1, column, last, column],
                **_look(each, PALETTE[colour], table.rows, column - 1, chart.native),
            }
        )
    is_whole = not any(number % 1 for each in series for number in each.numbers.values())
    _set_axes(native, chart.native, titles, _WHOLE if is_whole else _FRACTION)
    native.set_legend({"none": True} if len(series) == 1 else {"position": "bottom"})
    native.show_blanks_as("gap")
    native.set_size({"width": _WIDTH, "height": _ROW * rows_covered(chart)})
    sheet.insert_chart(top, free + 1, native)


def rows_covered(chart: Chart) -> int:
    """Return how many rows of a sheet a chart covers: a line as many as any other."""
    bars = 8 + 1.3 * len(chart.table.rows) if chart.native == "bar" else 0
    return {"line": 19, "bar": round(bars)}.get(chart.native, 0)


def write_heading(sheet: Worksheet, row: int, column: int, heading: str, look: Format) -> None:
    """Write the heading of a row: a year as a number."""
    if heading.isdecimal():
        sheet.write_number(row, column, int(heading), look)
    else:
        sheet.write_string(row, column, heading, look)


def _lines(table: Table, aside: str) -> list[ChartSeries]:
    """Return the lines of a table's columns, each before the figures that are no part of it."""
    found: list[ChartSeries] = []
    for at, name in enumerate(table.columns):
        line, others = ChartSeries(name, {}, is_aside=False), list[ChartSeries]()
        for heading, cells in table.rows:
            number = cells[at].number
            if number is None:
                continue
            if cells[at].role != "ASIDE":
                line.numbers[heading] = number
                continue
            if all(heading in other.numbers for other in others):
                others.append(ChartSeries(aside, {}, is_aside=True))
            next(each for each in others if heading not in each.numbers).numbers[heading] = number
        found += [each for each in (line, *others) if each.numbers]
    return found


def _bars(table: Table) -> list[ChartSeries]:
    """Return the first column that has numbers."""
    for at, name in enumerate(table.columns):
        numbers = {heading: cells[at].number for heading, cells in table.rows}
        known = {heading: number for heading, number in numbers.items() if number is not None}
        if known:
            return [ChartSeries(name, known, is_aside=False)]
    return []


def _with_gaps(table: Table) -> list[str]:
    """Return each year once, in order, with the years that are missing, and "" for each break."""
    breaks = {heading for heading, cells in table.rows for each in cells if each.role == "BREAK"}
    found: list[str] = []
    before = 0
    for heading in sorted({heading for heading, _ in table.rows}):
        year = int(heading[:4]) if heading[:4].isdecimal() else 0
        missing = range(before + 1, year) if before else ()
        found += [str(each) if heading.isdecimal() else "" for each in missing]
        found += ["", heading] if heading in breaks and found else [heading]
        before = year
    return found


def _write_cells(
    sheet: Worksheet, place: tuple[int, int], row_heading: str, headings: Sequence[str],
    series: Sequence[ChartSeries], look: Format,
) -> None:  # fmt: skip
    """Write a column per series behind that of the years."""
    top, at = place
    for column, name in enumerate([row_heading, *(each.name for each in series)], start=at):
        sheet.write_string(top, column, name, look)
    for row, heading in enumerate(headings, start=top + 1):
        write_heading(sheet, row, at, heading, look)
        for column, each in enumerate(series, start=at + 1):
            if heading in each.numbers:
                sheet.write_number(row, column, each.numbers[heading], look)


def _look(series: ChartSeries, colour: str, rows: Rows, column: int, native: str) -> dict[str, Any]:
    """Return how a series is drawn: as bars with labels, a line, or marks alone.

    The bar of a figure with a remark is hollow.
    """
    fill = {"color": colour}
    if native == "bar":
        # The label of a figure that is no number is its text: `<5`.
        texts = [cells[column] for _, cells in rows]
        custom = [{"value": each.text} if each.number is None else None for each in texts]
        is_whole = all(not (each.number or 0) % 1 for each in texts)
        labels: dict[str, Any] = {"value": True, "num_format": _WHOLE if is_whole else _OF_BARS}
        labels["custom"] = custom if any(custom) else []
        hollow = {"fill": {"color": PALETTE["paper"]}, "border": fill}
        points = [hollow if each.remarks else None for each in texts]
        bars = {"fill": fill, "gap": 50, "data_labels": labels}
        return bars | ({"points": points} if any(points) else {})
    if series.is_aside:
        mark = {"type": "square", "size": 7, "fill": fill, "border": fill}
        return {"line": {"none": True}, "marker": mark}
    mark = {"type": "circle", "size": 6, "fill": fill, "border": fill}
    return {"line": {"color": colour, "width": 2.25}, "marker": mark}


def _set_axes(native: Any, kind: str, titles: tuple[str, str], numbers: str) -> None:  # noqa: ANN401  # untyped
    """Set title and axes: values from zero; the names of bars at the left, the first one above."""
    title, of_values = titles
    folded = "\n".join(textwrap.wrap(title, 64))
    native.set_title({"name": folded, "name_font": {"size": 11, "bold": False}, "overlay": False})
    values = {
        "min": 0,
        "name": of_values,
        "name_font": {"bold": False, "size": 9, "color": PALETTE["grey"]},
        "num_format": numbers,
        "major_gridlines": {"visible": True, "line": {"color": PALETTE["grid"]}},
    }
    if kind == "bar":
        native.set_x_axis(values)
        native.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    else:
        native.set_y_axis(values)
