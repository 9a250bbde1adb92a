"""The links to the current version: one step changes warehouse, pages and extracts."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.lib import paths
from pipelines.published.versions import packed
from pipelines.published.versions.version import PARTS, WAREHOUSE, Version, current, folders


def lead(chosen: Version) -> None:
    """Make a version the one that readers see."""
    packed.unpack(chosen.folder)
    _lead(paths.current(), Path("versions") / chosen.id)
    for link, target in _to_current():
        _lead(link, target)


def astray() -> list[str]:
    """Return a line for each broken link to the current version; none before the first version."""
    if not folders() and not paths.current().is_symlink():
        return []
    remedy = "choose a version with 'tipstat rollback', or run 'tipstat run'"
    if current() is None:
        return [f"{paths.current()}: leads to no whole version; {remedy}"]
    return [
        f"{link}: does not lead to the current version; {remedy}"
        for link, target in _to_current()
        if not _leads(link, target)
    ]


def _to_current() -> Iterator[tuple[Path, Path]]:
    """Yield each link into the current version, and its target."""
    up = os.path.relpath(paths.current(), paths.warehouse().parent)
    yield paths.warehouse(), up / WAREHOUSE
    for part in PARTS:
        yield paths.published() / part, Path(paths.current().name) / part


def _leads(link: Path, target: Path) -> bool:
    return link.is_symlink() and link.readlink() == target


def _lead(link: Path, target: Path) -> None:
    """Set a link to its target in one step: readers find the old target or the new one."""
    if _leads(link, target):
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir() and not link.is_symlink():  # of a tipstat without versions
        shutil.rmtree(link)
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
