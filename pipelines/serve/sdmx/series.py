"""Rows of an answer by series."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from pipelines.published.extracts.sdmx.structure import Flow

T = TypeVar("T")


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

    def column(self, name: str, shown: Callable[[str], T]) -> list[T | None]:
        """Return a column as it is to be shown: each distinct text once, and shared by its rows."""
        encoded = self.table[name].combine_chunks().dictionary_encode()
        values = [shown(text) for text in encoded.dictionary.to_pylist()]
        return [None if at is None else values[at] for at in encoded.indices.to_pylist()]

    def by_series(self) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """Yield the key of each series and the numbers of its rows, in the order of their first."""
        found: dict[tuple[str, ...], list[int]] = {}
        keys = zip(*(self.column(name, str) for name in self.serial), strict=True)
        for at, key in enumerate(keys):
            found.setdefault(key, []).append(at)
        yield from found.items()
