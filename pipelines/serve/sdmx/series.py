"""Rows of an answer by series."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipelines.published.extracts.sdmx.structure import Flow

Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """The rows of an answer, in its order: a text column for each component asked for.

    Attributes:
        flow: whose they are.
        table: the rows.
        is_flat: whether all dimensions are at the observation; else the time period alone.
        gone: how many of the first rows only name what was withdrawn.
    """

    flow: Flow
    table: pa.Table
    is_flat: bool
    gone: int = 0

    @property
    def serial(self) -> list[str]:
        """Return the dimensions of a series: all but the time period."""
        return [each.id for each in self.flow.of_role("dimension") if each.id != "TIME_PERIOD"]

    @property
    def others(self) -> list[str]:
        """Return measures and attributes."""
        known = {each.id for each in self.flow.of_role("dimension")}
        return [name for name in self.table.column_names if name not in known]

    def by_series(self) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
        """Yield the key of each series and its rows, in the order of their first."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.table.to_pylist():
            found.setdefault(tuple(row[name] for name in self.serial), []).append(row)
        yield from found.items()
