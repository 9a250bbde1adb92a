"""Open workbooks (.xlsx, .xlsm, .xls, .ods), after checking the container and the cells."""

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

import pandas as pd
import python_calamine

from pipelines.lib.once_per_change import once_per_change
from pipelines.reader import old_workbooks
from pipelines.reader.header import SEARCHED, Top
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.worksheet_cells import (
    LAST_COLUMN,
    LAST_ROW,
    PERCENTAGE,
    misread_cells,
)
from schemas.figure import signs
from schemas.source import Layout

UNPACKED_LIMIT: Final = 800_000_000
"""Largest unpacked size of a workbook, in bytes; one of 50 MB unpacks to 400 million."""

_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    UnicodeDecodeError,
)  # fmt: skip

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of an .xls, and of an .xlsx with a password."""


def sheet_names(path: Path) -> list[str]:
    """Return the names of the worksheets of a valid workbook.

    Raises:
        FileRefusedError: not a workbook, or a damaged one.
    """
    return list(_workbook(path).sheet_names)


def sheets_of(path: Path, layout: Layout) -> list[str]:
    """Return the worksheets that may have the table of a layout.

    Raises:
        FileRefusedError: there is none.
    """
    names = sheet_names(path)
    wanted = layout.sheet or layout.sheets
    if layout.sheets:
        found = [name for name in names if re.fullmatch(layout.sheets, name)]
    else:
        found = [name for name in names if layout.sheet in (None, name, name.strip())]
    if not found:
        kind = "sheet named like" if layout.sheets else "sheet"
        raise FileRefusedError(f"{path}: no {kind} '{wanted}'; it has {', '.join(names) or 'none'}")
    return found


def top(path: Path, sheet: str, most: int = SEARCHED * 2) -> Top:
    """Return the first rows of a worksheet, at most so many, with its merged cells."""
    found = _sheet(path, sheet)
    return Top(list(islice(_rows(found), most)), tuple(found.merged_cell_ranges or ()))


def columns(
    path: Path, sheet: str, names: Sequence[str], below: int, locale: str
) -> tuple[pd.DataFrame, list[int]]:
    """Return columns of a worksheet from a row on, and the numbers of their rows.

    A number that is shown as a percentage has a percent sign behind it.

    Args:
        path: the workbook.
        sheet: the name of the worksheet.
        names: the name of each column, "" for one that is not read.
        below: the position of the first row, from 0.
        locale: the locale of the source's figures, in which numbers are written.

    Raises:
        FileRefusedError: one of the cells has an error, or a formula without a result.
    """
    read = {place: name for place, name in enumerate(names) if name}
    decimal, _ = signs(locale)
    cells = misread_cells(path) if is_zip(path) else old_workbooks.unreadable_cells(path)
    misread = [
        cell
        for cell in cells
        if cell.sheet in (sheet, "") and cell.row > below and cell.column - 1 in read
    ]
    for cell in misread:
        if cell.holds != PERCENTAGE:
            raise FileRefusedError(f"{path}: cell {cell.place} holds {cell.holds}")
    percent = {(cell.row, cell.column - 1) for cell in misread}
    codes = [array("i") for _ in read]
    texts: list[dict[str, int]] = [{} for _ in read]
    count = 0
    for row in islice(_rows(_sheet(path, sheet), decimal), below, None):
        count += 1
        for place, code, known in zip(read, codes, texts, strict=True):
            text = row[place] if place < len(row) else ""
            if percent and text and (below + count, place) in percent:
                text += " %"
            code.append(known.setdefault(text, len(known)))
    frame = pd.DataFrame(
        {
            name: pd.Categorical.from_codes(code, list(known))
            for name, code, known in zip(read.values(), codes, texts, strict=True)
        }
    )
    return frame, list(range(below + 1, below + 1 + count))


def _rows(sheet: python_calamine.CalamineSheet, decimal: str = ".") -> Iterator[list[str]]:
    """Yield the rows of a worksheet from A1 on, each cell as text ("" where empty)."""
    _, right = sheet.start or (0, 0)  # blank rows above are yielded, blank columns are not
    left = [""] * right
    for row in sheet.iter_rows():
        yield [*left, *(_cell_text(cell, decimal) for cell in row)]


def _cell_text(cell: object, decimal: str) -> str:
    """Return the text of a cell, of a number as a spreadsheet of the source's locale shows it.

    With a point, 1.204 would be read as 1204 where the source's thousands have one.
    """
    if type(cell) is str:
        return cell
    if not isinstance(cell, float):
        return str(cell)
    return str(int(cell)) if cell.is_integer() else str(cell).replace(".", decimal)


def _sheet(path: Path, name: str) -> python_calamine.CalamineSheet:
    return _opened(path, path.stat().st_mtime_ns, name)


@lru_cache(maxsize=4)
def _opened(path: Path, _changed: int, name: str) -> python_calamine.CalamineSheet:
    """Return a worksheet, opened once: every source that tries the workbook asks for it."""
    try:
        found = _workbook(path).get_sheet_by_name(name)
    except python_calamine.CalamineError as error:
        raise FileRefusedError(f"{path}: not a readable workbook ({error})") from error
    if found.total_width > LAST_COLUMN or found.total_height > LAST_ROW:
        raise FileRefusedError(
            f"{path}: sheet '{name}' has cells far beyond any table; delete them"
        )
    return found


@once_per_change
def _workbook(path: Path) -> python_calamine.CalamineWorkbook:
    """Return a workbook if its container and cells are valid."""
    zipped = is_zip(path)
    if zipped:
        refuse_damaged_zip(path)
        misread_cells(path)
    try:
        if zipped:
            return python_calamine.CalamineWorkbook.from_path(path)
        with path.open("rb") as file:  # an .xls may be named .xlsx
            return python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError as error:
        raise FileRefusedError(f"{path}: has a password; save it without one") from error
    except python_calamine.CalamineError as error:
        raise FileRefusedError(f"{path}: not a readable workbook ({error})") from error


def is_zip(path: Path) -> bool:
    """Return whether a workbook is zipped, not an old .xls.

    Raises:
        FileRefusedError: it is neither.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if not start.startswith((_ZIP, _OLD)):
        is_page = start.lstrip()[:1] == b"<"
        what = "an HTML page" if is_page else "something else"
        raise FileRefusedError(f"{path}: holds {what} instead of a workbook; fetch it again")
    return start.startswith(_ZIP)


