"""Corrections of publishers' errors: data, with the reason, guarded by the text that they replace.

`data/corrections.csv` has one line per correction; a raw file is never edited. A correction whose
`old` no longer stands where it stood stops its release: the publisher has changed the file, and the
line is to be read again.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from pipelines.lib import paths
from pipelines.raw import record_csv


class CorrectionError(Exception):
    """A correction that does not fit, or a line that is not sound."""


@dataclass(frozen=True)
class Correction:
    """One line of the table.

    Attributes:
        id: names it; the comment of each corrected figure bears it.
        source: source.
        release: release to which it applies.
        column: the publisher's column.
        row: the publisher's row; empty for every row that holds `old`.
        old: the text that the publisher printed.
        new: the text that is read in its place; empty for a figure that is not known.
        effect: REPLACE, or DOUBTFUL for a text that stays and gets status U, since what is right
            cannot be told.
        rows: how many rows hold `old`.
        reason: why it is an error.
        reported_to: whom it was reported to.
        status: open, reported, accepted or refused.
    """

    id: str
    source: str
    release: str
    column: str
    row: str
    old: str
    new: str
    effect: str
    rows: int
    reason: str
    reported_to: str
    status: str


REPLACE: Final = "REPLACE"
DOUBTFUL: Final = "DOUBTFUL"
COLUMNS: Final = tuple(field.name for field in fields(Correction))
_STATUSES: Final = frozenset({"open", "reported", "accepted", "refused"})
_NEEDED: Final = ("id", "source", "release", "column", "old", "reason")


def entries(source: str | None = None, release: str | None = None) -> list[Correction]:
    """The corrections of one release, or all, in the order of the table.

    Raises:
        CorrectionError: the table has other columns, or a line is not sound.
    """
    path = paths.corrections()
    lines = record_csv.lines(path, COLUMNS, CorrectionError)
    found = [_entry(f"{path}, line {number}", line) for number, line in enumerate(lines, start=2)]
    if len({each.id for each in found}) < len(found):
        raise CorrectionError(f"{path}: an id occurs more than once")
    return [
        each for each in found if source in (None, each.source) and release in (None, each.release)
    ]


def write(kept: Sequence[Correction]) -> None:
    """Writes the table anew; without a line where there was no table, nothing."""
    if kept or paths.corrections().is_file():
        record_csv.write(paths.corrections(), COLUMNS, map(astuple, kept))


def _entry(place: str, line: tuple[str, ...]) -> Correction:
    if len(line) != len(COLUMNS):
        raise CorrectionError(f"{place}: not {len(COLUMNS)} cells")
    said = dict(zip(COLUMNS, line, strict=True))
    if empty := [name for name in _NEEDED if not said[name].strip()]:
        raise CorrectionError(f"{place}: {', '.join(empty)} must be filled")
    if said["status"] not in _STATUSES:
        raise CorrectionError(f"{place}: status must be one of {', '.join(sorted(_STATUSES))}")
    if said["effect"] not in (REPLACE, DOUBTFUL):
        raise CorrectionError(f"{place}: effect must be {REPLACE} or {DOUBTFUL}")
    if said["effect"] == DOUBTFUL and said["new"]:
        raise CorrectionError(f"{place}: a doubtful text stays as it is, so 'new' must be empty")
    if said["row"] and not said["row"].isdecimal():
        raise CorrectionError(f"{place}: 'row' must be the number of a row, or empty")
    if not said["rows"].isdecimal() or int(said["rows"]) < 1:
        raise CorrectionError(f"{place}: 'rows' must say how many rows hold the old text")
    return Correction(**{**said, "rows": int(said["rows"])})  # type: ignore[arg-type]
