"""The figures of a chart as a table: what readers, screen readers, CSV files and workbooks get."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.words.disclosure import Kind


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what readers see.
        kind: how much of the figure it shows.
        remarks: what they see after it.
        value: the number, for files; None for a word, and where the figure may not be shown.
    """

    text: str
    kind: Kind = Kind.FIGURE
    remarks: Sequence[str] = ()
    value: float | None = None


@dataclass(frozen=True)
class Table:
    """A table: its caption, the heading of the first column, those of the others, and the rows."""

    caption: str
    row_heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
