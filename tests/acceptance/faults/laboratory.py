"""The processes and the project copies that faults are injected into.

Each run has a process of its own, forked by a server that has imported everything and touched
nothing. The process that asks runs no step itself.
"""

import multiprocessing
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["faults.runs"])
ROOT = Path(__file__).parents[3]
TESTS = [str(ROOT / "tests" / folder) for folder in ("acceptance", "support", "")]
LARGE = 1_000_000
"""Bytes of a file that copies share: a warehouse, or plotly.js. Runs replace these, never edit."""


@dataclass(frozen=True)
class Ended:
    """End of a process.

    Attributes:
        code: its exit code, or minus the number of the signal that killed it.
        returned: what its function returned; None if it did not return.
    """

    code: int
    returned: Any


@cache
def _begin() -> None:
    """Start the server: it finds our modules by a variable that other tests shall not inherit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), *TESTS)))
        forkserver.ensure_running()


def in_child(function: Callable[..., Any], *arguments: object) -> Ended:
    """Call a function in a process of its own, and wait for its end."""
    _begin()
    ours, its = _SERVER.Pipe(duplex=False)
    process = _SERVER.Process(target=_call, args=(its, function, arguments))
    process.start()
    its.close()
    try:
        returned = ours.recv()
    except EOFError:
        returned = None
    process.join()
    return Ended(process.exitcode or 0, returned)


def _call(answer: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    answer.send(function(*arguments))


@contextmanager
def copy(home: Path, disk: Path | None = None) -> Iterator[Path]:
    """Copy a project with all its bytes, beside it or onto another disk."""
    with tempfile.TemporaryDirectory(prefix="copy-", dir=disk or home.parent) as folder:
        yield shutil.copytree(home, Path(folder) / "home", symlinks=True)


@contextmanager
def linked(home: Path) -> Iterator[Path]:
    """Copy a project beside it; large files are hard links, for who does not write into them."""
    with tempfile.TemporaryDirectory(prefix="linked-", dir=home.parent) as folder:
        place = Path(folder) / "home"
        yield shutil.copytree(home, place, symlinks=True, copy_function=_link_if_large)


def _link_if_large(file: str, target: str) -> None:
    """Locks are small, so that each copy has its own."""
    (os.link if Path(file).stat().st_size > LARGE else shutil.copy2)(file, target)


@contextmanager
def no_space_but(spare: int, disk: Path) -> Iterator[None]:
    """Leave a small disk so many bytes, for a while."""
    room = os.statvfs(disk)
    used = (room.f_blocks - room.f_bfree) * room.f_frsize
    for size in (used + spare, 2**30):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
        if size != 2**30:
            yield
