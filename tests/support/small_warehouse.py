"""A warehouse of invented figures: the shipped one, emptied, with the observations of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from conftest import observations
from warehouse_copies import follow_the_figures, renew

from pipelines.warehouse import sql_files
from pipelines.warehouse.database import insert

Row = dict[str, object]
MISSING: Row = {"value": None, "lower": None, "upper": None, "obs_status": "O"}
"""What a source prints in place of a figure that it lacks."""


def emptied(built: Path, folder: Path) -> Path:
    """A copy without figures, whose sources all release something on one day."""
    copy = folder / "emptied.duckdb"
    copy.write_bytes(built.read_bytes())
    with duckdb.connect(copy) as connection:
        for table in (
            "harmonised.observation", "quarantine", "finding", "rule_result", "rule_account",
        ):  # fmt: skip
            connection.execute(f"delete from {table}")
        # The newest whole release, and of UNODC the first: what updates it is no usual case.
        connection.execute(
            "delete from release where (source, release) in "
            "(('int_unodc_glotip', '2025-04-14'), ('int_unsd_sdg', '2026-10-08'))"
        )
        connection.execute(
            "update release set is_newest = true "
            "where (source, release) = ('int_unsd_sdg', '2019-06-30')"
        )
        connection.execute(
            "update release set release = '2025-01-01' where source <> 'ref_wpp' and is_newest"
        )
        renew(connection)
        follow_the_figures(connection)
    return copy


@contextmanager
def holding(connection: duckdb.DuckDBPyConnection, *rows: Row) -> Iterator[None]:
    """The warehouse with these observations, until the block ends."""
    frame = observations(*({"source": "int_unodc_glotip", **row} for row in rows))
    connection.execute("begin")
    try:
        insert(connection, "harmonised.observation", frame)
        yield
    finally:
        connection.execute("rollback")


def once_doubted(connection: duckdb.DuckDBPyConnection, sql: str, *rows: Row) -> list[tuple]:
    """The answer to a query about these observations when doubtful ones are marked."""
    with holding(connection, *rows):
        connection.execute(sql_files.query("doubt"))
        return connection.execute(sql).fetchall()
