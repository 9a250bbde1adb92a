"""Readers, and a publisher who gives them no rest."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from faults import project
from faults.laboratory import in_child
from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published import extracts
from pipelines.published.versions import packed, version
from pipelines.published.versions.publish import KEEP, publish
from pipelines.published.versions.version import EXTRACTS, PARTS, SITE, WAREHOUSE
from pipelines.raw import fingerprint, reviews


@dataclass(frozen=True)
class Read:
    """The experience of readers.

    Attributes:
        times: how often they read.
        versions: the ids of the versions that they saw.
        lost: what was wrong, each time.
    """

    times: int
    versions: frozenset[str]
    lost: tuple[str, ...]


def read_while_publishing(home: Path, readers: int, versions: int) -> Read:
    """Let readers, a process each, read until a publisher has published so many versions."""
    with ThreadPoolExecutor(readers + 1) as all_of_them:
        reading = [all_of_them.submit(in_child, read, home) for _ in range(readers)]
        published = all_of_them.submit(in_child, publish_often, home, versions).result()
        (home / "enough").touch()
        found = [each.result().returned for each in reading]
    lost = (
        [] if published.returned == versions else [f"{published} of {versions} versions published"]
    )
    lost += ["a reader died" for each in found if each is None]
    alive = [each for each in found if each is not None]
    lost += [line for each in alive for line in each.lost]
    seen = frozenset[str]().union(*(each.versions for each in alive))
    return Read(sum(each.times for each in alive), seen, tuple(lost))


def publish_often(home: Path, versions: int) -> int:
    """Publish one version after the other, from other inputs each time; return how many."""
    project.enter(home)
    made = set()
    for number in range(versions):
        reviews.enter("none", f"{number}", reviews.KEEP, "so that the inputs are others", "A")
        made.add(publish(_staged()).id)
    return len(made)


def _staged() -> str:
    """Stage what is published once more, as made from the inputs at hand."""
    staged, made_from = paths.next_version(), release_files.made_from(paths.harmonised())
    for part in PARTS:
        folder = paths.current() / part
        shutil.copytree(folder, staged / part, symlinks=True, copy_function=shutil.copyfile)
    with duckdb.connect(staged / WAREHOUSE) as connection:
        connection.execute("update main.build set fingerprint = ?", [made_from])
    fingerprint.write_stamp(staged / SITE / "fingerprint", made_from)
    stamped = extracts.stamped(made_from, extracts.FORMS)
    fingerprint.write_stamp(extracts.stamp(staged / EXTRACTS), stamped)
    return made_from


def read(home: Path) -> Read:
    """Read again and again, until the publisher has ended."""
    os.nice(19)  # a hundred readers would leave the publisher no processor
    times, versions, lost = 0, set[str](), list[str]()
    while not (home / "enough").exists():
        once = look(home)
        times, versions, lost = times + 1, versions | once.versions, [*lost, *once.lost]
    return Read(times, frozenset(versions), tuple(lost))


def look(home: Path) -> Read:
    """Read once."""
    project.enter(home)
    folder = paths.current().resolve()  # who stays with one version finds all of it
    try:
        made_from = _seen(folder)
    except Exception as error:  # a reader who is refused, for whatever reason
        lost = () if _is_overtaken(folder) else (repr(error),)
        return Read(0, frozenset(), lost)
    lost = () if len(made_from) == 1 else (f"{folder}: not of one version",)
    return Read(1, frozenset({folder.name}), lost)


def _is_overtaken(folder: Path) -> bool:
    """Return True if a version is gone because as many came after it as are kept."""
    newer = [each for each in paths.versions().glob("2*") if each.name > folder.name]
    return not folder.exists() and len(newer) >= KEEP - 1


def _seen(folder: Path) -> set[str]:
    """Return the fingerprints that the parts of a version bear."""
    made_from = {
        version.read_version(folder).made_from,
        _warehouse_of(folder),
        (folder / SITE / "fingerprint").read_text(encoding="utf-8"),
        extracts.stamp(folder / EXTRACTS).read_text(encoding="utf-8").split()[0],
    }
    (paths.site() / "index.html").read_bytes()  # who follows the links finds something whole
    extracts.stamp(paths.extracts()).read_bytes()
    _warehouse(paths.warehouse())
    return made_from


def _warehouse_of(folder: Path) -> str:
    try:
        return _warehouse(folder / WAREHOUSE)
    except duckdb.IOException:  # a newer version came, and this one's is compressed now
        with packed.unpacked(folder) as copy:
            return _warehouse(copy)


def _warehouse(file: Path) -> str:
    with duckdb.connect(file, read_only=True) as connection:
        # In a forked process DuckDB believes that a person sits there, and draws how far it is.
        connection.execute("set enable_progress_bar = false")
        connection.execute("select sum(value) from published.observation").fetchall()
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return str(made_from)
