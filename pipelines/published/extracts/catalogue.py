"""The catalogue of the extracts in DCAT-AP 3, as JSON-LD and in Turtle."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from pipelines.published import extract_paths
from pipelines.published.catalogue import dcat, turtle
from pipelines.published.catalogue.dcat import Offer
from pipelines.published.extracts import edition
from pipelines.raw import kept_versions
from pipelines.warehouse import declarations
from schemas import codelists

JSON_LD: Final = "catalog.jsonld"
TURTLE: Final = "catalog.ttl"

_OF_WHOLE: Final = {
    "observation": "figures",
    "national_series": "national_series",
    "newest": "newest",
}
"""Views whose CSV file is one of the whole, and its text."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path, base_url: str) -> None:
    """Write the catalogue of the files that lie in a folder of extracts.

    Raises:
        KeptError: the table of kept versions is invalid.
    """
    made = document(connection, folder, base_url)
    (folder / JSON_LD).write_bytes(orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE))
    (folder / TURTLE).write_bytes(turtle.written(made).encode())


def document(connection: duckdb.DuckDBPyConnection, folder: Path, base_url: str) -> dict[str, Any]:
    """Return the catalogue of the files that lie in a folder of extracts, as JSON-LD."""
    made = edition.read_edition(connection)
    leaving = {each.name: each for each in declarations.leaving("csv")}
    whole = [
        (f"catalogue_{text}", extract_paths.csv(leaving[name])) for name, text in _OF_WHOLE.items()
    ]
    of_source = {}
    for source in (release["source"] for release in made.releases):
        of_source[source] = _there(
            folder,
            [
                ("data_sdmx", f"sdmx/observation/{source}.csv.gz"),
                *(
                    ("data_parquet", extract_paths.parquet(each, source))
                    for each in declarations.leaving("parquet")
                ),
                *(
                    ("data_words", f"csv/{language}/{source}.csv.zip")
                    for language in codelists.LANGUAGES
                ),
            ],
        )
    return dcat.Catalogue(
        base_url=base_url.rstrip("/"),
        version=made.version,
        day=made.day,
        whole=_there(folder, whole),
        of_source=of_source,
        kept=kept_versions.entries(),
    ).document(connection)


def _there(folder: Path, offers: Sequence[tuple[str, str]]) -> list[Offer]:
    """Return the files that were made; which these are depends on the formats asked for."""
    return [
        Offer(text, path, (folder / path).stat().st_size)
        for text, path in offers
        if (folder / path).is_file()
    ]
