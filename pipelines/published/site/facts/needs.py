"""Needs: the figures that would close the gaps of each state, in their order of priority."""

from dataclasses import dataclass
from operator import attrgetter

import duckdb

from pipelines.published.site import context


@dataclass(frozen=True)
class Need:
    """A need of one state for one core indicator.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        code: code of the list `need`.
        step: code of the list `need_step`.
        years: the years that it concerns; none for BEGIN.
        share: TELL_UNKNOWN: greatest share of persons whose sex or age is not recorded.
    """

    area: str
    indicator: str
    code: str
    step: str
    years: tuple[int, ...]
    share: float


@context.read_once
def read_needs(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Need]]:
    """Return by state its needs in their order of priority, from sql/need.sql."""
    needs = [
        Need(
            area=row["ref_area"],
            indicator=row["indicator"],
            code=row["need"],
            step=row["need_step"],
            years=tuple(int(year) for year in row["periods"].split()),
            share=float(row["unknown_share"]),
        )
        for row in context.query(connection, "need").to_dict("records")
    ]
    return context.grouped(needs, attrgetter("area"))
