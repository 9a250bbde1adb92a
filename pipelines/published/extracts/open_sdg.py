"""Open SDG extract: indicator 16.2.2 for the platforms of national statistical offices.

`data/indicator_16-2-2.csv` and `meta/16-2-2.md` belong in the folders of the same names of a
platform's data repository (open-sdg.readthedocs.io: data format, metadata format).
"""

from pathlib import Path

import duckdb

from pipelines.published.extracts import edition
from pipelines.published.extracts.delimited import write_table
from pipelines.published.extracts.queries import filled, query


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the two files into an existing folder, from a warehouse open for reading."""
    for name in ("data", "meta"):
        (folder / name).mkdir()
    figures = connection.sql(query("open_sdg"))
    table = figures.select("* exclude (source, release)").to_arrow_table()
    write_table(table, folder / "data" / "indicator_16-2-2.csv")
    used = set(figures.select("source, release").distinct().fetchall())
    made = edition.read(connection)
    releases = [each for each in made.releases if (each["source"], each["release"]) in used]
    text = filled("16-2-2.md.j2", edition=made, releases=releases)
    (folder / "meta" / "16-2-2.md").write_text(text, encoding="utf-8", newline="\n")
