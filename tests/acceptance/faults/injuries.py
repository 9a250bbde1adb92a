"""Faults of a run, each armed in the process that it comes to."""

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_GROWS = {"open", "os.mkdir", "os.symlink", "os.link"}
_CHANGES = {*_GROWS, "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Injury:
    """One fault.

    Attributes:
        kind: a name of `KINDS`.
        at: the operation, the size or the moment at which it comes.
    """

    kind: str
    at: int

    def arm(self, home: Path) -> None:
        """Let it come to this process, when it is as far."""
        if self.kind in KINDS:  # the others come from outside
            KINDS[self.kind](home, self.at)


def count(home: Path) -> Callable[[], int]:
    """Count from now on the operations of this process that change something in a folder."""
    seen = _Operations(home, lambda _number, _name: None)
    sys.addaudithook(seen)
    return lambda: seen.number


class _Operations:
    """Audit hook, called before each change to the disk; an exception prevents the change."""

    def __init__(self, home: Path, happens: Callable[[int, str], None]) -> None:
        self.home = os.fspath(home)
        self.number = 0
        self.happens = happens

    def __call__(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name in _CHANGES and self._is_here(name, arguments):
            self.number += 1
            self.happens(self.number, name)

    def _is_here(self, name: str, arguments: tuple[Any, ...]) -> bool:
        if name == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
            return False
        # shutil.rmtree names what it removes beside the folder it has opened.
        beside = name in {"os.remove", "os.rmdir"} and arguments[1] != -1
        return beside or any(
            isinstance(place, str | os.PathLike) and os.fspath(place).startswith(self.home)
            for place in arguments[:2]
        )


def _killed(home: Path, at: int) -> None:
    def happens(number: int, _name: str) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(_Operations(home, happens))


def _full(home: Path, at: int) -> None:
    def happens(number: int, name: str) -> None:
        if number >= at and name in _GROWS:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(_Operations(home, happens))


def _read_only(home: Path, at: int) -> None:
    def happens(number: int, _name: str) -> None:
        if number >= at:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    sys.addaudithook(_Operations(home, happens))


def _killed_in_a_write(_home: Path, at: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))


def _quota(_home: Path, at: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))


def _killed_at_a_moment(_home: Path, at: int) -> None:
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, at / 1000)


KILL = "killed before the n-th operation"
FULL = "disk full from the n-th operation"
READ_ONLY = "read-only from the n-th operation"
KILL_IN_WRITE = "killed within a write, at n bytes"
QUOTA = "write refused at n bytes"
MOMENT = "killed after n ms of processor time"
DISK = "real disk with n bytes left"
SEQUENCE = "verbs as chance has them, some killed"
TWINS = "two runs at once"
KINDS: dict[str, Callable[[Path, int], None]] = {
    KILL: _killed,
    FULL: _full,
    READ_ONLY: _read_only,
    KILL_IN_WRITE: _killed_in_a_write,
    QUOTA: _quota,
    MOMENT: _killed_at_a_moment,
}
"""Name in the table, and function that arms it.

Python audits its own operations only. Writes of DuckDB and Arrow are cut by their size, by the
system itself, or by the moment.
"""
