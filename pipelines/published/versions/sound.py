"""Build the warehouse of the next version without releases with which the gate would refuse it.

One release must not keep all others from being published. If the warehouse fails its checks, it is
tried without the releases that the rows of the failing check name, then without those that readers
do not see yet, then without others; of the first group that helps, as few as possible are held
back. Their earlier releases stay in use.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from pipelines.harmonised import release_files
from pipelines.harmonised.release_files import Release
from pipelines.lib import error_place, paths
from pipelines.lib.digest import sha256
from pipelines.lib.lock import alone
from pipelines.published.versions import complete, version
from pipelines.published.versions.version import CHECKED, WAREHOUSE
from pipelines.raw import fingerprint
from pipelines.warehouse import checks, database

_OF_THIS_MACHINE = (OSError, MemoryError, duckdb.OperationalError, duckdb.FatalException)


def build_warehouse(harmonised: Path) -> list[Release]:
    """Build the warehouse of the next version; hold back, and return, what makes it fail.

    Raises:
        WarehouseError: it fails whichever release is left out. Any other error likewise.
    """
    try:
        _build(harmonised)
    except _OF_THIS_MACHINE:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())} ({error_place.of(error)})"
        bug = [checks.Fault(reason)]
        faults = error.faults if isinstance(error, database.WarehouseError) else bug
        found = _cause(harmonised, faults)
        if not found:
            raise
        everything = fingerprint.of_everything()
        for release in found:
            with alone(paths.source_lock(release.source)):
                release.hold_back(_reason(release, faults), everything)
        _build(harmonised)
        return found
    return []


def _build(harmonised: Path) -> None:
    """Build the warehouse of the inputs at hand, unless it is there already.

    It has passed its checks then: the gate looks whether its bytes are still the same.
    """
    made_from, staged = release_files.made_from(harmonised), paths.next_version()
    if complete.place(made_from) == staged:
        built = database.build(harmonised, staged / WAREHOUSE)
        (staged / CHECKED).write_text(sha256(built), encoding="utf-8")


def _reason(release: Release, faults: Sequence[checks.Fault]) -> str:
    """Return why the gate refuses a release: the fault that names it, or else the first."""
    name = (release.source, release.release)
    about = [each for each in faults if {name, (release.source, "")} & each.named]
    return (
        f"{release.source} {release.release}: with it, nothing could be published: "
        f"{[*about, *faults][0].text}; correct what is wrong, or remove the release"
    )


def _cause(harmonised: Path, faults: Sequence[checks.Fault]) -> list[Release]:
    """Return the releases for which a warehouse fails; none if it fails without any of them."""
    if not faults:  # a release that is not harmonised
        return []
    every = release_files.by_arrival(release_files.releases(harmonised))
    used = [each for each in every if each.is_used]
    names = frozenset().union(*(each.named for each in faults))
    named = [each for each in used if {(each.source, each.release), (each.source, "")} & names]
    seen = set[tuple[str, str]]()  # source and release of all that readers see
    if now := version.current():
        with duckdb.connect(now.folder / WAREHOUSE, read_only=True) as connection:
            seen = {*connection.execute("select source, release from main.release").fetchall()}
    new = [each for each in used if (each.source, each.release) not in seen]

    def is_sound(without: Sequence[Release]) -> bool:
        # A warehouse without some releases passes its checks; none is written.
        try:
            with duckdb.connect(config={"threads": 1}) as connection:
                database.fill(connection, harmonised, without)
                return not any(checks.every_fault(connection))
        except _OF_THIS_MACHINE:
            raise
        except Exception:
            return False

    groups = (group for group in (named, new, used) if group)
    helps = next(filter(is_sound, groups), None)
    return _fewest(helps, is_sound) if helps else []


def _fewest(
    suspects: list[Release],
    is_sound: Callable[[list[Release]], bool],
    out: Sequence[Release] = (),
    *,
    may_be_enough: bool = False,
) -> list[Release]:
    """Return suspects to leave out beside `out`, none in vain; of two that would do, the later.

    Halves are left out in turn, as in the method QuickXplain (Junker 2004). Unless `out` may be
    enough, it is known not to be.
    """
    if may_be_enough and is_sound([*out]):
        return []
    if len(suspects) == 1:
        return suspects
    half = len(suspects) // 2
    earlier, later = suspects[:half], suspects[half:]
    found = _fewest(earlier, is_sound, [*out, *later], may_be_enough=True)
    return found + _fewest(later, is_sound, [*out, *found], may_be_enough=bool(found))
