"""Read text files: tables of separated cells, and the relevant lines of files of all offences.

Cells are read as printed, each column as categories; nothing is converted.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.reader.refusal import FileRefusedError
from schemas.source import Layout

ROW: Final = "row"
"""First column of a figure table: the row in the publisher's file."""

ROWS: Final = "rows"
"""Column of a figure table of sums: the number of the publisher's rows in a sum."""

_BLOCK: Final = 16_000_000
_HEADER: Final = 100_000
"""Letters within which a header must end: a harmful file may have one huge cell."""

_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NO_TEXT: Final = (b"PK", b"\xd0\xcf", b"%PDF", b"\xff\xfe", b"\xfe\xff", b"<")


class Form(NamedTuple):
    """The encoding and delimiter of a text file, and whether some lines are one quoted cell."""

    encoding: str
    delimiter: str
    quoted_lines: bool = False


FIGURE_TABLE: Final = Form("utf-8-sig", ",")


def form(layout: Layout) -> Form:
    """Return the form of the publisher's table; a workbook saved as text has a figure table's."""
    if layout.sheet:
        return FIGURE_TABLE
    return Form(layout.encoding, layout.delimiter, layout.quoted_lines)


def header(path: Path, how: Form, columns: int) -> list[str]:
    """Return the names in the first line, without the byte order mark of spreadsheets.

    Raises:
        FileRefusedError: not text of this form; `columns` is the expected number.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(_NO_TEXT):
        raise FileRefusedError(f"{path}: not a CSV file; give it its right name, or save as UTF-8")
    try:
        with path.open(encoding=how.encoding, newline="") as file:
            first = file.read(_HEADER)
        names = next(csv.reader(io.StringIO(first, newline=""), delimiter=how.delimiter), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefusedError(
            f"{path}: not a table in {_plain(how.encoding)} ({error}); save it as such"
        ) from error
    if len(first) == _HEADER and "\n" not in first:
        raise FileRefusedError(f"{path}: its first line is longer than any header")
    for sign, name in _SEPARATORS.items():
        if len(names) == 1 and names[0].count(sign) + 1 >= columns > 1:
            expected = _SEPARATORS[how.delimiter]
            raise FileRefusedError(f"{path}: separated by {name}, expected {expected}")
    return names


def table(path: Path, how: Form, columns: tuple[str, ...], numbered: bool) -> pd.DataFrame:
    """Return some columns of a text file as categories, and `row`.

    A `numbered` file has the column `row` itself.

    Raises:
        FileRefusedError: not a table, or `row` does not number the publisher's rows.
    """
    data = pa.BufferReader(_unquoted(path, how)) if how.quoted_lines else path
    return _parsed(data, str(path), how, columns, numbered)


def _unquoted(path: Path, how: Form) -> bytes:
    """Return the bytes of a file; a line that stands whole in one quoted cell is that cell's text.

    Raises:
        FileRefusedError: not a table in this encoding.
    """
    try:
        lines = path.read_bytes().decode(how.encoding).splitlines()
        cells = [next(csv.reader([line], delimiter=how.delimiter), []) for line in lines]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefusedError(f"{path}: not a readable table ({error})") from error
    whole = (row[0] if len(row) == 1 else line for line, row in zip(lines, cells, strict=True))
    return "\n".join(whole).encode(_plain(how.encoding))


def lines_with(
    path: Path, how: Form, columns: tuple[str, ...], text: str
) -> tuple[pd.DataFrame, int]:
    """Return the rows of those lines that contain a text, and the number of other lines.

    Lines are found in the bytes, before anything is parsed: a hundredth of a file of all offences
    is about trafficking. A record that spans several lines is refused, not cut.

    Raises:
        FileRefusedError: as `table`.
    """
    lines, numbers = [], []
    with path.open("rb") as file:
        header = file.readline()
        wanted, before = text.encode(_plain(how.encoding)).lower(), 1
        while block := file.read(_BLOCK):
            block += file.readline()
            for line, number in _found(block, wanted):
                lines.append(line)
                numbers.append(before + number)
            before += block.count(b"\n") + (not block.endswith(b"\n"))
    data = pa.BufferReader(b"".join([header, *lines]))
    frame = _parsed(data, str(path), how, columns, numbered=False)
    if len(frame) != len(numbers):
        raise FileRefusedError(f"{path}: a record with '{text}' spans several lines")
    return frame.assign(**{ROW: numbers}), before - 1 - len(numbers)


def _found(block: bytes, wanted: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the lines of a block that contain some bytes, each with its number from 1.

    Case makes no difference: publishers change it.
    """
    end, number, lower = 0, 0, block.lower()
    while (place := lower.find(wanted, end)) >= 0:
        start = block.rfind(b"\n", 0, place) + 1
        number += block.count(b"\n", end, start) + 1
        end = block.find(b"\n", place) + 1 or len(block)
        yield block[start:end], number


def _parsed(
    data: object, name: str, how: Form, columns: tuple[str, ...], numbered: bool
) -> pd.DataFrame:
    text = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys(columns, text)
    if numbered:
        types |= {ROW: pa.int64()} | ({ROWS: pa.int64()} if ROWS in columns else {})
    try:
        found = pacsv.read_csv(
            data,
            # A second thread costs a third more processor time and gains nothing.
            read_options=pacsv.ReadOptions(use_threads=False, encoding=_plain(how.encoding)),
            parse_options=pacsv.ParseOptions(delimiter=how.delimiter, newlines_in_values=True),
            convert_options=pacsv.ConvertOptions(
                column_types=types, include_columns=list(types), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise FileRefusedError(f"{name}: not a readable table ({error})") from error
    frame = found.unify_dictionaries().to_pandas()
    if not numbered:
        return frame.assign(**{ROW: range(2, 2 + len(frame))})
    if not (frame[ROW].is_unique and frame[ROW].notna().all() and (frame[ROW] > 0).all()):
        raise FileRefusedError(f"{name}: '{ROW}' must number the publisher's rows, each once")
    return frame


def _plain(encoding: str) -> str:
    """Return the encoding without `-sig`: PyArrow skips a byte order mark itself."""
    return encoding.removesuffix("-sig").upper() if encoding.startswith("utf-8") else encoding
