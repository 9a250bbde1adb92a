"""Runs in other surroundings: a new interpreter of another language, time zone, hash seed, width.

    python -m faults.surroundings HOME PROCESSORS

runs the project in that folder, and prints the checksums of what it made.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from faults.invariants import Digest
from faults.laboratory import ROOT, TESTS

SURROUNDINGS: dict[str, dict[str, str]] = {
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "the C locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another hash seed": {"PYTHONHASHSEED": "4711"},
    "one processor": {"PROCESSORS": "1", "OMP_NUM_THREADS": "1"},
}
TOGETHER = {name: value for each in SURROUNDINGS.values() for name, value in each.items()}


def made_in(home: Path, variables: dict[str, str]) -> Digest:
    """Return the checksums of what a run makes there."""
    places = os.pathsep.join((str(ROOT), *TESTS))
    ended = subprocess.run(
        [sys.executable, "-m", __name__, str(home)],
        env=os.environ | {"PYTHONPATH": places} | variables,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(ended.stdout.splitlines()[-1])


def _run(home: Path) -> None:
    from faults import invariants, project

    if os.environ.get("PROCESSORS"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(os.environ["PROCESSORS"])])
    project.enter(home)
    if failed := project.run():
        sys.exit(failed)
    sys.stdout.write(json.dumps(invariants.digest()))


if __name__ == "__main__":
    _run(Path(sys.argv[1]))
