"""Detected victims over time, a figure per source."""

from typing import Final

import duckdb

from pipelines.charts.language import Language
from pipelines.site import shared, yearly
from pipelines.site.figures import VICTIMS
from pipelines.site.shown import Shown

CODE: Final = VICTIMS.code


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, yearly.Yearly]:
    """By state, the yearly figures on detected victims."""
    return yearly.read(connection, VICTIMS.indicators)


def figures(
    site: shared.Site, area: str, facts: yearly.Yearly | None, language: Language
) -> list[Shown]:
    """A figure per source and kind of year."""
    return yearly.figures(VICTIMS, site, area, facts, language)
