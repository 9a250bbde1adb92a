"""Read a file from outside in a child process with limits, before this process opens it.

A file may be made to fill the memory, to run for hours or to break a parser. In a child process
that the system stops at its limits it does no harm: it is refused like any unreadable file.
"""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.lib import process_limits
from pipelines.sources import File, FileRefusedError, Publication, discover

SECONDS: Final = 300
"""Limit of processor and wall-clock time; 2.5 million rows of Mexico's municipalities take 6."""
MEMORY: Final = 4 * 2**30
"""Limit of address space; the libraries take half of it without any file."""
BYTES: Final = 2 * 2**30
"""Size of the largest file that is opened."""


@dataclass(frozen=True)
class Attempt:
    """Attempt to read a file as one of a source."""

    refusal: str  # why it cannot be read, "" if it can
    likeness: float  # how like the source's header that of the file is; 1 if it is the same


def refuse_unreadable(publication: Publication, path: Path) -> None:
    """Try to read the file as a file of that publication, in a child process with limits."""
    found = attempts([publication], path)[publication.source.id]
    if found.refusal:
        raise FileRefusedError(found.refusal, found.likeness)


def attempts(publications: Iterable[Publication], path: Path) -> dict[str, Attempt]:
    """Return the results of reading the file as one of each source.

    Raises:
        FileRefusedError: the file must not be opened, or the child process crossed a limit or
            crashed.
    """
    identities = [publication.source.id for publication in publications]
    found = json.loads(answer(__name__, path, *identities))
    return {source: Attempt(**each) for source, each in found.items()}


def answer(module: str, path: Path, *arguments: str) -> str:
    """Return what a module prints that reads the file in a child process, and calls `limit` first.

    Raises:
        FileRefusedError: the file must not be opened, or the child process crossed a limit or
            crashed.
    """
    if path.is_symlink():
        raise FileRefusedError(f"{path}: a link; give the file itself")
    if path.is_file() and path.stat().st_size > BYTES:
        raise FileRefusedError(
            f"{path}: larger than {BYTES / 2**30:.0f} GB, which no publisher's file is"
        )
    return _from_child(module, path, *arguments)


def _from_child(module: str, path: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", module, str(path.absolute()), *arguments]
    try:
        ended = subprocess.run(  # noqa: S603  # our own interpreter, no shell
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefusedError(f"{path}: not read within {SECONDS} seconds; look at it") from None
    if ended.returncode:
        raise FileRefusedError(
            f"{path}: broke the reader{_place(ended.stderr)} or passed its limits ("
            f"{MEMORY / 2**30:.0f} GB, {SECONDS} seconds); look at it, and do not open it elsewhere"
        )
    return ended.stdout


def _place(traceback: str) -> str:
    """Return the line of our code and the exception; not its message, which may quote the file."""
    places = re.findall(r'File "(?:.*/)?(pipelines/\S+\.py)", line (\d+)', traceback)
    kind = re.findall(r"^(\w+(?:Error|Exception|Exit))\b", traceback, re.M)
    return f" ({kind[-1]} in {places[-1][0]}, line {places[-1][1]})" if places and kind else ""


def limit() -> None:
    """Limit memory, time and files of this process, which is about to read a file from outside."""
    process_limits.limit(MEMORY, SECONDS, largest=0)


def printed(path: Path, *identities: str) -> str:
    """Return what the child process prints: an attempt for each source, as JSON."""
    made = {}
    for identity in identities:
        try:
            tidy = discover()[identity].tidy(File(path))
        except FileRefusedError as refusal:
            made[identity] = Attempt(str(refusal), refusal.likeness)
        else:
            known = len(tidy.layout.header)
            made[identity] = Attempt("", known / (known + len(tidy.added)))
    return json.dumps({identity: dataclasses.asdict(each) for identity, each in made.items()})


if __name__ == "__main__":
    limit()
    sys.stdout.write(printed(Path(sys.argv[1]), *sys.argv[2:]))
