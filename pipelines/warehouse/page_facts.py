"""The facts of a state's page in two versions of the database: what it gains, and what it loses.

A state that takes part is never worse off: every figure stays with bounds at least as narrow, every
verdict on a series stands, and no headline becomes older.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import duckdb

FIGURE: Final = "FIGURE"
VERDICT: Final = "VERDICT"
HEADLINE: Final = "HEADLINE"


class Fact(NamedTuple):
    """A row of `judged.page_fact`."""

    kind: str
    ref_area: str
    indicator: str
    year: int
    cell: str
    source: str | None
    lower: float | None
    upper: float | None
    verdict: str | None


@dataclass(frozen=True)
class Compared:
    """The facts of two versions, compared."""

    gained: Sequence[Fact]  # facts of the new version that the old one had not, or not as narrow
    lost: Sequence[Fact]  # facts of the old version that the new one has not, or not as narrow


def read_page_facts(connection: duckdb.DuckDBPyConnection, state: str = "") -> list[Fact]:
    """Return the facts of the page of a state, or of every state's."""
    found = connection.execute(
        "from judged.page_fact where $state in ('', ref_area) order by all", {"state": state}
    )
    names = [column for column, *_ in found.description]
    return [Fact(**dict(zip(names, row, strict=True))) for row in found.fetchall()]


def compare(before: Sequence[Fact], after: Sequence[Fact]) -> Compared:
    """Return what the pages of a version gain and lose against those of the one before."""
    return Compared(_missing(after, before), _missing(before, after))


def _missing(facts: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Return the facts that none of the others says as well."""
    known: dict[tuple[Any, ...], list[Fact]] = {}
    for other in others:
        known.setdefault(_subject(other), []).append(other)
    return [
        fact
        for fact in dict.fromkeys(facts)
        if not any(_says(other, fact) for other in known.get(_subject(fact), []))
    ]


def _subject(fact: Fact) -> tuple[Any, ...]:
    """Return what a fact is about: of a headline, its indicator whatever its year."""
    of_year = () if fact.kind == HEADLINE else (fact.year, fact.cell, fact.source)
    return (fact.kind, fact.ref_area, fact.indicator, *of_year)


def _says(other: Fact, fact: Fact) -> bool:
    """Return whether a fact about the same says at least as much."""
    if fact.kind == HEADLINE:
        return other.year >= fact.year
    if fact.kind == VERDICT or fact.lower is None:
        return other.verdict == fact.verdict
    top = float("inf")
    return (
        other.verdict == fact.verdict
        and other.lower is not None
        and other.lower >= fact.lower
        and (top if other.upper is None else other.upper)
        <= (top if fact.upper is None else fact.upper)
    )
