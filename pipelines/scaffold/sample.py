"""Form of a publication's table, found by looking at one of its files.

Every refusal is one line: which file, what was found, what to do.
"""

import csv
import re
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import python_calamine

from pipelines.reader.text_tables import Form, header
from pipelines.reader.workbooks import sheet_rows
from pipelines.sources import FileRefusedError
from schemas.source import Layout

_ENCODINGS: Final = ("utf-8-sig", "latin-1", "cp1252")
_DELIMITERS: Final = (",", ";", "\t", "|")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Signs that no text has: in another encoding their bytes are letters, or it is no text at all."""

_BLOCK: Final = 1_000_000
_RECORDS: Final = 50


@cache
def read_layout(path: Path) -> Layout:
    """Return the form of a file and the names of its columns; the number of rows is a guess of 1.

    Raises:
        FileRefusedError: not a file whose table can be read.
    """
    if not path.is_file():
        raise FileRefusedError(f"{path}: {'not a file' if path.exists() else 'no such file'}")
    if path.stat().st_size == 0:
        raise FileRefusedError(f"{path}: the file is empty (0 bytes); fetch it again")
    if path.suffix.lower() == ".json":
        raise FileRefusedError(f"{path}: JSON has no columns; see Rows in pipelines/sources")
    layout = _workbook(path) if path.suffix.lower().startswith(".xls") else _text(path)
    repeated = sorted({name for name in layout.header if layout.header.count(name) > 1})
    if repeated:
        raise FileRefusedError(
            f"{path}: its header has '{repeated[0]}' more than once; give each column its own name"
        )
    return layout


def _text(path: Path) -> Layout:
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    names = header(path, Form(encoding, delimiter), 0)
    return Layout(
        file=path.name,
        header=tuple(names),
        minimum_rows=1,
        encoding=encoding,
        delimiter=delimiter,
    )


def _encoding(path: Path) -> str:
    """Return the first encoding in which the whole file is text."""
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                while block := file.read(_BLOCK):
                    if _CONTROL.search(block):
                        break
                else:
                    return encoding
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(f"{path}: neither UTF-8 nor latin-1 text; save it as CSV in UTF-8")


def _delimiter(path: Path, encoding: str) -> str:
    """Return the sign that splits the first rows into equally many cells, two at least."""
    widths = {sign: _width(path, encoding, sign) for sign in _DELIMITERS}
    delimiter = max(widths, key=lambda sign: widths[sign])
    if widths[delimiter] < 2:
        raise FileRefusedError(
            f"{path}: no comma, semicolon, tab or bar splits its first lines into equally many "
            "cells; take away what stands above the header"
        )
    return delimiter


def _width(path: Path, encoding: str, delimiter: str) -> int:
    """Count how many cells each of the first records has; 0 if they differ."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            records = islice(csv.reader(file, delimiter=delimiter), _RECORDS)
            widths = {len(record) for record in records if record}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0


def _workbook(path: Path) -> Layout:
    """Return the largest table of a workbook; its header is the first row with most cells."""
    found = []
    for sheet in _sheets(path):
        rows = sheet_rows(path, sheet, 0)
        filled = [sum(cell != "" for cell in row) for row in rows] or [0]
        first = filled.index(max(filled))
        found.append((sum(filled[first:]), sheet, first, rows[first] if rows else []))
    cells, sheet, title_rows, names = max(found, key=lambda each: each[0])
    if len(names) < 2 or not cells:
        raise FileRefusedError(f"{path}: no sheet has a table; name the file in which it is")
    return Layout(
        file=path.name, header=tuple(names), minimum_rows=1, sheet=sheet, title_rows=title_rows
    )


def _sheets(path: Path) -> list[str]:
    try:
        return python_calamine.CalamineWorkbook.from_path(path).sheet_names
    except python_calamine.CalamineError as error:
        raise FileRefusedError(f"{path}: not a readable workbook ({error})") from error
