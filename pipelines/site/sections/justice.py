"""The justice chain, a figure per source: suspects, persons prosecuted, persons convicted."""

from typing import Final

import duckdb

from pipelines.charts.language import Language
from pipelines.site import shared, yearly
from pipelines.site.figures import CHAIN
from pipelines.site.shown import Shown

CODE: Final = CHAIN.code


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, yearly.Yearly]:
    """By state, the yearly figures on criminal justice."""
    return yearly.read(connection, CHAIN.indicators)


def figures(
    site: shared.Site, area: str, facts: yearly.Yearly | None, language: Language
) -> list[Shown]:
    """A figure per source and kind of year."""
    return yearly.figures(CHAIN, site, area, facts, language)
