"""Rates of states, of one year and one source, and the neighbours that a state is compared with."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from schemas import codelists

_RATES: Final = """
select
    indicator, ref_area as area, source, release, year, value, confidence_lower, confidence_upper,
    numerator, lowest, highest, is_contradicted, '' as counts
from published.compared_rate
union all by name
select distinct indicator, ref_area as area, 0 as year, break_reason.counts
from published.remark
join codelist.break_reason on break_reason.code = remark.detail
join codelist.area on area.code = ref_area and is_oas
semi join published.compared_rate using (indicator)
anti join published.compared_rate using (indicator, ref_area)
where remark = 'COUNTS_INSTEAD' and is_last
order by indicator, value desc nulls last, area
"""


@dataclass(frozen=True)
class Rate:
    """The rate of a state per 100,000 residents, a row of `published.compared_rate`.

    Attributes:
        area: code of the state.
        source: id of the source, of all rates the same.
        release: day of its release.
        year: the year, of all rates the same.
        value: the rate; None where the state counts something else, which has no other number then.
        lower: lower limit of chance, 95 %.
        upper: upper limit.
        count: the persons or cases counted.
        lowest: least rate of the last years.
        highest: greatest rate of them.
        is_contradicted: whether another figure, or its own parts, contradict it.
        counts: code of what the state counts instead; "" where it counts the same.
    """

    area: str
    source: str = ""
    release: str = ""
    year: int = 0
    value: float | None = None
    lower: float = 0
    upper: float = 0
    count: float = 0
    lowest: float = 0
    highest: float = 0
    is_contradicted: bool = False
    counts: str = ""


def read_rates(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Rate]]:
    """Return the rates of each indicator, the highest first, then who counts something else."""
    found: dict[str, list[Rate]] = {}
    for indicator, *columns in connection.execute(_RATES).fetchall():
        found.setdefault(indicator, []).append(Rate(*columns))
    return found


@cache
def neighbours() -> dict[str, list[str]]:
    """Return the states to compare each state with, the nearest first."""
    rows = codelists.rows(Path(__file__).parent / "neighbours.csv")
    return {row["area"]: row["neighbours"].split() for row in rows}
