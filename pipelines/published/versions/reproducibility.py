"""Rebuild the published figures from the raw files alone, and compare them."""

import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.published.versions import version
from pipelines.sources import discover
from pipelines.warehouse import database, declarations
from schemas.contract import CONTRACTS


def faults() -> list[str]:
    """Return the differences between a clean rebuild and the published version, a line per table.

    The rebuild has a folder of its own: nothing that readers see is touched.
    """
    now = version.current()
    if now is None:
        return ["nothing is published; run 'tipstat run'"]
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        again = _build(Path(folder))
        # All that is published, the figures of every release, and the account of them.
        compared = [contract.table for contract in CONTRACTS.values()]
        compared += ["main.quarantine", "main.rule_account"]
        compared += [f"published.{each.name}" for each in declarations.every()]
        with duckdb.connect() as connection:
            for name, file in (("before", now.folder / version.WAREHOUSE), ("after", again)):
                place = str(file).replace("'", "''")
                connection.execute(f"attach '{place}' as {name} (read_only)")
            return [
                f"{table}: {rows:,} rows are not in both; something beside raw files, code and "
                "reviews has an influence, or a file was changed: run 'tipstat verify'"
                for table in compared
                if (rows := _differing_rows(connection, table))
            ]


def _build(folder: Path) -> Path:
    for each in release_files.releases(paths.harmonised()):
        if each.is_refused_by_gate:
            again = replace(each, folder=folder / "harmonised")
            again.hold_back(each.held_back, each.held_back_by)
    for publication in discover().values():
        refresh.refresh_all(publication, folder / "harmonised")
    return database.build(folder / "harmonised", folder / "tipstat.duckdb")


def _differing_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table that only one of the two databases has."""
    one, other = f"from before.{table}", f"from after.{table}"  # no name of a schema
    [(count,)] = connection.execute(
        f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"  # noqa: S608
    ).fetchall()
    return int(count)