def refuse_damaged_zip(path: Path) -> None:
    """Check the size and checksums of the container before a parser opens it.

    Raises:
        FileRefusedError: it is damaged or too large, or has macros or a document type.
    """
    try:
        with zipfile.ZipFile(path) as container:
            unpacked = sum(member.file_size for member in container.infolist())
            if unpacked > UNPACKED_LIMIT:
                raise FileRefusedError(
                    f"{path}: unpacks to {unpacked / 1e6:,.0f} MB, more than the "
                    f"{UNPACKED_LIMIT / 1e6:,.0f} MB that a release may have"
                )
            damaged = container.testzip()
            _refuse_active_parts(path, container)
    except _DAMAGE as error:
        raise FileRefusedError(f"{path}: damaged or cut off ({error}); fetch it again") from error
    if damaged is not None:  # a part may have no name
        raise FileRefusedError(f"{path}: damaged in {damaged}; fetch it again")


def _refuse_active_parts(path: Path, container: zipfile.ZipFile) -> None:
    """Refuse macros of Excel 4, and document types, whose entities a parser would follow."""
    for part in container.namelist():
        if part.lower().startswith("xl/macrosheets/"):
            raise FileRefusedError(f"{path}: has a macro sheet; save it as .xlsx without macros")
        if part.lower().endswith(".xml"):
            with container.open(part) as content:
                if b"<!DOCTYPE" in content.read(1_000):
                    raise FileRefusedError(
                        f"{path}: {part} declares a document type; save it again"
                    )
