"""Corrections of publishers' errors: data, with the reason, guarded by the text that they replace.

`data/corrections.csv` has one line per correction; a raw file is never edited. A correction whose
`old` is no longer in its place holds its release back: the publisher has changed the file, and
somebody must check the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.lib import paths
from pipelines.raw import manifest, record_csv
from pipelines.raw.manifest import RefusedReleaseError


class CorrectionError(RefusedReleaseError):
    """A correction that does not fit its file, or an invalid line."""


@dataclass(frozen=True)
class Correction:
    """One line of the table."""

    id: str  # its name, which the comment of each corrected figure has
    source: str
    release: str  # release to which it applies
    column: str  # the publisher's column
    row: str  # the publisher's row; empty for every row with `old`
    old: str  # the text that the publisher printed
    new: str  # the text that is read in its place; empty for an unknown figure
    # REPLACE, or DOUBTFUL for a text that stays and gets status U, since the right one is not known
    effect: str
    rows: int  # the number of rows with `old`
    reason: str  # why it is an error
    reported_to: str  # the authority to which it was reported
    status: str  # open, reported, accepted or refused

    def misfit(self, rows: int) -> str:
        """Return the message for a correction whose `old` is in another number of rows."""
        return (
            f"correction {self.id}: '{self.old}' is in {rows} rows of '{self.column}', not in "
            f"{self.rows}; the publisher may have fixed it: read the file again and correct or "
            "remove the line in data/corrections.csv"
        )


REPLACE: Final = "REPLACE"
DOUBTFUL: Final = "DOUBTFUL"
_STATUSES: Final = frozenset({"open", "reported", "accepted", "refused"})
_REQUIRED: Final = ("id", "source", "release", "column", "old", "reason")


def entries(source: str | None = None, release: str | None = None) -> list[Correction]:
    """Return the corrections of one release, or all, in the order of the table.

    Raises:
        CorrectionError: the table has other columns, or a line is invalid.
    """
    path = paths.corrections()
    lines = record_csv.read(path, Correction, CorrectionError, _REQUIRED)
    found = [_entry(place, cells) for place, cells in lines]
    if len({correction.id for correction in found}) < len(found):
        raise CorrectionError(f"{path}: an id occurs more than once; give each line its own")
    return [
        correction
        for correction in found
        if source in (None, correction.source) and release in (None, correction.release)
    ]


def refuse_stray() -> None:
    """Refuse corrections of a release that is not in the manifest."""
    known = {(entry.source, entry.release) for entry in manifest.entries()}
    for correction in entries():
        if (correction.source, correction.release) not in known:
            raise CorrectionError(
                f"{paths.corrections()}: {correction.id} corrects {correction.source} "
                f"{correction.release}, which is not in the manifest; correct or remove the line"
            )


def write(kept: Sequence[Correction]) -> None:
    """Rewrite the table; do nothing if there are neither corrections nor a table."""
    if kept or paths.corrections().is_file():
        record_csv.write(paths.corrections(), Correction, kept)


def _entry(place: str, cells: dict[str, str]) -> Correction:
    if cells["status"] not in _STATUSES:
        raise CorrectionError(f"{place}: status must be one of {', '.join(sorted(_STATUSES))}")
    if cells["effect"] not in (REPLACE, DOUBTFUL):
        raise CorrectionError(f"{place}: effect must be {REPLACE} or {DOUBTFUL}")
    if cells["effect"] == DOUBTFUL and cells["new"]:
        raise CorrectionError(f"{place}: a doubtful text is not replaced, so 'new' must be empty")
    if cells["row"] and not cells["row"].isdecimal():
        raise CorrectionError(f"{place}: 'row' must be the number of a row, or empty")
    if not cells["rows"].isdecimal() or int(cells["rows"]) < 1:
        raise CorrectionError(f"{place}: 'rows' must be the number of rows with the old text")
    return Correction(**{**cells, "rows": int(cells["rows"])})  # type: ignore[arg-type]
