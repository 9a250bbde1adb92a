"""Opens a file as published, or its figure table, and refuses what is not what it should be.

Every refusal is one line: which file, what was found, what was expected.
"""

import csv
import difflib
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import python_calamine

from schemas.source import Source

ROW: Final = "row"
"""First column of a figure table: the row of the publisher's file from which a line was taken."""

UNPACKED_LIMIT: Final = 150_000_000
"""Bytes that a workbook may unpack to; UNODC's of 2025 unpacks to 27 million."""

_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError
)  # fmt: skip

_CELL: Final = rb'<c r="([A-Z]+)([0-9]+)"[^>]*'
_UNSOUND_CELLS: Final = {
    re.compile(_CELL + rb't="e"'): "an error (such as #REF!)",
    re.compile(_CELL + rb"><f[^>]*(?:/>|>[^<]*</f>)\s*</c>"): "a formula without a result",
}
_FAR_CELL: Final = re.compile(rb'<c r="((?:[A-Z]{3}|[D-Z][A-Z])[0-9]+|[A-Z]+[0-9]{7,})"')
"""A cell beyond column CZ or row 999,999: a parser would make room for all that lies before it."""


_SNIFFED: Final = {
    b"<": "an HTML page; fetch it again",
    b"\xd0": "an old .xls or a workbook with a password; save it as .xlsx without one",
}


class FileRefusedError(Exception):
    """A file that is not what its source publishes."""


def read_table(path: Path, source: Source) -> pd.DataFrame:
    """The table of a publisher's workbook or CSV file, or of a figure table made from it.

    Returns one row per row of the table, the columns of `source.header` in that order, each
    categorical text as printed ("" where empty), and `row`, the row in the publisher's file.

    Raises:
        FileRefusedError: not the expected format, sheet or header.
    """
    if not path.is_file():
        raise FileRefusedError(f"{path}: {'not a file' if path.exists() else 'no such file'}")
    if path.stat().st_size == 0:
        raise FileRefusedError(f"{path}: the file is empty (0 bytes); fetch it again")
    workbook = path.suffix.lower() in {".xlsx", ".xls", ".xlsm"}
    return _read_workbook(path, source) if workbook else _read_csv(path, source)


def refuse_short(path: Path, rows: int, source: Source) -> None:
    """Refuses a file with fewer rows than any whole release has.

    Raises:
        FileRefusedError: there are fewer rows than `source.minimum_rows`.
    """
    if rows < source.minimum_rows:
        raise FileRefusedError(
            f"{path}: {rows:,} rows; a release of {source.id} has at least "
            f"{source.minimum_rows:,}, so this file is cut off or a part"
        )


def _read_workbook(path: Path, source: Source) -> pd.DataFrame:
    _refuse_unsound_zip(path)
    _refuse_unsound_cells(path, source.layout.title_rows)
    rows = _sheet_rows(path, source)
    above = source.layout.title_rows
    header = [_cell_text(cell) for cell in rows[above]] if len(rows) > above else []
    _compare_header(path, header, source)
    columns = dict(zip(header, zip(*rows[above + 1 :], strict=True), strict=True))
    frame = pd.DataFrame(
        {name: pd.Categorical([_cell_text(cell) for cell in columns.get(name, ())])
         for name in source.header}
    )  # fmt: skip
    return frame.assign(**{ROW: range(above + 2, above + 2 + len(frame))})


def _refuse_unsound_zip(path: Path) -> None:
    """Sniffs, weighs and reads through the container before a parser may open it."""
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
    if damaged:
        raise FileRefusedError(f"{path}: damaged in {damaged}; fetch it again")


def _refuse_unsound_cells(path: Path, title_rows: int) -> None:
    """Refuses cells that a parser would read as empty, and cells that would fill the memory."""
    with zipfile.ZipFile(path) as container:
        for content in map(container.read, container.namelist()):
            if far := _FAR_CELL.search(content):
                raise FileRefusedError(
                    f"{path}: has a cell {far[1].decode()}, far beyond any table; delete it"
                )
            for pattern, what in _UNSOUND_CELLS.items():
                for column, row in pattern.findall(content):
                    if int(row) > title_rows:
                        cell = f"{column.decode()}{row.decode()}"
                        raise FileRefusedError(f"{path}: cell {cell} holds {what}")


def _sheet_rows(path: Path, source: Source) -> list[list[Any]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if source.layout.sheet not in names:
            raise FileRefusedError(
                f"{path}: no sheet '{source.layout.sheet}'; it has {', '.join(names) or 'none'}"
            )
        sheet = workbook.get_sheet_by_name(source.layout.sheet)
        return sheet.to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise FileRefusedError(f"{path}: not a readable workbook ({error})") from error


def _cell_text(cell: object) -> str:
    """The text of a cell; a whole number loses the `.0` that a spreadsheet keeps it with."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _read_csv(path: Path, source: Source) -> pd.DataFrame:
    header = _csv_header(path, source)
    _compare_header(path, [name for name in header if name != ROW], source)
    text = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys(source.header, text) | ({ROW: pa.int64()} if ROW in header else {})
    try:
        table = pacsv.read_csv(
            path,
            # A second thread costs a third more processor time and gains nothing.
            read_options=pacsv.ReadOptions(use_threads=False),
            parse_options=pacsv.ParseOptions(newlines_in_values=True),
            convert_options=pacsv.ConvertOptions(
                column_types=types,
                include_columns=list(types),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise FileRefusedError(f"{path}: not a table that can be read ({error})") from error
    frame = table.unify_dictionaries().to_pandas()
    if ROW not in header:
        return frame.assign(**{ROW: range(2, 2 + len(frame))})
    if not (frame[ROW].is_unique and frame[ROW].notna().all() and (frame[ROW] > 0).all()):
        raise FileRefusedError(f"{path}: '{ROW}' must number the publisher's rows, each once")
    return frame


def _csv_header(path: Path, source: Source) -> list[str]:
    """The names in the first line; a byte order mark, as spreadsheets write it, is skipped."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"PK", b"\xd0\xcf", b"%PDF", b"\xff\xfe", b"\xfe\xff", b"<")):
        raise FileRefusedError(f"{path}: not a CSV file; give it its right name, or save as UTF-8")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefusedError(f"{path}: not a UTF-8 table ({error}); save as UTF-8") from error
    for sign, name in {";": "semicolons", "\t": "tabs"}.items():
        if len(header) == 1 and header[0].count(sign) + 1 >= len(source.header):
            raise FileRefusedError(f"{path}: separated by {name}, expected commas")
    return header


def _compare_header(path: Path, found: list[str], source: Source) -> None:
    """Refuses a header with other names; the order is free."""
    missing = [name for name in source.header if name not in found]
    extra = [name for name in found if name not in source.header]
    if not missing and not extra and len(found) == len(source.header):
        return
    named = [_missing_column(name, extra) for name in missing]
    named += [f"'{name}' is not expected" for name in extra]
    repeated = sorted({name for name in found if found.count(name) > 1})
    named += [f"'{name}' occurs more than once" for name in repeated]
    raise FileRefusedError(
        f"{path}: other columns than {source.id} has: {'; '.join(named)} "
        f"(expected {', '.join(source.header)}; found {', '.join(found) or 'nothing'})"
    )


def _missing_column(name: str, candidates: list[str]) -> str:
    folded = {candidate.casefold(): candidate for candidate in candidates}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f"'{name}' is missing" + (f", perhaps renamed to '{folded[near[0]]}'" if near else "")
