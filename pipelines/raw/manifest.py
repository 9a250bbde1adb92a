"""The manifest of raw files: their origin and checksums.

What REPLACE and MERGE, OWN, COPY and REPEATED mean, and why: docs/decisions/intake.md and
reader-and-sources.md.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.lib import clock, paths
from pipelines.lib.digest import sha256
from pipelines.lib.errors import TipstatError, messages
from pipelines.lib.once_per_change import once_per_change
from pipelines.raw import record_csv
from schemas import codelists

REPLACE: Final = "REPLACE"
"""Action of a release, in SDMX's term: it replaces all releases before it."""
MERGE: Final = "MERGE"
"""Action of a release that updates its own cells and withdraws none."""
UNATTENDED: Final = "unattended"
"""Person of a file that was taken in while nobody looked: fetched, or by the drop folder."""


class RefusedReleaseError(TipstatError):
    """An error that holds a release back; its one line names the problem, the place, the remedy."""


class ManifestError(RefusedReleaseError):
    """The manifest and the files under data/raw do not agree."""


@dataclass(frozen=True)
class RawFile:
    """One line of the manifest: one file of one release of one source."""

    source: str
    release: str  # date of the release, ISO 8601
    action: str  # action on the releases before it, `REPLACE` or `MERGE`
    file: str  # our file, below data/raw
    rows: str  # the number of its rows
    sha256: str
    publisher: str
    publisher_file: str  # the name of the publisher's file from which ours was made
    publisher_sha256: str  # checksum of the publisher's file
    address: str  # the publisher's address for it
    # whether it is the publisher's own file (`OWN`), a copy (`COPY`), or what others repeat
    # (`REPEATED`), a code of the list `provenance`
    provenance: str
    obtained_from: str  # where the file was obtained, if elsewhere
    # the day on which it is known to have been retrieved, or the moment at which it was fetched,
    # ISO 8601
    retrieved: str
    licence: str  # terms of use
    citation: str  # how to cite the release
    by: str  # the person or office that took it in, or `UNATTENDED`

    @property
    def key(self) -> tuple[str, str, str]:
        """Key of the line: source, release and file."""
        return self.source, self.release, self.file

    @property
    def path(self) -> Path:
        """Path of our file."""
        return paths.raw() / self.file


COLUMNS: Final = record_csv.columns(RawFile)


def entries(source: str | None = None, release: str | None = None) -> list[RawFile]:
    """Return the lines of the manifest, of one source or release or of all, in order of their keys.

    Raises:
        ManifestError: there is no manifest, it has other columns, or a line is invalid.
    """
    path = paths.manifest()
    if not path.is_file():
        raise ManifestError(
            f"{path}: no such file; run in the project's folder, or set TIPSTAT_HOME to it"
        )
    return [
        entry
        for entry in _lines(path)
        if source in (None, entry.source) and release in (None, entry.release)
    ]


def known(source: str | None = None, release: str | None = None) -> list[RawFile]:
    """Return the lines as `entries` does, or none where there is no manifest yet."""
    return entries(source, release) if paths.manifest().is_file() else []


def is_attended(entries: Sequence[RawFile]) -> bool:
    """Return whether a person answers for each of the files."""
    return all(entry.by != UNATTENDED for entry in entries)


def of_file(file: Path) -> RawFile | None:
    """Return the line of a publisher's file, or of a figure table; None if it was not entered."""
    checksum = sha256(file)
    return next((x for x in known() if checksum in (x.publisher_sha256, x.sha256)), None)


def newest(source: str, before: str = "") -> list[RawFile]:
    """Return the files of a source's newest release, or of the newest before a day; or none."""
    found = [entry for entry in known(source) if not before or entry.release < before]
    return [entry for entry in found if entry.release == found[-1].release]


