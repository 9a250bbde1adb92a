"""The facts that a state's page has besides totals and parts: rates, needs, contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb

from pipelines.published.site import context
from pipelines.published.site.facts.parts import Parts, read_parts
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.facts.trends import read_trends

VICTIMS: Final = "VIC_DETECT"
JUSTICE: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")
"""The stages of justice, in their order."""

Key = tuple[str, str, str]
"""State, indicator and source."""


@dataclass(frozen=True)
class Rate:
    """A rate per 100,000 residents, with its 95 % interval and the source of the population."""

    value: float
    lower: float
    upper: float
    population: str


@dataclass(frozen=True)
class Missing:
    """The core indicators that a state lacks.

    Attributes:
        count: number of core indicators without a figure.
        of: number of core indicators.
        need: the need that comes first, a code of the list `need`; "" without any.
        indicator: the indicator that it is about.
    """

    count: int
    of: int
    need: str
    indicator: str


@dataclass(frozen=True)
class Contradictions:
    """The years in which a source contradicts itself.

    Attributes:
        exceeding: years by split in which parts exceed the figure of all of them.
        twice: years in which persons of another sex are printed again as of unknown sex and age.
        smaller: years by form of exploitation in which it is smaller than its own parts.
        unread: years in which a citizenship is empty or illegible, so that its figure is kept out.
    """

    exceeding: dict[str, list[int]] = field(default_factory=dict)
    twice: list[int] = field(default_factory=list)
    smaller: dict[str, list[int]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """The facts of all states.

    Attributes:
        totals: totals of whole states.
        parts: parts of totals.
        rates: rates of detected victims by state, source and kind of year, then by year.
        missing: what each state lacks.
        contradictions: contradictions by state, indicator and source.
        subregions: the part of the Americas that each state lies in.
        newest: the newest year that any state has, by source and indicator.
        reprints: sources that reprint another's figures.
        needs: rows of sql/need.sql by state.
        treaties: rows of sql/treaty.sql by state.
    """

    totals: Totals
    parts: Parts
    rates: Mapping[tuple[str, str, str], Mapping[int, Rate]]
    missing: Mapping[str, Missing]
    contradictions: Mapping[Key, Contradictions]
    subregions: Mapping[str, str]
    newest: Mapping[tuple[str, str], int]
    reprints: frozenset[str]
    needs: Mapping[str, list[dict[Any, Any]]]
    treaties: Mapping[str, list[dict[Any, Any]]]


@context.read_once
def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    totals = read_totals(connection)
    areas = context.query(connection, "area")
    return Facts(
        totals,
        read_parts(connection),
        _rates(connection),
        _missing(connection),
        _contradictions(connection),
        dict(zip(areas["code"].tolist(), areas["subregion"].tolist(), strict=True)),
        _newest(totals),
        read_trends(connection).reprints,
        needs=context.rows_by(context.query(connection, "need"), ["ref_area"]),
        treaties=context.rows_by(context.query(connection, "treaty"), ["ref_area"]),
    )


def _rates(
    connection: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str, str], dict[int, Rate]]:
    """Return the rates of sql/rate.sql that tipstat calculates from detected victims."""
    rows = context.query(connection, "rate")
    calculated = rows[(rows["indicator"] == VICTIMS) & rows["dispersed_lower"].notna()]
    found: dict[tuple[str, str, str], dict[int, Rate]] = {}
    for row in calculated.to_dict("records"):
        own = found.setdefault((row["ref_area"], row["source"], row["time_basis"]), {})
        own[row["year"]] = Rate(
            row["value"], row["dispersed_lower"], row["dispersed_upper"], row["population_source"]
        )
    return found


def _missing(connection: duckdb.DuckDBPyConnection) -> dict[str, Missing]:
    return {
        row["ref_area"]: Missing(
            row["missing"], row["of"], *(row[each] or "" for each in ("need", "indicator"))
        )
        for row in context.query(connection, "missing").to_dict("records")
    }


def _contradictions(connection: duckdb.DuckDBPyConnection) -> dict[Key, Contradictions]:
    found: dict[Key, Contradictions] = {}

    def of(row: dict[Any, Any]) -> Contradictions:
        key = (row["ref_area"], row["indicator"], row["source"])
        return found.setdefault(key, Contradictions())

    for row in context.query(connection, "contradicted").to_dict("records"):
        of(row).exceeding.setdefault(row["split"], []).append(row["year"])
    for row in context.query(connection, "printed_twice").to_dict("records"):
        of(row).twice.append(row["year"])
    for row in context.query(connection, "smaller_than_parts").to_dict("records"):
        of(row).smaller.setdefault(row["exploitation"], []).append(row["year"])
    for row in context.query(connection, "unread").to_dict("records"):
        of(row).unread.append(row["year"])
    return found


def _newest(totals: Totals) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for series in totals.by_indicator.values():
        for total in series:
            key = (total.source, total.indicator)
            found[key] = max(found.get(key, 0), total.last.year)
    return found
