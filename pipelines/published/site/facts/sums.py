"""Our sums of subdivisions and months, where they cover a whole state and whole years."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.published.site import context


@dataclass(frozen=True)
class Sum:
    """The sums of one state, indicator and source.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        source: id of the source, which prints no total.
        years: the years, in order.
        last: the sum of the last year.
    """

    area: str
    indicator: str
    source: str
    years: Sequence[int]
    last: float


@context.read_once
def read_sums(connection: duckdb.DuckDBPyConnection) -> list[Sum]:
    """Return the sums of all states from sql/national_sum.sql."""
    rows = context.query(connection, "national_sum")
    whole = rows[rows["is_whole"] & rows["value"].notna()]
    return [
        Sum(area, indicator, source, own["year"].astype(int).tolist(), own["value"].iloc[-1])
        for (area, indicator, source), own in whole.groupby(["ref_area", "indicator", "source"])
    ]
