"""Answers a question in SQL from the warehouse, and can do nothing else.

The connection only reads, reaches no file and no network, loads nothing and cannot be set
otherwise: what somebody else wrote may be asked too.
"""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import orjson
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines import hints

_LOCKED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_SHOWN: Final = 200
"""Rows of an answer that a terminal shows."""

_READING: Final = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


class QueryError(Exception):
    """A question that is refused or cannot be answered, in a line."""


def ask(warehouse: Path, sql: str) -> pa.Table:
    """The answer to one SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.

    Raises:
        QueryError: there is no warehouse, it is more or other than one such statement, or the
            statement is wrong or reaches out of the warehouse.
    """
    if not warehouse.is_file():
        raise QueryError(f"{warehouse}: no such file; make it with 'tipstat run'")
    try:
        with duckdb.connect(warehouse, read_only=True, config=dict(_LOCKED)) as connection:
            return _answer(connection, sql)
    except duckdb.PermissionException as error:
        raise QueryError(
            f"refused: a query sees the warehouse, no files and no network ({_line(error)})"
        ) from error
    except duckdb.Error as error:
        raise QueryError(_line(error)) from error


def _answer(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    _refuse_all_but_reading(connection.extract_statements(sql))
    try:
        return connection.sql(sql).to_arrow_table()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        said = _line(error)
        raise QueryError(said.rstrip(".") + hints.of_error(connection, said)) from error


def write(answer: pa.Table, path: Path) -> None:
    """Writes an answer to a file, whole or not at all; its suffix says how.

    Raises:
        QueryError: the suffix is none of .csv, .json, .parquet.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise QueryError(f"{path}: must end in {', '.join(f'.{each}' for each in _FORMS)}")
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(_FORMS[form](answer))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def text(answer: pa.Table, form: str) -> str:
    """An answer as `csv` or `json`."""
    return _FORMS[form](answer).decode()


def show(answer: pa.Table, width: int) -> None:
    """Prints an answer as a table as wide as the terminal; of many rows it says how many."""
    with duckdb.connect() as connection:
        connection.from_arrow(answer).show(max_width=width, max_rows=_SHOWN)


def _csv(answer: pa.Table) -> bytes:
    """As CSV; a list, a struct and whatever else is more than one value as JSON in its cell."""
    flat = [_in_cells(column) if _has_parts(column.type) else column for column in answer.columns]
    sink = pa.BufferOutputStream()
    pacsv.write_csv(pa.table(flat, names=answer.column_names), sink)
    return sink.getvalue().to_pybytes()


def _has_parts(kind: pa.DataType) -> bool:
    return pa.types.is_nested(kind) or pa.types.is_interval(kind) or pa.types.is_binary(kind)


def _in_cells(column: pa.ChunkedArray) -> pa.Array:
    told = (orjson.dumps(value, default=_plain).decode() for value in column.to_pylist())
    return pa.array([None if text == "null" else text for text in told], pa.string())


def _json(answer: pa.Table) -> bytes:
    return orjson.dumps(answer.to_pylist(), option=orjson.OPT_INDENT_2, default=_plain) + b"\n"


def _plain(value: object) -> object:
    """What JSON has no form for: a sum is a number, a day its text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _parquet(answer: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(answer, sink)
    return sink.getvalue().to_pybytes()


_FORMS: Final = {"csv": _csv, "json": _json, "parquet": _parquet}


def shell(warehouse: Path) -> list[str]:
    """The command that opens the warehouse in DuckDB's own shell, to read only.

    Raises:
        QueryError: there is no warehouse, or no such shell on this machine.
    """
    if not warehouse.is_file():
        raise QueryError(f"{warehouse}: no such file; make it with 'tipstat run'")
    program = shutil.which("duckdb")
    if program is None:
        raise QueryError(
            "DuckDB's shell is not installed (duckdb.org/docs/installation); ask one question with "
            "tipstat query 'select ...'"
        )
    return [program, "-readonly", "-safe", str(warehouse)]


def _refuse_all_but_reading(statements: list[duckdb.Statement]) -> None:
    if len(statements) != 1:
        raise QueryError(f"refused: {len(statements)} statements; ask one question at a time")
    kind = statements[0].type
    if kind not in _READING:
        raise QueryError(
            f"refused: {kind.name}; a query only reads: select, describe, show, explain"
        )


def _line(error: Exception) -> str:
    """What DuckDB says before it shows the place."""
    return " ".join(str(error).split("\n\n")[0].split())
