"""Writes the site: reads the published views once, and touches only the files that change."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
from plotly.offline import get_plotlyjs

from pipelines.charts.language import Language
from pipelines.site.pages import Published, render
from schemas import codelists

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Built:
    """What a build made: how many pages there are, how many files it wrote, where to begin."""

    pages: int
    written: int
    index: Path


def build(warehouse: Path, out: Path) -> Built:
    """Writes the site into the folder `out` from the DuckDB file, which is only read.

    A file is written only if its bytes differ, and a page that is no longer made is removed.
    """
    pages = render(read(warehouse))
    static = {file.name: file.read_text(encoding="utf-8") for file in (_HERE / "static").iterdir()}
    static["plotly.min.js"] = get_plotlyjs()
    files = pages | {f"static/{name}": text for name, text in static.items()}
    written = sum(_write(out / path, text.encode()) for path, text in files.items())
    for stale in set(out.rglob("*.html")) - {out / path for path in pages}:
        stale.unlink()
    return Built(len(pages), written, out / "index.html")


def read(warehouse: Path) -> Published:
    """Everything that the pages say, from the views and lists of the DuckDB file."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        area, figure, source, name = (
            connection.execute((_HERE / "sql" / f"{query}.sql").read_text(encoding="utf-8")).df()
            for query in ("area", "figure", "source", "name")
        )
    release = figure.groupby("source", as_index=False)["release"].max()
    return Published(
        areas=area.to_dict("records"),
        figures=figure,
        sources=source.merge(release, on="source", validate="one_to_one").to_dict("records"),
        languages=[_language(code, name) for code in codelists.LANGUAGES],
    )


def _language(code: str, name: pd.DataFrame) -> Language:
    names = {
        str(codelist): dict(zip(rows["code"], rows[f"name_{code}"], strict=True))
        for codelist, rows in name.groupby("codelist")
    }
    return Language(code, codelists.labels("site_text", code), names)


def _write(file: Path, new: bytes) -> bool:
    """Whether the file had to be written."""
    if file.is_file() and file.read_bytes() == new:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(new)
    return True
