"""The edition of extracts: version, day, and the terms and citation of each release."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.published import extract_paths
from pipelines.published.extracts import standard_tables
from pipelines.published.extracts.queries import filled, query, records
from pipelines.raw import stated_files
from pipelines.warehouse import declarations
from schemas import codelists


@dataclass(frozen=True)
class Edition:
    """One edition of the extracts."""

    version: str  # of tipstat, as it built the warehouse
    day: str  # the newest day on which a file of the figures was retrieved, ISO 8601
    releases: list[dict[str, Any]]  # one row per release whose figures may be passed on, by column

    @property
    def not_refreshed(self) -> list[tuple[str, str]]:
        """Return sources with a refused later file, and the day of their last accepted release."""
        since = {each["source"]: each["not_refreshed_since"] for each in self.releases}
        return [(source, day) for source, day in since.items() if day]

    @property
    def has_counted_records(self) -> bool:
        """Return whether a source is counted from case records."""
        return any(each["source"].endswith(stated_files.CASE_RECORDS) for each in self.releases)


def read_edition(connection: duckdb.DuckDBPyConnection) -> Edition:
    """Return the edition of a warehouse."""
    releases = records(connection, query("release"))
    [built] = records(connection, "select version from main.build")
    day = max((release["retrieved"] for release in releases), default="1970-01-01")
    return Edition(built["version"], day, releases)


def write(connection: duckdb.DuckDBPyConnection, folder: Path, forms: tuple[str, ...]) -> None:
    """Write the files beside extracts of any format.

    They are README.md, CITATION.cff, the releases, the code lists and the common standard.
    """
    edition = read_edition(connection)
    for template in ("README.md", "CITATION.cff"):
        text = filled(
            f"{template}.j2",
            edition=edition,
            forms=forms,
            paths=extract_paths,
            leaving=declarations.leaving,
        )
        (folder / template).write_text(text, encoding="utf-8", newline="\n")
    connection.sql(query("release")).write_csv(str(folder / "releases.csv"))
    standard_tables.write(folder / "standard")
    (folder / "codelists").mkdir()
    for name in codelists.NAMES:
        connection.table(f"codelist.{name}").write_csv(str(folder / "codelists" / f"{name}.csv"))
