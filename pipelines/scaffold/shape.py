"""Find the table among the rows of a file: titles, header, rows of figures, notes."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipelines.reader import header, periods
from pipelines.reader.header import Top
from pipelines.reader.labels import UnknownLabelError
from pipelines.reader.text_tables import NOTE

MOST_ROWS: Final = 5_000
"""Rows of a sample that are looked at."""

MARKS: Final = r"[*pre]|\w/|\(\w\)|"
"""Mark of a note behind a year, such as `p/` or `(1)`, or none."""

_NUMBER: Final = re.compile(rf"[<>≤≥=\s]*[-−]?\d[\d.,'\s\u00a0\u202f]*(?:\s?%|\s?(?:{MARKS}))")
_NO_FIGURE: Final = frozenset({"-", "–", "—", "...", "..", "n/d", "s/d", "n.d.", "nd", "na", "x"})
YEAR: Final = r"(?:19|20)\d{2}"
YEAR_WITHIN: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)")
MARKED_YEAR: Final = re.compile(rf"{YEAR} ?(?:{MARKS})")
_CODE: Final = re.compile(
    r"(?:c[oó]d|clave|cve|id\b|iso|m49|ubigeo|geo_?code|divipola)", re.IGNORECASE
)
"""Beginning of the name of a column of codes, which are not figures."""


@dataclass(frozen=True)
class Shape:
    """A table in the rows of a file."""

    names: tuple[str, ...]  # the name of each column, "" for one without
    first: int  # the position of the header's first row, from 0
    height: int  # the number of rows of the header
    above: str  # the texts above it
    rows: tuple[tuple[str, ...], ...]
    notes: bool  # whether there are rows with a single filled cell below them

    @property
    def cells(self) -> int:
        """The number of filled cells."""
        return sum(cell != "" for row in self.rows for cell in row)

    @property
    def named(self) -> tuple[str, ...]:
        """The names of the columns that have one."""
        return tuple(name for name in self.names if name)

    def texts(self, name: str) -> list[str]:
        """Return the filled cells of a column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows if row[place]]

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """The columns of figures; years and codes are none."""
        return tuple(
            name
            for name in self.named
            if (texts := self.texts(name))
            and sum(map(is_figure, texts)) > len(texts) / 2
            and name not in self.periods
            and not is_code(name)
            and not is_part_column(name, texts)
        )

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The columns of periods; one named after a year has its figures."""
        named = (name for name in self.named if not MARKED_YEAR.search(name))
        return period_columns({name: self.texts(name) for name in named})

    @cached_property
    def fill_down(self) -> tuple[str, ...]:
        """The columns whose blank cells look as if they repeat the cell above them."""
        found = []
        for name in self.named:
            column = [row[self.names.index(name)] for row in self.rows]
            labels = [text for text in column if text]
            repeated = len(labels) != len(set(labels))
            if name in self.numeric or not column[0] or repeated or len(labels) == len(column):
                continue
            if len(labels) * 2 <= len(column) and self.names.index(name) < 3:
                found.append(name)
        return tuple(found)


def is_code(name: str) -> bool:
    """Return whether the name of a column suggests codes."""
    return bool(_CODE.match(name))


def is_figure(text: str) -> bool:
    """Return whether a text is a number, or a sign in the place of one."""
    return bool(_NUMBER.fullmatch(text)) or text.strip().casefold() in _NO_FIGURE


def is_period(text: str, year: str = "") -> bool:
    """Return whether a text is a period, of either kind of year; with `year`, a part of that."""
    for basis in ("CY", "FY1001"):
        with suppress(UnknownLabelError):
            return bool(periods.to_period(*filter(None, (year, text)), basis=basis))
    return False


def period_columns(texts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the columns of nothing but periods; or else the first with the most."""
    shares: dict[str, float] = {}
    for name, column in texts.items():
        distinct = set(column)
        shares[name] = sum(map(is_period, distinct)) / len(distinct) if distinct else 0
    whole = tuple(name for name, share in shares.items() if share == 1)
    return whole or tuple(name for name, share in shares.items() if share > 0.5)[:1]


def is_part_column(name: str, texts: Sequence[str]) -> bool:
    """Return whether most texts of a column are months or quarters, by number or name."""
    named = {periods.named_part(name, text) for text in texts}
    parts = [text for text in named if is_period(text, "2000")]
    return not all(map(is_whole_year, parts)) and len(parts) > len(named) / 2


def is_whole_year(text: str) -> bool:
    """Return whether a text beside a year means the whole of it, as `Total` does."""
    return is_period(text, "2000") and periods.to_period("2000", text) == "2000"


def table_in(top: Top) -> Shape | None:
    """Return the table of a sheet, None if there is none: no header with figures below it."""
    counts = [filled(row) for row in top.rows]
    start = next((at for at, row in enumerate(top.rows) if _has_figures(row)), 0)
    while start > 1 and _is_row_without_figures(top.rows[start - 1], counts[start - 2]):
        start -= 1
    if start == 0:
        return None
    height = _height(top, start)
    names = tuple(header.column_names(top, start - height, height))
    last = max(at for at in range(start, len(counts)) if counts[at] > 1 or at == start)
    rows = [_row(row, len(names)) for row in top.rows[start : last + 1]]
    rows = [row for row in rows if any(row)]
    if sum(map(bool, names)) < 2:
        return None
    names = tuple(
        name or (header.nameless(place + 1) if any(row[place] for row in rows) else "")
        for place, name in enumerate(names)
    )
    notes = any(count == 1 for count in counts[last + 1 :])
    above = header.title(top.rows[: start - height])
    return Shape(names, start - height, height, above, tuple(rows), notes)


def filled(row: Sequence[str]) -> int:
    """Return the number of filled cells of a row; a note that a separator splits counts as one."""
    cells = [cell for cell in row if cell.strip()]
    return min(len(cells), 1) if cells and NOTE.match(cells[0]) else len(cells)


def _row(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in (*row, *[""] * width)[:width])


def _has_figures(row: Sequence[str]) -> bool:
    """Return whether a row has a number that is not a year, beside another cell."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and any(
        _NUMBER.fullmatch(cell) and not MARKED_YEAR.fullmatch(cell) for cell in cells
    )


def _is_row_without_figures(row: Sequence[str], above: int) -> bool:
    """Return whether a row is that of a year without figures, which is not a header."""
    cells = [cell.strip() for cell in row if cell.strip()]
    years = [cell for cell in cells if MARKED_YEAR.fullmatch(cell)]
    return len(years) == 1 and len(cells) > 1 and cells[0] in years and above >= len(cells)


def _height(top: Top, start: int) -> int:
    """Return the least number of rows in which each column has a name of its own."""
    data = [_row(row, max(map(len, top.rows))) for row in top.rows[start : start + 50]]
    for height in range(1, min(header.MOST_ROWS, start) + 1):
        names = header.column_names(top, start - height, height)
        names += [""] * (len(data[0]) - len(names))
        used = [name for at, name in enumerate(names) if any(row[at] for row in data)]
        if all(used[1:]) and len(used) == len(set(used)):
            return height
    return 1
