"""SDMX REST 2.x and 1.5: figures, structures, availability and reference metadata.

Every path below `/sdmx/v2` and `/sdmx/v1` is answered here, without knowing who carries the answer.
"""

from pathlib import Path

import duckdb

from pipelines.serve.message import Answer, Ask


def load(connection: duckdb.DuckDBPyConnection, version_folder: Path) -> None:
    """Make the tables of all flows in memory, from the warehouse attached as `version`."""


def respond(cursor: duckdb.DuckDBPyConnection, ask: Ask) -> Answer:
    """Answer a request for a path below `/sdmx/`."""
    return Answer(501, "application/json", b"{}")
