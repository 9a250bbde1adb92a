"""One version, and the list of all."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.published.kept import NOTHING, Earlier
from pipelines.raw import fingerprint

MANIFEST: Final = "manifest.json"
WAREHOUSE: Final = Path("warehouse") / "tipstat.duckdb"
PACKED: Final = WAREHOUSE.with_name(f"{WAREHOUSE.name}.xz")
"""The warehouse, compressed, in a version that readers do not see."""

CHECKED: Final = Path("checked")
"""Beside a staged warehouse that passed its checks: the SHA-256 of its bytes."""

SITE: Final = Path("site")
EXTRACTS: Final = Path("extracts")
PARTS: Final = (WAREHOUSE.parent, SITE, EXTRACTS)
"""The parts of a version, as paths below its folder."""
LINKED: Final = (EXTRACTS, WAREHOUSE.parent)
"""The parts that its site has links to: what a page offers lies below the address of the site."""


_NAMED: Final = 5
"""Most views and tables that a line names."""


class VersionError(TipstatError):
    """A version that is missing, incomplete, or may not be published; the text says what to do."""


@dataclass(frozen=True)
class Version:
    """The manifest of a version.

    Attributes:
        id: when it was published, and the beginning of `made_from`.
        published: the moment of its publication, ISO 8601, UTC.
        made_from: checksum of all inputs, code included.
        figures: count of its current figures.
        files: SHA-256 of each file by its path below the version's folder.
        sizes: bytes of each file; unknown in versions of an older tipstat.
        code: checksum of the code that made it; likewise.
        contents: checksum of what each published view or table of its warehouse says; likewise.
    """

    id: str
    published: str
    made_from: str
    figures: int
    files: dict[str, str]
    sizes: dict[str, int] = field(default_factory=dict)
    code: str = ""
    contents: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Return its folder."""
        return paths.versions() / self.id

    def write(self, folder: Path) -> None:
        """Write its manifest into a folder."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_version(folder: Path) -> Version:
    """Return the version in a folder.

    Raises:
        VersionError: its manifest cannot be read, or is that of another version.
    """
    file = folder / MANIFEST
    try:
        found = Version(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise VersionError(_unread(file, str(error))) from error
    if found.id != folder.resolve().name or not _is_sound(found):
        raise VersionError(_unread(file, "not that of the folder"))
    return found


def _is_sound(found: Version) -> bool:
    """Return whether all that a manifest says has the type of its field."""
    texts = (found.id, found.published, found.made_from, found.code)
    return (
        all(type(each) is str for each in texts)
        and type(found.figures) is int
        and _maps_texts(found.files, str)
        and _maps_texts(found.sizes, int)
        and _maps_texts(found.contents, str)
    )


def _maps_texts(found: object, kind: type) -> bool:
    return isinstance(found, dict) and all(type(each) is kind for each in found.values())


def _unread(file: Path, reason: str) -> str:
    return (
        f"{file}: cannot be read ({reason}); choose another version with 'tipstat rollback', or "
        "remove the folder and run 'tipstat run'"
    )


def folders() -> list[Path]:
    """Return the folders of all versions, the oldest first."""
    found = paths.versions().iterdir() if paths.versions().is_dir() else []
    return sorted(folder for folder in found if not folder.name.startswith("."))


def versions() -> list[Version]:
    """Return all versions whose manifest can be read, the oldest first."""
    return [each for each in map(_read, folders()) if isinstance(each, Version)]


def unreadable() -> list[str]:
    """Return a line for each manifest that cannot be read, with the reason."""
    return [str(each) for each in map(_read, folders()) if isinstance(each, VersionError)]


def _read(folder: Path) -> Version | VersionError:
    try:
        return read_version(folder)
    except VersionError as error:
        return error


def current() -> Version | None:
    """Return the version that readers see; None before the first, or if a part is missing."""
    if not all((paths.current() / part).exists() for part in (MANIFEST, WAREHOUSE, SITE, EXTRACTS)):
        return None
    found = _read(paths.current())
    return found if isinstance(found, Version) else None


def earlier(part: Path) -> Earlier:
    """Return a part of the version that readers see, to take over what the same code has made."""
    now = of_this_code()
    return Earlier(now.folder, now.files).below(part.as_posix()) if now else NOTHING


def of_this_code() -> Version | None:
    """Return the version that readers see if the code that runs has made it."""
    now = current()
    return now if now and now.code == fingerprint.of_code() else None


def origin(each: Version, before: Version | None) -> str:
    """Return why a version was made, and which views and tables differ from the one before.

    `before` is the version that was published before it, None if that is not here.
    """
    if before is None:
        return "the oldest that is here"
    made_of = "the same code, other inputs" if each.code == before.code else "other code"
    # Of a version of an older tipstat it is not known what it says.
    if each.contents == before.contents != {}:
        return f"{made_of}, the same figures and texts"
    moved = sorted({name for name, _ in each.contents.items() ^ before.contents.items()})
    named = f"{', '.join(moved[:_NAMED])} and {len(moved) - _NAMED} more"
    return f"{made_of}; differs in {named if len(moved) > _NAMED + 1 else ', '.join(moved)}"


def lacking(version: Version) -> list[str]:
    """Return a line for each file that is gone or has another size; bytes are not compared."""
    lines, folder = [], os.fspath(version.folder)
    packed = {WAREHOUSE.as_posix()} if (version.folder / PACKED).is_file() else set()
    for path in version.files.keys() - packed:  # thousands: a Path of each would take much longer
        file = f"{folder}/{path}"
        try:
            size = os.stat(file).st_size  # noqa: PTH116
        except OSError:
            lines.append(f"{file}: gone")
            continue
        if size != version.sizes.get(path, size):
            lines.append(f"{file}: not of the size that was published")
    return lines


def named(identity: str) -> Version:
    """Return the version of that id, or the only one whose id begins with it.

    Raises:
        VersionError: the id is empty, there is none, or several, or it cannot be read.
    """
    if not identity.strip():
        raise VersionError("the id of a version is empty; 'tipstat versions' lists them")
    known = {folder.name: folder for folder in folders()}
    found = [name for name in known if name == identity] or [
        name for name in known if name.startswith(identity)
    ]
    if not found:
        there = ", ".join(known) or "none is published yet"
        raise VersionError(f"no version '{identity}'; choose one of those there are: {there}")
    if len(found) > 1:
        raise VersionError(
            f"'{identity}' is how {len(found)} versions begin: {', '.join(found)}; write more of it"
        )
    return read_version(known[found[0]])
