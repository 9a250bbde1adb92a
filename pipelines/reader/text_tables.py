"""Read text files: tables of separated cells, and the relevant lines of files of all offences.

Cells are read as printed, each column as categories; nothing is converted.
"""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.lib.once_per_change import once_per_change
from pipelines.reader.header import SEARCHED
from pipelines.reader.refusal import FileRefusedError
from schemas.source import Layout

ROW: Final = "row"
"""First column of a figure table: the row in the publisher's file."""

ROWS: Final = "rows"
"""Column of a figure table of sums: the number of the publisher's rows in a sum."""

COLUMN: Final = "column"
"""Column of rows of one figure each: the publisher's column of the figure."""

_BLOCK: Final = 16_000_000
_DECODED: Final = {"8-bit": "latin-1", "UTF-8": "utf-8-sig", "UTF-16": "utf-16"}
"""Python's names of the encodings that a file may be in."""

_HEADER: Final = 100_000
"""Letters within which a header must end: a harmful file may have one huge cell."""

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NO_TEXT: Final = (b"PK", b"\xd0\xcf", b"%PDF", b"<")
NOTE: Final = re.compile(r"\W*(fuente|nota|source|note|fonte|elabora)", re.IGNORECASE)
"""Beginning of a line that is a note, though it has commas in it."""


class TextForm(NamedTuple):
    """The encoding and delimiter of a text file, and whether some lines are one quoted cell."""

    encoding: str
    delimiter: str
    quoted_lines: bool = False


class Lines(NamedTuple):
    """The first records of a text file."""

    rows: list[list[str]]  # their cells
    ends: list[int]  # the number of lines up to the end of each


FIGURE_TABLE: Final = TextForm("utf-8-sig", ",")


def form(layout: Layout, path: Path) -> TextForm:
    """Return the form of the publisher's table; a workbook saved as text has a figure table's.

    A file that is UTF-8, though its layout states one byte a letter, is read as what it is: no
    other text decodes as UTF-8 by chance.
    """
    if layout.is_workbook:
        return FIGURE_TABLE
    encoding = FIGURE_TABLE.encoding if is_utf_8_instead(layout, path) else layout.encoding
    return TextForm(encoding, layout.delimiter, layout.quoted_lines)


def is_utf_8_instead(layout: Layout, path: Path) -> bool:
    """Return whether a file is UTF-8 although its layout states one byte a letter."""
    return not _is_unicode(layout.encoding) and encoding_of(path) == "UTF-8"


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().startswith("utf")


def top(path: Path, how: TextForm, most: int = SEARCHED * 2) -> Lines:
    """Return the first records, at most so many, without the byte order mark of spreadsheets.

    Raises:
        FileRefusedError: not text of this encoding.
    """
    refuse_other_encoding(path, how.encoding)
    return _top(path, how, most)


def top_in_its_encoding(path: Path, how: TextForm) -> Lines:
    """Return the first records of a file that is in another encoding than it should be.

    Raises:
        FileRefusedError: it is not text, or not a table.
    """
    return _top(path, how._replace(encoding=_DECODED.get(encoding_of(path), how.encoding)))


def _top(path: Path, how: TextForm, most: int = SEARCHED * 2) -> Lines:
    try:
        with path.open(encoding=how.encoding, newline="") as file:
            first = file.read(_HEADER)
        if len(first) == _HEADER:
            if "\n" not in first:
                raise FileRefusedError(f"{path}: its first line is longer than any header")
            first = first[: first.rindex("\n") + 1]
        reader = csv.reader(io.StringIO(first, newline=""), delimiter=how.delimiter)
        found = Lines([], [])
        for row in reader:
            found.rows.append(row)
            found.ends.append(reader.line_num)
            if len(found.rows) == most:
                break
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefusedError(
            f"{path}: not a table in {_plain(how.encoding)} ({error}); save it as such"
        ) from error
    return found


def refuse_other_encoding(path: Path, expected: str) -> None:
    """Refuse a file that is not text, or not in the expected encoding."""
    found = encoding_of(path)
    if not found:
        raise FileRefusedError(f"{path}: not a CSV file; give it its right name, or save as CSV")
    is_utf8 = _is_unicode(expected)
    if found in ("ASCII", "UTF-8" if is_utf8 else "8-bit"):
        return
    named = "UTF-8" if is_utf8 else expected
    found = "latin-1 or another encoding of one byte a letter" if found == "8-bit" else found
    raise FileRefusedError(
        f"{path}: the file is {found}, this source publishes {named}; save it as {named}, or state "
        "the encoding in a layout of its own"
    )


