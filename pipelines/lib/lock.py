"""Locks that are released when the process that holds them ends, however it ends.

A lock is on a file. Where PostgreSQL keeps Dagster's history (`TIPSTAT_POSTGRES`), it is an
advisory lock there too, so that it also holds between hosts that do not share a disk.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Final

from pipelines.lib import settings

_HOLDER: Final = """
    select application_name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and granted and (classid::bigint << 32) + objid::bigint = %s
"""
_LONGEST_NAME: Final = 63
"""Longest name of an application in PostgreSQL, in bytes."""


@contextmanager
def alone(lock: Path, waiting: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Hold the lock, after waiting for any other holder; report that holder once to `waiting`."""
    with _file_lock(lock, waiting):
        if address := settings.postgres():
            with _advisory_lock(address, lock, waiting):
                yield
        else:
            yield


@contextmanager
def _file_lock(lock: Path, waiting: Callable[[str], object]) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a", encoding="utf-8") as file:  # "w" would erase the holder
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _report(waiting, lock.read_text(encoding="utf-8", errors="replace"))
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(_this_process())
        file.flush()
        yield


@contextmanager
def _advisory_lock(address: str, lock: Path, waiting: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock in PostgreSQL, under the name of its file, for as long as the connection."""
    driver = import_module("psycopg2")  # it comes with tipstat[server]
    name = os.path.relpath(lock, settings.home())
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with closing(driver.connect(address, application_name=_this_process()[:_LONGEST_NAME])) as held:
        held.autocommit = True
        with held.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [key])
            if cursor.fetchone() != (True,):
                cursor.execute(_HOLDER, [key])
                _report(waiting, "".join(cursor.fetchone() or ()))
                cursor.execute("select pg_advisory_lock(%s)", [key])
            yield


def _report(waiting: Callable[[str], object], holder: str) -> None:
    """Report the holder of a lock: its process, machine and start, once it has written them."""
    waiting(f"Waiting for another run to end: {holder or 'a process that has just started'}")


def _this_process() -> str:
    now = datetime.now(tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"process {os.getpid()} on {os.uname().nodename}, since {now}"
