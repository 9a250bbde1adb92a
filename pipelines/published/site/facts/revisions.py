"""Revisions: what each release changed of the release before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.series import Point, read_series
from pipelines.published.site import context
from pipelines.words.disclosure import Kind

CHANGES: Final = ("equal", "narrowed", "changed", "new", "withdrawn")
"""What may become of a total; codes of the list `change`, and `equal`."""


@dataclass(frozen=True)
class Account:
    """Numbers of figures that one release of a source changed.

    Attributes:
        source: id of the source.
        release: day of the release.
        previous: day of the release before.
        totals: number of yearly totals of a state, by indicator and one of `CHANGES`.
        cells: number of all cells that changed, parts included, by indicator.
    """

    source: str
    release: str
    previous: str
    totals: Mapping[tuple[str, str], int]
    cells: Mapping[str, int]

    @property
    def replaces(self) -> bool:
        """Return whether the release replaces the one before, so that equal totals are known."""
        return any(change == "equal" for _, change in self.totals)

    def count(self, change: str, indicator: str | None = None) -> int:
        """Return the number of totals of one indicator, or of all, that changed in a way."""
        return sum(
            number
            for (own, kind), number in self.totals.items()
            if kind == change and indicator in (None, own)
        )


@dataclass(frozen=True)
class Change:
    """A total that a release changed or withdrew; the point has the figure before as well."""

    area: str
    source: str
    release: str
    indicator: str
    point: Point

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the newest release no longer has the total."""
        return self.point.kind is Kind.MISSING

    @property
    def difference(self) -> float:
        """Return by how much the number changed; 0 unless it is exact in both releases."""
        before, now = self.point.previous, self.point.value
        return abs(now - before) if isinstance(before, float) and now is not None else 0.0


def read_accounts(connection: duckdb.DuckDBPyConnection) -> list[Account]:
    """Return what each release changed, the newest release first."""
    rows = context.query(connection, "revision_account")
    found = []
    for (source, release, previous), own in rows.groupby(["source", "release", "previous_release"]):
        known = own[own["change"].isin(CHANGES)].set_index(["indicator", "change"])["headline"]
        totals = {key: int(number) for key, number in known.to_dict().items()}
        cells = own.groupby("indicator")["cells"].sum().to_dict()
        counts = {str(code): int(number) for code, number in cells.items()}
        found.append(Account(str(source), str(release), str(previous), totals, counts))
    return sorted(found, key=lambda each: (each.release, each.source), reverse=True)


def read_changes(connection: duckdb.DuckDBPyConnection) -> list[Change]:
    """Return every total that a release changed or withdrew, by the disclosure rule.

    A change in a release that only others repeat is one, too.
    """
    named = ["source", "release", "indicator", "ref_area"]
    queries = [context.query(connection, name) for name in ("revised", "restated")]
    found = []
    for key, own in context.rows_by(pd.concat(queries, ignore_index=True), named).items():
        source, release, indicator, area = key
        years = [row["year"] for row in own]
        [series] = read_series(own, [indicator], range(min(years), max(years) + 1))
        found += [
            Change(area, source, release, indicator, point)
            for point in series.points
            if point.previous_release
        ]
    return found
