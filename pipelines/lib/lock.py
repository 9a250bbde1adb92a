"""A lock on a file, released when the process that holds it ends."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


@contextmanager
def alone(lock: Path, waiting: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Hold the lock, after waiting for any other holder; report that holder once to `waiting`."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a", encoding="utf-8") as file:  # "w" would erase the holder
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting(f"Waiting for another run to end: {_holder(lock)}")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}, since {_now()}")
        file.flush()
        yield


def _holder(lock: Path) -> str:
    """Return the holder of the lock: its process, machine and start, once it has written them."""
    return lock.read_text(encoding="utf-8") or "a process that has just started"


def _now() -> str:
    return datetime.now(tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
