"""Open workbooks, after checking the container and the cells."""

import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import python_calamine

from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.worksheet_cells import unsound_cells

UNPACKED_LIMIT: Final = 150_000_000
"""Largest unpacked size of a workbook, in bytes; UNODC's of 2025 unpacks to 27 million."""

_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    UnicodeDecodeError,
)  # fmt: skip

_SNIFFED: Final = {
    b"<": "an HTML page; fetch it again",
    b"\xd0": "an old .xls or a workbook with a password; save it as .xlsx without one",
}


def sheet_rows(path: Path, sheet: str | None, title_rows: int) -> list[list[str]]:
    """Return the rows of a worksheet from its header on, each cell as text ("" where empty).

    Raises:
        FileRefusedError: not a workbook, unsound, or without that sheet.
    """
    refuse_unsound_zip(path)
    _refuse_unsound_cells(path, title_rows)
    rows = _rows(path, sheet)[title_rows:]
    return [[_cell_text(cell) for cell in row] for row in rows]


def refuse_unsound_zip(path: Path) -> None:
    """Check the type, size and checksums of the container before a parser opens it."""
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PK\x03\x04":
        what = _SNIFFED.get(start.lstrip()[:1], "something else; fetch it again")
        raise FileRefusedError(f"{path}: named as a workbook, but holds {what}")
    try:
        with zipfile.ZipFile(path) as container:
            unpacked = sum(member.file_size for member in container.infolist())
            if unpacked > UNPACKED_LIMIT:
                raise FileRefusedError(
                    f"{path}: unpacks to {unpacked / 1e6:,.0f} MB, more than the "
                    f"{UNPACKED_LIMIT / 1e6:,.0f} MB that a release may have"
                )
            damaged = container.testzip()
    except _DAMAGE as error:
        raise FileRefusedError(f"{path}: damaged or cut off ({error}); fetch it again") from error
    if damaged is not None:  # a part may have no name
        raise FileRefusedError(f"{path}: damaged in {damaged}; fetch it again")


def _refuse_unsound_cells(path: Path, title_rows: int) -> None:
    """Refuse cells below the title that a parser would read as empty."""
    for cell in unsound_cells(path):
        if cell.row > title_rows:
            raise FileRefusedError(f"{path}: cell {cell.place} holds {cell.holds}")


def _rows(path: Path, sheet: str | None) -> list[list[Any]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if sheet not in names:
            raise FileRefusedError(
                f"{path}: no sheet '{sheet}'; it has {', '.join(names) or 'none'}"
            )
        return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise FileRefusedError(f"{path}: not a readable workbook ({error})") from error


def _cell_text(cell: object) -> str:
    """Return the text of a cell; a whole number loses the `.0` of spreadsheets."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
