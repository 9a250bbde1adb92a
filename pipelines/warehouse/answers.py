"""Format an answer: for a terminal, without control characters, or for a file, as it is."""

import contextlib
import io
import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import orjson
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines.lib import arrow

UNLIMITED: Final = 1_000_000
"""Width of a table that is not printed on a terminal."""
_MAX_ROWS: Final = 200
"""Rows that a table shows."""
_MAX_RECORDS: Final = 20
"""Rows that are shown one column a line, where a table is too wide."""
_ELLIPSIS: Final = "…"
"""Heading that DuckDB prints in place of the columns in the middle, if a table is too wide."""
_BATCH: Final = 100_000
"""Rows that are turned into text at once."""
_CONTROL: Final = re.compile("[\0-\b\v-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that move the cursor, colour, or turn the direction of what follows."""
_MANY: Final = 2**63
"""The least whole number that `orjson` cannot write."""


def write(answer: pa.Table, file: Path, form: str, width: int = 0) -> None:
    """Write an answer as `csv`, `json` or `parquet`, or as a `table` of that width.

    With a width it is to be printed: control characters become codes. Without, text stays as it is
    in the warehouse, control characters too: programs read it, and a code in place of a character
    would be another text.
    """
    if form == "parquet":
        pq.write_table(answer, file)
        return
    code = "\\u{:04x}" if form == "json" else "\\x{:02x}"
    with file.open("wb") as out:
        for piece in _table(answer, width) if form == "table" else _PIECES[form](answer):
            if width:
                text = _CONTROL.sub(lambda found: code.format(ord(found[0])), piece.decode())
                piece = text.encode()
            out.write(piece)


def _table(answer: pa.Table, width: int) -> Iterator[bytes]:
    """Yield an answer as a table, or as records if the table would be wider than `width`.

    The last line says how many rows are left out.
    """
    printed = io.StringIO()
    with duckdb.connect() as connection, contextlib.redirect_stdout(printed):
        connection.from_arrow(answer).show(max_width=width, max_rows=_MAX_ROWS)
    table, shown = printed.getvalue().rstrip("\n") + "\n", _MAX_ROWS
    heads = [cell.strip() for cell in table.split("\n")[1].split("│")[1:-1]]
    if _ELLIPSIS in heads and heads != answer.column_names:
        table, shown = _records(answer.slice(0, _MAX_RECORDS)), _MAX_RECORDS
    yield table.encode()
    if len(answer) > shown:
        yield f"Left out: {len(answer) - shown:,} rows. '--format csv' prints all.\n".encode()


def _records(answer: pa.Table) -> str:
    """Return each row as a block of lines, one per column."""
    wide = max(map(len, answer.column_names))
    columns = [_as_text(column).to_pylist() for column in answer.columns]
    lines = []
    for number, row in enumerate(zip(*columns, strict=True), start=1):
        lines.append(f"─── row {number} of {len(answer)} ───")
        for name, cell in zip(answer.column_names, row, strict=True):
            text = "NULL" if cell is None else cell.replace("\n", "\\n")
            lines.append(f"{name:{wide}} │ {text}")
    return "\n".join(lines) + "\n"


def _csv(answer: pa.Table) -> Iterator[bytes]:
    """Yield CSV; a list, a struct and whatever else is more than one value is JSON in its cell."""
    for number, batch in enumerate(_batches(_representable(answer))):
        flat = pa.table([_flat(column) for column in batch.columns], names=answer.column_names)
        piece = io.BytesIO()
        pacsv.write_csv(flat, piece, pacsv.WriteOptions(include_header=number == 0))
        yield piece.getvalue()


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return arrow.texts(
            each
            if each is None or isinstance(each, str)
            else orjson.dumps(each, default=_plain).decode()
            for each in _values(column)
        )
    return _as_text(column) if pa.types.is_temporal(column.type) else column


def _json(answer: pa.Table) -> Iterator[bytes]:
    """Yield a list of rows, one object each."""
    names = answer.column_names
    for number, batch in enumerate(_batches(_representable(answer))):
        columns = [_values(column) for column in batch.columns]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        written = orjson.dumps(rows, option=orjson.OPT_INDENT_2, default=_plain)
        yield written[:-1].rstrip() if number == 0 else b"," + written[1:-1].rstrip()
    yield b"\n]\n" if len(answer) else b"]\n"


def _batches(answer: pa.Table) -> Iterator[pa.Table]:
    """Yield the rows of an answer in batches, which takes less memory; at least one batch."""
    for start in range(0, max(len(answer), 1), _BATCH):
        yield answer.slice(start, _BATCH)


def _representable(answer: pa.Table) -> pa.Table:
    """Return an answer with text in place of each column that Python cannot represent.

    Such a column has a day outside the years 1 to 9999 (infinity, the year 12000).
    """
    columns = answer.columns
    for place, column in enumerate(columns):
        if pa.types.is_nested(column.type) or pa.types.is_temporal(column.type):
            try:
                for start in range(0, len(column), _BATCH):
                    column.slice(start, _BATCH).to_pylist()
            except (OverflowError, ValueError):
                columns[place] = _as_text(column)
    return pa.table(columns, names=answer.column_names)


def _values(column: pa.ChunkedArray) -> list[object]:
    """Return the cells of a column as JSON may have them."""
    cells = column.to_pylist()
    is_whole = pa.types.is_integer(column.type) or pa.types.is_string(column.type)
    return cells if is_whole else [_finite(cell) for cell in cells]


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the cells as DuckDB writes them."""
    with duckdb.connect() as connection:
        cells = connection.from_arrow(pa.table([column], names=["cell"]))
        return cells.project("cell::varchar as cell").to_arrow_table().column(0)


def _finite(value: object) -> object:
    """Return inf, -inf and nan as text, since JSON would turn them into null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {str(key): _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


def _plain(value: object) -> object:
    """Return a value that JSON lacks: a sum as a number, anything else as text."""
    if not isinstance(value, Decimal):
        return str(value)
    if value != value.to_integral_value():
        return float(value)
    return int(value) if abs(value) < _MANY else orjson.Fragment(f"{value:f}".encode())


_PIECES: Final[dict[str, Callable[[pa.Table], Iterator[bytes]]]] = {"csv": _csv, "json": _json}
SUFFIXES: Final = tuple(f".{form}" for form in (*_PIECES, "parquet"))
"""Suffixes of the files to which an answer can be written."""