@once_per_change
def _lines(path: Path) -> list[RawFile]:
    """Return the lines of a manifest; a run needs them a hundred times."""
    found: dict[tuple[str, str, str], RawFile] = {}
    releases: dict[tuple[str, str], RawFile] = {}
    for place, cells in record_csv.read_record(path, RawFile, ManifestError, COLUMNS, later=["by"]):
        entry = RawFile(**cells)
        refuse_invalid(entry, place)
        if entry.key in found:
            raise ManifestError(f"{place}: this file is entered already; remove one of the lines")
        found[entry.key] = entry
        _refuse_other(releases.setdefault(entry.key[:2], entry), entry, place)
    return [found[key] for key in sorted(found)]


def refuse_mixed(entry: RawFile) -> None:
    """Refuse a file if another one of its release has another action or provenance.

    Raises:
        ManifestError: they differ.
    """
    for line in known(entry.source, entry.release):
        if line.key != entry.key:
            _refuse_other(line, entry, entry.file)


def _refuse_other(first: RawFile, entry: RawFile, place: str) -> None:
    for name in ("action", "provenance"):
        if getattr(first, name) != getattr(entry, name):
            raise ManifestError(
                f"{place}: another file of this release has another {name} "
                f"({getattr(first, name)}, not {getattr(entry, name)}); give both the same"
            )


def refuse_invalid(entry: RawFile, place: str = "") -> None:
    """Refuse a line that is not complete and plausible; `place` is named in the message."""
    place = place or entry.file
    record_csv.refuse_blank(place, asdict(entry), ManifestError, COLUMNS)
    for name, day in (("release", entry.release), ("retrieved", _day(entry.retrieved))):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) or not clock.is_past(day):
            raise ManifestError(
                f"{place}: '{day}' in {name} is not a date up to today (YYYY-MM-DD)"
            )
    if entry.release > (retrieved := _day(entry.retrieved)):
        raise ManifestError(
            f"{place}: released on {entry.release}, but retrieved on {retrieved}, before there was "
            "anything to retrieve; correct one of the two dates"
        )
    if entry.action not in (REPLACE, MERGE):
        raise ManifestError(f"{place}: '{entry.action}' in action is neither {REPLACE} nor {MERGE}")
    if entry.provenance not in (known := codelists.codes("provenance")):
        raise ManifestError(
            f"{place}: '{entry.provenance}' in provenance is none of {', '.join(known)}"
        )
    if not entry.path.resolve().is_relative_to(paths.raw().resolve()):
        raise ManifestError(
            f"{place}: {entry.file} lies outside {paths.raw()}; name a file below it"
        )


def _day(moment: str) -> str:
    """Return the day of a moment such as 2026-01-31T08:00:00Z; any other text unchanged."""
    return moment[:10] if re.fullmatch(r".{10}T\d{2}:\d{2}:\d{2}Z", moment) else moment


def verify(entry: RawFile) -> None:
    """Compare a raw file with its line.

    Raises:
        ManifestError: the file is missing, or its bytes are not those that were entered.
    """
    if not entry.path.is_file():
        raise ManifestError(f"{entry.path}: in the manifest, but not in the folder; restore it")
    found = sha256(entry.path)
    if found != entry.sha256:
        raise ManifestError(
            f"{entry.path}: sha256 is {found[:12]}..., the manifest says {entry.sha256[:12]}...; "
            "restore the file, or enter the release again with 'tipstat add-release'"
        )


def damaged(entries: Sequence[RawFile]) -> list[str]:
    """Return the faults in the files of some lines, one line each."""
    return messages(partial(verify, entry) for entry in entries)


def enter(*entered: RawFile) -> None:
    """Write lines into the manifest, each in place of one for the same file of the same release.

    Raises:
        ManifestError: another file of a release has another action or provenance.
    """
    for entry in entered:
        refuse_mixed(entry)
    keys = {entry.key for entry in entered}
    kept = [line for line in known() if line.key not in keys]
    record_csv.write(paths.manifest(), RawFile, sorted([*kept, *entered], key=astuple))
