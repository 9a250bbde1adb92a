"""Makes a folder whole or not at all: aside, then switched in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.lock import alone


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Gives a new folder beside `out`, which takes its place when the block ends without an error.

    Whatever happens, `out` is the old folder or the new one. The leavings of a process that was
    killed are swept; if it was killed between the two steps of the switch, the old folder is put
    back first.
    """
    aside, old = (out.with_name(f".{out.name}.{name}") for name in ("new", "old"))
    with alone(out.with_name(f".{out.name}.lock")):
        if old.exists() and not out.exists():
            old.rename(out)
        for leaving in (aside, old):
            shutil.rmtree(leaving, ignore_errors=True)
        try:
            aside.mkdir()
            yield aside
            _switch(aside, out, old)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


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
