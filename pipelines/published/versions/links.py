"""The links by which readers come to a version, warehouse, pages and extracts in one step."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.lib import paths
from pipelines.published.versions.version import PARTS, WAREHOUSE, Version, current, folders


def lead(chosen: Version) -> None:
    """Leads readers to a version."""
    _lead(paths.current(), Path("versions") / chosen.id)
    for link, target in _to_current():
        _lead(link, target)


def astray() -> list[str]:
    """A line for each link that does not lead readers to a version; none before the first."""
    if not folders() and not paths.current().is_symlink():
        return []
    said = "choose a version with 'tipstat rollback', or run 'tipstat run'"
    if current() is None:
        return [f"{paths.current()}: leads to no whole version; {said}"]
    return [
        f"{link}: does not lead to the current version; {said}"
        for link, target in _to_current()
        if not _leads(link, target)
    ]


def _to_current() -> Iterator[tuple[Path, Path]]:
    """Each link into the current version, and where it is to lead."""
    up = os.path.relpath(paths.current(), paths.warehouse().parent)
    yield paths.warehouse(), up / WAREHOUSE
    for part in PARTS:
        yield paths.published() / part, Path(paths.current().name) / part


def _leads(link: Path, target: Path) -> bool:
    return link.is_symlink() and link.readlink() == target


def _lead(link: Path, target: Path) -> None:
    """Makes the link lead to the target; whoever follows it finds the old one or the new one."""
    if _leads(link, target):
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir() and not link.is_symlink():  # left by a tipstat that knew no versions
        shutil.rmtree(link)
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
