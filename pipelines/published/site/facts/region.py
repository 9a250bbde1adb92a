"""Facts about the region: the verdict on each state, who reported when, sums of the same states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from pipelines.published.site import context
from pipelines.published.site.facts.coverage import Grid, read_coverage
from pipelines.published.site.facts.revisions import CHANGES, Account
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import page_verdict

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
    """The states with an exact total of detected victims in every one of some years.

    Attributes:
        areas: the states.
        sources: their sources.
        sums: the sum of these states by year.
    """

    areas: frozenset[str]
    sources: Sequence[str]
    sums: Mapping[int, float]


class Joint(NamedTuple):
    """The test of all series together that have one of their own.

    Attributes:
        tested: number of series.
        up: number of those that lean upwards.
        p_value: Stouffer's, two-sided, series being independent.
    """

    tested: int
    up: int
    p_value: float


def verdicts(cited: Mapping[str, Total], areas: Iterable[str]) -> dict[str, str]:
    """Return the verdict on each state: that on the series to cite, or that there is none."""
    return {
        area: page_verdict(cited[area].trend) if area in cited else "no_total" for area in areas
    }


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


def read_panel(connection: duckdb.DuckDBPyConnection) -> Panel | None:
    """Return the sums of sql/same_states.sql; None if there is no such run of years."""
    rows = context.query(connection, "same_states").to_dict("records")
    if not rows:
        return None
    sums = {row["year"]: row["persons"] for row in rows}
    return Panel(frozenset(rows[0]["areas"]), tuple(rows[0]["sources"]), sums)


def read_joint(connection: duckdb.DuckDBPyConnection) -> Joint | None:
    """Return the test of all states together; None where no state is tested."""
    found = context.query(connection, "joint").to_numpy().tolist()
    return Joint(int(found[0][0]), int(found[0][1]), found[0][2]) if found else None


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
