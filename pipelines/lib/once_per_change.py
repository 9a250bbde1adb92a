"""What is read of a file is kept until the file changes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

_Read = TypeVar("_Read")


def once_per_change(read: Callable[[Path], _Read]) -> Callable[[Path], _Read]:
    """Return a function that reads the last file that it was given again only if it changed."""

    @lru_cache(maxsize=1)
    def kept(path: Path, _changed: int) -> _Read:
        return read(path)

    @wraps(read)
    def reading(path: Path) -> _Read:
        return kept(path, path.stat().st_mtime_ns)

    return reading
