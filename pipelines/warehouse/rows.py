"""The rows of a query as mappings by column."""

from operator import itemgetter
from typing import Any

import duckdb


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Return the rows of a query, each by column."""
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, values, strict=True)) for values in answer.fetchall()]


def rows_by(
    connection: duckdb.DuckDBPyConnection, sql: str, *columns: str
) -> dict[Any, list[dict[str, Any]]]:
    """Return the rows in lists by the value of a column, or by the values of several."""
    key, found = itemgetter(*columns), dict[Any, list[dict[str, Any]]]()
    for row in rows(connection, sql):
        found.setdefault(key(row), []).append(row)
    return found
