"""Make an invented world in `TIPSTAT_HOME`, and take it through stages, one after the other.

    growth_job.py SOURCES STATES RELEASES ROWS STAGE ...

Prints a line for each stage: its name, seconds of processor time, and greatest memory in MiB. Each
has a process of its own, forked once all is imported: so imports count in its memory alone.
"""

import os
import resource
import sys
import traceback
from collections.abc import Callable

import duckdb
import growth_world

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.published.extracts import FORMS
from pipelines.published.extracts.build import build_extracts
from pipelines.published.site.build import build_site
from pipelines.sources import discover
from pipelines.warehouse import database
from pipelines.warehouse.checks import every_fault


def harmonise() -> None:
    """Harmonise all releases; none may be held back."""
    for publication in discover().values():
        refresh.refresh_all(publication, paths.harmonised())
    refused = (each.held_back for each in release_files.releases(paths.harmonised()))
    if reason := next(filter(None, refused), ""):
        raise SystemExit(reason)


def warehouse() -> None:
    """Build the warehouse, checks included."""
    database.build(paths.harmonised(), paths.warehouse())


def checks() -> None:
    """Check the warehouse again, as the gate does."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        if found := [*every_fault(connection)]:
            raise SystemExit(found[0].text)


def discrepancy() -> None:
    """Compare the figures of all pairs of sources."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        connection.execute("create temp table pair as from published.discrepancy")


def extracts() -> None:
    """Write the extracts, all formats."""
    build_extracts(paths.warehouse(), paths.home() / "extracts", FORMS)


def pages() -> None:
    """Write the pages, all languages."""
    build_site(paths.warehouse(), paths.home() / "site")


STAGES = {
    each.__name__: each for each in (harmonise, warehouse, checks, discrepancy, extracts, pages)
}


def main() -> None:
    """Do what is asked."""
    world = growth_world.World(*map(int, sys.argv[1:5]))
    _forked(lambda: growth_world.make(paths.home(), world))
    growth_world.enter_world(paths.home())
    for stage in sys.argv[5:]:
        usage = _forked(STAGES[stage])
        print(stage, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, flush=True)


def _forked(act: Callable[[], None]) -> resource.struct_rusage:
    """Return what it cost a process of its own; end if that failed."""
    if not (child := os.fork()):
        try:
            act()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(1)
    return usage


if __name__ == "__main__":
    main()
