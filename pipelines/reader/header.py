"""Find the header of a table among its first rows, below any titles."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from schemas.source import Layout

SEARCHED: Final = 60
"""Number of first rows among which a header is looked for."""

MOST_ROWS: Final = 3
"""Rows of the tallest header."""

JOINT: Final = " / "
"""Text between the names of the rows of a header, the upper first."""

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Merged cells: row and column of the first and of the last cell, from 0."""


class Top(NamedTuple):
    """The first rows of a table, and the merged cells that its workbook states."""

    rows: Sequence[Sequence[str]]
    merged: Merged = ()


class Header(NamedTuple):
    """The rows of a table that have the most of a layout's columns."""

    names: list[str]  # the name of each column
    first: int  # the position of its first row, from 0
    rows: int  # the number of its rows
    above: str  # the texts above it
    known: int  # how many of the names the layout has
    missing: list[str]  # required columns of the layout that it lacks
    is_stated: bool = False  # whether the file itself says that these are names, as JSON does

    @property
    def below(self) -> int:
        """Position of the first row below the header."""
        return self.first + self.rows

    @property
    def place(self) -> str:
        """Its rows, in words."""
        last = f" to {self.below}" if self.rows > 1 else ""
        return f"the header is in row {self.first + 1}{last}"

    @property
    def is_certain(self) -> bool:
        """Return whether these are names, even if columns are missing, and not a row of data."""
        return self.is_stated or self.known >= max(1, len(self.missing))

    def added(self, layout: Layout) -> list[str]:
        """Return the columns that the layout does not have."""
        ours = {*layout.header, *layout.optional}
        return [name for name in self.names if name and name not in ours]

    def likeness(self, layout: Layout) -> float:
        """Return the share of columns that layout and file have in common, from 0 to 1."""
        if not self.is_certain:
            return 0.0
        return self.known / (self.known + len(self.missing) + len(self.added(layout)))


def find(top: Top, layout: Layout, rows: int = 0) -> Header:
    """Return the header; `rows` is the number of its rows if not the layout's."""
    height = rows or layout.header_rows
    starts = range(max(1, min(SEARCHED, len(top.rows) - height + 1)))
    found = [_header(top, layout, first, height) for first in starts]
    return max(found, key=lambda each: (not each.missing, each.known))


def _header(top: Top, layout: Layout, first: int, height: int) -> Header:
    """Return the header that some rows would be, with the names as the layout spells them.

    Spaces and line breaks make no difference. A column without a name has that of its place, such
    as `column 1`, if the layout states it.
    """
    ours = (*layout.header, *layout.optional)
    spelled = {_spaced(name): name for name in ours}
    names = [
        spelled.get(name) or name or spelled.get(nameless(place), "")
        for place, name in enumerate(column_names(top, first, height), start=1)
    ]
    wide = {name for name in names if layout.wide and re.fullmatch(layout.wide, name)}
    missing = [name for name in layout.required if name not in names]
    if layout.wide and not wide:
        missing.append(layout.wide)
    known = len(wide | ({*names} & {*ours}))
    return Header(names, first, height, title(top.rows[:first]), known, missing)


def nameless(place: int) -> str:
    """Return the name of a column without one, by its place from 1."""
    return f"column {place}"


def title(rows: Iterable[Sequence[str]]) -> str:
    """Return the texts of rows above a header, in one line."""
    return " ".join(_spaced(cell) for row in rows for cell in row if cell.strip())


def column_names(top: Top, first: int, height: int) -> list[str]:
    """Return the name of each column of a header: the names in its rows, the upper first.

    A name in an upper row also applies to the blank cells to its right: those of its merged cell
    where the workbook states merged cells, else those under the same name of the row above.
    """
    rows = top.rows[first : first + height]
    width = max((len(row) for row in rows), default=0)
    names: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows, start=first):
        cells = [_spaced(row[place]) if place < len(row) else "" for place in range(width)]
        is_upper = number < first + height - 1
        for place in range(1, width) if is_upper else ():
            if top.merged:
                belongs = any(
                    above <= number <= below and left < place <= right
                    for (above, left), (below, right) in top.merged
                )
            else:
                belongs = names[place] == names[place - 1]
            if belongs and not cells[place]:
                cells[place] = cells[place - 1]
        for name, cell in zip(names, cells, strict=True):
            name.append(cell)
    return [JOINT.join(dict.fromkeys(filter(None, name))) for name in names]


def _spaced(text: str) -> str:
    return " ".join(text.split())
