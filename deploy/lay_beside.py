"""Lays the shipped figures beside those that were taken in since: `lay_beside.py FOLDER`.

What is there already stays as it is: a file, a line of the manifest, a correction.
"""

import os
import shutil
import sys
from pathlib import Path

from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.raw import manifest


def main(shipped: Path) -> None:
    """Takes over what is new in a folder that has `data/raw` and `data/corrections.csv`."""
    home = paths.home()
    entries = _entries(shipped)
    os.environ["TIPSTAT_HOME"] = str(home)
    with alone(paths.lock(), print):
        known = {entry.key for entry in manifest.entries()} if paths.manifest().is_file() else set()
        for entry in (each for each in entries if each.key not in known):
            entry.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shipped / "data" / "raw" / entry.file, entry.path)
            manifest.enter(entry)
        _take_lines(shipped / "data" / "corrections.csv", paths.corrections())
        _take_lines(shipped / "data" / "known_cases.csv", paths.known_cases())
        _take_lines(shipped / "data" / "reviews.csv", paths.reviews())


def _entries(shipped: Path) -> list[manifest.RawFile]:
    os.environ["TIPSTAT_HOME"] = str(shipped)
    return manifest.entries()


def _take_lines(shipped: Path, own: Path) -> None:
    """Adds the lines that the own file lacks."""
    known = own.read_text(encoding="utf-8").splitlines() if own.is_file() else []
    lines = shipped.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join(dict.fromkeys([*known, *lines])) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
