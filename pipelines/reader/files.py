"""Read a file as published, or its figure table, and find out its layout.

Every refusal is one line: the file, what was found, what was expected.
"""

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import pandas as pd

from pipelines.raw.corrections import Correction
from pipelines.raw.findings import Finding
from pipelines.reader import text_tables
from pipelines.reader.refusal import FileRefusedError, other_columns
from pipelines.reader.text_tables import ROW, ROWS
from pipelines.reader.workbooks import sheet_rows
from schemas.source import Layout, Source

Flatten = Callable[[Any], list[dict[str, Any]]]
"""Function from a parsed JSON document to records: one for each row, by column name."""

_MOST_BLANK: Final = 1_000
_WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".xlsm"})


@dataclass(frozen=True)
class File:
    """A raw file to be read.

    Attributes:
        path: where it is.
        name: the publisher's name for it, for locators; "" if its layout has the name.
        corrections: the corrections of its release.
        findings: the findings of the detectors in it.
    """

    path: Path
    name: str = ""
    corrections: Sequence[Correction] = field(default=())
    findings: Sequence[Finding] = field(default=())


class Table(NamedTuple):
    """The table in a file.

    Attributes:
        frame: one row per row of the table: text columns as categories ("" where empty), and `row`,
            the row in the publisher's file; in a figure table of sums also `rows`.
        layout: the layout of the file, one of its source's.
        other_lines: the number of unread lines, which are not about trafficking.
    """

    frame: pd.DataFrame
    layout: Layout
    other_lines: int = 0


def read_table(path: Path, source: Source, flatten: Flatten | None = None) -> Table:
    """Return the table of a publisher's file, or of a figure table made from it.

    Raises:
        FileRefusedError: not the expected format, sheet or header.
    """
    if not path.is_file():
        raise FileRefusedError(f"{path}: {'not a file' if path.exists() else 'no such file'}")
    if path.stat().st_size == 0:
        raise FileRefusedError(f"{path}: the file is empty (0 bytes); fetch it again")
    try:
        table = _read(path, source, flatten)
        _refuse_blank(path, table)
    except FileRefusedError as refusal:
        if source.person_level and refusal.__cause__:  # a parser's message may quote a person's row
            raise FileRefusedError(f"{path}: cannot be read; open it where it came from") from None
        raise
    return table


def _refuse_blank(path: Path, table: Table) -> None:
    """Refuse a file of empty rows, such as a spreadsheet saves whose last row was once filled."""
    names = [name for name in table.frame.columns if name not in (ROW, ROWS)]
    filled = pd.Series(data=False, index=table.frame.index)
    for name in names:
        filled |= table.frame[name] != ""
    if (blank := int((~filled).sum())) > _MOST_BLANK:
        raise FileRefusedError(f"{path}: {blank:,} empty rows; delete them and save it again")


def _read(path: Path, source: Source, flatten: Flatten | None) -> Table:
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return _read_workbook(path, source)
    if suffix == ".json" and flatten:
        return _read_json(path, source, flatten)
    return _read_figure_table(path, source) or _read_text(path, source)


def _read_figure_table(path: Path, source: Source) -> Table | None:
    """Return the table if the file is a figure table: UTF-8, commas, first column `row`."""
    try:
        found = text_tables.header(path, text_tables.FIGURE_TABLE, 0)
    except FileRefusedError:
        return None
    if found[:1] != [ROW]:
        return None
    layout = _matching(
        path,
        source,
        lambda _: [name for name in found if name not in (ROW, ROWS)],
        lambda layout: layout.figure_columns,
    )
    columns = (*layout.figure_columns, *((ROWS,) if ROWS in found else ()))
    return Table(text_tables.table(path, text_tables.FIGURE_TABLE, columns, numbered=True), layout)


def _read_text(path: Path, source: Source) -> Table:
    layout = _matching(
        path,
        source,
        lambda layout: text_tables.header(path, text_tables.form(layout), len(layout.header)),
    )
    how = text_tables.form(layout)
    if layout.lines_with:
        frame, others = text_tables.lines_with(path, how, layout.read, layout.lines_with)
        return Table(frame, layout, others)
    return Table(text_tables.table(path, how, layout.read, numbered=False), layout)


def _read_workbook(path: Path, source: Source) -> Table:
    """Return the table of a worksheet; each sheet is opened once."""

    @cache
    def rows(sheet: str | None, title_rows: int) -> list[list[str]]:
        return sheet_rows(path, sheet, title_rows) or [[]]

    layout = _matching(path, source, lambda each: rows(each.sheet, each.title_rows)[0])
    header, *below = rows(layout.sheet, layout.title_rows)
    columns = dict(zip(header, zip(*below, strict=True), strict=True)) if below else {}
    frame = pd.DataFrame({name: pd.Categorical(columns.get(name, ())) for name in layout.read})
    first = layout.title_rows + 2
    return Table(frame.assign(**{ROW: range(first, first + len(frame))}), layout)


def _read_json(path: Path, source: Source, flatten: Flatten) -> Table:
    """Return the records of a JSON document; `row` numbers them from 1."""
    try:
        records = [
            {name: _json_text(value) for name, value in record.items()}
            for record in flatten(orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8)))
        ]
        names = list(dict.fromkeys(name for record in records for name in record))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise FileRefusedError(
            f"{path}: not a JSON document of {source.id} ({type(error).__name__}: {error})"
        ) from error
    layout = _matching(path, source, lambda _: names)
    frame = pd.DataFrame(
        {name: pd.Categorical([record.get(name, "") for record in records]) for name in layout.read}
    )
    return Table(frame.assign(**{ROW: range(1, 1 + len(frame))}), layout)


def _json_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _matching(
    path: Path,
    source: Source,
    header: Callable[[Layout], list[str]],
    expected: Callable[[Layout], Sequence[str]] = lambda layout: layout.header,
) -> Layout:
    """Return the layout whose columns the file has.

    Raises:
        FileRefusedError: there is none; the message is about the nearest layout.
    """
    refused: list[tuple[int, str]] = []
    for layout in source.layouts:
        try:
            found = header(layout)
        except FileRefusedError as refusal:
            if len(source.layouts) == 1:
                raise
            refused.append((0, str(refusal)))
            continue
        difference = other_columns(path, found, expected(layout), source)
        if not difference:
            return layout
        refused.append((len(set(found) & set(expected(layout))), difference))
    raise FileRefusedError(max(refused, key=lambda each: each[0])[1])
