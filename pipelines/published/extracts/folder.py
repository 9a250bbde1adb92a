"""Makes a folder whole or not at all: aside, then switched in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.lib.lock import alone


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Keeps other processes off a folder, so that what is seen in it stays so.

    First puts right what a process that was killed has left: if it was killed between the two
    steps of the switch, the old folder is put back; all else of it is swept.
    """
    with alone(out.with_name(f".{out.name}.lock")):
        aside, old = _beside(out)
        if old.exists() and not out.exists():
            old.rename(out)
        for leaving in (aside, old):
            shutil.rmtree(leaving, ignore_errors=True)
        yield


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Gives a new folder beside `out`, which takes its place when the block ends without an error.

    Whatever becomes of the process, those who hold `out` next (`held`) find the old folder or the
    new one. It must be held.
    """
    aside, old = _beside(out)
    try:
        aside.mkdir()
        yield aside
        _switch(aside, out, old)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _beside(out: Path) -> tuple[Path, Path]:
    """Where the new folder is made, and where the old one lies during the switch."""
    return out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")


def _switch(aside: Path, out: Path, old: Path) -> None:
    if not out.exists():
        aside.rename(out)
        return
    out.rename(old)
    try:
        aside.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
