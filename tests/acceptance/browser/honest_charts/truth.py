"""The figures of the warehouse, from queries that the pages do not share."""

from collections.abc import Iterable
from typing import Any

import duckdb

Figures = dict[int, tuple[float | None, float | None, float | None]]
"""By year: value, lower and upper; the value of a suppressed figure is None."""

TOTALS = """
select
    ref_area, indicator, source, time_basis, year,
    if(obs_status like '%Q%' or conf_status <> 'F', null, value), lower, upper
from published.headline
"""
PARTS = """
select
    ref_area, concat_ws('|', indicator, sex, age, exploitation, citizenship), source, time_basis,
    year, if(obs_status like '%Q%' or conf_status <> 'F', null, value), lower, upper
from published.observation
where freq = 'A' and counterpart_role = '_Z' and breakdown = '_T'
"""
RATES = """
select
    ref_area, indicator, source, time_basis, time_period::integer, value, dispersed_lower,
    dispersed_upper
from published.rate
where freq = 'A' and sex = '_T' and age = '_T' and exploitation = '_T' and value is not null
"""


class Truth:
    """The published series of each state, and facts that sentences name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        ask = lambda sql: connection.execute(sql).fetchall()  # noqa: E731
        self.counts = _series([*ask(TOTALS), *ask(PARTS)])
        self.rates = _series(ask(RATES))
        self.cited = {
            (area, indicator): (source, basis)
            for area, indicator, source, basis in ask(
                "select distinct ref_area, indicator, source, time_basis "
                "from published.national_series"
            )
        }
        self.verdict = {
            tuple(key): verdict
            for *key, verdict in ask(
                "select ref_area, indicator, source, time_basis, trend_verdict from published.trend"
            )
        }
        self.breaks = {
            (area, int(year))
            for area, year in ask(
                "select ref_area, coalesce(break_year, year) from published.headline "
                "where obs_status like '%B%' or break_reason is not null"
            )
        }
        self.licences = {
            language: {
                source: text.rstrip(".")
                for source, text in ask(f"select source, licence_{language} from main.source")
            }
            for language in ("en", "es", "pt", "fr")
        }

    def cited_figures(self, area: str, indicator: str) -> Figures:
        """Return the series to cite; empty if there is none."""
        key = self.cited.get((area, indicator))
        return self.counts[area].get((indicator, *key), {}) if key else {}


def _series(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[tuple[str, str, str], Figures]]:
    """Return the figures by year of each state and series."""
    found: dict[str, dict[tuple[str, str, str], Figures]] = {}
    for area, name, source, basis, year, value, lower, upper in rows:
        own = found.setdefault(area, {}).setdefault((name, source, basis), {})
        own[int(year)] = (value, lower, upper)
    return found
