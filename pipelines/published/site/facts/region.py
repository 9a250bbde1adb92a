"""Facts about the region: the change in each state, sums of the same states, who reported when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published.site import context
from pipelines.published.site.facts.coverage import Grid, read_coverage
from pipelines.published.site.facts.revisions import CHANGES, Account
from pipelines.published.site.facts.total import VICTIMS

STATUSES: Final = ("reported", "suppressed", "partial", "repeated")
"""Statuses of sql/coverage.sql for years with something; the others are one: nothing."""

_GREAT: Final = 4
"""From this multiple on, and below its inverse, a change has the darkest shade."""


@dataclass(frozen=True)
class Change:
    """How the usual level of a series has changed, a row of sql/change.sql.

    Attributes:
        size: code of the list `change_size`.
        group: code of the list `change_group`.
        ratio: the level now as a multiple of the first one, the least and the most that it may be.
        first: the level when the series began, the least and the most that it may be.
        last: the level now, likewise.
        years: the first and the last year whose levels are compared.
    """

    size: str
    group: str
    ratio: tuple[float, float]
    first: tuple[float, float]
    last: tuple[float, float]
    years: tuple[int, int]

    @property
    def way(self) -> str:
        """Return `up`, `down` or, about as many, `same`; "" where it cannot be told."""
        ways = {"DOUBLED": "up", "MORE": "up", "SAME": "same", "FEWER": "down", "HALVED": "down"}
        return ways.get(self.group, "")

    @property
    def shade(self) -> str:
        """Return its way and one of three steps: `up-3`; `same`, or "" where it cannot be told."""
        least, most = self.ratio
        if self.group in ("MORE", "FEWER"):
            return f"{self.way}-1"
        if self.group in ("DOUBLED", "HALVED"):
            is_great = self.size in ("FROM_NONE", "TO_NONE") or least >= _GREAT
            return f"{self.way}-{3 if is_great or most <= 1 / _GREAT else 2}"
        return self.way


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


@context.read_once
def read_changes(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[tuple[str, str], Change], dict[tuple[str, str], str]]:
    """Return by state and indicator the change of the series to cite, and its evidence."""
    rows = context.query(connection, "change").to_dict("records")
    changes = {
        (row["ref_area"], row["indicator"]): Change(
            row["change_size"],
            row["change_group"],
            (row["ratio_lower"], row["ratio_upper"]),
            (row["level_first_lower"], row["level_first_upper"]),
            (row["level_last_lower"], row["level_last_upper"]),
            (int(row["first_year"]), int(row["last_year"])),
        )
        for row in rows
        if isinstance(row["change_group"], str)
    }
    return changes, {(row["ref_area"], row["indicator"]): row["evidence"] for row in rows}


def read_by_year(connection: duckdb.DuckDBPyConnection, states: int) -> dict[int, Sequence[int]]:
    """Return by year how many states reported detected victims, per status, and how many nothing.

    What only others repeat is no report.
    """
    grid = read_coverage(connection).grids.get(VICTIMS)
    return {year: _by_status(grid, year, states) for year in grid.years} if grid else {}


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
