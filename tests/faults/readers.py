"""Readers, and a publisher who gives them no rest."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from faults import project
from faults.laboratory import in_child
from pipelines import fingerprint, paths, reviews, store
from pipelines.exports import FORMS, stamp, stamped
from pipelines.versions import version
from pipelines.versions.publish import publish
from pipelines.versions.version import EXTRACTS, PARTS, SITE, WAREHOUSE


@dataclass(frozen=True)
class Read:
    """What readers went through: how often they read, and each time that was not as it should."""

    times: int
    lost: tuple[str, ...]


def read_while_publishing(home: Path, readers: int, versions: int) -> Read:
    """Lets readers, a process each, read until a publisher has published so many versions."""
    with ThreadPoolExecutor(readers + 1) as all_of_them:
        reading = [all_of_them.submit(in_child, read, home) for _ in range(readers)]
        published = all_of_them.submit(in_child, publish_often, home, versions).result()
        (home / "enough").touch()
        found = [each.result().gave for each in reading]
    lost = [] if published.gave == versions else [f"{published} of {versions} versions published"]
    lost += [line for each in found for line in (each.lost if each else ["a reader died"])]
    return Read(sum(each.times for each in found if each), tuple(lost))


def publish_often(home: Path, versions: int) -> int:
    """Publishes one version after the other, from other inputs each time; how many."""
    project.enter(home)
    made = set()
    for number in range(versions):
        reviews.enter("none", f"{number}", reviews.KEEP, "so that the inputs are others")
        made.add(publish(_staged()).id)
    return len(made)


def _staged() -> str:
    """Stages what is published once more, as made from the inputs at hand."""
    staged, made_from = paths.next_version(), store.made_from(paths.harmonised())
    for part in PARTS:
        folder = paths.current() / part
        shutil.copytree(folder, staged / part, copy_function=shutil.copyfile)
    with duckdb.connect(staged / WAREHOUSE) as connection:
        connection.execute("update main.build set fingerprint = ?", [made_from])
    fingerprint.put_on(staged / SITE / "fingerprint", made_from)
    fingerprint.put_on(stamp(staged / EXTRACTS), stamped(made_from, FORMS))
    return made_from


def read(home: Path) -> Read:
    """Reads, again and again, until it is enough."""
    project.enter(home)
    times, lost = 0, []
    while not (home / "enough").exists():
        times += 1
        try:
            lost += _seen()
        except Exception as error:  # a reader who is refused, for whatever reason
            lost.append(repr(error))
    return Read(times, tuple(lost))


def _seen() -> list[str]:
    """What a reader sees that is not one whole version."""
    folder = paths.current().resolve()  # who stays with one version finds all of it
    made_from = version.read(folder).made_from
    seen = {_warehouse(folder / WAREHOUSE), (folder / SITE / "fingerprint").read_text()}
    (paths.site() / "index.html").read_bytes()  # who follows the links finds something whole
    _warehouse(paths.warehouse())
    return [] if seen == {made_from} else [f"{folder}: not of one version"]


def _warehouse(file: Path) -> str:
    with duckdb.connect(file, read_only=True) as connection:
        connection.execute("select sum(value) from published.observation").fetchall()
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return str(made_from)
