"""Whether what is published can be made again from the raw files alone, to the same figures."""

import tempfile
from pathlib import Path

import duckdb

from pipelines.harmonised import refresh, release_files
from pipelines.published.versions import version
from pipelines.raw import manifest
from pipelines.sources import discover
from pipelines.warehouse import database

_COUNTED = ("harmonised.observation", "main.quarantine", "main.rule_account", "main.population")


def faults() -> list[str]:
    """What a rebuild from scratch, in a folder of its own, has otherwise than what is published.

    A line per table that differs; empty if all are the same. Nothing that readers see is touched.
    """
    now = version.current()
    if now is None:
        return ["nothing is published; run 'tipstat run'"]
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        again = _build(Path(folder))
        return _differences(now.folder / version.WAREHOUSE, again)


def _build(folder: Path) -> Path:
    for source, publication in discover().items():
        for name in dict.fromkeys(entry.release for entry in manifest.entries(source)):
            release = release_files.Release(folder / "harmonised", source, name)
            refresh.refresh(publication, release)
    return database.build(folder / "harmonised", folder / "tipstat.duckdb")


def _differences(published: Path, again: Path) -> list[str]:
    with duckdb.connect() as connection:
        for name, file in (("published", published), ("again", again)):
            place = str(file).replace("'", "''")
            connection.execute(f"attach '{place}' as {name} (read_only)")
        return [
            f"{table}: {rows:,} rows are not in both; something outside the raw files, the code "
            "and the reviews has a say, or a file was changed: 'tipstat verify'"
            for table in _COUNTED
            if (rows := _unlike(connection, table))
        ]


def _unlike(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count how many rows of a table only one of the two has."""
    one, other = f"from published.{table}", f"from again.{table}"
    [(count,)] = connection.execute(
        f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"  # noqa: S608
    ).fetchall()
    return int(count)
