"""Treaties: whether and since when each state is a party, as the lists of depositaries say."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from pipelines.published.site import context
from pipelines.published.site.context import Row


@dataclass(frozen=True)
class Treaties:
    """The treaties of all states.

    Attributes:
        indicators: code of each treaty, the Palermo Protocol first.
        by_area: rows of sql/treaty.sql by state; `is_party` and `since` are None if not known.
        source: id of the source.
        release: day of its newest release.
    """

    indicators: tuple[str, ...]
    by_area: Mapping[str, list[Row]]
    source: str
    release: str

    def of(self, area: str) -> list[Row]:
        """Return the rows of a state in the order of the treaties."""
        order = self.indicators.index
        return sorted(self.by_area.get(area, []), key=lambda row: order(row["indicator"]))

    def by_state(self, treaty: str) -> dict[str, Row]:
        """Return the rows of one treaty by state."""
        rows = [row for own in self.by_area.values() for row in own]
        return {row["ref_area"]: row for row in rows if row["indicator"] == treaty}

    def parties(self) -> dict[str, int]:
        """Return the number of states known to be parties, by treaty."""
        return {
            code: sum(bool(row["is_party"]) for row in self.by_state(code).values())
            for code in self.indicators
        }


@context.read_once
def read_treaties(connection: duckdb.DuckDBPyConnection) -> Treaties:
    """Return the treaties of all states from sql/treaty.sql; none without a source on them."""
    rows = context.query(connection, "treaty")
    if rows.empty:
        return Treaties((), {}, "", "")
    codes = sorted(rows["indicator"].unique(), key=lambda code: (code != "POL_PROTOCOL", code))
    known = rows.astype(object).where(rows.notna(), None)
    release = max(rows["release"])
    return Treaties(
        tuple(codes), context.rows_by(known, ["ref_area"]), rows["source"].iloc[0], release
    )
