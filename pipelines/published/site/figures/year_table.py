"""Figures with a year in each row, of one state and source: which rows make one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import context
from pipelines.published.site.figures.time_series import FigureSpec, show
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.figures.wording import trends


@dataclass(frozen=True)
class Part:
    """The rows of one figure.

    Attributes:
        source: id of the source.
        rows: one row per indicator and year, as sql/figure.sql describes it.
        last: the last year of which the source has a figure of any state.
        known: what is said of the trends, by indicator; None where none is worked out.
    """

    source: str
    rows: pd.DataFrame
    last: int
    known: dict[str, trends.Trend] | None


Yearly = list[Part]
"""What is known of a state: a part per source and kind of year."""


def read(connection: duckdb.DuckDBPyConnection, indicators: tuple[str, ...]) -> dict[str, Yearly]:
    """By state, the rows of these indicators."""
    rows = context.query(connection, "figure")
    return by_state(connection, rows, rows["indicator"].isin(indicators), ["source"])


def by_state(
    connection: duckdb.DuckDBPyConnection,
    rows: pd.DataFrame,
    wanted: pd.Series,
    within: list[str],
) -> dict[str, Yearly]:
    """By state, those rows of sql/figure.sql that are wanted.

    They are parted by the columns `within`, among them the source, and by kind of year: here, since
    it is the same in each language.
    """
    last, known = rows.groupby("source")["year"].max().to_dict(), trends.read(connection)
    parts: dict[str, Yearly] = {}
    for (area, *_), own in rows[wanted].groupby(["ref_area", *within]):
        source = own["source"].iloc[0]
        for of_kind in by_kind_of_year(own):
            (basis,) = of_kind["time_basis"].dropna().unique().tolist() or [""]
            trend = known.of(source, area, basis)
            parts.setdefault(area, []).append(Part(source, of_kind, int(last[source]), trend))
    return parts


def figures(
    spec: FigureSpec,
    site: context.Site,
    area: str,
    facts: Sequence[Part] | None,
    language: Language,
) -> list[FigureView]:
    """A figure per source and kind of year."""
    return [
        show(
            spec,
            part.rows,
            _years(spec, part),
            language.name("area", area),
            site.sources[part.source],
            part.known,
            language,
        )
        for part in facts or []
    ]


def by_kind_of_year(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows by what a year means in them: calendar and reporting years are no one series.

    What is withheld or withdrawn bears no such word, and goes with the first.
    """
    kinds = sorted(rows["time_basis"].dropna().unique())
    if len(kinds) < 2:
        return [rows]
    said = rows["time_basis"].fillna(kinds[0])
    return [part for _, part in rows.groupby(said)]


def _years(spec: FigureSpec, part: Part) -> range:
    """From the first year of the state to the last of the source, so that lateness shows.

    Where there is no chart, the table ends with the last year of the state.
    """
    years = part.rows["year"]
    last = part.last if spec.least <= part.rows["value"].count() else int(years.max())
    return range(int(years.min()), last + 1)
