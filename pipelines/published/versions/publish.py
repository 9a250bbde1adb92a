"""Publish what is staged as a version, in one step."""

import os
import shutil
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib import paths
from pipelines.published.versions import (
    checksum,
    complete,
    gate,
    links,
    packed,
    rolled_back,
    row_since,
)
from pipelines.published.versions.version import (
    LINKED,
    PARTS,
    SITE,
    WAREHOUSE,
    Version,
    VersionError,
    current,
    folders,
    read_version,
    versions,
)
from pipelines.raw import fingerprint, kept_versions
from pipelines.warehouse import contents

KEEP: Final = 10
"""Count of versions to keep beside those in data/kept.csv: the newest, and as many that differ.

A version whose published views and tables say the same as those of the one before, since the code
alone is another, takes no other's place: of older ones in a row the first and the last are kept.
None goes sooner than others would: somebody may be reading it.
"""


def publish(made_from: str) -> Version:
    """Publish what is staged, unless readers see it already, and remove old versions.

    Raises:
        VersionError: the gate refuses, each reason a line, or these inputs were rolled back. The
            current version stays.
        KeptError: the table of versions that are kept for good is invalid; likewise.
    """
    kept = {each.version for each in kept_versions.entries()}
    now = current()
    if now:
        packed.pack_all_but(now.folder)
    if now and complete.is_complete(now, made_from):
        links.lead(now)  # a killed run may have set only some of the links
        return now
    if rolled_back.is_rolled_back(made_from):
        raise VersionError(
            "the version of these inputs was rolled back, and is not published again; change what "
            "was wrong, or choose the version with 'tipstat rollback'"
        )
    staged = paths.next_version()
    if refused := gate.reasons(staged, made_from):
        raise VersionError("\n".join(refused))
    made = _make_version(staged, made_from, now)
    links.lead(made)
    for each in versions():
        # Damaged ones of the same inputs go; of one that is kept for good `tipstat verify` tells.
        same = each.made_from == made.made_from and each.id not in {made.id, *kept}
        if same and checksum.faults(each):
            remove(each.folder)
    _prune(kept)
    return made


def _make_version(staged: Path, made_from: str, before: Version | None) -> Version:
    """Move what is staged into a folder of its own, which gets its name once it is complete."""
    now = datetime.now(tz=UTC)
    aside = paths.versions() / ".new"
    for leftover in paths.versions().glob(".*"):  # of a killed run
        shutil.rmtree(leftover, ignore_errors=True)
    aside.mkdir(parents=True)
    for part in PARTS:
        (staged / part).rename(aside / part)
    for part in LINKED:
        link = aside / SITE / part
        link.unlink(missing_ok=True)  # of an earlier version that was staged again
        link.symlink_to(Path("..") / part)
    shutil.rmtree(staged)
    published = now.isoformat(timespec="seconds")
    with duckdb.connect(aside / WAREHOUSE) as connection, ThreadPoolExecutor(1) as reader:
        reading = reader.submit(contents.checksums, connection)
        row_since.write(aside, row_since.before(), published)  # published views say nothing of it
        said = reading.result()
        [(figures,)] = connection.execute("select count(*) from published.observation").fetchall()
    made = Version(
        id=f"{now:%Y-%m-%dT%H%M%S}.{now.microsecond // 1000:03}Z-{made_from[:8]}",
        published=published,
        made_from=made_from,
        figures=figures,
        files=(files := checksum.of_files(aside)),
        sizes={path: (aside / path).stat().st_size for path in files},
        code=fingerprint.of_code(),
        contents=said,
    )
    if before:  # bytes are compared, so as not to pass on files that were damaged there
        for path, digest in made.files.items():
            if before.files.get(path) == digest and checksum.has(before.folder / path, digest):
                twin = aside / f"{path}.twin"
                twin.hardlink_to(before.folder / path)
                twin.replace(aside / path)
    for path in made.files:
        (aside / path).chmod(0o444)
    made.write(aside)
    os.sync()  # all files are on the disk before the folder has its name
    aside.rename(made.folder)
    return made


def _prune(kept: Collection[str]) -> None:
    """Remove what `KEEP` leaves out, but never the current version nor those kept for good."""
    every = [*folders()]
    rows = [[*row] for _, row in groupby(every, key=_said)]
    old = {*chain.from_iterable(rows[:-KEEP]), *chain.from_iterable(row[1:-1] for row in rows)}
    now = current()
    for folder in old.difference(every[-KEEP:]):
        if folder.name not in kept and (now is None or folder.name != now.id):
            remove(folder)


def _said(folder: Path) -> object:
    """Return what a version says; of one of which that is not known, its own name."""
    with suppress(VersionError):
        return read_version(folder).contents or folder.name
    return folder.name


def remove(folder: Path) -> None:
    """Remove a version's folder. It loses its name first, since a named folder is complete."""
    nameless = folder.with_name(f".{folder.name}")
    folder.rename(nameless)
    shutil.rmtree(nameless)


def remove_unnamed() -> None:
    """Remove leftovers of killed runs: versions without a name, and what was staged."""
    for leftover in (*paths.versions().glob(".*"), paths.next_version()):
        shutil.rmtree(leftover, ignore_errors=True)
