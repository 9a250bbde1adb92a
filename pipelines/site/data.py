"""Data: every extract, with licence and how to read it."""

from collections.abc import Iterator

import duckdb
import pandas as pd

from pipelines.charts.language import Language
from pipelines.site import shared


def read(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:  # noqa: ARG001
    """Nothing yet."""
    return pd.DataFrame()


def files(site: shared.Site, facts: pd.DataFrame, language: Language) -> Iterator[shared.File]:  # noqa: ARG001
    """The page."""
    yield site.page("data", "data.html", language)
