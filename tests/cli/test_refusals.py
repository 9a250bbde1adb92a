"""What is asked for in a wrong way is refused in words that say what to do, and nothing is written.

A line of `refusals.csv` has a command, its exit code and words of its message.
"""

import shlex
from pathlib import Path

from command import tipstat

from schemas import codelists

REFUSALS = codelists.rows(Path(__file__).with_name("refusals.csv"))


def test_each_is_refused_and_leaves_nothing(whole_project: Path) -> None:
    (whole_project / "folder").mkdir()
    (whole_project / "file").touch()

    def files() -> dict[Path, bytes]:
        found = whole_project.rglob("*")
        return {file: file.read_bytes() for file in found if file.is_file() and file.name[0] != "."}

    before = files()
    for line in REFUSALS:
        done = tipstat(*shlex.split(line["command"]), home=whole_project, width=1000)
        assert line["message"] in " ".join(done.stderr.split()), (line, done)
        assert done.returncode == int(line["code"]), (line, done)
        assert "Traceback" not in done.stderr
    assert files() == before
