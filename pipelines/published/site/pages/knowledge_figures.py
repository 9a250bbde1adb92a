"""The figures beside assessments: which indicators would tell of a code, and those of demand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from pipelines.published.site.facts.coverage import Coverage, Grid, read_coverage, read_grids
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.wording import phrases
from pipelines.words.language import Language
from schemas import codelists


@dataclass(frozen=True)
class Facts:
    """The facts of figures.

    Attributes:
        coverage: the years that core indicators have figures of.
        grids: the same of all indicators that count something.
        totals: totals of whole states.
    """

    coverage: Coverage
    grids: Mapping[str, Grid]
    totals: Totals


class Series(NamedTuple):
    """Figures of an indicator of demand: its code, the state, the source, years with figures."""

    indicator: str
    area: str
    source: str
    figures: Sequence[tuple[str, str]]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of figures."""
    return Facts(read_coverage(connection), read_grids(connection), read_totals(connection))


def indicators(facts: Facts, code: str, areas: Iterable[str]) -> list[tuple[str, bool, int]]:
    """Return the indicators that would tell of a code: whether core, and their number of states.

    A state counts if any source has a figure of it, be it of a part.
    """
    core = {*facts.coverage.grids, *facts.coverage.unknown}
    return [
        (each, each in core, sum(_has_figure(facts, area, each) for area in areas))
        for each in codelists.column("assessment_code", "indicators")[code].split()
    ]


def _has_figure(facts: Facts, area: str, indicator: str) -> bool:
    grid = facts.grids.get(indicator)
    return bool(facts.totals.of(area, indicator) or (grid and grid.known(area)))


def of_demand(facts: Facts, areas: Sequence[str], language: Language) -> list[Series]:
    """Return the figures of the indicators of demand, the newest year first."""
    domains = codelists.column("indicator", "domain")
    return [
        Series(
            total.indicator,
            area,
            total.source,
            [
                (total.period(point.year), phrases.printed(point, language))
                for point in reversed(total.known)
            ],
        )
        for indicator in language.names["indicator"]
        if domains[indicator] == "DEM"
        for area in areas
        for total in facts.totals.of(area, indicator)
    ]
