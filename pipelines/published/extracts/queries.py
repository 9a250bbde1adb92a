"""Read the queries and templates in this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.lib import templates
from pipelines.warehouse import sql_files
from pipelines.warehouse.declarations import Declaration
from pipelines.warehouse.sql_files import SqlFile

_HERE: Final = Path(__file__).parent


def query(name: str) -> str:
    """Return the text of a query."""
    return read_query(name).text


def read_query(name: str) -> SqlFile:
    """Return a query with its description."""
    return sql_files.read_sql_file(_HERE / "sql" / f"{name}.sql")


def in_codes(
    connection: duckdb.DuckDBPyConnection, declared: Declaration
) -> duckdb.DuckDBPyRelation:
    """Return the rows of a published view or table that may be passed on, in the order of keys."""
    allowed = " and ".join(f"may_be_passed_on({each})" for each in declared.terms) or "true"
    without = f" exclude ({', '.join(declared.left_out)})" if declared.left_out else ""
    made = connection.table(f"published.{declared.name}")
    return made.filter(allowed).order(", ".join(declared.key)).project(f"*{without}")


def records(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Return the rows of an answer, each by column."""
    return connection.sql(sql).to_arrow_table().to_pylist()


def by_source(table: pa.Table, column: pa.ChunkedArray) -> Iterator[tuple[str, pa.Table]]:
    """Yield each source in a column, and the rows of the table beside it."""
    for source in column.unique():
        yield source.as_py(), table.filter(pc.equal(column, source))


def filled(template: str, **values: object) -> str:
    """Return a template filled with values."""
    return templates.environment(_HERE / "templates").get_template(template).render(values)
