"""Findings: what the detectors found in a publisher's file, kept beside its figure table.

A table that bears a neighbour's label shows only beside the whole file, all states of the world
included, and the project ships figures of 35 states. So the file is examined when it is taken in;
the findings lie in `<figure table>.findings.csv`, and harmonising applies them. The first line says
which version of the detectors examined which file.
"""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from pipelines.raw import record_csv
from pipelines.raw.manifest import RawFile

EXAMINED: Final = "EXAMINED"
"""In place of a detector: the line that says that the file was examined."""
KEEP_OUT: Final = "KEEP_OUT"
DOUBTFUL: Final = "DOUBTFUL"
LIST: Final = "LIST"
EFFECTS: Final = (KEEP_OUT, DOUBTFUL, LIST)
"""Consequences for the figure: quarantine, status U, none."""


class FindingsError(Exception):
    """A table of findings that is absent, damaged, or of another file."""


@dataclass(frozen=True)
class Finding:
    """One line of a table of findings: one figure, and what a detector says of it.

    Attributes:
        row: the row in the publisher's file; empty in the first line.
        column: the publisher's column, where a row prints several figures.
        ref_area: state or subdivision of the figure.
        detector: code of the list `detector`.
        reason: a finer code, where the detector has one; of the first line the checksum of the
            others.
        effect: KEEP_OUT, DOUBTFUL or LIST.
        table: the table concerned: indicator, breakdown, year.
        evidence: numbers and codes that a reader can check.
        version: version of the detectors.
        sha256: checksum of the file that was examined.
    """

    row: str
    column: str
    ref_area: str
    detector: str
    reason: str
    effect: str
    table: str
    evidence: str
    version: str
    sha256: str


COLUMNS: Final = tuple(field.name for field in fields(Finding))


def path_of(entry: RawFile) -> Path:
    """Return where the findings of a raw file are."""
    return entry.path.with_suffix(".findings.csv")


def of(entry: RawFile) -> list[Finding]:
    """Return what was found in the file from which a figure table was made.

    Raises:
        FindingsError: the file was never examined, or the table is damaged or of another file.
    """
    return _lines(entry)[1:]


def examined(entry: RawFile) -> Finding:
    """Return the line of the examination: its evidence says how much was examined.

    Raises:
        FindingsError: as `of`.
    """
    return _lines(entry)[0]


def _lines(entry: RawFile) -> list[Finding]:
    path = path_of(entry)
    if not path.is_file():
        raise FindingsError(
            f"{entry.path}: its file was not examined for mislabelled tables; run 'tipstat examine "
            f"FILE', FILE being {entry.publisher_file} as published, or else this figure table"
        )
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *lines = [tuple(line) for line in csv.reader(file, strict=True)] or [()]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FindingsError(f"{path}: cannot be read ({error}); restore the file") from error
    if header != COLUMNS or not lines or any(len(line) != len(COLUMNS) for line in lines):
        raise FindingsError(f"{path}: its columns are not {', '.join(COLUMNS)}; examine it again")
    found = [Finding(*line) for line in lines]
    for number, each in enumerate(found, start=2):
        _refuse_unsound(f"{path}, line {number}", each, entry)
    if found[0].detector != EXAMINED:
        raise FindingsError(f"{path}: its first line does not say what was examined")
    if found[0].reason != _checksum(found[1:]):
        raise FindingsError(
            f"{path}: does not hold what was found; restore the file, or examine "
            f"{entry.publisher_file} again with 'tipstat examine'"
        )
    return found


def _refuse_unsound(place: str, finding: Finding, entry: RawFile) -> None:
    if finding.effect not in EFFECTS:
        raise FindingsError(f"{place}: effect must be one of {', '.join(EFFECTS)}")
    if finding.sha256 not in (entry.publisher_sha256, entry.sha256):
        raise FindingsError(
            f"{place}: is about another file than {entry.publisher_file} of {entry.release}; "
            "examine that file again"
        )
    if finding.detector != EXAMINED and not finding.row.isdecimal():
        raise FindingsError(f"{place}: 'row' must be the number of a row")


def damaged(entries: Sequence[RawFile]) -> list[str]:
    """Return what is wrong with the findings of some raw files, a line each."""
    faults = []
    for entry in entries:
        try:
            of(entry)
        except FindingsError as fault:
            faults.append(str(fault))
    return faults


def _checksum(found: Sequence[Finding]) -> str:
    return hashlib.sha256("\n".join(map(repr, found)).encode()).hexdigest()


def write(entry: RawFile, found: Sequence[Finding]) -> None:
    """Write the findings of a raw file, the line of the examination first.

    That line bears the checksum of the others as its reason.
    """
    path = path_of(entry)
    found = [replace(found[0], reason=_checksum(found[1:])), *found[1:]]
    rows = [[getattr(each, name) for name in COLUMNS] for each in found]
    record_csv.write(path, COLUMNS, rows)
