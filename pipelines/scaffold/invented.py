"""The fixture of a new source: the layout and labels of a sample, with invented figures.

An invented count is the product of a weight for each label of its row and column; the weight of a
total is the sum of those of its parts, so that parts add up. A hidden count
keeps its sign, before a limit that it fits: `<5` becomes `<91` for 90.
"""

import csv
import io
import math
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from pipelines.reader import header, workbooks
from pipelines.scaffold import shape
from pipelines.scaffold.columns import FIGURE, Columns
from pipelines.scaffold.sample import Sample
from schemas.figure import FigureError, parse

_ROWS: Final = 12
_NUMBER: Final = re.compile(r"\d(?:[\d.,'\s]*\d)?")


Weights = dict[tuple[str, str], int]
"""The weight of each label, by its column."""


def write(path: Path, sample: Sample, columns: Columns, file: Path, whole: str = "") -> Path:
    """Write the fixture into a folder, and return its path.

    It is a text, or a workbook if several sheets are read. `whole` is the label of the whole
    country among its subdivisions.
    """
    weights = _weights(columns, whole, random.Random(0))  # noqa: S311 - the same each time
    if sample.layout.sheets:
        target = path / "input.xlsx"
        with target.open("xb") as out, xlsxwriter.Workbook(out) as book:
            for sheet in sample.sheets:
                top, made = workbooks.top(file, sheet, shape.MOST_ROWS), book.add_worksheet(sheet)
                for number, row in enumerate(_rows(sample, columns, weights, top)):
                    made.write_row(number, 0, row)
        return target
    is_workbook = sample.layout.is_workbook
    target = path / f"input{'.csv' if is_workbook else Path(sample.layout.file).suffix}"
    text = io.StringIO()
    sign = "," if is_workbook else sample.layout.delimiter
    rows = _rows(sample, columns, weights, sample.top)
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    encoding = "utf-8" if is_workbook else sample.layout.encoding.removesuffix("-sig")
    with target.open("xb") as file_out:
        file_out.write(text.getvalue().encode(encoding))
    return target


def _weights(columns: Columns, whole: str, draw: random.Random) -> Weights:
    """Return the weights of the labels of dimensions and periods."""
    weights: Weights = {}
    for name in (*columns.columns.values(), *columns.periods):
        totals = _totals(columns, name, whole)
        parts = [text for text in columns.raw[name].astype(str).unique() if text not in totals]
        drawn = {(name, text): draw.randint(3, 9) for text in parts}
        rest = draw.randint(3, 9) if len(parts) < 2 else 0
        weights |= drawn | {(name, text): sum(drawn.values()) + rest for text in totals}
    return weights


def _totals(columns: Columns, name: str, whole: str) -> set[str]:
    """Return the labels of a column that mean all others together."""
    if name in columns.periods:
        texts = columns.raw[name].astype(str).unique()
        return {text for text in texts if shape.is_whole_year(text)}
    tables = [
        columns.tables.get(dimension) for dimension, at in columns.columns.items() if at == name
    ]
    listed = {each.label for table in tables if table for each in table if each.code == "_T"}
    return listed | ({whole} if name == columns.columns.get("ref_area") else set())


def _rows(sample: Sample, columns: Columns, weights: Weights, top: header.Top) -> list[list[str]]:
    """Return titles, header, a dozen rows with invented figures, and the first note."""
    found = shape.table_in(top) or sample.shape
    start = found.first + found.height
    width = max(len(row) for row in top.rows[: start + 1])
    below = [[*row, *[""] * width][:width] for row in top.rows[start:]]
    data = [row for row in below if shape.filled(row) > 1]
    notes = [row for row in below if shape.filled(row) == 1]
    figures = [at for at, name in enumerate(found.names) if _is_figure(name, sample, columns)]
    chosen = _chosen(data, [at for at in range(width) if at not in figures])
    names = [*found.names, *[""] * width]
    draw = random.Random(0)  # noqa: S311 - invented figures, the same each time
    labels: dict[str, str] = {}
    made: list[list[str]] = [[] for _ in chosen]
    for row, cells in zip(made, chosen, strict=True):
        read = dict(zip(names, cells, strict=False))
        repeated = [name for name in sample.layout.fill_down if not read[name]]
        labels = read | {name: labels.get(name, "") for name in repeated}
        for at, (name, cell) in enumerate(zip(names, cells, strict=False)):
            count = _count(name, labels, sample, weights)
            is_figure = at in figures or at >= len(found.names)
            row.append(
                _invented(cell, count, columns.locale, draw)
                if is_figure
                else _label(cell, name, columns)
            )
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


def _count(name: str, labels: Mapping[str, str], sample: Sample, weights: Weights) -> int:
    """Return the count in a column of figures beside the labels of a row."""
    match = re.fullmatch(sample.layout.wide, name) if sample.layout.wide else None
    known = {**labels, **(match.groupdict("") if match else {})}
    return math.prod(weights.get(place, 1) for place in known.items())


def _invented(text: str, count: int, locale: str, draw: random.Random) -> str:
    """Return a count in place of the printed one; other texts get other digits, none 0."""
    try:
        is_whole = (parse(text, locale).value or 0) % 1 == 0
    except FigureError:
        is_whole = False
    if not is_whole:
        return re.sub(r"\d", lambda _: str(draw.randint(1, 9)), text)

    def printed(match: re.Match[str]) -> str:
        sign = re.sub(r"\d", "", match[0])[:1]
        return f"{count + text.startswith('<'):,}".replace(",", sign)

    return _NUMBER.sub(printed, text, count=1)
