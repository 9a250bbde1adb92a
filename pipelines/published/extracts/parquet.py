"""Parquet extracts: every release as harmonised, and the current figures.

| file | holds |
|---|---|
| `<name>/<source>.parquet` | what is published under the name, of a source |
| `releases/<source>/<release>.parquet` | all figures of one release |

The metadata of each file names the version, and the terms and citation of its releases.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.harmonised.release_files import ROW_GROUP
from pipelines.published import extract_paths
from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import by_source, in_codes, query
from pipelines.warehouse import declarations

_TERMS: Final = (
    "source",
    "release",
    "publisher",
    "title",
    "provenance",
    "licence",
    "citation",
    "address",
)


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    made = edition.read_edition(connection)
    for declared in declarations.leaving("parquet"):
        answer = in_codes(connection, declared).to_arrow_table()
        for source, rows in by_source(answer, answer["source"]):
            current = [
                each for each in made.releases if each["is_current"] and each["source"] == source
            ]
            place = folder.parent / extract_paths.parquet(declared, source)
            _write(rows, place, made.version, current)
    answer = connection.sql(query("release_figure")).to_arrow_table()
    counted = connection.from_arrow(answer).aggregate("source, release, count(*)").fetchall()
    counts = {(source, release): rows for source, release, rows in counted}
    start = 0
    for release in made.releases:  # in the order of the answer
        rows = counts.get((release["source"], release["release"]), 0)
        if not rows:
            continue  # it has statements and no figures
        place = folder / "releases" / release["source"] / f"{release['release']}.parquet"
        _write(answer.slice(start, rows).combine_chunks(), place, made.version, [release])
        start += rows


def _write(
    answer: pa.Table, place: Path, version: str, releases: Sequence[Mapping[str, Any]]
) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    terms = [{name: release[name] for name in _TERMS} for release in releases]
    metadata = {"tipstat_version": version, "releases": json.dumps(terms, ensure_ascii=False)}
    pq.write_table(
        answer.replace_schema_metadata(metadata), place, compression="zstd",
        row_group_size=ROW_GROUP,
    )  # fmt: skip
