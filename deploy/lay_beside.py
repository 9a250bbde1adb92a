"""Lays the shipped figures beside those that were taken in since: `lay_beside.py FOLDER`.

What is there already stays as it is: a file, a line of the manifest, a correction, a decision.
"""

import os
import shutil
import sys
from pathlib import Path

from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.raw import manifest, reviews


def main(shipped: Path) -> None:
    """Takes over what is new in a folder that has `data/raw` and `data/corrections.csv`."""
    home = paths.home()
    os.environ["TIPSTAT_HOME"] = str(shipped)
    entries, decisions = manifest.entries(), reviews.entries()
    os.environ["TIPSTAT_HOME"] = str(home)
    with alone(paths.lock(), print):
        known = {entry.key for entry in manifest.entries()} if paths.manifest().is_file() else set()
        for entry in (each for each in entries if each.key not in known):
            entry.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shipped / "data" / "raw" / entry.file, entry.path)
            manifest.enter(entry)
        for own in (paths.corrections(), paths.known_cases()):
            _join(own, shipped / "data" / own.name)
        # Of two decisions the last counts: one made here stands against the shipped one.
        reviews.write([*dict.fromkeys([*decisions, *reviews.entries()])])


def _join(own: Path, shipped: Path) -> None:
    """Writes the lines of the shipped table behind those of the own one, each once."""
    lines = [
        line
        for table in (own, shipped)
        if table.is_file()
        for line in table.read_text(encoding="utf-8").splitlines()
    ]
    own.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
