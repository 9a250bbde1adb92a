"""The six things that must hold after every fault."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps

import duckdb
import pandas as pd

from faults import project
from pipelines.harmonised import release_files
from pipelines.harmonised.contract_check import contract_errors
from pipelines.harmonised.row_account import adds_up
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.published import extracts
from pipelines.published.versions import checksum, version
from pipelines.published.versions.version import WAREHOUSE
from pipelines.raw import fingerprint, manifest
from pipelines.warehouse import checks

Digest = Mapping[str, str]
"""Checksums of all that a run makes, by name."""

_MIXED = "pages, extracts and warehouse are not of one version"
_Check = Callable[..., Iterator[str]]


def invariants(before: str, message: str | None, unfailed: Digest) -> list[str]:
    """Return the invariants that do not hold in the project of this process.

    A clean run is made in between.

    Args:
        before: the version that readers saw before the fault; "" if there was none.
        message: the message of the run; "" if it did not fail, None if it was killed.
        unfailed: what a run makes if no fault comes.
    """
    broken = [*standing(before), *named(message or "")]
    if failed := [*_runs_again()]:
        return [*broken, *failed]
    return [*broken, *settled(unfailed)]


def settled(unfailed: Digest) -> list[str]:
    """Return those that do not hold of what the last run left; no run is made."""
    return [*_whole(), *_same(unfailed), *_counted(), *_audited(), *_swept()]


def standing(before: str) -> list[str]:
    """Return those that do not hold of what is published now; no run is made."""
    return [*_intact(before), *_whole(), *_audited()]


def digest() -> Digest:
    """Return the checksums of what the last run made: of the warehouse by table, else by file."""
    made = {
        file.relative_to(paths.harmonised()).as_posix(): sha256(file)
        for file in sorted(paths.harmonised().rglob("*.parquet"))
    }
    now = version.current()
    if now:
        made |= {name: sha for name, sha in now.files.items() if name != WAREHOUSE.as_posix()}
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        return made | dict(_tables(connection))


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield the name of each table, and a checksum of its rows in any order.

    Since when readers have a row differs from run to run, and whether damage lost what was before.
    """
    known = "select flow, row_key, until is null from main.row_since where row_key <> ''"
    moments = {"main.row_since": f"({known})"}
    found = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_type = 'BASE TABLE'"
    ).fetchall()
    for (name,) in found:
        rows = connection.execute(
            f"select count(*), sum(hash(t)) from {moments.get(name, name)} t"
        ).fetchall()
        yield name, hashlib.sha256(repr(rows).encode()).hexdigest()


def _invariant(number: int) -> Callable[[_Check], _Check]:
    """Number what a check finds. What cannot be examined does not hold either."""

    def numbered(check: _Check) -> _Check:
        @wraps(check)
        def found(*arguments: object) -> Iterator[str]:
            try:
                yield from (f"{number}: {fault}" for fault in check(*arguments))
            except Exception as error:
                yield f"{number}: cannot be examined: {error!r}"

        return found

    return numbered


@_invariant(1)
def _intact(before: str) -> Iterator[str]:
    """The last publication is intact and can be read."""
    now = project.published()
    if before and not now:
        yield "nothing is published any more"
    known = {each.id for each in version.versions()}
    if before and before not in known:
        yield f"{before}, which readers saw, is gone"
    if before and not _is_one_version():  # the first may be killed before it has all its links
        yield _MIXED


@_invariant(1)
def one_version() -> Iterator[str]:
    """Readers see one version."""
    if not _is_one_version():
        yield _MIXED


def _is_one_version() -> bool:
    made_from = _made_from()
    return fingerprint.is_up_to_date(
        paths.site() / "fingerprint", made_from
    ) and extracts.are_current(paths.extracts(), made_from)


def _made_from() -> str:
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return str(made_from)


@_invariant(2)
def _whole() -> Iterator[str]:
    """A version is whole or absent."""
    folders = paths.versions().iterdir() if paths.versions().is_dir() else []
    for folder in folders:
        if folder.name.startswith("."):
            continue
        try:
            yield from checksum.faults(version.read_version(folder))
        except version.VersionError as error:
            yield str(error)


@_invariant(3)
def named(message: str) -> Iterator[str]:
    """Each line says where, why, and what to do."""
    for line in message.splitlines():
        where_why_what = re.split(r"[:;] ", line)
        if len(where_why_what) < 3 or len(where_why_what[-1].split()) < 3:
            yield f"no place, cause and remedy: {line}"


@_invariant(4)
def _runs_again() -> Iterator[str]:
    """The next clean run succeeds."""
    if failed := project.run():
        yield f"the next run fails: {failed}"


@_invariant(4)
def _same(unfailed: Digest) -> Iterator[str]:
    """The next clean run equals one that never failed."""
    found = digest()
    for name in sorted(found.keys() | unfailed.keys()):
        if found.get(name) != unfailed.get(name):
            yield f"{name} is not as in a run that never failed"


@_invariant(5)
def _counted() -> Iterator[str]:
    """Rows in = published + quarantined + set aside, per source and release."""
    for release in release_files.releases(paths.harmonised()):
        rows, account = map(pd.read_parquet, (release.files.rows, release.files.account))
        counted = account.groupby("outcome")["rows"].sum()
        entered = manifest.entries(release.source, release.release)
        found = {"in": sum(int(entry.rows) for entry in entered), "published": len(rows)}
        if not adds_up(account) or any(counted.get(each, 0) != found[each] for each in found):
            yield f"{release.source} {release.release}: rows were lost"


@_invariant(6)
def _audited() -> Iterator[str]:
    """Nothing leaves that the disclosure checks have not seen."""
    now = version.current()
    if now is None:
        return
    with duckdb.connect(now.folder / WAREHOUSE, read_only=True) as connection:
        yield from (fault.text for fault in checks.faults(connection))
        hidden = connection.execute(
            "select count(*) from published.observation "
            "where 'Q' in string_split(obs_status, ';') and value is not null"
        ).fetchall()
    if hidden != [(0,)]:
        yield f"{hidden[0][0]} suppressed figures have a value"
    for release in release_files.releases(paths.harmonised()):
        if release.files.rows.is_file() and release.is_used:
            frame = pd.read_parquet(release.files.rows)
            yield from contract_errors(frame, "observation")


@_invariant(2)
def _swept() -> Iterator[str]:
    """Leavings of a run that did not end are gone after the next."""
    data = paths.home() / "data"
    for place in data.rglob("*"):
        left = place.suffix in {".new", ".old", ".building", ".wal", ".twin"}
        if left or place == paths.next_version():
            yield f"{place.relative_to(data)} was left behind"
