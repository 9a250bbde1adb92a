"""Reads a file from outside in a process of its own, with limits, before this one opens it.

A file may be made to fill the memory, to run for hours or to break a parser. In a child that the
system stops at its limits it harms nobody: it is refused like any other unreadable file.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipelines.sources import File, FileRefusedError, Publication, discover

SECONDS: Final = 300
"""Processor and wall-clock time; 2.5 million rows of Mexico's municipalities take 6."""
MEMORY: Final = 4 * 2**30
"""Address space, of which the libraries take half without any file."""
BYTES: Final = 2 * 2**30
"""The largest file that is opened at all."""


def refuse_unreadable(publication: Publication, path: Path) -> None:
    """Tries to read the file as that publication, in a child with limits.

    Raises:
        FileRefusedError: it cannot be read so, or the child was stopped at a limit, or broke.
    """
    if said := refusals([publication], path)[publication.source.id]:
        raise FileRefusedError(said)


def refusals(publications: Iterable[Publication], path: Path) -> dict[str, str]:
    """Return why the file cannot be read, by source; "" where it can.

    Raises:
        FileRefusedError: the file is not to be opened, the child was stopped at a limit, or broke.
    """
    _refuse_unopened(path)
    command = [sys.executable, "-m", __name__, str(path.absolute())]
    command += [publication.source.id for publication in publications]
    try:
        ended = subprocess.run(  # noqa: S603  # our own interpreter, no shell
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefusedError(f"{path}: not read within {SECONDS} seconds; look at it") from None
    if ended.returncode:
        raise FileRefusedError(
            f"{path}: broke the reader or passed its limits ({MEMORY / 2**30:.0f} GB, {SECONDS} "
            "seconds); look at it, and do not open it elsewhere"
        )
    return dict(json.loads(ended.stdout))


def _refuse_unopened(path: Path) -> None:
    if path.is_symlink():
        raise FileRefusedError(f"{path}: a link; give the file itself")
    if path.is_file() and path.stat().st_size > BYTES:
        raise FileRefusedError(
            f"{path}: larger than {BYTES / 2**30:.0f} GB, which no publisher's file is"
        )


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _refusal(publication: Publication, path: Path) -> str:
    try:
        publication.tidy(File(path))
    except FileRefusedError as refusal:
        return str(refusal)
    return ""


if __name__ == "__main__":
    _limit()
    _file, *_identities = sys.argv[1:]
    _known = discover()
    _found = {name: _refusal(_known[name], Path(_file)) for name in _identities}
    sys.stdout.write(json.dumps(_found))
