"""Needs: the figures that would close the gaps of each state, in their order of priority."""

from collections.abc import Mapping
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


@dataclass(frozen=True)
class Needs:
    """The needs of all states.

    Attributes:
        by_area: the needs of each state in their order of priority.
    """

    by_area: Mapping[str, list[Need]]

    def of(self, area: str) -> list[Need]:
        """Return the needs of a state in their order of priority."""
        return self.by_area.get(area, [])


@context.read_once
def read_needs(connection: duckdb.DuckDBPyConnection) -> Needs:
    """Return the needs of all states from sql/need.sql."""
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
    return Needs(context.grouped(needs, attrgetter("area")))
