"""Coverage: for each state, indicator and year, whether some source has the total."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import duckdb

from pipelines.published.site import context

HAS_TOTAL: Final = ("reported", "suppressed")
HAS_FIGURE: Final = (*HAS_TOTAL, "partial", "repeated")


@dataclass(frozen=True)
class Grid:
    """The coverage of one indicator.

    Attributes:
        years: all years of the period.
        status: code of the list `coverage_status` by state and year, or `repeated`.
    """

    years: range
    status: Mapping[tuple[str, int], str]

    @property
    def used(self) -> set[str]:
        """Return the statuses that occur."""
        return set(self.status.values())

    def states(self, year: int) -> Counter[str]:
        """Return the number of states by their status in a year."""
        return Counter(code for (_, each), code in self.status.items() if each == year)

    def totals(self) -> list[int]:
        """Return for each year the number of states with a total, suppressed or not."""
        known = Counter(year for (_, year), code in self.status.items() if code in HAS_TOTAL)
        return [known[year] for year in self.years]

    def known(self, area: str) -> list[int]:
        """Return the years of which a source has a figure of the state, be it of a part."""
        return [year for year in self.years if self.status[area, year] in HAS_FIGURE]

    def parts(self, area: str) -> list[int]:
        """Return the years of which a source has a figure of parts only, or of some months."""
        return [year for year in self.years if self.status[area, year] == "partial"]


@dataclass(frozen=True)
class Coverage:
    """The coverage of all core indicators that count something.

    Attributes:
        grids: the grid of each indicator of which a source has a figure, in the order of the list.
        unknown: the indicators without a figure of any state.
    """

    grids: Mapping[str, Grid]
    unknown: tuple[str, ...]

    def of_state(self, area: str) -> "Coverage":
        """Return the coverage of one state alone."""
        own = {
            code: Grid(grid.years, context.of_state(grid.status, area))
            for code, grid in self.grids.items()
        }
        return Coverage(own, self.unknown)

    @property
    def size(self) -> int:
        """Return the number of core indicators."""
        return len(self.grids) + len(self.unknown)

    @cached_property
    def known(self) -> dict[str, dict[str, list[int]]]:
        """Indicators of which a source has a figure, by state, each with the years."""
        areas = {area for grid in self.grids.values() for area, _ in grid.status}
        return {
            area: {code: years for code, grid in self.grids.items() if (years := grid.known(area))}
            for area in areas
        }

    def newest(self, area: str) -> int:
        """Return the newest year with a total of the state; 0 if there is none."""
        known = self.known.get(area, {})
        whole = (set(years) - set(self.grids[code].parts(area)) for code, years in known.items())
        return max((year for years in whole for year in years), default=0)

    @property
    def pairs(self) -> int:
        """Return the number of pairs of a state and an indicator with a figure."""
        return sum(map(len, self.known.values()))


@context.read_once
def read_grids(connection: duckdb.DuckDBPyConnection) -> dict[str, Grid]:
    """Return the grid of each indicator of which a source has a figure, from sql/coverage.sql."""
    grids: dict[str, Grid] = {}
    for code, rows in context.query(connection, "coverage").groupby("indicator"):
        years = rows["time_period"].astype(int).tolist()
        cells = zip(rows["ref_area"].tolist(), years, strict=True)
        status = dict(zip(cells, rows["coverage_status"].tolist(), strict=True))
        grids[str(code)] = Grid(range(min(years), max(years) + 1), status)
    return grids


@context.read_once
def read_coverage(connection: duckdb.DuckDBPyConnection) -> Coverage:
    """Return the coverage of the core indicators, of sql/core.sql."""
    grids = read_grids(connection)
    core = context.query(connection, "core")["indicator"].tolist()
    return Coverage(
        grids={code: grids[code] for code in core if code in grids},
        unknown=tuple(code for code in core if code not in grids),
    )
