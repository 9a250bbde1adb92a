"""Recalls: figures that should never have been published, with the person, day and reason.

`data/recalls.csv` has one line for each recalled figure. It names the cell, not the figure. A
recalled cell is left out of later files too, until its lines are removed.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.raw import record_csv
from pipelines.raw.corrections import CELL

RECALLED: Final = "recalled"
"""Text of a figure table in place of the printed one."""
RULE: Final = "figure_was_not_recalled"
"""Rule under which such a row is quarantined."""
CODES: Final = (
    "ref_area", "indicator", "freq", "time_basis", "time_period", "sex", "age", "exploitation",
    "citizenship", "counterpart_role", "counterpart_area", "breakdown",
)  # fmt: skip
"""Columns that identify a cell of a source; an unread code is empty."""


class RecallError(TipstatError):
    """A recall that names no figure, or cannot be finished; the message has the remedy."""


@dataclass(frozen=True)
class Recall:
    """One line: one printed figure of one release."""

    source: str
    release: str
    file: str  # its figure table, below data/raw
    row: str  # the row in the publisher's file
    column: str  # the publisher's column
    ref_area: str  # from here on to `breakdown`, the codes of the cell
    indicator: str
    freq: str
    time_basis: str
    time_period: str
    sex: str
    age: str
    exploitation: str
    citizenship: str
    counterpart_role: str
    counterpart_area: str
    breakdown: str
    unread: str  # the printed labels of codes that could not be read
    reason: str
    by: str  # the person who recalled it
    day: str  # day of the recall, ISO 8601

    @property
    def place(self) -> tuple[str, str, str]:
        """Place of the figure: table, row and column."""
        return self.file, self.row, self.column

    @property
    def cell(self) -> tuple[str, ...]:
        """The codes of the cell."""
        return tuple(getattr(self, name) for name in CODES)


_REQUIRED: Final = ("source", "release", "file", "row", "column", "reason", "by", "day")


def entries(source: str | None = None) -> list[Recall]:
    """Return the recalls of one source, or all, in the order of the table.

    Raises:
        RecallError: the table has other columns, or a line is invalid.
    """
    lines = record_csv.read_record(paths.recalls(), Recall, RecallError, _REQUIRED)
    found = []
    for place, cells in lines:
        record_csv.refuse_invalid_date(place, "day", cells["day"], RecallError)
        found.append(Recall(**cells))
    return [recall for recall in found if source in (None, recall.source)]


def cells(source: str) -> set[tuple[str, ...]]:
    """Return the recalled cells of a source: their codes, and labels that could not be read."""
    return {
        (*recall.cell, recall.unread)
        for recall in entries(source)
        if all(recall.cell) or recall.unread
    }


def corrected_cells() -> set[tuple[str, ...]]:
    """Return source and codes of each recalled figure, as a correction names them."""
    return {(each.source, *(getattr(each, name) for name in CELL)) for each in entries()}


def enter(new: Sequence[Recall]) -> None:
    """Add lines to the table; a place that has a line keeps it.

    Raises:
        RecallError: the table is invalid, or a line lacks a cell.
    """
    known = entries()
    for recall in new:
        record_csv.refuse_blank("the recall", asdict(recall), RecallError, _REQUIRED)
    places = {recall.place for recall in known}
    kept = [*known, *(recall for recall in new if recall.place not in places)]
    record_csv.write(paths.recalls(), Recall, kept)


def contains_figure(text: str, printed: str) -> bool:
    """Return whether a text contains a printed figure, with or without thousands marks."""
    plain = re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", printed)
    variants = {printed, plain, f"{int(plain):,}" if plain.isdecimal() else plain}
    return any(re.search(rf"(?<!\d){re.escape(variant)}(?!\d)", text) for variant in variants)
