"""One version, and which there are."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pipelines import paths

MANIFEST: Final = "manifest.json"
WAREHOUSE: Final = Path("warehouse") / "tipstat.duckdb"
SITE: Final = Path("site")
EXTRACTS: Final = Path("extracts")
PARTS: Final = (WAREHOUSE.parent, SITE, EXTRACTS)
"""What a version holds, as paths below its folder."""


class VersionError(Exception):
    """A version that is not there, is not whole, or may not be published; what to do in a line."""


@dataclass(frozen=True)
class Version:
    """What the manifest of a version says.

    Attributes:
        id: when it was published, and the beginning of `made_from`.
        published: the moment of its publication, ISO 8601, UTC.
        made_from: checksum of all inputs, code included.
        figures: how many figures hold in it.
        files: SHA-256 of each file by its path below the version's folder.
    """

    id: str
    published: str
    made_from: str
    figures: int
    files: dict[str, str]

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return paths.versions() / self.id

    def write(self, folder: Path) -> None:
        """Writes its manifest into a folder."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Version:
    """The version in a folder.

    Raises:
        VersionError: it has no manifest that can be read.
    """
    try:
        return Version(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise VersionError(
            f"{folder / MANIFEST}: cannot be read ({error}); choose another version with "
            "'tipstat rollback', or remove the folder and run 'tipstat run'"
        ) from error


def versions() -> list[Version]:
    """All versions, the oldest first."""
    folders = paths.versions().iterdir() if paths.versions().is_dir() else []
    return [read(folder) for folder in sorted(folders) if not folder.name.startswith(".")]


def current() -> Version | None:
    """The version that readers see; None before the first, or if it is not whole."""
    if not all((paths.current() / part).exists() for part in (MANIFEST, WAREHOUSE, SITE, EXTRACTS)):
        return None
    try:
        return read(paths.current())
    except VersionError:
        return None


def named(identity: str) -> Version:
    """The version of that id, or the only one whose id begins so.

    Raises:
        VersionError: there is none, or several.
    """
    found = [each for each in versions() if each.id.startswith(identity)]
    exact = [each for each in found if each.id == identity]
    if len(exact or found) != 1:
        known = ", ".join(each.id for each in versions()) or "none"
        raise VersionError(f"'{identity}' names {len(found)} versions; there are: {known}")
    return (exact or found)[0]


def place(made_from: str) -> Path:
    """Where what is made from these inputs lies or is to be made.

    The folder of the current version if it was made from them, else that of the next one.
    """
    now = current()
    return now.folder if now and now.made_from == made_from else paths.next_version()
