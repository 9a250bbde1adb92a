"""Verbs that only read start without the libraries that work figures out."""

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("dagster", "pandas", "pandera", "scipy", "statsmodels")
READING = (
    ["--help"],
    ["query", "select count(*) from published.newest"],
    ["query", "from published.newest where indicator = 'NONE'"],
    ["versions"],
    ["diff", "2", "2", "--out", "OUT/differences.csv"],
    ["verify"],
    ["export", "--all", "--out", "OUT/extracts"],
)
GIVE = f"""
import json, sys
from pipelines.cli.app import app
for arguments in json.loads(sys.argv[1]):
    app(arguments, standalone_mode=False)
    print("IMPORTED", arguments, *({{*{HEAVY}}} & {{*sys.modules}}))
"""


def test_a_system_without_locks_is_told_what_to_do(tmp_path: Path) -> None:
    """Windows has no such module; what is not there cannot be imported here either."""
    code = (
        "import sys; sys.modules['fcntl'] = None; sys.argv = ['tipstat', 'versions']\n"
        "from pipelines.cli.app import main\nmain()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("error: tipstat versions needs 'fcntl', which this system lacks")
    assert len(ended.stderr.splitlines()) == 1


def test_none_imports_what_works_figures_out(published: Path, tmp_path: Path) -> None:
    """All are given in one process; the first that imports one of them shows."""
    arguments = [[word.replace("OUT", str(tmp_path / "out")) for word in each] for each in READING]
    (tmp_path / "out").mkdir()
    environment = os.environ | {"TIPSTAT_HOME": str(published)}
    ended = subprocess.run(
        [sys.executable, "-c", GIVE, json.dumps(arguments)],
        capture_output=True, text=True, cwd=published, env=environment, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told = [line for line in ended.stdout.splitlines() if line.startswith("IMPORTED")]
    assert len(told) == len(READING)
    assert [line for line in told if not line.endswith("]")] == []
