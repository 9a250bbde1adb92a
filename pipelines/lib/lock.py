"""One at a time: a lock on a file, which ends with the process that holds it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


@contextmanager
def alone(lock: Path, waiting: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Waits until no other process holds the lock; tells `waiting` once who does, if it has to."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a", encoding="utf-8") as file:  # "w" would wipe off who holds it
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
    """Return the holder of the lock as far as it has written it: process, machine, moment."""
    return lock.read_text(encoding="utf-8", errors="replace") or "a process that has just begun"


def _now() -> str:
    return datetime.now(tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
