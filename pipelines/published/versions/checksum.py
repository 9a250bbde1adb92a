"""Checksums of a version's files, and the check that files still have them."""

from pathlib import Path

from pipelines.lib.digest import sha256
from pipelines.published.versions import packed
from pipelines.published.versions.version import MANIFEST, PACKED, WAREHOUSE, Version


def of_files(folder: Path, part: Path = Path()) -> dict[str, str]:
    """Return the SHA-256 of each file of a part, by its path below the folder.

    That of a compressed warehouse is the one of the warehouse itself.
    """
    found = {}
    for file in sorted(file for file in (folder / part).rglob("*") if file.is_file()):
        if file == folder / PACKED:
            found[WAREHOUSE.as_posix()] = packed.sha256(file)
        elif file != folder / MANIFEST:
            found[file.relative_to(folder).as_posix()] = sha256(file)
    return found


def is_as_published(version: Version, part: Path) -> bool:
    """Return whether the files of a part are there, with the bytes that were published."""
    below = f"{part.as_posix()}/"
    published = {path: each for path, each in version.files.items() if path.startswith(below)}
    return bool(published) and of_files(version.folder, part) == published


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
