"""The page about tipstat: its purpose, publisher and citation, and how to report an error."""

from collections.abc import Iterator

import duckdb

from pipelines.lib.csv_injection import FORMULA, GUARDED
from pipelines.published.site import context, rendering
from pipelines.words.language import Language


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Return nothing: the page needs only the shared context."""


def corrections(connection: duckdb.DuckDBPyConnection) -> context.File:
    """Return the list of corrections, inside the site: a copy of the site keeps it."""
    listed = connection.execute("from main.correction order by id").df()
    guarded = listed.astype(str).replace(FORMULA, GUARDED, regex=True)
    return "corrections.csv", guarded.to_csv(index=False, lineterminator="\n")


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """Yield the page."""
    yield rendering.page(site, "about", "about.html", language, citation=citation(site, language))


def citation(site: context.Site, language: Language) -> str:
    """Return how to cite this edition of tipstat."""
    return language.say(
        "about_citation", year=site.day[:4], version=site.version, day=language.day(site.day)
    )
