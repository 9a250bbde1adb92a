"""Treaties: the year in which each state ratified or acceded, as the lists of depositaries say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.site import context

PARTIES_WITHOUT_DAY: Final[Mapping[str, frozenset[str]]] = {
    "POL_ILO_P029": frozenset({"MEX", "PAN"}),
    "POL_ILO_C182": frozenset({"CUB", "DMA", "GRD", "KNA"}),
}
"""Parties, by treaty, whose day the source lacks: see the caveats of int_untc."""


def is_undated_party(area: str, treaty: str) -> bool:
    """Return whether a state is known to be a party without the source having a day."""
    return area in PARTIES_WITHOUT_DAY.get(treaty, frozenset())


@dataclass(frozen=True)
class Treaties:
    """The treaties of all states.

    Attributes:
        indicators: code of each treaty, the Palermo Protocol first.
        year: year of ratification or accession by state and treaty; none where the lists have no
            date.
        source: id of the source.
        release: day of its newest release.
    """

    indicators: tuple[str, ...]
    year: Mapping[tuple[str, str], int]
    source: str
    release: str

    def of(self, area: str) -> list[tuple[str, int | None]]:
        """Return the treaties with the year in which a state ratified or acceded."""
        return [(treaty, self.year.get((area, treaty))) for treaty in self.indicators]

    def states(self, treaty: str) -> int:
        """Return the number of states known to be parties to a treaty."""
        dated = {area for area, each in self.year if each == treaty}
        return len(dated | PARTIES_WITHOUT_DAY.get(treaty, frozenset()))


def read_treaties(connection: duckdb.DuckDBPyConnection) -> Treaties:
    """Return the treaties of all states from sql/treaty.sql; none without a source on them."""
    rows = context.query(connection, "treaty")
    if rows.empty:
        return Treaties((), {}, "", "")
    codes = sorted(rows["indicator"].unique(), key=lambda code: (code != "POL_PROTOCOL", code))
    return Treaties(
        indicators=tuple(codes),
        year={
            (row["ref_area"], row["indicator"]): int(row["since"][:4])
            for row in rows.to_dict("records")
            if not pd.isna(row["since"]) and row["is_party"]
        },
        source=rows["source"].iloc[0],
        release=max(rows["release"]),
    )
