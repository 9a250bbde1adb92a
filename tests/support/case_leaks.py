"""Spoilt extracts, with a sentinel where records have content, and where it must not turn up."""

import gzip
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from command import WHOLE

from pipelines.cases.errors import CaseError

SENTINEL = "SENTINEL"
HEADER = "id,caso,fecha,sexo,edad\n"
SOUND = f"{SENTINEL}1,{SENTINEL},2019-05-01,Mujer,30\n"

SPOILT = {
    "a cell too many": HEADER + SOUND + SOUND.replace("30", f"30,{SENTINEL}"),
    "a cell too few": HEADER + SOUND + f"{SENTINEL},1\n",
    "an open quotation mark": HEADER + SOUND + f'"{SOUND}' * 3,
    "no header": SOUND * 2,
    "no header, other number of cells": f"{SENTINEL},{SENTINEL}\n{SOUND}",
    "not UTF-8": (HEADER + SOUND).encode() + b"SENTINEL\xff,1,2019-05-01,Mujer,30\n",
    "a rare label": HEADER + SOUND + SOUND.replace("Mujer", SENTINEL) * 9,
    "many labels": HEADER
    + "".join(SOUND.replace("Mujer", f"{SENTINEL}{each}") * 10 for each in range(21)),
    "too long a line": HEADER + SOUND + SOUND.replace("1", SENTINEL * 300_000, 1),
    "no date": HEADER + SOUND.replace("2019-05-01", SENTINEL),
    "nothing": "",
}


def whole(error: CaseError) -> str:
    """Return the message of an error, which holds no other error."""
    assert error.__cause__ is None
    assert error.__context__ is None, "an engine's error quotes cells"
    return str(error)


def start(
    extract: Path, places: list[Path], *options: str, verb: str = "plan", most_bytes: int = -1
) -> subprocess.Popen[str]:
    """Start to plan an extract, with the project's, the user's own and the temporary folder.

    No file may be larger than so many bytes, as on a disk that is full.
    """
    home, user, temporary = map(str, places)
    environment = {**os.environ, "TIPSTAT_HOME": home, "HOME": user, "TMPDIR": temporary}
    mapping, plan = (str(places[0].parent / name) for name in ("mapping.yml", "plan.csv"))
    arguments = ["cases", verb, str(extract), mapping, "--plan", plan]
    return subprocess.Popen(
        [sys.executable, *WHOLE, *arguments, *options], text=True, env=environment, cwd=user,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )  # fmt: skip


def holding(places: list[Path]) -> Iterator[Path]:
    """Yield the files that hold a sentinel."""
    for folder in places:
        for path in folder.rglob("*"):
            try:
                if path.is_file() and SENTINEL.encode() in _content(path):
                    yield path
            except FileNotFoundError:
                continue


def _content(path: Path) -> bytes:
    """Return the bytes of a file as they lie on the disk, and as they are once decompressed."""
    raw = path.read_bytes()
    return raw + gzip.decompress(raw) if path.suffix == ".gz" else raw
