"""Makes a version of what is staged and lets readers see it, or another one, in one step."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.published.versions import checksum, gate, links
from pipelines.published.versions.version import (
    PARTS,
    WAREHOUSE,
    Version,
    VersionError,
    current,
    folders,
    named,
    versions,
)

KEEP: Final = 10
"""How many versions are kept; files that do not change lie on the disk once."""


def publish(made_from: str) -> Version:
    """Publishes what is staged, unless it is what readers see already; old versions are removed.

    Raises:
        VersionError: the gate refuses, each reason a line, or these inputs were rolled back. What
            readers see stays.
    """
    now = current()
    if now and gate.is_standing(now, made_from):
        links.lead(now)  # a run that was killed may have made only some of the links
        return now
    if made_from in _rolled_back():
        raise VersionError(
            "what these inputs give was rolled back, and is not published again; change what was "
            "wrong, or choose it with 'tipstat rollback'"
        )
    staged = paths.next_version()
    if refused := gate.reasons(staged, made_from):
        raise VersionError("\n".join(refused))
    made = _set_down(staged, made_from, now)
    links.lead(made)
    _remove_damaged(made)
    _prune()
    return made


def rollback(identity: str) -> Version:
    """Lets readers see an earlier version again, or a later one.

    What is newer is not published again by itself, until the inputs change.

    Raises:
        VersionError: there is no such version, or its files are not as they were published.
    """
    chosen = named(identity)
    if damaged := checksum.faults(chosen):
        raise VersionError("\n".join(damaged))
    newer = {each.made_from for each in versions() if each.id > chosen.id}
    _note_rolled_back((_rolled_back() | newer) - {chosen.made_from})
    links.lead(chosen)
    return chosen


def is_rolled_back(made_from: str) -> bool:
    """Return whether what these inputs give was published and taken back."""
    return made_from in _rolled_back()


def _set_down(staged: Path, made_from: str, before: Version | None) -> Version:
    """Moves what is staged into a folder of its own; the folder is whole when it has its name."""
    now = datetime.now(tz=UTC)
    aside = paths.versions() / ".new"
    for leaving in paths.versions().glob(".*"):  # of a run that was killed
        shutil.rmtree(leaving, ignore_errors=True)
    aside.mkdir(parents=True)
    for part in PARTS:
        (staged / part).rename(aside / part)
    shutil.rmtree(staged)
    made = Version(
        id=f"{now:%Y-%m-%dT%H%M%S}.{now.microsecond // 1000:03}Z-{made_from[:8]}",
        published=now.isoformat(timespec="seconds"),
        made_from=made_from,
        figures=_figures(aside / WAREHOUSE),
        files=(files := checksum.of_files(aside)),
        sizes={path: (aside / path).stat().st_size for path in files},
    )
    if before:
        _share(aside, made, before)
    for path in made.files:
        (aside / path).chmod(0o444)
    made.write(aside)
    os.sync()  # all of it lies on the disk before it has its name
    aside.rename(made.folder)
    return made


def _share(aside: Path, made: Version, before: Version) -> None:
    """Lets a file whose bytes did not change lie on the disk once.

    What is damaged in the version before is not handed on: its bytes are looked at.
    """
    for path, digest in made.files.items():
        if before.files.get(path) == digest and checksum.has(before.folder / path, digest):
            twin = aside / f"{path}.twin"
            twin.hardlink_to(before.folder / path)
            twin.replace(aside / path)


def _remove_damaged(made: Version) -> None:
    """Removes the versions of which this one has all, since it was made from the same inputs."""
    for each in versions():
        same = each.made_from == made.made_from and each.id != made.id
        if same and not gate.is_standing(each, made.made_from):
            remove(each.folder)


def _prune() -> None:
    """Removes the oldest versions beyond those that are kept, never the one that readers see."""
    now = current()
    for old in folders()[:-KEEP]:
        if now is None or old.name != now.id:
            remove(old)


def remove(folder: Path) -> None:
    """Remove a version's folder. It loses its name first: what has a name is whole."""
    nameless = folder.with_name(f".{folder.name}")
    folder.rename(nameless)
    shutil.rmtree(nameless)


def remove_unnamed() -> None:
    """Remove what runs that were killed left: versions without a name, and what was staged."""
    for leaving in (*paths.versions().glob(".*"), paths.next_version()):
        shutil.rmtree(leaving, ignore_errors=True)


def _figures(file: Path) -> int:
    with duckdb.connect(file, read_only=True) as connection:
        [(count,)] = connection.execute("select count(*) from published.observation").fetchall()
    return int(count)


def _rolled_back() -> set[str]:
    file = paths.rolled_back()
    return set(file.read_text(encoding="utf-8").split()) if file.is_file() else set()


def _note_rolled_back(made_from: set[str]) -> None:
    replace_text(paths.rolled_back(), "\n".join(sorted(made_from)))
