"""One publication each: `<id>.yml` describes it, `tidy(file)` in `<id>.py` reads it into our codes.

A source is a leaf: it imports the reader and the schemas, and no other source. What does not fit
into one module is beside it: tables of labels in `<id>_*.csv`, private modules `_<id>_*.py`.
Sources are discovered by their names; there is no list to keep. Two kinds of sources, of which each
state may have one, share a module each, `_case_records.py` and `_national_report.py`; they are
discovered by the releases in data/raw.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import Final

from pipelines.lib import paths
from pipelines.raw import manifest, stated_files
from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError, added_column, too_short
from pipelines.reader.rows import Tidy
from pipelines.reader.source_metadata import MetadataError, read_stated_source
from pipelines.sources import _case_records, _national_report
from schemas.source import Source

__all__ = [
    "File",
    "FileRefusedError",
    "MetadataError",
    "Publication",
    "Tidy",
    "added_column",
    "discover",
    "forget",
    "refuse_without_module",
    "stated_publication",
    "stated_source",
    "too_short",
]

_SHARED: Final = {
    stated_files.CASE_RECORDS: _case_records,
    stated_files.NATIONAL_REPORT: _national_report,
}


@dataclass(frozen=True)
class Publication:
    """A discovered source: its metadata and the function that reads its files."""

    source: Source
    tidy: Callable[[File], Tidy]

    def entered(self, entry: manifest.RawFile) -> Tidy:
        """Return the rows of a file in the manifest, before its corrections and findings."""
        return self.tidy(File(entry.path, entry.publisher_file))


def discover() -> dict[str, Publication]:
    """Return all sources by id, in alphabetical order.

    Raises:
        MetadataError: a metadata file has an error, or no module.
        ManifestError: the manifest, which names the sources that share a module, is unsound.
        TypeError: a module lacks SOURCE or tidy.
    """
    stated = {source.id: stated_publication(source) for source in _stated_sources()}
    return dict(sorted((_of_modules() | stated).items()))


def refuse_without_module() -> None:
    """Refuse a manifest that names a source whose module was removed.

    Raises:
        ManifestError: there is such a source.
    """
    known = discover()
    for entry in manifest.known():
        if entry.source not in known:
            raise manifest.ManifestError(
                f"{paths.manifest()} names {entry.source}, which has no module in "
                f"pipelines/sources: restore it, or remove its lines and data/raw/{entry.source}"
            )


def stated_source(stated: Path) -> Source:
    """Return a source that shares a module, as its authority states it in a file named by its id.

    Raises:
        MetadataError: the file is missing or unsound.
    """
    return read_stated_source(stated, Path(str(_shared(stated.stem).__file__)).with_suffix(".yml"))


def stated_publication(source: Source) -> Publication:
    """Return the publication of a source that shares a module."""
    return Publication(source, partial(_shared(source.id).tidy, source))


def _shared(source: str) -> ModuleType:
    """Return the module that a source shares with those of other states."""
    return next(module for ending, module in _SHARED.items() if source.endswith(ending))


def _stated_sources() -> list[Source]:
    """Return the sources that share a module and have a release in the manifest."""
    path = paths.manifest()
    if not path.is_file():
        return []
    files = _stated_files(path, path.stat().st_mtime_ns)
    return _stated_in(tuple((file, _changed(file)) for file in files))


@lru_cache(maxsize=1)
def _stated_files(_manifest: Path, _changed: int) -> list[Path]:
    ids = dict.fromkeys(each.source for each in manifest.entries())
    return [stated_files.metadata(each) for each in ids if each.endswith(stated_files.ENDINGS)]


@lru_cache(maxsize=1)
def _stated_in(changed: tuple[tuple[Path, int], ...]) -> list[Source]:
    return [stated_source(file) for file, _ in changed]


def _changed(file: Path) -> int:
    """Return the moment at which a file was changed, in nanoseconds; 0 if there is none."""
    return file.stat().st_mtime_ns if file.is_file() else 0


def forget() -> None:
    """Forget what was discovered, after a module was written."""
    _of_modules.cache_clear()


@cache
def _of_modules() -> dict[str, Publication]:
    """Return the sources that have a module of their own."""
    names = sorted(
        info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")
    )
    for path in Path(__file__).parent.glob("[!_]*.yml"):
        if path.stem not in names:
            raise MetadataError(
                f"pipelines/sources/{path.name}: there is no module {path.stem}.py: write it as "
                "docs/add-a-source.md says"
            )
    return {name: _publication(name) for name in names}


def _publication(name: str) -> Publication:
    """Return the source of a module."""
    module = importlib.import_module(f"{__name__}.{name}")
    source, tidy = getattr(module, "SOURCE", None), getattr(module, "tidy", None)
    if not isinstance(source, Source) or tidy is None:
        raise TypeError(
            f"pipelines/sources/{name}.py: give it SOURCE = read_source(__file__) and tidy(file)"
        )
    return Publication(source, tidy)
