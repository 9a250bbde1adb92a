"""Corrections of publishers' errors: data, with the reason, guarded by the printed text.

`data/corrections.csv` has one line per correction; a raw file is never edited. A line is about one
cell, or about a label wherever it is printed, and holds from the release in which the error was
found on, in every one in which the old text still stands there; a doubt about `<5` also where it
has been narrowed, to 0 or to a count below 5. Where a release prints something else, the publisher
has mended the cell, and the line has no effect. In the release in which the error was found it must
fit: otherwise it is mistyped, and that release is held back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.lib import paths
from pipelines.raw import manifest, record_csv
from pipelines.raw.manifest import RefusedReleaseError

CELL: Final = (
    "ref_area", "indicator", "time_period", "sex", "age", "exploitation", "citizenship",
    "counterpart_area",
)  # fmt: skip
"""Columns of the contract that name the cell of a correction."""
VALUE: Final = "value"
"""In place of a column: the figure of the cell."""
REPLACE: Final = "REPLACE"
DOUBTFUL: Final = "DOUBTFUL"
_STATUSES: Final = frozenset({"open", "reported", "accepted", "refused"})
_REQUIRED: Final = ("id", "source", "found_in", "column", "old", "reason")


class CorrectionError(RefusedReleaseError):
    """A correction that does not fit its file, or an invalid line."""


@dataclass(frozen=True)
class Correction:
    """One line of the table."""

    id: str  # its name, which the comment of each corrected figure has
    source: str
    found_in: str  # release in which the error was found; the line must fit there
    # the codes of the cell as printed; all empty for a label that is wrong wherever it stands
    ref_area: str
    indicator: str
    time_period: str
    sex: str
    age: str
    exploitation: str
    citizenship: str
    counterpart_area: str
    occurrence: str  # which of the rows on the cell with `old`, from 1; empty for a label
    # `value` for the figure of the cell, a column of the contract for a wrong code of it; for a
    # label the publisher's column
    column: str
    old: str  # the printed text: of the figure, or of the label
    # the figure, code or label that is read in its place; empty for an unknown figure
    new: str
    # REPLACE, or DOUBTFUL for a figure that stays and gets status U, since the right one is not
    # known
    effect: str
    reason: str  # why it is an error
    reported_to: str  # the authority to which it was reported
    status: str  # open, reported, accepted or refused

    @property
    def is_of_label(self) -> bool:
        """Return whether it is about a label wherever it stands, not about one cell."""
        return not any(self.cell)

    @property
    def cell(self) -> tuple[str, ...]:
        """Return the codes of its cell, in the order of `CELL`."""
        return tuple(getattr(self, name) for name in CELL)

    @property
    def place(self) -> str:
        """Return its place in words: the column of a label, or the codes of the cell."""
        if self.is_of_label:
            return f"'{self.column}'"
        return " ".join(code for code in self.cell if code not in ("_T", "_Z"))


def entries(source: str | None = None, release: str | None = None) -> list[Correction]:
    """Return the corrections of one source, or all, in the order of the table.

    Of a `release`, they are those whose error was found in it or before.

    Raises:
        CorrectionError: the table has other columns, or a line is invalid.
    """
    path = paths.corrections()
    lines = record_csv.read_record(path, Correction, CorrectionError, _REQUIRED)
    found = [_entry(place, cells) for place, cells in lines]
    if len({correction.id for correction in found}) < len(found):
        raise CorrectionError(f"{path}: an id occurs more than once; give each line its own")
    return [
        each
        for each in found
        if source in (None, each.source) and (release is None or each.found_in <= release)
    ]


def refuse_stray() -> None:
    """Refuse corrections that were found in a release that is not in the manifest."""
    known = {(entry.source, entry.release) for entry in manifest.entries()}
    for correction in entries():
        if (correction.source, correction.found_in) not in known:
            raise CorrectionError(
                f"{paths.corrections()}: {correction.id} corrects {correction.source} "
                f"{correction.found_in}, which is not in the manifest; correct or remove the line"
            )


def refuse_unused(known: Sequence[Correction], release: str, made: frozenset[str]) -> None:
    """Refuse a correction that does not fit the release in which its error was found.

    Args:
        known: the corrections of a source.
        release: a release of it.
        made: the ids of those that fit the release.
    """
    for each in known:
        if each.found_in == release and each.id not in made:
            raise CorrectionError(
                f"correction {each.id}: '{each.old}' does not stand at {each.place} in the release "
                f"of {release}, in which it was found; read the file again and correct or remove "
                "the line in data/corrections.csv"
            )


def write(kept: Sequence[Correction]) -> None:
    """Rewrite the table; do nothing if there are neither corrections nor a table."""
    if kept or paths.corrections().is_file():
        record_csv.write(paths.corrections(), Correction, kept)


def _entry(place: str, cells: dict[str, str]) -> Correction:
    """Return the correction of a line, or raise what is wrong with it and where."""
    correction = Correction(**cells)
    filled = [name for name in CELL if cells[name]]
    faults = {
        f"status must be one of {', '.join(sorted(_STATUSES))}": cells["status"] not in _STATUSES,
        f"effect must be {REPLACE} or {DOUBTFUL}": cells["effect"] not in (REPLACE, DOUBTFUL),
        f"fill in all of {', '.join(CELL)} for a cell, or none for a label": (
            len(filled) not in (0, len(CELL))
        ),
        "a doubtful figure is not replaced, so 'new' must be empty": (
            cells["effect"] == DOUBTFUL and bool(cells["new"])
        ),
    }
    if correction.is_of_label:
        faults["a label has no occurrence: it is read everywhere"] = bool(cells["occurrence"])
        faults["a label is replaced by another: fill in 'new'"] = not cells["new"]
    else:
        faults["'occurrence' must be the number of the row among those of the cell, from 1"] = (
            not cells["occurrence"].isdecimal() or int(cells["occurrence"]) < 1
        )
        faults[f"'column' must be {VALUE} or one of {', '.join(CELL)}"] = cells["column"] not in (
            VALUE,
            *CELL,
        )
        faults[f"a wrong code is replaced: {REPLACE}, with 'new'"] = cells["column"] in CELL and (
            cells["effect"] != REPLACE or not cells["new"]
        )
    for fault, is_so in faults.items():
        if is_so:
            raise CorrectionError(f"{place}: {fault}")
    return correction
