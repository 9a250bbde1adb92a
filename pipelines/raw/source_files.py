"""Where the files of a source are: among those of tipstat, or in a project's `sources/`.

A source of a project's own is found, tested, fingerprinted and versioned like one that came with
tipstat. Its fixture is in `sources/fixtures`, theirs in `tests/fixtures` of the source tree.
"""

from pathlib import Path
from typing import Final

from pipelines.lib import paths
from pipelines.raw import shipped

SHIPPED: Final = Path(__file__).parents[1] / "sources"
"""Folder of the sources that came with tipstat."""
_KINDS: Final = frozenset({".csv", ".py", ".yml"})


def own() -> list[Path]:
    """Return the files that describe and read a project's own sources, in order of their names."""
    files = paths.own_sources().glob("*")
    return sorted(file for file in files if file.suffix in _KINDS and file.is_file())


def folder(source: str) -> Path:
    """Return the folder with the files of a source, or of one that is to be written."""
    is_shipped = (SHIPPED / f"{source}.yml").is_file()
    return SHIPPED if is_shipped or is_source_tree() else paths.own_sources()


def fixture(source: str) -> Path:
    """Return the folder with the invented file of a source, and the rows that become of it."""
    files = folder(source)
    above = files if files == paths.own_sources() else SHIPPED.parents[1] / "tests"
    return above / "fixtures" / source


def is_source_tree() -> bool:
    """Return whether the project is the source tree whose code is running."""
    return (paths.home() / "pipelines" / "sources").resolve() == SHIPPED.resolve()


def shown(file: Path) -> str:
    """Return a file of a source for messages: below the project, or below tipstat's folder."""
    if file.is_relative_to(paths.home()):
        return file.relative_to(paths.home()).as_posix()
    return str(file) if shipped.IN_WHEEL.is_dir() else "/".join(file.parts[-3:])


def place(source: str, ending: str = ".yml") -> str:
    """Return the metadata of a source, or its module (`.py`), for messages."""
    return shown(folder(source) / f"{source}{ending}")
