"""The fixture of a new source: the layout and labels of a sample, with invented figures."""

import csv
import io
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from pipelines.reader import header, workbooks
from pipelines.scaffold import shape
from pipelines.scaffold.columns import FIGURE, Columns
from pipelines.scaffold.sample import Sample

_ROWS: Final = 12
_MOST_LABELS: Final = 60


def write(path: Path, sample: Sample, columns: Columns, file: Path) -> Path:
    """Write the fixture into a folder, and return its path.

    It is a text, or a workbook if several sheets are read.
    """
    if sample.layout.sheets:
        target = path / "input.xlsx"
        with target.open("xb") as out, xlsxwriter.Workbook(out) as book:
            for sheet in sample.sheets:
                top, made = workbooks.top(file, sheet, shape.MOST_ROWS), book.add_worksheet(sheet)
                for number, row in enumerate(_rows(sample, columns, top)):
                    made.write_row(number, 0, row)
        return target
    is_workbook = sample.layout.is_workbook
    target = path / f"input{'.csv' if is_workbook else Path(sample.layout.file).suffix}"
    text = io.StringIO()
    sign = "," if is_workbook else sample.layout.delimiter
    rows = _rows(sample, columns, sample.top)
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    encoding = "utf-8" if is_workbook else sample.layout.encoding.removesuffix("-sig")
    with target.open("xb") as file_out:
        file_out.write(text.getvalue().encode(encoding))
    return target


def _rows(sample: Sample, columns: Columns, top: header.Top) -> list[list[str]]:
    """Return titles, header, a dozen rows with invented figures, and the first note."""
    found = shape.table_in(top) or sample.shape
    start = found.first + found.height
    width = max(len(row) for row in top.rows[: start + 1])
    below = [[*row, *[""] * width][:width] for row in top.rows[start:]]
    data = [row for row in below if shape.filled(row) > 1]
    notes = [row for row in below if shape.filled(row) == 1]
    figures = [at for at, name in enumerate(found.names) if _is_figure(name, sample, columns)]
    chosen = _chosen(data, [at for at in range(width) if at not in figures])
    draw = random.Random(0)  # noqa: S311 - invented figures, the same each time
    made = [
        [
            _invented(cell, draw) if at in figures or at >= len(found.names) else
            _label(cell, found.names[at], columns)
            for at, cell in enumerate(row)
        ]
        for row in chosen
    ]  # fmt: skip
    return [*map(list, top.rows[:start]), *made, *(notes[:1] if found.notes else [])]


def _is_figure(name: str, sample: Sample, columns: Columns) -> bool:
    is_wide = bool(sample.layout.wide and re.fullmatch(sample.layout.wide, name))
    return (
        is_wide
        or (columns.figure != FIGURE and name == columns.figure)
        or (name in sample.shape.numeric)
    )


def _chosen(rows: Sequence[list[str]], labels: Sequence[int]) -> list[list[str]]:
    """Return the rows in which a label occurs for the first time, and the first ones: a dozen."""
    seen: set[tuple[int, str]] = set()
    first: list[list[str]] = []
    for row in rows:
        new = {(at, row[at]) for at in labels} - seen
        if new or len(first) < _ROWS // 2:
            first.append(row)
            seen |= new
    return first[: _ROWS * 3]


def _label(text: str, name: str, columns: Columns) -> str:
    """Return a label; one of an unknown column might describe a person."""
    return "invented" if text and name in columns.unknown else text


def _invented(text: str, draw: random.Random) -> str:
    """Return a text with other digits, none of them 0; `<5` and other signs stay."""
    if text[:1] in "<>≤≥":
        return text
    return re.sub(r"\d", lambda _: str(draw.randint(1, 9)), text)
