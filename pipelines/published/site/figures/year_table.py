"""Split the rows of a state into figures with a row per year: by source and kind of year."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import context
from pipelines.published.site.figures.time_series import FigureSpec, year_figure
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.figures.wording import trends


@dataclass(frozen=True)
class Part:
    """The rows of one figure.

    Attributes:
        source: id of the source.
        rows: one row per indicator and year, as sql/figure.sql describes it.
        last: the last year of which the source has a figure of any state.
        known: trends by indicator; None where no trend is calculated.
    """

    source: str
    rows: pd.DataFrame
    last: int
    known: dict[str, trends.Trend] | None


Yearly = list[Part]
"""The rows of a state: a part per source and kind of year."""


def read_year_tables(
    connection: duckdb.DuckDBPyConnection, indicators: tuple[str, ...]
) -> dict[str, Yearly]:
    """Return the rows of these indicators, by state."""
    rows = context.query(connection, "figure")
    return by_state(connection, rows, rows["indicator"].isin(indicators), ["source"])


def by_state(
    connection: duckdb.DuckDBPyConnection,
    rows: pd.DataFrame,
    wanted: pd.Series,
    within: list[str],
) -> dict[str, Yearly]:
    """Return the wanted rows of sql/figure.sql, by state.

    The rows of a state are split by the columns `within`, which include the source, and by kind of
    year. This is the same in every language, so it is done once, on reading.
    """
    last, known = rows.groupby("source")["year"].max().to_dict(), trends.read_trends(connection)
    parts: dict[str, Yearly] = {}
    for (area, *_), own in rows[wanted].groupby(["ref_area", *within]):
        source = own["source"].iloc[0]
        for of_kind in by_kind_of_year(own):
            (basis,) = of_kind["time_basis"].dropna().unique().tolist() or [""]
            trend = known.of(source, area, basis)
            parts.setdefault(area, []).append(Part(source, of_kind, int(last[source]), trend))
    return parts


def year_figures(
    spec: FigureSpec,
    site: context.Site,
    area: str,
    facts: Sequence[Part] | None,
    language: Language,
) -> list[FigureView]:
    """Return a figure per source and kind of year."""
    return [
        year_figure(
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
    """Return the rows split by kind of year: calendar and reporting years form no single series.

    Withheld and withdrawn figures have no kind of year, and go with the first one.
    """
    kinds = sorted(rows["time_basis"].dropna().unique())
    if len(kinds) < 2:
        return [rows]
    basis = rows["time_basis"].fillna(kinds[0])
    return [part for _, part in rows.groupby(basis)]


def _years(spec: FigureSpec, part: Part) -> range:
    """Return the years from the first of the state to the last of the source, so that gaps show.

    Without a chart, the table ends with the last year of the state.
    """
    years = part.rows["year"]
    last = part.last if spec.least <= part.rows["value"].count() else int(years.max())
    return range(int(years.min()), last + 1)
