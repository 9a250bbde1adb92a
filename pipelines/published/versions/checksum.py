"""Checksums of a version's files, and the check that files still have them."""

from pathlib import Path

from pipelines.lib.digest import sha256
from pipelines.published.versions.version import MANIFEST, Version


def of_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file, by its path below the folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): sha256(file)
        for file in files
        if file != folder / MANIFEST
    }


def faults(version: Version) -> list[str]:
    """Return a line for each file that was changed, removed or added since publication."""
    found = of_files(version.folder)
    lines = []
    for path in sorted(found.keys() | version.files.keys()):
        if path not in found:
            lines.append(f"{version.folder / path}: gone")
        elif path not in version.files:
            lines.append(f"{version.folder / path}: was not published with the version")
        elif found[path] != version.files[path]:
            lines.append(f"{version.folder / path}: its bytes are not those that were published")
    return lines


def has(file: Path, digest: str) -> bool:
    """Return whether a file is there and has that checksum."""
    return file.is_file() and sha256(file) == digest
