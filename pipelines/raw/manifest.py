"""The manifest of raw files: where each came from, and whether it is still what it was."""

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from pipelines.lib import paths

REPLACE: Final = "REPLACE"
"""What a release does, as SDMX names it: it stands for all before it."""
MERGE: Final = "MERGE"
"""It updates the cells that it has, and withdraws none."""


class ManifestError(Exception):
    """The manifest and the files under data/raw do not agree."""


@dataclass(frozen=True)
class RawFile:
    """One line of the manifest: one file of one release of one source.

    Attributes:
        source: id of the source.
        release: date of the release, ISO 8601.
        action: what the release does to those before it, `REPLACE` or `MERGE`.
        file: our file, below data/raw.
        rows: how many rows it has.
        sha256: checksum of our file.
        publisher: the authority.
        publisher_file: the name of the publisher's file from which ours was made.
        publisher_sha256: checksum of the publisher's file.
        address: where the publisher offers it.
        obtained_from: where the bytes were obtained, if elsewhere.
        retrieved: the day on which they are known to have been retrieved, or the moment at which
            they were fetched, ISO 8601.
        licence: terms of use.
        citation: how to cite the release.
    """

    source: str
    release: str
    action: str
    file: str
    rows: str
    sha256: str
    publisher: str
    publisher_file: str
    publisher_sha256: str
    address: str
    obtained_from: str
    retrieved: str
    licence: str
    citation: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies a line."""
        return self.source, self.release, self.file

    @property
    def path(self) -> Path:
        """Where the file is."""
        return paths.raw() / self.file


COLUMNS = tuple(field.name for field in fields(RawFile))


def entries(source: str | None = None, release: str | None = None) -> list[RawFile]:
    """The lines of the manifest, of one source or release or of all, by source, release and file.

    Raises:
        ManifestError: there is no manifest, it has other columns, or a line is not sound.
    """
    path = paths.manifest()
    if not path.is_file():
        raise ManifestError(
            f"{path}: no such file; run in the project's folder, or set TIPSTAT_HOME to it"
        )
    return [
        entry
        for entry in _read(path, path.stat().st_mtime_ns)
        if source in (None, entry.source) and release in (None, entry.release)
    ]


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> list[RawFile]:
    """The lines of a manifest as it is since a moment; a run asks for them a hundred times."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = [tuple(line) for line in csv.reader(file)] or [()]
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: not UTF-8 ({error})") from error
    if header != COLUMNS:
        raise ManifestError(f"{path}: its columns are not {', '.join(COLUMNS)}")
    found: dict[tuple[str, str, str], RawFile] = {}
    actions: dict[tuple[str, str], str] = {}
    for number, line in enumerate(lines, start=2):
        entry = _entry(f"{path}, line {number}", line)
        if entry.key in found:
            raise ManifestError(f"{path}, line {number}: this file is entered already")
        found[entry.key] = entry
        if actions.setdefault(entry.key[:2], entry.action) != entry.action:
            raise ManifestError(
                f"{path}, line {number}: another file of this release has another action"
            )
    return [found[key] for key in sorted(found)]


def refuse_unsound(entry: RawFile) -> None:
    """Refuses a line before it is entered.

    Raises:
        ManifestError: it is not complete and plausible.
    """
    _entry(entry.file, astuple(entry))


def _entry(place: str, line: tuple[str, ...]) -> RawFile:
    """A line that is complete and plausible."""
    if len(line) != len(COLUMNS) or not all(cell.strip() for cell in line):
        raise ManifestError(f"{place}: not every column has a value")
    entry = RawFile(*line)
    today = datetime.now(tz=UTC).date()
    for name, day in (("release", entry.release), ("retrieved", _day(entry.retrieved))):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) or not _is_past(day, today):
            raise ManifestError(f"{place}: '{day}' in {name} is no day until today (YYYY-MM-DD)")
    if entry.action not in (REPLACE, MERGE):
        raise ManifestError(f"{place}: '{entry.action}' in action is neither {REPLACE} nor {MERGE}")
    if not entry.path.resolve().is_relative_to(paths.raw().resolve()):
        raise ManifestError(f"{place}: {entry.file} lies outside {paths.raw()}")
    return entry


def _day(moment: str) -> str:
    """The day of a moment such as 2026-01-31T08:00:00Z; all else as it stands."""
    return moment[:10] if re.fullmatch(r".{10}T\d{2}:\d{2}:\d{2}Z", moment) else moment


def _is_past(day: str, today: date) -> bool:
    try:
        return date.fromisoformat(day) <= today
    except ValueError:
        return False


def verify(entry: RawFile) -> None:
    """Compares a raw file with its line.

    Raises:
        ManifestError: the file is absent, or its bytes are not those that were entered.
    """
    if not entry.path.is_file():
        raise ManifestError(f"{entry.path}: in the manifest, but not in the folder")
    found = sha256(entry.path)
    if found != entry.sha256:
        raise ManifestError(
            f"{entry.path}: sha256 is {found[:12]}..., the manifest says {entry.sha256[:12]}...; "
            "restore the file, or enter the release again with 'tipstat add-release'"
        )


def damaged(entries: Sequence[RawFile]) -> list[str]:
    """What is wrong with the files of some lines, a line each."""
    faults = []
    for entry in entries:
        try:
            verify(entry)
        except ManifestError as fault:
            faults.append(str(fault))
    return faults


def enter(entry: RawFile) -> None:
    """Writes a line into the manifest, in place of one for the same file of the same release."""
    path = paths.manifest()
    others = entries() if path.is_file() else []
    kept = [line for line in others if line.key != entry.key]
    beside = path.with_suffix(".csv.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(astuple(line) for line in [*kept, entry]))
    beside.replace(path)


def sha256(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
