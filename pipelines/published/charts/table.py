"""The figures of a chart as a table: what readers, screen readers, CSV files and workbooks get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.words.disclosure import Kind, bounds, interval_text
from pipelines.words.language import Language


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what readers see.
        kind: how much of the figure it shows.
        remarks: what they see after it.
        value: the number, for files; None for a word, and where the figure may not be shown.
        role: in a line over years, `BREAK` for the first figure after a break, to which no line
            leads, and `ASIDE` for one that is no part of the line; "" for any other.
    """

    text: str
    kind: Kind = Kind.FIGURE
    remarks: Sequence[str] = ()
    value: float | None = None
    role: str = ""

    @property
    def number(self) -> float | None:
        """Return the number of a figure that may be shown whole; None of any other."""
        return self.value if self.kind is Kind.FIGURE else None


@dataclass(frozen=True)
class Table:
    """A table: its caption, the heading of the first column, those of the others, and the rows."""

    caption: str
    row_heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


def printed(row: Mapping[str, Any], language: Language) -> str:
    """Print the figure of a row: `1 186`, `<5` where it is suppressed, or the interval of a sum."""
    if row["value"] is not None:
        return language.number(row["value"])
    return interval_text(*bounds(row["lower"], row["upper"]), language.number)
