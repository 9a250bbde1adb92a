"""The figures beside assessments: which indicators would tell of a code, and those of demand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import duckdb

from pipelines.published.site.facts.coverage import Coverage, Grid, read_coverage, read_grids
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.wording import notes, phrases
from pipelines.words.language import Language
from schemas import codelists


@dataclass(frozen=True)
class KnowledgeFiguresFacts:
    """The facts of figures.

    Attributes:
        coverage: the years that core indicators have figures of.
        grids: the same of all indicators that count something.
        demand: totals of whole states that speak of demand.
        told: the indicators of which a source has a total of the state, by state.
    """

    coverage: Coverage
    grids: Mapping[str, Grid]
    demand: Totals
    told: Mapping[str, Sequence[str]]

    @property
    def sources(self) -> list[str]:
        """Return the sources of the figures."""
        series = chain.from_iterable(self.demand.by_indicator.values())
        return sorted({each.source for each in series})


def read(connection: duckdb.DuckDBPyConnection) -> KnowledgeFiguresFacts:
    """Return the facts of figures."""
    totals, domains = read_totals(connection).by_indicator, codelists.column("indicator", "domain")
    told: dict[str, list[str]] = {}
    for area, indicator in sorted(totals):
        told.setdefault(area, []).append(indicator)
    demand = {key: own for key, own in totals.items() if domains[key[1]] == "DEM"}
    return KnowledgeFiguresFacts(
        read_coverage(connection), read_grids(connection), Totals(demand), told
    )


def indicators(
    facts: KnowledgeFiguresFacts, code: str, areas: Iterable[str]
) -> list[tuple[str, bool, int]]:
    """Return the indicators that would tell of a code: whether core, and their number of states.

    A state counts if any source has a figure of it, be it of a part.
    """
    core, areas = {*facts.coverage.grids, *facts.coverage.unknown}, [*areas]
    found = []
    for each in codelists.column("assessment_code", "indicators")[code].split():
        grid = facts.grids.get(each)
        known = {area for area in areas if each in facts.told.get(area, ())}
        known |= {area for area in areas if grid and grid.known(area)}
        found.append((each, each in core, len(known)))
    return found


def of_demand(
    facts: KnowledgeFiguresFacts, areas: Sequence[str], language: Language
) -> list[dict[str, Any]]:
    """Return the figures of the indicators of demand, the newest year first.

    `is_again`: another source of the same figures stands before it. `notes`: what is to be known of
    the figures, as on the page of the state's figures.
    """
    return [
        {
            "indicator": total.indicator,
            "area": area,
            "source": total.source,
            "is_again": place > 0,
            "figures": [
                (total.period(point.year), phrases.printed(point, language))
                for point in reversed(total.known)
            ],
            "notes": notes.of_series([total.series], language),
        }
        for indicator in language.names["indicator"]
        for area in areas
        for place, total in enumerate(facts.demand.of(area, indicator))
    ]
