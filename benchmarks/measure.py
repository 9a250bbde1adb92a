"""Cost of a child process: processor seconds, wall-clock seconds, greatest memory.

A benchmark's own process must stay small and import nothing big: on Linux a child's greatest
memory is never reported smaller than its parent was when it started the child.
"""

import ctypes
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """Resources used by one process.

    Attributes:
        cpu: seconds of processor time, user and system, its own children included.
        wall: seconds from its start to its end.
        peak: greatest resident memory, MiB; of orphans, such as a Java that it started, added.
    """

    cpu: float
    wall: float
    peak: float


def python(*arguments: str | Path, home: Path) -> Cost:
    """Runs this Python with arguments, TIPSTAT_HOME set to `home`; imports count as work.

    Raises:
        RuntimeError: it failed; the message holds what it printed.
    """
    log = home / "log.txt"
    # Modules are compiled once, as where tipstat is installed.
    environment = os.environ | {"TIPSTAT_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    with log.open("w", encoding="utf-8") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=printed, stderr=printed
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    usages = [usage, *_orphans()]
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed:\n{log.read_text(encoding='utf-8')}")
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Cost(cpu, wall, sum(each.ru_maxrss for each in usages) / 1024)


def adopt_orphans() -> None:
    """Let what a child's end leaves behind become this process's own (Linux), to be measured."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans() -> Iterator[resource.struct_rusage]:
    """Yield the cost of each process that a child left behind, when it has ended."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2]


def machine(*libraries: str) -> str:
    """Python, libraries and processors, in one line: what a figure must be read with."""
    named = [f"{library} {version(library)}" for library in libraries]
    return ", ".join([f"Python {platform.python_version()}", *named, f"{os.cpu_count()} CPUs"])


def table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table to be read in a terminal: first column to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if position == 0 else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in (headings, *lines)
    )
