"""Make an invented world in `TIPSTAT_HOME`, or take it through one stage.

    growth_job.py make SOURCES STATES RELEASES ROWS
    growth_job.py STAGE

Prints the seconds of processor time of the work, without those of the imports.
"""

import sys
import time

import duckdb
import growth_world

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.published.extracts import FORMS
from pipelines.published.extracts.build import build_extracts
from pipelines.published.site.build import build_site
from pipelines.published.versions import gate
from pipelines.sources import discover
from pipelines.warehouse import database


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
        if faults := [*database.faults(connection), *gate.misread(connection)]:
            raise SystemExit(faults[0])


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
    what, *size = sys.argv[1:]
    if what == "make":
        growth_world.make(paths.home(), growth_world.World(*map(int, size)))
        return
    growth_world.enter_world(paths.home())
    start = time.process_time()
    STAGES[what]()
    print(time.process_time() - start)


if __name__ == "__main__":
    main()
