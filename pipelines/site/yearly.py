"""Figures with a year in each row, of one state and source: which rows make one of them."""

from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from pipelines.charts.language import Language
from pipelines.site import shared
from pipelines.site.figures import Kit, show
from pipelines.site.shown import Shown


@dataclass(frozen=True)
class Yearly:
    """What is known of a state.

    Attributes:
        rows: one row per source, indicator and year, as sql/figure.sql describes it.
        last: the last year of which each source has a figure of any state, by source.
    """

    rows: pd.DataFrame
    last: dict[Any, int]


def read(connection: duckdb.DuckDBPyConnection, indicators: tuple[str, ...]) -> dict[str, Yearly]:
    """By state, the rows of these indicators."""
    rows = shared.query(connection, "figure")
    last = rows.groupby("source")["year"].max().to_dict()
    own = rows[rows["indicator"].isin(indicators)]
    return {str(area): Yearly(of_area, last) for area, of_area in own.groupby("ref_area")}


def figures(
    kit: Kit, site: shared.Site, area: str, facts: Yearly | None, language: Language
) -> list[Shown]:
    """A figure per source and kind of year."""
    if facts is None:
        return []
    name = language.name("area", area)
    return [
        show(kit, part, _years(part, facts.last[source]), name, site.sources[source], language)
        for source, of_source in facts.rows.groupby("source")
        for part in by_kind_of_year(of_source)
    ]


def by_kind_of_year(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows by what a year means in them: calendar and reporting years are no one series.

    What is withheld or withdrawn bears no such word, and goes with the first.
    """
    kinds = sorted(rows["time_basis"].dropna().unique())
    said = rows["time_basis"].fillna(kinds[0] if kinds else "")
    return [part for _, part in rows.groupby(said)]


def _years(own: pd.DataFrame, last: int) -> range:
    """From the first year of the state to the last of the source, so that lateness shows."""
    return range(int(own["year"].min()), int(last) + 1)
