"""Parts of totals: victims by sex, age, form of exploitation and citizenship, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.series.disclosure import text_in
from pipelines.published.series.series import Series, read_series
from pipelines.published.site import context

FAMILIES: Final = {
    "total": "total",
    "sex_age": "sex_age",
    "sex": "sex_age",
    "age": "sex_age",
    "form": "form",
    "citizenship": "citizenship",
}
"""The dimensions of parts, as sql/part.sql names them. Parts of one family add up to each other."""

Key = tuple[str, str, str, str]
"""State, indicator, source and kind of year."""


@dataclass(frozen=True)
class Split:
    """The parts of one count by one dimension.

    Attributes:
        parts: a series per part, with the code of the part in `indicator`, in the order of the
            code lists; each has every year of the period.
        gone: the same for parts without any figure now: withheld, withdrawn or moved.
        releases: days of the releases that its figures come from, in order.
    """

    parts: Sequence[Series]
    releases: tuple[str, ...]
    gone: Sequence[Series] = ()

    def part(self, code: str) -> Series | None:
        """Return the series of a part; None if no year has it."""
        return next((each for each in self.parts if each.indicator == code), None)

    @property
    def last_year(self) -> int:
        """Return the newest year with a figure of any part."""
        return max(part.latest.year for part in self.parts if part.latest)


@dataclass(frozen=True)
class Parts:
    """The parts of the counts of all states, by count and dimension."""

    by_count: Mapping[Key, Mapping[str, Split]]

    def of(self, area: str, indicator: str, source: str, basis: str) -> Mapping[str, Split]:
        """Return the splits of one count by dimension; those without a figure are absent."""
        return self.by_count.get((area, indicator, source, basis), {})

    def counts_of(self, area: str) -> list[Key]:
        """Return the counts of a state that have parts."""
        return [key for key in self.by_count if key[0] == area]


@context.read_once
def read_parts(connection: duckdb.DuckDBPyConnection) -> Parts:
    """Return the parts of all states from sql/part.sql, by the disclosure rule."""
    rows = context.query(connection, "part")
    found: dict[Key, dict[str, Split]] = {}
    for (area, indicator, source), own in rows.groupby(["ref_area", "indicator", "source"]):
        for basis in own["time_basis"].dropna().unique():
            splits = _splits(own[own["time_basis"] == basis])
            known = {name: each for name, each in splits.items() if each.parts}
            if known:
                found[area, indicator, source, basis] = known
    return Parts(found)


def twins(area: str) -> dict[str, str]:
    """Return the two codes for nationals of a state, each with the other."""
    return {"NAT": area, area: "NAT"}


def _splits(count: pd.DataFrame) -> dict[str, Split]:
    """Return the splits of one count."""
    return {str(split): _split(frame) for split, frame in count.groupby("split", sort=False)}


def _split(rows: pd.DataFrame) -> Split:
    codes = list(dict.fromkeys(rows["part"].tolist()))
    years = range(rows["year"].min(), rows["year"].max() + 1)
    series = read_series(rows.assign(indicator=rows["part"]), codes, years)
    shown = rows[[not text_in(rule) for rule in rows["rule"].tolist()]]
    return Split(
        [each for each in series if each.latest],
        tuple(sorted(set(shown["release"]))),
        [each for each in series if not each.latest],
    )
