"""Recalls: figures that should never have been published, and who took them back, when and why.

`data/recalls.csv` has one line for each printed figure that was taken back. It names the cell, not
the figure. A recalled cell stays out: of a file that is taken in later too, until its lines are
removed.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from pipelines.lib import paths
from pipelines.raw import record_csv

RECALLED: Final = "recalled"
"""What stands in a figure table in place of the printed text."""
RULE: Final = "figure_was_not_recalled"
"""The rule that keeps such a row in quarantine."""
CODES: Final = (
    "ref_area", "indicator", "freq", "time_basis", "time_period", "sex", "age", "exploitation",
    "citizenship", "counterpart_role", "counterpart_area", "breakdown",
)  # fmt: skip
"""The columns that name a cell of a source; a code that cannot be read is empty."""


class RecallError(Exception):
    """A recall that names no figure, or cannot be finished; what to do in a line."""


@dataclass(frozen=True)
class Recall:
    """One line: one printed figure of one release.

    Attributes:
        source: source.
        release: release.
        file: its figure table, below data/raw.
        row: the row in the publisher's file.
        column: the publisher's column.
        ref_area: from here on to `breakdown`, the codes of the cell.
        reason: why.
        by: who decided it.
        day: when, ISO 8601.
    """

    source: str
    release: str
    file: str
    row: str
    column: str
    ref_area: str
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
    reason: str
    by: str
    day: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Where the figure stood: table, row and column."""
        return self.file, self.row, self.column

    @property
    def cell(self) -> tuple[str, ...]:
        """The codes of the cell."""
        return tuple(getattr(self, name) for name in CODES)


COLUMNS: Final = tuple(field.name for field in fields(Recall))


def entries(source: str | None = None) -> list[Recall]:
    """The lines of one source, or all, in the order of the table.

    Raises:
        RecallError: the table has other columns, or a line is not sound.
    """
    path = paths.recalls()
    found = []
    for number, line in enumerate(record_csv.lines(path, COLUMNS, RecallError), start=2):
        if len(line) != len(COLUMNS) or not all((*line[:5], *line[-3:])):
            raise RecallError(f"{path}, line {number}: not every column has a value")
        found.append(Recall(*line))
    return [each for each in found if source in (None, each.source)]


def cells(source: str) -> set[tuple[str, ...]]:
    """The cells of a source that were recalled, as far as their codes could be read."""
    return {each.cell for each in entries(source) if all(each.cell)}


def enter(new: Sequence[Recall]) -> None:
    """Adds lines to the table; a place that is there already keeps its line."""
    known = entries()
    places = {each.place for each in known}
    kept = [*known, *(each for each in new if each.place not in places)]
    aside = paths.recalls().with_suffix(".new")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(astuple, kept))
    aside.replace(paths.recalls())


def tells(said: str, text: str) -> bool:
    """Return whether a text holds a printed figure, its thousands marked or not."""
    plain = re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", text)
    variants = {text, plain, f"{int(plain):,}" if plain.isdecimal() else plain}
    return any(re.search(rf"(?<!\d){re.escape(each)}(?!\d)", said) for each in variants)
