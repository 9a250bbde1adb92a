"""Format an answer: for a terminal, without control characters, or for a file, as it is."""

import contextlib
import io
import math
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import orjson
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes

_MAX_ROWS: Final = 200
"""Rows of an answer printed in a terminal."""
_CONTROL: Final = re.compile("[\0-\b\v-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that move the cursor, colour, or turn the direction of what follows."""
_MANY: Final = 2**63
"""The least whole number that `orjson` cannot write."""


class FormError(Exception):
    """A file whose suffix names no known format."""


def write(answer: pa.Table, path: Path) -> None:
    """Write an answer to a file, whole or not at all; its suffix gives the format.

    Text stays as it is in the warehouse, control characters too: programs read it, and a code in
    place of a character would be another text.

    Raises:
        FormError: the suffix is none of .csv, .json, .parquet.
        PermissionError: it would lie in a published version.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise FormError(f"{path}: must end in {', '.join(f'.{each}' for each in _FORMS)}")
    paths.refuse_published(path)
    replace_bytes(path, _FORMS[form](answer))


def text(answer: pa.Table, form: str) -> str:
    """Return an answer as `csv` or `json` for printing; control characters become codes."""
    code = "\\u{:04x}" if form == "json" else "\\x{:02x}"
    return _harmless(_FORMS[form](answer).decode(), code)


def table(answer: pa.Table, width: int) -> str:
    """Return an answer as a table as wide as the terminal, with the number of rows if cut short."""
    printed = io.StringIO()
    with duckdb.connect() as connection, contextlib.redirect_stdout(printed):
        connection.from_arrow(answer).show(max_width=width, max_rows=_MAX_ROWS)
    return _harmless(printed.getvalue(), "\\x{:02x}")


def _harmless(text: str, code: str) -> str:
    return _CONTROL.sub(lambda found: code.format(ord(found[0])), text)


def _csv(answer: pa.Table) -> bytes:
    """Return an answer as CSV; lists, structs and other nested values are JSON in their cell."""
    flat = [_flat(column) for column in answer.columns]
    sink = pa.BufferOutputStream()
    pacsv.write_csv(pa.table(flat, names=answer.column_names), sink)
    return sink.getvalue().to_pybytes()


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.array([_in_a_cell(value) for value in _values(column)], pa.string())
    return _as_text(column) if pa.types.is_temporal(column.type) else column


def _in_a_cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value, default=_plain).decode()


def _json(answer: pa.Table) -> bytes:
    columns = [_values(column) for column in answer.columns]
    names = answer.column_names
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2, default=_plain) + b"\n"


def _values(column: pa.ChunkedArray) -> list[object]:
    """Return the cells of a column as JSON can hold them.

    A day beyond the range of Python (infinity, the year 12000) turns its column into text.
    """
    try:
        cells = column.to_pylist()
    except (OverflowError, ValueError):
        cells = _as_text(column).to_pylist()
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


def _parquet(answer: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(answer, sink)
    return sink.getvalue().to_pybytes()


_FORMS: Final[dict[str, Callable[[pa.Table], bytes]]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
