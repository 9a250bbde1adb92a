"""The manifest of raw files: where each came from, and whether it is still what it was."""

import csv
import hashlib
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from pipelines import paths


class ManifestError(Exception):
    """The manifest and the files under data/raw do not agree."""


@dataclass(frozen=True)
class RawFile:
    """One line of the manifest: one release of one source.

    Attributes:
        source: id of the source.
        release: date of the release, ISO 8601.
        file: our file, below data/raw.
        rows: how many rows it has.
        sha256: checksum of our file.
        publisher: the authority.
        publisher_file: the name of the publisher's file from which ours was made.
        publisher_sha256: checksum of the publisher's file.
        address: where the publisher offers it.
        obtained_from: where the bytes were obtained, if elsewhere.
        retrieved: the day on which they are known to have been retrieved, ISO 8601.
        licence: terms of use.
        citation: how to cite the release.
    """

    source: str
    release: str
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
    def path(self) -> Path:
        """Where the file is."""
        return paths.raw() / self.file


COLUMNS = tuple(field.name for field in fields(RawFile))


def entries(source: str | None = None) -> list[RawFile]:
    """The lines of the manifest, of one source or of all, by source and release.

    Raises:
        ManifestError: there is no manifest, or it has other columns.
    """
    path = paths.manifest()
    if not path.is_file():
        raise ManifestError(
            f"{path}: no such file; run in the project's folder, or set TIPSTAT_HOME to it"
        )
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ManifestError(f"{path}: its columns are not {', '.join(COLUMNS)}")
        lines = [RawFile(**line) for line in reader]
    chosen = [line for line in lines if source in (None, line.source)]
    return sorted(chosen, key=lambda line: (line.source, line.release))


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


def enter(entry: RawFile) -> None:
    """Writes a line into the manifest, in place of one for the same source and release."""
    path = paths.manifest()
    others = entries() if path.is_file() else []
    kept = [line for line in others if (line.source, line.release) != (entry.source, entry.release)]
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
