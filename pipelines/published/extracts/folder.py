"""Replace a folder in one step: the new one is made beside it, then they are exchanged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.lib.lock import alone


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Lock a folder against other processes.

    First repair what a killed process left: if it died between the two steps of the exchange, put
    the old folder back; then remove its other leftovers.
    """
    with alone(out.with_name(f".{out.name}.lock")):
        aside, old = _beside(out)
        if old.exists() and not out.exists():
            old.rename(out)
        for leftover in (aside, old):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Yield a new folder beside `out`, which replaces it when the block ends without an error.

    Call it within `held`. Even if the process dies, the next one to hold `out` finds the old folder
    or the new one.
    """
    aside, old = _beside(out)
    try:
        aside.mkdir()
        yield aside
        if out.exists():
            out.rename(old)
        try:
            aside.rename(out)
        except OSError:
            if old.exists():
                old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _beside(out: Path) -> tuple[Path, Path]:
    """Return the paths of the new folder, and of the old one during the exchange."""
    return out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
