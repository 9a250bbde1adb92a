"""Facts about the region: the verdict on each state, who reported when, and a fixed panel."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import copysign, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from pipelines.published.site import context
from pipelines.published.site.facts.coverage import Grid, read_coverage
from pipelines.published.site.facts.revisions import CHANGES, Account
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import Trend, page_verdict
from pipelines.words.disclosure import Kind
from schemas import parameters

_CLEAR: Final = parameters.number("clear_lean")
_LEAST_OF_PANEL: Final = parameters.whole("least_years_of_panel")
CONVICTED: Final = "PER_CONVICT"
STATUSES: Final = ("reported", "suppressed", "partial", "repeated")
"""Statuses of sql/coverage.sql for years with something; the others are one: nothing."""


class ToCite(NamedTuple):
    """Number of states with a total to cite for a year, and of those whose total is suppressed."""

    states: int
    suppressed: int


@dataclass(frozen=True)
class Reported:
    """The states that reported, by year and indicator; what only others repeat is no report.

    Attributes:
        by_year: number of states by year, one per code of `STATUSES`, and of those with nothing.
        newest: the newest year with a total of detected victims to cite.
        victims: the states with such a total for that year.
        convicted: those with a total of persons convicted to cite for that year.
        known: core indicators known in the average state.
        core: number of core indicators.
    """

    by_year: Mapping[int, Sequence[int]]
    newest: int
    victims: ToCite
    convicted: ToCite
    known: int
    core: int

    @property
    def not_to_cite(self) -> int:
        """Return how many more states have a total for that year in some source."""
        reported, suppressed, *_ = self.by_year.get(self.newest, (0, 0))
        return reported + suppressed - self.victims.states


@dataclass(frozen=True)
class Panel:
    """States with an exact figure in every one of some years, from one source.

    Attributes:
        years: these years, up to the newest.
        areas: the states.
        apart: the state that outweighs all others together in the newest year, "" if none does.
        sums: for each year the sum over the other states, and the figure of the state apart.
    """

    years: range
    areas: frozenset[str]
    apart: str
    sums: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Joint:
    """The test of all series together that have one of their own.

    Attributes:
        tested: number of series.
        up: number of those that lean upwards.
        down: number of those that lean downwards.
        lean: `up` or `down`, all together.
        p_value: Stouffer's, two-sided, series being independent.
    """

    tested: int
    up: int
    down: int
    lean: str
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Return whether chance rarely makes so many lean one way."""
        return self.p_value <= _CLEAR


def joint_test(trends: Iterable[Trend | None]) -> Joint | None:
    """Combine the tests of several series into one; None without any.

    Source: S. A. Stouffer and others, The American Soldier, vol. 1 (1949), 45.
    """
    normal = NormalDist()
    scores = [
        copysign(normal.inv_cdf(1 - trend.p_value / 2), trend.tau)
        for trend in trends
        if trend and trend.p_value is not None and trend.tau is not None
    ]
    if not scores:
        return None
    whole = sum(scores) / sqrt(len(scores))
    return Joint(
        tested=len(scores),
        up=sum(score > 0 for score in scores),
        down=sum(score < 0 for score in scores),
        lean="up" if whole > 0 else "down",
        p_value=2 * normal.cdf(-abs(whole)),
    )


def verdicts(cited: Mapping[str, Total], areas: Iterable[str]) -> dict[str, str]:
    """Return the verdict on each state: that on the series to cite, or that there is none."""
    return {
        area: page_verdict(cited[area].trend) if area in cited else "no_total" for area in areas
    }


def main_source(cited: Mapping[str, Total]) -> tuple[str, str]:
    """Return the source to cite for most states, and the day of its newest release."""
    source = Counter(total.source for total in cited.values()).most_common(1)[0][0]
    return source, max(total.release for total in cited.values() if total.source == source)


def read_reported(connection: duckdb.DuckDBPyConnection, states: int) -> Reported:
    """Return who reported: by year from any source, for the newest year what is to cite."""
    coverage = read_coverage(connection)
    grid = coverage.grids.get(VICTIMS)
    cited = context.query(connection, "cited")
    victims, convicted = (cited[cited["indicator"] == code] for code in (VICTIMS, CONVICTED))
    newest = max(map(max, victims["years"]), default=0)
    return Reported(
        by_year={year: _by_status(grid, year, states) for year in grid.years} if grid else {},
        newest=newest,
        victims=_to_cite(victims, newest),
        convicted=_to_cite(convicted, newest),
        known=round(coverage.pairs / states),
        core=coverage.size,
    )


def _to_cite(cited: pd.DataFrame, year: int) -> ToCite:
    """Count the series with a figure of the year, and with a suppressed one."""
    return ToCite(*(sum(year in each for each in cited[of]) for of in ("years", "suppressed")))


def _by_status(grid: Grid, year: int, states: int) -> list[int]:
    found = grid.states(year)
    counts = [found[status] for status in STATUSES]
    return [*counts, states - sum(counts)]


def fixed_panel(totals: Iterable[Total]) -> Panel | None:
    """Return the panel with the most figures, of enough years; None if none is.

    Args:
        totals: series of one source and kind of year.
    """
    known = {total.area: _exact_since_break(total) for total in totals}
    every_year = {year for figures in known.values() for year in figures}
    if not every_year:
        return None
    first, last = min(every_year), max(every_year)
    windows = [range(start, last + 1) for start in range(first, last + 2 - _LEAST_OF_PANEL)]
    members = {
        window: {area for area, figures in known.items() if figures.keys() >= set(window)}
        for window in windows
    }
    best = max(windows, key=lambda window: len(window) * len(members[window]), default=range(0))
    if not best or not members[best]:
        return None
    return _panel(best, {area: known[area] for area in members[best]})


def _exact_since_break(total: Total) -> dict[int, float]:
    """Return the figures since the last break, without suppressed and doubtful ones."""
    return {
        point.year: point.value
        for point in total.comparable
        if point.kind is Kind.FIGURE and point.value is not None and not point.is_uncertain
    }


def _panel(years: range, figures: Mapping[str, Mapping[int, float]]) -> Panel:
    newest = {area: own[years[-1]] for area, own in figures.items()}
    whole = sum(newest.values())
    apart = next((area for area, value in newest.items() if value > whole / 2), "")
    sums = [
        (
            sum(own[year] for area, own in figures.items() if area != apart),
            figures[apart][year] if apart else 0,
        )
        for year in years
    ]
    return Panel(years, frozenset(figures), apart, sums)


def last_changes(accounts: Iterable[Account]) -> list[Account]:
    """Return for each source the newest release that changed a total of detected victims.

    Args:
        accounts: what each release changed, the newest first.
    """
    newest: dict[str, Account] = {}
    for account in accounts:
        if any(account.count(change, VICTIMS) for change in CHANGES if change != "equal"):
            newest.setdefault(account.source, account)
    return list(newest.values())
