"""Files are replaced whole or not at all."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.lib.atomic import replace_text, replacing

KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from pipelines.lib.atomic import replacing
with replacing(Path(sys.argv[1])) as temporary:
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.csv"
    path.write_text("old", encoding="utf-8")
    return path


def test_a_kill_while_writing_leaves_the_old_file_and_the_next_write_sweeps(file: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, file], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert file.read_text(encoding="utf-8") == "old"
    replace_text(file, "né")
    assert file.read_text(encoding="utf-8") == "né"
    assert [*file.parent.iterdir()] == [file]


def test_a_folder_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(FileNotFoundError, match="elsewhere: no such folder; make it"):
        replace_text(file.parent / "elsewhere" / "out.csv", "new")


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(file) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert file.read_text(encoding="utf-8") == "old"
    assert [*file.parent.iterdir()] == [file]


def test_permissions_are_kept(file: Path) -> None:
    file.chmod(0o640)
    replace_text(file, "new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_usual_permissions(file: Path) -> None:
    file.chmod(0o600)
    other = file.with_name("usual.csv")
    other.touch()
    replace_text(file.with_name("new.csv"), "new")
    assert file.with_name("new.csv").stat().st_mode == other.stat().st_mode
