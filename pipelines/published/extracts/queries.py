"""Read the queries and templates in this folder."""

from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.lib import templates
from pipelines.warehouse import sql_files

_HERE: Final = Path(__file__).parent


def query(name: str) -> str:
    """Return the text of a query."""
    return sql_files.read(_HERE / "sql" / f"{name}.sql").text


def records(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Return the rows of an answer, each by column."""
    return connection.sql(sql).to_arrow_table().to_pylist()


def filled(template: str, **values: object) -> str:
    """Return a template filled with values."""
    return templates.environment(_HERE / "templates").get_template(template).render(values)
