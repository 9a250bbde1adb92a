"""Findings of the detectors in a publisher's file, kept beside its figure table.

A mislabelled table can be detected only in the whole file, with all states of the world, but the
project ships figures of 35 states. So the file is examined when it is taken in; its findings are in
`<figure table>.findings.csv`, and harmonising applies them. The first line names the version of the
detectors and the examined file. Findings of older detectors than today's are used, and named.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from pipelines.lib.digest import sha256_of
from pipelines.lib.errors import messages
from pipelines.raw import record_csv
from pipelines.raw.manifest import RawFile, RefusedReleaseError
from schemas import codelists

EXAMINED: Final = "EXAMINED"
"""In place of a detector, in the line of the examination."""
KEEP_OUT: Final = "KEEP_OUT"
DOUBTFUL: Final = "DOUBTFUL"
LIST: Final = "LIST"
EFFECTS: Final = (KEEP_OUT, DOUBTFUL, LIST)
"""Consequences for the figure: quarantine, status U, none."""
EVIDENCE: Final = {
    row["code"]: row for row in codelists.rows(Path(__file__).with_name("evidence.csv"))
}
"""Kinds of evidence: what their numbers say, as `main.finding` explains it, and in which words."""
SAME: Final = ("SAME_AREAS", "SAME_FIGURES", "BOTH_EQUAL")
"""Evidence that names a table of the same release whose figures stand here."""


class FindingsError(RefusedReleaseError):
    """A table of findings that is absent, damaged, or of another file."""


class Extent(NamedTuple):
    """Number of figures and of areas that were examined."""

    figures: int
    areas: int

    @classmethod
    def of(cls, line: "Finding") -> "Extent":
        """Return what the line of an examination says."""
        return cls(int(line.row), int(line.ref_area))

    def __str__(self) -> str:
        """Return the two numbers in words."""
        return (
            f"{self.figures:,} figure{'s' * (self.figures != 1)} of "
            f"{self.areas:,} area{'s' * (self.areas != 1)}"
        )


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of a table of findings: one figure, and the result of a detector."""

    row: str  # the row in the publisher's file; in the first line the number of figures examined
    column: str = ""  # the publisher's column, where a row prints several figures
    ref_area: str  # state or subdivision of the figure; in the first line the number of areas
    detector: str  # code of the list `detector`
    # a finer code, where the detector has one; in the first line the checksum of the others
    reason: str = ""
    effect: str  # KEEP_OUT, DOUBTFUL or LIST
    indicator: str = ""  # table of the figure: indicator, breakdown, year
    kind: str = ""
    year: int | None = None
    evidence: str = (
        ""  # kind of evidence; the columns below are empty where they are not part of it
    )
    other_area: str = ""  # what the figure was compared with, as far as the detector names it
    other_indicator: str = ""
    other_kind: str = ""
    other_year: int | None = None
    exchanged: bool | None = None  # whether women and men are exchanged there
    agree: int | None = None  # number of areas or figures that show the defect
    compared: int | None = None  # of so many
    others_agree: int | None = None  # the same of those beside them
    others_compared: int | None = None
    least: int | None = None  # bounds of what other figures come to
    most: int | None = None
    by_chance: float | None = None  # probability of as much agreement, in one digit
    version: str  # version of the detectors; in the first line the oldest of the others
    sha256: str  # checksum of the examined file


COLUMNS: Final = record_csv.columns(Finding)
INTEGERS: Final = (
    "year", "other_year", "agree", "compared", "others_agree", "others_compared", "least", "most",
)  # fmt: skip
_TYPES: Final[dict[str, Callable[[str], object]]] = {
    **dict.fromkeys(INTEGERS, int),
    "by_chance": float,
    "exchanged": {"True": True, "False": False}.__getitem__,
}
"""How the cells of columns that are no text are read."""


def path_of(entry: RawFile) -> Path:
    """Return the path of the findings of a raw file."""
    return entry.path.with_suffix(".findings.csv")


def read_findings(entry: RawFile) -> list[Finding]:
    """Return the findings in the file from which a figure table was made.

    Raises:
        FindingsError: the file was never examined, or the table is damaged or of another file.
    """
    return _lines(entry)[1:]


