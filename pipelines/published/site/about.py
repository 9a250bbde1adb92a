"""About tipstat: why it exists, who publishes it, how to cite it, how to report an error."""

from collections.abc import Iterator

import duckdb

from pipelines.published.charts.language import Language
from pipelines.published.site import shared


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """The page needs nothing but what all pages share."""


def files(site: shared.Site, facts: None, language: Language) -> Iterator[shared.File]:  # noqa: ARG001
    """The page."""
    yield site.page("about", "about.html", language)
