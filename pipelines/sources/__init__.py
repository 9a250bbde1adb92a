"""One publication each: `<id>.yml` describes it, `tidy(file)` in `<id>.py` reads it into our codes.

A source is a leaf: it knows the reader and the schemas, and no other source. What one module cannot
hold lies beside it: tables of labels in `<id>_*.csv`, private modules `_<id>_*.py`. Sources are
discovered by their names; there is no list to keep.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError, too_short
from pipelines.reader.rows import Tidy
from pipelines.reader.source_metadata import MetadataError
from schemas.source import Source

__all__ = [
    "File",
    "FileRefusedError",
    "MetadataError",
    "Publication",
    "Tidy",
    "discover",
    "too_short",
]


@dataclass(frozen=True)
class Publication:
    """A discovered source: its metadata and the function that reads its files."""

    source: Source
    tidy: Callable[[File], Tidy]


@cache
def discover() -> dict[str, Publication]:
    """Return all sources by id, in alphabetical order.

    Raises:
        MetadataError: a metadata file has an error, or no module.
        TypeError: a module lacks SOURCE or tidy.
    """
    names = sorted(
        info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")
    )
    for path in Path(__file__).parent.glob("*.yml"):
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