def examined(entry: RawFile) -> Finding:
    """Return the line of the examination.

    Raises:
        FindingsError: see `read_findings`.
    """
    return _lines(entry)[0]


def extent(entry: RawFile) -> Extent:
    """Return how much of a publisher's file was examined.

    Raises:
        FindingsError: see `read_findings`; or the line of the examination does not say it.
    """
    line = examined(entry)
    if not (line.row.isdecimal() and line.ref_area.isdecimal()):
        raise FindingsError(
            f"{path_of(entry)}: its first line does not say how much was examined; examine "
            f"{entry.publisher_file} as published with 'tipstat examine'"
        )
    return Extent.of(line)


def of_older_detectors(entries: Sequence[RawFile], version: str) -> str:
    """Return on one line the releases with findings of older detectors than those of a version.

    It is "" if there are none.

    Their findings stay in use: only who has the publisher's file can examine it again. Damaged
    findings are left to `read_findings`.
    """
    named: dict[str, None] = {}
    for entry in entries:
        with suppress(FindingsError):
            for _, cells in islice(
                record_csv.read_record(path_of(entry), Finding, FindingsError, ()), 1
            ):
                if cells["version"] != version:
                    named[f"{entry.source} {entry.release}"] = None
    if not named:
        return ""
    return (
        f"examined by older detectors than those of version {version}: {', '.join(named)}; give "
        "the publishers' files to 'tipstat examine', the oldest first"
    )


def _lines(entry: RawFile) -> list[Finding]:
    path = path_of(entry)
    if not path.is_file():
        raise FindingsError(
            f"{entry.path}: its file was not examined for mislabelled tables; run 'tipstat examine "
            f"FILE', FILE being {entry.publisher_file} as published, or else this figure table"
        )
    found = []
    for place, cells in record_csv.read_record(path, Finding, FindingsError, ()):
        found.append(finding := _typed(place, cells))
        _refuse_invalid(place, finding, entry)
    if not found or found[0].detector != EXAMINED:
        raise FindingsError(f"{path}: its first line is not that of the examination; restore it")
    if found[0].reason != _checksum(found[1:]):
        raise FindingsError(
            f"{path}: changed since the examination; restore the file, or examine "
            f"{entry.publisher_file} again with 'tipstat examine'"
        )
    return found


def _typed(place: str, cells: dict[str, str]) -> Finding:
    """Return a line with its numbers read."""
    typed: dict[str, Any] = dict(cells)
    for name, read_cell in _TYPES.items():
        try:
            typed[name] = read_cell(cells[name]) if cells[name] else None
        except (ValueError, KeyError) as error:
            raise FindingsError(
                f"{place}: '{cells[name]}' in {name} is not what it holds; restore the file"
            ) from error
    return Finding(**typed)


def _refuse_invalid(place: str, finding: Finding, entry: RawFile) -> None:
    if finding.effect not in EFFECTS:
        raise FindingsError(f"{place}: effect must be one of {', '.join(EFFECTS)}")
    if finding.detector != EXAMINED and finding.evidence not in EVIDENCE:
        raise FindingsError(f"{place}: evidence must be one of {', '.join(EVIDENCE)}")
    if finding.sha256 not in (entry.publisher_sha256, entry.sha256):
        raise FindingsError(
            f"{place}: is about another file than {entry.publisher_file} of {entry.release}; "
            "examine that file again"
        )
    if finding.detector != EXAMINED and not finding.row.isdecimal():
        raise FindingsError(f"{place}: 'row' must be the number of a row")


def damaged(entries: Sequence[RawFile]) -> list[str]:
    """Return the faults in the findings of some raw files, one line each."""
    return messages(partial(read_findings, entry) for entry in entries)


def _checksum(found: Sequence[Finding]) -> str:
    return sha256_of("\n".join(map(repr, found)))


def write(entry: RawFile, found: Sequence[Finding]) -> None:
    """Write the findings of a raw file, the line of the examination first.

    Its reason becomes the checksum of the others.
    """
    examination = replace(found[0], reason=_checksum(found[1:]))
    record_csv.write(path_of(entry), Finding, [examination, *found[1:]])
