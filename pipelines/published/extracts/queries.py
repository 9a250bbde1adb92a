"""Read the queries and templates in this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.lib import templates
from pipelines.warehouse import sql_files

_HERE: Final = Path(__file__).parent


def query(name: str) -> str:
    """Return the text of a query."""
    return sql_files.read(_HERE / "sql" / f"{name}.sql").text


def records(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Return the rows of an answer, each by column."""
    return connection.sql(sql).to_arrow_table().to_pylist()


def by_source(table: pa.Table, column: pa.ChunkedArray) -> Iterator[tuple[str, pa.Table]]:
    """Yield each source in a column, and the rows of the table beside it."""
    for source in column.unique().to_pylist():
        yield source, table.filter(pc.equal(column, source))


def filled(template: str, **values: object) -> str:
    """Return a template filled with values."""
    return templates.environment(_HERE / "templates").get_template(template).render(values)
