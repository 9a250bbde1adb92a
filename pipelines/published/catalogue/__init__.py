"""What machines find the figures by: catalogue, reference metadata, list of pages.

No module here computes a figure, and none writes a file: extracts and site do.
"""

from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.warehouse import sql_files

Row = dict[str, Any]
"""A row of sql/source.sql."""

_SOURCES: Final = Path(__file__).parent / "sql" / "source.sql"


def sources(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return what is known of each source whose figures may be passed on."""
    answer = connection.execute(sql_files.read_sql_file(_SOURCES).text)
    columns = [name for name, *_ in answer.description]
    return [dict(zip(columns, values, strict=True)) for values in answer.fetchall()]
