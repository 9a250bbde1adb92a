"""One module per publication: `SOURCE` says what it is, `tidy(file)` reads it into our codes.

A source is a leaf: it knows the toolbox and the schemas, and no other source. Modules are
discovered by their name; there is no list to keep.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError, too_short
from pipelines.reader.rows import Tidy
from schemas.source import Source

__all__ = ["File", "FileRefusedError", "Publication", "Tidy", "discover", "too_short"]


@dataclass(frozen=True)
class Publication:
    """A discovered source: its description and the function that reads its files."""

    source: Source
    tidy: Callable[[File], Tidy]


@cache
def discover() -> dict[str, Publication]:
    """All sources by id, in alphabetical order.

    Raises:
        TypeError: a module lacks SOURCE or tidy, or its name is not its source's id.
    """
    found = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        source, tidy = getattr(module, "SOURCE", None), getattr(module, "tidy", None)
        if not isinstance(source, Source) or tidy is None or source.id != info.name:
            raise TypeError(
                f"pipelines/sources/{info.name}.py: give it SOURCE = Source(id='{info.name}', ...) "
                "and tidy(file)"
            )
        found[info.name] = Publication(source, tidy)
    return found
