"""The fixture of a new source: the layout and labels of a sample, with invented figures.

Each digit of a figure becomes another one, and none 0; labels of a column of which nothing is known
might describe persons, and become `invented`.
"""

import csv
import io
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from pipelines.reader import workbooks
from pipelines.reader.header import Top
from pipelines.scaffold import shape
from pipelines.scaffold.columns import Columns
from pipelines.scaffold.sample import Sample

_ROWS: Final = 12


def write(path: Path, sample: Sample, columns: Columns, file: Path) -> Path:
    """Write the fixture into a folder, and return its path.

    It is a text, or a workbook if several sheets are read.
    """
    layout = sample.layout
    if layout.sheets:
        target = path / "input.xlsx"
        with target.open("xb") as out, xlsxwriter.Workbook(out) as book:
            for sheet in sample.sheets:
                top, made = workbooks.top(file, sheet, shape.MOST_ROWS), book.add_worksheet(sheet)
                for number, row in enumerate(_rows(sample, columns, top)):
                    made.write_row(number, 0, row)
        return target
    target = path / f"input{'.csv' if layout.is_workbook else Path(layout.file).suffix}"
    text = io.StringIO()
    sign = "," if layout.is_workbook else layout.delimiter
    rows = _rows(sample, columns, sample.top)
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    encoding = "utf-8" if layout.is_workbook else layout.encoding.removesuffix("-sig")
    with target.open("xb") as out:
        out.write(text.getvalue().encode(encoding))
    return target


def _rows(sample: Sample, columns: Columns, top: Top) -> list[list[str]]:
    """Return titles, header, a dozen rows with invented figures, and the first note."""
    found = shape.table_in(top) or sample.shape
    start = found.first + found.height
    width = max(len(row) for row in top.rows[: start + 1])
    names = [*found.names, *[""] * width][:width]
    below = [[*row, *[""] * width][:width] for row in top.rows[start:]]
    notes = [row for row in below if shape.filled(row) == 1][: found.notes]
    figures = {"", columns.figure, *sample.shape.numeric}
    wide = sample.layout.wide
    is_figure = [name in figures or bool(wide and re.fullmatch(wide, name)) for name in names]
    draw = random.Random(0)  # noqa: S311 - invented figures, the same each time
    made = []
    for row in _chosen([row for row in below if shape.filled(row) > 1], is_figure):
        cells = []
        for name, is_number, cell in zip(names, is_figure, row, strict=True):
            if is_number:
                cell = re.sub(r"\d", lambda old: draw.choice("123456789".replace(old[0], "")), cell)
            elif cell and name in columns.unknown:
                cell = "invented"
            cells.append(cell)
        made.append(cells)
    return [*map(list, top.rows[:start]), *made, *notes]


def _chosen(rows: Sequence[list[str]], is_figure: Sequence[bool]) -> list[list[str]]:
    """Return the rows in which a label occurs for the first time, and the first ones: a dozen."""
    seen: set[tuple[int, str]] = set()
    first: list[list[str]] = []
    for row in rows:
        new = {(at, cell) for at, cell in enumerate(row) if not is_figure[at]} - seen
        if new or len(first) < _ROWS // 2:
            first.append(row)
            seen |= new
    return first[: _ROWS * 3]
