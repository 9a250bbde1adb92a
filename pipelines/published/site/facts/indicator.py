"""The facts of the pages of indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

import duckdb

from pipelines.published.charts.declared import Placed, read_placed
from pipelines.published.charts.sparkline import Spark, spark
from pipelines.published.site import context
from pipelines.published.site.facts.coverage import Grid, read_grids
from pipelines.published.site.facts.region import Change, read_changes
from pipelines.published.site.facts.total import INCOMPARABLE, Total
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.facts.treaties import read_treaties
from pipelines.words.disclosure import Row

Fact = TypeVar("Fact")


@dataclass(frozen=True)
class IndicatorFacts:
    """The facts of each indicator, all by its code unless something else is said.

    Attributes:
        own: the indicators whose pages these facts make.
        indicators: rows of sql/indicator.sql.
        parties: number of states known to be parties to a treaty.
        totals: the totals of all states.
        sparks: the sparkline of each series to cite that may be drawn, by state and indicator.
        changes: the change of the usual level, likewise.
        evidence: code of the list `evidence`, likewise.
        region: rows of sql/region.sql.
        charts: what the charts draw that stand on these pages by their declaration.
        grids: who reports since when, of indicators that count something.
        quality: rows of sql/quality.sql, likewise.
        sums: state and years of each of our sums, where a source prints no total.
    """

    own: Sequence[str]
    indicators: Mapping[str, Row]
    parties: Mapping[str, int]
    totals: Totals
    sparks: Mapping[tuple[str, str], Spark]
    changes: Mapping[tuple[str, str], Change]
    evidence: Mapping[tuple[str, str], str]
    region: Mapping[str, Row]
    charts: Placed
    grids: Mapping[str, Grid]
    quality: Mapping[str, Sequence[Row]]
    sums: Mapping[str, Sequence[tuple[str, Sequence[int]]]]

    def of(self, code: str) -> "IndicatorFacts":
        """Return the facts of one indicator alone."""
        return replace(
            self,
            own=[code],
            indicators=_of_code(self.indicators, code),
            parties={},
            totals=self.totals.of_indicator(code),
            sparks=of_series(self.sparks, code),
            changes=of_series(self.changes, code),
            evidence=of_series(self.evidence, code),
            region=_of_code(self.region, code),
            charts=self.charts.of(code),
            grids=_of_code(self.grids, code),
            quality=_of_code(self.quality, code),
            sums=_of_code(self.sums, code),
        )

    @property
    def sources(self) -> set[str]:
        """Return the sources of the figures."""
        every = {total.source for own in self.totals.by_indicator.values() for total in own}
        judged = {row["source"] for rows in self.quality.values() for row in rows}
        return (every | judged | self.charts.sources) - {""}


def _of_code(facts: Mapping[str, Fact], code: str) -> dict[str, Fact]:
    """Return what a mapping has of an indicator."""
    return {code: facts[code]} if code in facts else {}


def of_series(facts: Mapping[tuple[str, str], Fact], code: str) -> dict[tuple[str, str], Fact]:
    """Return what a mapping by state and indicator has of an indicator."""
    return {key: fact for key, fact in facts.items() if key[1] == code}


def read_facts(connection: duckdb.DuckDBPyConnection) -> IndicatorFacts:
    """Return the code list, the totals, what they say together, rates, coverage and quality."""
    listed = context.query(connection, "indicator").to_dict("records")
    totals = read_totals(connection)
    changes, evidence = read_changes(connection)
    found = (totals.cited(*each) for each in totals.by_indicator)
    by_code = context.grouped(filter(None, found), attrgetter("indicator"))
    years = {code: years_of(own) for code, own in by_code.items()}
    summed = context.query(connection, "national_sum")
    whole = summed[summed["is_whole"] & summed["value"].notna()]
    sums: dict[str, list[tuple[str, list[int]]]] = {}
    for (area, code, _), own in whole.groupby(["ref_area", "indicator", "source"]):
        sums.setdefault(code, []).append((area, own["year"].astype(int).tolist()))
    return IndicatorFacts(
        context.query(connection, "paged")["indicator"].tolist(),
        {row["code"]: row for row in listed},
        read_treaties(connection).parties(),
        totals,
        {  # those of one indicator have the same years
            (total.area, code): spark(total.series, range(years[code][0], years[code][-1] + 1))
            for code, own in by_code.items()
            for total in own
            if total.level != INCOMPARABLE
        },
        changes,
        evidence,
        {row["indicator"]: row for row in context.query(connection, "region").to_dict("records")},
        read_placed(connection, "indicator"),
        read_grids(connection),
        context.rows_by(context.query(connection, "quality"), ["indicator"]),
        sums,
    )


def cited(totals: Totals, code: str, areas: Sequence[str]) -> list[Total]:
    """Return the series to cite of an indicator, in the order of the states."""
    return [total for area in areas if (total := totals.cited(area, code))]


def years_of(series: Sequence[Total]) -> list[int]:
    """Return the years in which any series has a figure, in order."""
    return sorted({point.year for total in series for point in total.known})
