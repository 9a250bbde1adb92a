"""Databases with case records, SQLite and PostgreSQL, read through Python's DB-API.

They are only read; DuckDB's own extensions for them would have to be downloaded.
"""

import importlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.cases.texts import said

BATCH: Final = 50_000
"""Rows of a database that are read at once."""


def copy(engine: duckdb.DuckDBPyConnection, extract: Extract, columns: Sequence[str]) -> None:
    """Copy columns of a database's table into the table `extract` of DuckDB, batch by batch."""
    names = ", ".join(map(_quoted, columns))
    engine.execute(f"create table extract ({', '.join(f'{_quoted(n)} varchar' for n in columns)})")
    with _database(extract) as connection:
        cursor = connection.cursor(*["extract"] * (extract.format == "postgresql"))
        cursor.execute(f"select {names} from {_quoted_table(extract)}")
        while rows := cursor.fetchmany(BATCH):
            cells = zip(*rows, strict=True)
            texts = ([None if cell is None else str(cell) for cell in column] for column in cells)
            batch = pa.table([pa.array(each, pa.string()) for each in texts], names=list(columns))
            engine.register("batch", batch)
            engine.execute("insert into extract select * from batch")
            engine.unregister("batch")


def columns_of(extract: Extract) -> list[str]:
    """Return the names of the columns of a database's table; rows are not read."""
    with _database(extract) as connection:
        cursor = connection.cursor()
        cursor.execute(f"select * from {_quoted_table(extract)} limit 0")
        return [column[0] for column in cursor.description]


def _database(extract: Extract) -> closing[Any]:
    """Return a connection that can only read, closed at the end of a block."""
    if extract.format == "sqlite":
        connection = sqlite3.connect(f"{extract.files[0].resolve().as_uri()}?mode=ro", uri=True)
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma trusted_schema = off")  # a view may call no unsafe function
        return closing(connection)
    try:
        driver = importlib.import_module("psycopg2")
    except ImportError:
        raise CaseError(said("no_driver")) from None
    connection = driver.connect(extract.address)
    connection.set_session(readonly=True)
    return closing(connection)


def _quoted_table(extract: Extract) -> str:
    if not extract.table:
        raise CaseError(said("table_needed", name=extract.name))
    parts = extract.table.split(".") if extract.format == "postgresql" else [extract.table]
    return ".".join(map(_quoted, parts))


def _quoted(name: str) -> str:
    """Return a name as SQL's identifier."""
    return '"' + name.replace('"', '""') + '"'
