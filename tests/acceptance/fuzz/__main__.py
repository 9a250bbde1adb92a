"""All targets, side by side: `make fuzz`. Prints what was tried, read, refused, and what broke.

    python -m fuzz [--seconds N]

Each target has N seconds. What breaks one is kept in dist/fuzz.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
BROKEN: Final = ROOT / "dist" / "fuzz"
TARGETS: Final = ("figure", "table", "text", "document", "workbook", "validate")


@dataclass(frozen=True)
class Fuzzed:
    """The outcome of a target.

    Attributes:
        target: its name.
        read: how many inputs were read.
        refused: how many were refused, as they should be.
        crashes: its messages about inputs with which something else happened, a line each.
    """

    target: str
    read: int = 0
    refused: int = 0
    crashes: tuple[str, ...] = field(default=())

    @property
    def line(self) -> str:
        """The line of the table."""
        tried = self.read + self.refused
        counts = (tried, self.read, self.refused, len(self.crashes))
        return f"{self.target:<10}" + "".join(f"{count:>12,}" for count in counts)


def main() -> None:
    """Fuzz and print; exit code 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, metavar="N")
    seconds = parser.parse_args().seconds
    if not find_spec("atheris"):
        sys.exit("atheris has no wheel for this machine: nothing was fuzzed")
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        found = list(workers.map(partial(fuzzed, seconds=seconds), TARGETS))
    for each in found:
        _say(*each.crashes)
    _say(f"{'target':<10}{'tried':>12}{'read':>12}{'refused':>12}{'crashes':>12}")
    _say(*(each.line for each in found))
    sys.exit(any(each.crashes for each in found))


def fuzzed(target: str, seconds: float) -> Fuzzed:
    """Fuzz one target in a process of its own."""
    folders = ("acceptance", "support", "")
    places = os.pathsep.join([str(ROOT), *(str(ROOT / "tests" / each) for each in folders)])
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(
            [sys.executable, "-m", "fuzz.one", target, str(seconds), folder],
            env=os.environ | {"PYTHONPATH": places},
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        if ended.returncode == 0:
            return Fuzzed(target, **json.loads(ended.stdout.splitlines()[-1]))
        return Fuzzed(
            target, crashes=tuple(_crashes(target, Path(folder), ended.stdout + ended.stderr))
        )


def _crashes(target: str, folder: Path, output: str) -> Iterator[str]:
    """Yield the error, and the file with the bytes that cause it."""
    BROKEN.mkdir(parents=True, exist_ok=True)
    kept = [file for file in folder.iterdir() if file.is_file()]
    _, _, error = output.partition("=== Uncaught Python exception: ===\n")
    why = error.partition("\n")[0] or "it was stopped"
    if not kept:
        yield f"{target}: it did not begin: {output}"
    for file in kept:
        bytes_of_it = file.rename(BROKEN / f"{target}-{file.name}")
        yield f"{target}: {why}: {bytes_of_it.relative_to(ROOT)}"


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