@once_per_change
def encoding_of(path: Path) -> str:
    """Return the encoding of a file: ASCII, UTF-8, UTF-16 or 8-bit; "" for no text."""
    decoder, is_ascii = codecs.getincrementaldecoder("utf-8")(), True
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "UTF-16"
        if block.startswith(_NO_TEXT):
            return ""
        try:
            while block:
                is_ascii = is_ascii and block.isascii()
                decoder.decode(block)
                block = file.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "8-bit"
    return "ASCII" if is_ascii else "UTF-8"


def table(
    path: Path, how: TextForm, names: Sequence[str], skipped: int, *, notes: bool = False
) -> tuple[pd.DataFrame, list[int]]:
    """Return columns of a text file as categories, and the positions of notes among its records.

    Args:
        path: the file.
        how: its form.
        names: the name of each of its columns, "" for one that is not read.
        skipped: lines up to the end of the header.
        notes: whether a line that is not a row of the table may be a note.

    Raises:
        FileRefusedError: not a table.
    """
    data = pa.BufferReader(_unquoted(path, how)) if how.quoted_lines else path
    others: list[int] = []

    def is_row(row: pacsv.InvalidRow) -> str:
        is_note = row.actual_columns == 1 or NOTE.match(row.text)
        if not notes or not is_note or row.actual_columns > row.expected_columns:
            return "error"
        others.append(row.number - skipped - 1)
        return "skip"

    return _parsed(data, str(path), how, names, skipped, is_row), others


def figure_table(path: Path, names: Sequence[str]) -> pd.DataFrame:
    """Return a figure table, whose column `row` has the rows in the publisher's file.

    Raises:
        FileRefusedError: not a table, or `row` does not number the publisher's rows.
    """
    frame = _parsed(path, str(path), FIGURE_TABLE, names, 1, lambda _: "error")
    if not (frame[ROW].is_unique and frame[ROW].notna().all() and (frame[ROW] > 0).all()):
        raise FileRefusedError(f"{path}: '{ROW}' must number the publisher's rows, each once")
    return frame


def _unquoted(path: Path, how: TextForm) -> bytes:
    """Return the bytes of a file; a line that is one quoted cell becomes the text of that cell.

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
    path: Path, how: TextForm, names: Sequence[str], skipped: int, text: str
) -> tuple[pd.DataFrame, list[int], int]:
    """Return the rows of those lines that contain a text, their numbers, and how many others are.

    Lines are found in the bytes, before anything is parsed: a hundredth of a file of all offences
    is about trafficking. Case makes no difference: publishers change it. A record that spans
    several lines is refused, not cut.

    Raises:
        FileRefusedError: as `table`.
    """
    lines, numbers = [], []
    with path.open("rb") as file:
        for _ in range(skipped):
            file.readline()
        wanted, before = text.encode(_plain(how.encoding)).lower(), skipped
        while block := file.read(_BLOCK):
            block += file.readline()
            end, number, lower = 0, before, block.lower()
            while (place := lower.find(wanted, end)) >= 0:
                start = block.rfind(b"\n", 0, place) + 1
                number += block.count(b"\n", end, start) + 1
                end = block.find(b"\n", place) + 1 or len(block)
                lines.append(block[start:end])
                numbers.append(number)
            before += block.count(b"\n") + (not block.endswith(b"\n"))
    frame = _parsed(pa.BufferReader(b"".join(lines)), str(path), how, names, 0, lambda _: "error")
    if len(frame) != len(numbers):
        raise FileRefusedError(f"{path}: a record with '{text}' spans several lines")
    return frame, numbers, before - skipped - len(numbers)


def _parsed(
    data: object, name: str, how: TextForm, names: Sequence[str], skipped: int, is_row: object
) -> pd.DataFrame:
    """Return the named columns: numbers for `row` and `rows` of a figure table, else categories."""
    text = pa.dictionary(pa.int32(), pa.string())
    wanted = [name for name in names if name]
    numbers = dict.fromkeys({ROW, ROWS}.intersection(wanted), pa.int64())
    if not wanted or getattr(data, "size", lambda: 1)() == 0:
        return pd.DataFrame({name: pd.Categorical([]) for name in wanted})
    try:
        found = pacsv.read_csv(
            data,
            # A second thread costs a third more processor time and gains nothing.
            read_options=pacsv.ReadOptions(
                use_threads=False,
                encoding=_plain(how.encoding),
                skip_rows=skipped,
                column_names=[each or f"\0{number}" for number, each in enumerate(names)],
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=how.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=is_row,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(wanted, text) | numbers,
                include_columns=wanted,
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise FileRefusedError(f"{name}: not a readable table ({error})") from error
    return found.unify_dictionaries().to_pandas()


def _plain(encoding: str) -> str:
    """Return the encoding without `-sig`: PyArrow skips a byte order mark itself."""
    return encoding.removesuffix("-sig").upper() if encoding.startswith("utf-8") else encoding
