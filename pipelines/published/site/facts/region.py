"""Facts about the region: the change in each state, sums of states, who reported when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published.charts.declared import Placed, read_placed
from pipelines.published.charts.rates import Rate, read_rates
from pipelines.published.charts.region import Group, Panel, read_groups, read_panel
from pipelines.published.charts.sparkline import Spark, spark
from pipelines.published.site import context
from pipelines.published.site.facts.coverage import read_coverage
from pipelines.published.site.facts.revisions import CHANGES, Account, read_accounts
from pipelines.published.site.facts.sentences import Sentences, read_sentences
from pipelines.published.site.facts.total import INCOMPARABLE, VICTIMS, Total
from pipelines.published.site.facts.totals import read_totals
from schemas import codelists, parameters

STATUSES: Final = ("reported", "suppressed", "partial", "repeated")
"""Statuses of sql/coverage.sql for years with something; the others are one: nothing."""

_GREAT: Final = parameters.number("factor_of_great_change")
"""From this multiple on, and below its inverse, a change has the darkest shade."""


@dataclass(frozen=True)
class Change:
    """Change of the usual level of a series, a row of sql/change.sql.

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
class RegionFacts:
    """The facts of the page.

    Attributes:
        sentences: what the warehouse says in words.
        cited: the series to cite, by state.
        newer: the year of another source, by state, if it is newer than that of the series.
        years: the years of all series to cite.
        sparks: the sparkline of each state whose years compare.
        changes: the change of the usual level, by state.
        evidence: code of the list `evidence`, by state.
        rates: the rates of one year, by state; those without a value count something else.
        panel: the sums of the states that have every year.
        groups: rows of `published.region_group`.
        by_year: how many states reported, by year.
        revised: the newest releases that changed a total.
        charts: what the charts draw that stand on the page by their declaration.
    """

    sentences: Sentences
    cited: Mapping[str, Total]
    newer: Mapping[str, int]
    years: range
    sparks: Mapping[str, Spark]
    changes: Mapping[str, Change]
    evidence: Mapping[str, str]
    rates: Mapping[str, Rate]
    panel: Panel | None
    groups: Sequence[Group]
    by_year: Mapping[int, Sequence[int]]
    revised: Sequence[Account]
    charts: Placed


def read_facts(connection: duckdb.DuckDBPyConnection) -> RegionFacts:
    """Return the facts about the region."""
    totals = read_totals(connection)
    areas = codelists.oas_states()
    found = {area: totals.cited(area, VICTIMS) for area in areas}
    cited = {area: total for area, total in found.items() if total}
    known = [point.year for total in cited.values() for point in total.known]
    years = range(min(known, default=0), max(known, default=0) + 1)
    changes, evidence = read_changes(connection)
    return RegionFacts(
        sentences=read_sentences(connection),
        cited=cited,
        newer={area: year for area, total in cited.items() if (year := totals.newer(total))},
        years=years,
        sparks={
            area: spark(total.series, years)
            for area, total in cited.items()
            if total.level != INCOMPARABLE
        },
        changes={area: each for (area, code), each in changes.items() if code == VICTIMS},
        evidence={area: each for (area, code), each in evidence.items() if code == VICTIMS},
        rates={rate.area: rate for rate in read_rates(connection).get(VICTIMS, [])},
        panel=read_panel(connection),
        groups=read_groups(connection),
        by_year=read_by_year(connection, len(areas)),
        revised=last_changes(read_accounts(connection)),
        charts=read_placed(connection, "home"),
    )


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
    by_year: dict[int, Sequence[int]] = {}
    if grid is None:
        return by_year
    for year in grid.years:
        found = grid.states(year)
        counts = [found[status] for status in STATUSES]
        by_year[year] = [*counts, states - sum(counts)]
    return by_year


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
