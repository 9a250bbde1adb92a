"""One publication each: `<id>.yml` describes it, `tidy(file)` in `<id>.py` reads it into our codes.

A source is a leaf: it knows the reader and the schemas, and no other source. What one module cannot
hold lies beside it: tables of labels in `<id>_*.csv`, private modules `_<id>_*.py`. Sources are
discovered by their names; there is no list to keep. Those that are counted from case records share
a module, `_case_records.py`, and are discovered by the releases in data/raw.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError, added_column, too_short
from pipelines.reader.rows import Tidy
from pipelines.reader.source_metadata import MetadataError
from pipelines.sources import _case_records
from schemas.source import Source

__all__ = [
    "File",
    "FileRefusedError",
    "MetadataError",
    "Publication",
    "Tidy",
    "added_column",
    "case_publication",
    "case_source",
    "discover",
    "forget",
    "too_short",
]


@dataclass(frozen=True)
class Publication:
    """A discovered source: its metadata and the function that reads its files."""

    source: Source
    tidy: Callable[[File], Tidy]


def discover() -> dict[str, Publication]:
    """Return all sources by id, in alphabetical order.

    Raises:
        MetadataError: a metadata file has an error, or no module.
        ManifestError: the manifest, which names the sources counted from case records, is unsound.
        TypeError: a module lacks SOURCE or tidy.
    """
    counted = {source.id: case_publication(source) for source in _case_records.sources()}
    return dict(sorted((_of_modules() | counted).items()))


def case_source(stated: Path) -> Source:
    """Return the source that is counted from case records, as its authority states it in a file.

    Raises:
        MetadataError: the file is missing or unsound.
    """
    return _case_records.source(stated)


def case_publication(source: Source) -> Publication:
    """Return the publication of a source that is counted from case records."""
    return Publication(source, partial(_case_records.tidy, source))


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
