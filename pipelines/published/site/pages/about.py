"""The page about tipstat: its purpose, publisher and citation, and how to report an error."""

from collections.abc import Iterator

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Return nothing: the page needs only the shared context."""


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """Yield the page."""
    yield rendering.page(site, "about", "about.html", language)
