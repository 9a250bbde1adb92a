"""Files that are replaced whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path`; rename it to `path` if the block ends without an error.

    Readers find the old file or the new one, never a part, even after a power cut. If the block
    raises, the old file stays and the temporary one is removed. The name is fixed, so what a killed
    process left is overwritten by the next; callers that may run at once hold a lock. A `private`
    file only its owner may read.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent}: no such folder; make it, or name another")
    temporary = path.with_name(f".{path.name}.new")
    try:
        if private:
            temporary.touch(mode=0o600)
        yield temporary
        switch(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_bytes(path: Path, content: bytes) -> None:
    """Replace the content of a file."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def replace_text(path: Path, text: str) -> None:
    """Replace the content of a file with text, in UTF-8."""
    replace_bytes(path, text.encode())


def switch(new: Path, path: Path) -> None:
    """Rename a file of the same folder to `path`, in one durable step; keep the permissions."""
    if path.exists():
        new.chmod(stat.S_IMODE(path.stat().st_mode))
    _sync(new)
    new.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
