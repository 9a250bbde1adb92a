"""Where runs are injured: each in a process of its own, which a server forks in a moment.

The server has imported everything and touched nothing; this process runs no step itself.
"""

import multiprocessing
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["faults.runs"])
ROOT = Path(__file__).parents[3]
TESTS = [str(ROOT / "tests" / folder) for folder in ("acceptance", "support", "")]


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (minus the signal that killed it), and what it gave."""

    code: int
    gave: Any


def in_child(function: Callable[..., Any], *arguments: object) -> Ended:
    """Calls a function in a process of its own, and waits for its end."""
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT), *TESTS))
    ours, its = _SERVER.Pipe(duplex=False)
    process = _SERVER.Process(target=_call, args=(its, function, arguments))
    process.start()
    its.close()
    try:
        gave = ours.recv()
    except EOFError:
        gave = None
    process.join()
    return Ended(process.exitcode or 0, gave)


def _call(answer: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    answer.send(function(*arguments))


@contextmanager
def copy(home: Path, disk: Path | None = None) -> Iterator[Path]:
    """A project like another, to be injured; beside it, or on another disk."""
    with tempfile.TemporaryDirectory(prefix="injured-", dir=disk or home.parent) as folder:
        shutil.copytree(home, Path(folder) / "home", symlinks=True)
        yield Path(folder) / "home"


@contextmanager
def linked(home: Path) -> Iterator[Path]:
    """A copy whose files are those of the other, until one is put in place of another."""
    with tempfile.TemporaryDirectory(prefix="linked-", dir=home.parent) as folder:
        place = Path(folder) / "home"
        shutil.copytree(home, place, symlinks=True, copy_function=os.link)
        yield place


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A file system of its own; None where this user may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def no_space_but(spare: int, disk: Path) -> Iterator[None]:
    """Leaves a small disk so many bytes, for a while."""
    room = os.statvfs(disk)
    used = (room.f_blocks - room.f_bfree) * room.f_frsize
    for size in (used + spare, 2**30):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
        if size != 2**30:
            yield
