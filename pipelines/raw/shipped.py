"""The figures that come with the project, without those that an installation took in since.

In a git checkout they are the files in git's index: what `tipstat add-release` or the inbox entered
belongs to them after `git add data`. Without git, as in an unpacked archive or an installed wheel,
all files in the project's folder count as shipped. The build of a wheel (`hatch_build.py`) imports
this module where no library is installed.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pipelines.lib import paths, settings

_RAW: Final = "data/raw"
_REVIEWED: Final = ("data/corrections.csv", "data/known_cases.csv", "data/reviews.csv")
IN_WHEEL: Final = Path(__file__).parents[1] / "shipped"
"""Folder of what is shipped, in an installed wheel; a source tree has `data` and `docs`."""


def origin() -> Path:
    """Return the folder with the figures that came with this installation."""
    return IN_WHEEL if IN_WHEEL.is_dir() else IN_WHEEL.parents[1]


def copy_shipped(project: Path, folder: Path) -> None:
    """Copy the shipped figures of a project, and what was decided, into an empty folder."""
    if files := _git(project, "ls-files", "-z", _RAW, *_REVIEWED):
        _git(project, "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=files)
        return
    (folder / "data").mkdir()
    if (project / _RAW).is_dir():
        shutil.copytree(project / _RAW, folder / _RAW)
    for table in _REVIEWED:
        if (project / table).is_file():
            shutil.copy(project / table, folder / table)


def copy_pages(project: Path, folder: Path) -> None:
    """Copy the pages of docs/ that messages name, in place of those that are there."""
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for page in sorted((project / "docs").glob("*.md")):
        shutil.copyfile(page, folder / "docs" / page.name)


def not_in_index(project: Path) -> list[str]:
    """Return the files of figures and decisions that are new or changed since git's index."""
    changed = _git(project, "diff", "--name-only", "-z", "--", _RAW, *_REVIEWED)
    new = _git(project, "ls-files", "--others", "--exclude-standard", "-z", _RAW, *_REVIEWED)
    return sorted(os.fsdecode(name) for name in (changed + new).split(b"\0") if name)


@contextmanager
def only_shipped() -> Iterator[None]:
    """Let this process see only the shipped figures of its project."""
    with TemporaryDirectory() as folder:
        copy_shipped(paths.home(), Path(folder))
        with settings.elsewhere(Path(folder)):
            yield


def _git(project: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return git's output for a checkout; empty without a checkout or git."""
    git = shutil.which("git")
    if not git or not (project / ".git").exists():
        return b""
    command = [git, "-C", str(project), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False).stdout  # noqa: S603
