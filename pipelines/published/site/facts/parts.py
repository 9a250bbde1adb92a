"""Parts of totals: victims by sex, age, form of exploitation and citizenship, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import duckdb

from pipelines.published.series import Series, read_series
from pipelines.published.site import context
from pipelines.published.site.context import Key
from pipelines.words.disclosure import Row, text_in

FAMILIES: Final = {
    "total": "total",
    "sex_age": "sex_age",
    "sex": "sex_age",
    "age": "sex_age",
    "form": "form",
    "citizenship": "citizenship",
}
"""The dimensions of parts, as sql/part.sql names them. Parts of one family add up to each other."""


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
    count = ["ref_area", "indicator", "source", "time_basis"]
    by_count = context.rows_by(context.query(connection, "part"), count)
    found = {}
    for key, rows in by_count.items():
        by_split = context.grouped(rows, itemgetter("split"))
        splits = {name: split for name, own in by_split.items() if (split := _split(own)).parts}
        if splits:
            found[key] = splits
    return Parts(found)


def twins(area: str) -> dict[str, str]:
    """Return the two codes for nationals of a state, each with the other."""
    return {"NAT": area, area: "NAT"}


def _split(parts: Sequence[Row]) -> Split:
    """Return the parts of one count by one dimension, from rows of sql/part.sql."""
    codes = list(dict.fromkeys(row["part"] for row in parts))
    years = [row["year"] for row in parts]
    rows = [{**row, "indicator": row["part"]} for row in parts]
    series = read_series(rows, codes, range(min(years), max(years) + 1))
    return Split(
        [each for each in series if each.latest],
        tuple(sorted({row["release"] for row in parts if not text_in(row["rule"])})),
        [each for each in series if not each.latest],
    )
