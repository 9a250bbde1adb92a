"""The warehouse of a version that readers do not see is stored compressed, at a sixth of its size.

It is compressed by the run after the one that took its place, a minute after that at the earliest,
so that who opens or still uses it finds it there. The manifest has the checksum of the warehouse
itself: compressed or not, it proves the same.
"""

import hashlib
import lzma
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipelines.lib import paths
from pipelines.lib.atomic import switch
from pipelines.published.versions.version import PACKED, WAREHOUSE, VersionError, folders

_PRESET: Final = 3
"""Of xz: one that compresses better takes three times as long, and saves a fifteenth."""


_OPENING: Final = 60
"""Seconds that a reader may take from following the link to the current version to opening it."""


def pack_all_but(seen: Path) -> None:
    """Compress the warehouses of all versions but that in the folder that readers see."""
    _aside().unlink(missing_ok=True)
    if time.time() - seen.stat().st_mtime < _OPENING:
        return
    for folder in folders():
        if folder.name != seen.name and (folder / WAREHOUSE).is_file():
            with (
                _new(folder / PACKED) as new,
                (folder / WAREHOUSE).open("rb") as plain,
                lzma.open(new, "wb", preset=_PRESET) as file,
            ):
                shutil.copyfileobj(plain, file)
            (folder / WAREHOUSE).unlink()


def unpack(folder: Path) -> None:
    """Store the warehouse of a version as it was published."""
    if not (folder / WAREHOUSE).is_file():
        with _new(folder / WAREHOUSE) as new:
            _unpack(folder, new)
    (folder / PACKED).unlink(missing_ok=True)


@contextmanager
def unpacked(folder: Path) -> Iterator[Path]:
    """Yield the warehouse of a version as a file that DuckDB opens; a copy if it is compressed.

    Raises:
        VersionError: the compressed file is damaged.
    """
    if not (folder / PACKED).is_file():
        yield folder / WAREHOUSE
        return
    with tempfile.TemporaryDirectory(prefix="tipstat-") as aside:
        copy = Path(aside) / WAREHOUSE.name
        _unpack(folder, copy)
        yield copy


def sha256(packed: Path) -> str:
    """Return the SHA-256 of what is in a compressed file; "" if that cannot be read."""
    try:
        with lzma.open(packed) as plain:
            return hashlib.file_digest(plain, "sha256").hexdigest()
    except (lzma.LZMAError, EOFError):
        return ""


def _unpack(folder: Path, target: Path) -> None:
    try:
        with lzma.open(folder / PACKED) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
    except (lzma.LZMAError, EOFError) as error:
        raise VersionError(
            f"{folder / PACKED}: its bytes are not those that were published; choose another "
            "version, or remove the folder"
        ) from error


@contextmanager
def _new(target: Path) -> Iterator[Path]:
    """Yield a path outside of all versions; move it to `target` if the block ends without error."""
    new = _aside()
    new.unlink(missing_ok=True)
    try:
        yield new
        new.chmod(0o444)
        switch(new, target)
    finally:
        new.unlink(missing_ok=True)


def _aside() -> Path:
    """Return the path of a file that is being written; a killed run may have left one."""
    return paths.versions() / ".warehouse.new"
