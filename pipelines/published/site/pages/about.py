"""About tipstat: why it exists, who publishes it, how to cite it, how to report an error."""

from collections.abc import Iterator

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """The page needs nothing but what all pages share."""


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """The page."""
    yield rendering.page(site, "about", "about.html", language)
