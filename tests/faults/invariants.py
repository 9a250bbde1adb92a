"""The six things that must hold after every fault."""

import hashlib
import re
from collections.abc import Iterator, Mapping

import duckdb
import pandas as pd

from faults import project
from pipelines import exports, fingerprint, manifest, paths, store, warehouse
from pipelines.harmonise import adds_up, contract_errors
from pipelines.versions import checksum, version
from pipelines.versions.version import WAREHOUSE

Digest = Mapping[str, str]
"""Checksums of all that a run makes, by name."""


def invariants(before: str, said: str | None, unfailed: Digest) -> list[str]:
    """Which of the invariants do not hold in the project of this process; empty if all do.

    A clean run is made in between.

    Args:
        before: the version that readers saw before the fault; "" if there was none.
        said: what the run said that failed; "" if it did not, None if it was killed.
        unfailed: what a run makes that nothing happens to.
    """
    broken = [*_intact(before), *_whole(), *_audited(), *(_named(said) if said else ())]
    if failed := project.run():
        return [*broken, f"4: the next run fails: {failed}"]
    return [*broken, *_whole(), *_same(unfailed), *_counted(), *_audited(), *_swept()]


def digest() -> Digest:
    """What the last run made, warehouse by its tables, all else by its bytes."""
    made = {
        file.relative_to(paths.harmonised()).as_posix(): manifest.sha256(file)
        for file in sorted(paths.harmonised().rglob("*.parquet"))
    }
    now = version.current()
    if now:
        made |= {name: sha for name, sha in now.files.items() if name != WAREHOUSE.as_posix()}
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        return made | dict(_tables(connection))


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Rows and their checksum, whatever their order, of each table."""
    found = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_type = 'BASE TABLE'"
    ).fetchall()
    for (name,) in found:
        rows = connection.execute(f"select count(*), sum(hash(t)) from {name} t").fetchall()
        yield name, hashlib.sha256(repr(rows).encode()).hexdigest()


def _intact(before: str) -> Iterator[str]:
    """1: the last publication is intact and can be read."""
    now = project.published()
    if before and not now:
        yield "1: nothing is published any more"
    if not now:
        return
    known = {each.id for each in version.versions()}
    if before and before not in known:
        yield f"1: {before}, which readers saw, is gone"
    seen = {
        fingerprint.is_on(paths.site() / "fingerprint", _made_from()),
        exports.are_current(paths.extracts(), _made_from()),
    }
    if before and seen != {True}:
        yield "1: pages, extracts and warehouse are not of one version"


def _made_from() -> str:
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return str(made_from)


def _whole() -> Iterator[str]:
    """2: a version is whole or absent."""
    folders = paths.versions().iterdir() if paths.versions().is_dir() else []
    for folder in folders:
        if folder.name.startswith("."):
            continue
        try:
            yield from (f"2: {fault}" for fault in checksum.faults(version.read(folder)))
        except version.VersionError as error:
            yield f"2: {error}"


def _named(said: str) -> Iterator[str]:
    """3: each line says where, why, and what to do."""
    for line in said.splitlines():
        where_why_what = re.split(r"[:;] ", line)
        if len(where_why_what) < 3 or len(where_why_what[-1].split()) < 3:
            yield f"3: no place, cause and remedy: {line}"


def _same(unfailed: Digest) -> Iterator[str]:
    """4: the next clean run equals one that never failed."""
    found = digest()
    for name in sorted(found.keys() | unfailed.keys()):
        if found.get(name) != unfailed.get(name):
            yield f"4: {name} is not as in a run that never failed"


def _counted() -> Iterator[str]:
    """5: rows in = published + quarantined + set aside, per source and release."""
    for release in store.releases(paths.harmonised()):
        account = pd.read_parquet(release.files[2])
        found = account.loc[account["outcome"] == "in", "rows"].sum()
        entered = manifest.entries(release.source, release.release)
        if not adds_up(account) or found != sum(int(entry.rows) for entry in entered):
            yield f"5: {release.source} {release.release}: rows were lost"


def _audited() -> Iterator[str]:
    """6: nothing that is not audited leaves."""
    now = version.current()
    if now is None:
        return
    with duckdb.connect(now.folder / WAREHOUSE, read_only=True) as connection:
        yield from (f"6: {fault}" for fault in warehouse.faults(connection))
        hidden = connection.execute(
            "select count(*) from published.observation "
            "where obs_status = 'Q' and value is not null"
        ).fetchall()
    if hidden != [(0,)]:
        yield f"6: {hidden[0][0]} suppressed figures have a value"
    for release in store.releases(paths.harmonised()):
        if release.files[0].is_file() and not release.held_back:
            frame = pd.read_parquet(release.files[0])
            yield from (f"6: {error}" for error in contract_errors(frame, "observation"))


def _swept() -> Iterator[str]:
    """2: what a run left that did not come to its end is gone after the next."""
    data = paths.home() / "data"
    for place in data.rglob("*"):
        left = place.suffix in {".new", ".old", ".building", ".wal", ".twin"}
        if left or place == paths.next_version():
            yield f"2: {place.relative_to(data)} was left behind"
