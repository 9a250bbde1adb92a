"""Open SDG extract: indicator 16.2.2 for the platforms of national statistical offices.

`16-2-2.zip` is unpacked in a platform's data repository: `data/indicator_16-2-2.csv` and
`meta/16-2-2.md` (open-sdg.readthedocs.io: data format, metadata format).
"""

from pathlib import Path

import duckdb

from pipelines.published.extracts import edition
from pipelines.published.extracts.delimited import write_table, write_zip
from pipelines.published.extracts.queries import filled, query


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the zip file into an existing folder, from a warehouse open for reading."""
    figures = connection.sql(query("open_sdg"))
    table = figures.select("* exclude (source, release)").to_arrow_table()
    data = folder / "indicator_16-2-2.csv"
    write_table(connection, table, data)
    used = set(figures.select("source, release").distinct().fetchall())
    made = edition.read_edition(connection)
    releases = [each for each in made.releases if (each["source"], each["release"]) in used]
    text = filled("16-2-2.md.j2", edition=made, releases=releases)
    contents = {f"data/{data.name}": data.read_bytes(), "meta/16-2-2.md": text.encode()}
    write_zip(folder / "16-2-2.zip", contents)
    data.unlink()
