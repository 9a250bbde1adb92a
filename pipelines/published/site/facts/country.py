"""The facts that a state's page has besides totals and parts: rates, needs, cautions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.site import context
from pipelines.published.site.facts.cautions import Cautions, read_cautions
from pipelines.published.site.facts.coverage import read_coverage
from pipelines.published.site.facts.needs import Needs, read_needs
from pipelines.published.site.facts.parts import Parts, read_parts
from pipelines.published.site.facts.sentences import Sentences, read_sentences
from pipelines.published.site.facts.sums import Sum, read_sums
from pipelines.published.site.facts.total import VICTIMS
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.facts.treaties import read_treaties
from pipelines.published.site.facts.trends import read_trends
from pipelines.warehouse import remarks

JUSTICE: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")
"""The stages of justice, in their order."""


@dataclass(frozen=True)
class Rate:
    """A rate per 100,000 residents, with its 95 % interval and the source of the population."""

    value: float
    lower: float
    upper: float
    population: str


@dataclass(frozen=True)
class Facts:
    """The facts of all states.

    Attributes:
        sentences: what the warehouse says in words.
        totals: totals of whole states.
        parts: parts of totals.
        rates: rates of detected victims by series, then by year.
        known: number of core indicators with a figure, by state.
        core: the core indicators.
        unknown: the core indicators that no state has a figure of.
        cautions: years in which parts need a caution.
        subregions: the part of the Americas that each state lies in.
        reprints: sources that reprint another's figures.
        needs: what would close gaps, in order of priority.
        kept_out: rows of sql/kept_out.sql by state.
        treaties: rows of sql/treaty.sql by state.
        sums: our sums where a source prints no total.
        remarks: what is known of the newest figure to cite, by state and indicator.
    """

    sentences: Sentences
    totals: Totals
    parts: Parts
    rates: Mapping[context.Key, Mapping[int, Rate]]
    known: Mapping[str, int]
    core: tuple[str, ...]
    unknown: tuple[str, ...]
    cautions: Cautions
    subregions: Mapping[str, str]
    reprints: tuple[str, ...]
    needs: Needs
    kept_out: Mapping[str, list[dict[Any, Any]]]
    treaties: Mapping[str, list[dict[Any, Any]]]
    sums: list[Sum]
    remarks: Mapping[tuple[str, str], list[remarks.Row]]

    def of(self, area: str) -> "Facts":
        """Return the facts of one state alone."""
        own = partial(context.of_state, area=area)
        return replace(
            self,
            sentences=own(self.sentences),
            totals=Totals(own(self.totals.by_indicator)),
            parts=Parts(own(self.parts.by_count)),
            rates=own(self.rates),
            known=own(self.known),
            cautions=self.cautions.of_state(area),
            subregions=own(self.subregions),
            needs=Needs(own(self.needs.by_area)),
            kept_out=own(self.kept_out),
            treaties=own(self.treaties),
            sums=[each for each in self.sums if each.area == area],
            remarks=own(self.remarks),
        )


@context.read_once
def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    totals, coverage = read_totals(connection), read_coverage(connection)
    return Facts(
        read_sentences(connection),
        totals,
        read_parts(connection),
        _rates(connection),
        {area: len(known) for area, known in coverage.known.items()},
        tuple(context.query(connection, "core")["indicator"]),
        coverage.unknown,
        read_cautions(connection),
        _by_code(context.query(connection, "area"), "code", "subregion"),
        read_trends(connection).reprints,
        read_needs(connection),
        context.rows_by(context.query(connection, "kept_out"), ["ref_area"]),
        read_treaties(connection).by_area,
        read_sums(connection),
        remarks.of_last(connection),
    )


def _by_code(rows: pd.DataFrame, code: str, fact: str) -> dict[Any, Any]:
    return dict(zip(rows[code].tolist(), rows[fact].tolist(), strict=True))


def _rates(connection: duckdb.DuckDBPyConnection) -> dict[context.Key, dict[int, Rate]]:
    """Return the rates of sql/rate.sql that tipstat calculates from detected victims."""
    rows = context.query(connection, "rate")
    calculated = rows[(rows["indicator"] == VICTIMS) & rows["dispersed_lower"].notna()]
    found: dict[context.Key, dict[int, Rate]] = {}
    for row in calculated.to_dict("records"):
        found.setdefault(context.key(row), {})[row["year"]] = Rate(
            row["value"], row["dispersed_lower"], row["dispersed_upper"], row["population_source"]
        )
    return found
