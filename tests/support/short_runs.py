"""The command line with one page, one form of extract, and no views with names beside codes.

These are most of a run's time and have tests of their own: tests of runs need no more of them, and
each is then several times as quick. Nor does a run wait for the disk once it publishes: no test
cuts the power. Dagster's history is as it is, but its databases stay open from one of a run's 1,300
transactions to the next. `python short_runs.py VERB ...`; the processes that such a run starts are
short too.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy
from dagster import DagsterInstance
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS

from pipelines.intake import sandbox
from pipelines.intake.detectors import examination, own_year
from pipelines.orchestration import assets
from pipelines.published import extracts
from pipelines.published.extracts import build as extracts_build
from pipelines.published.site import build, context
from pipelines.published.site.pages import home


def shorten(put: Callable[[object, str, object], None] = setattr) -> None:
    """Make runs in this process short; `put` sets an attribute."""
    for module in (extracts, extracts_build, assets):
        put(module, "FORMS", ("parquet",))
    put(build, "KINDS", (home,))
    put(os, "sync", lambda: None)
    for module in (sqlite_event_log, sqlite_run_storage):
        put(module, "create_engine", lambda address, **_: _engine(address))
    put(DagsterInstance, "dispose", _close(DagsterInstance.dispose))


class _Open(sqlalchemy.Engine):
    """An engine whose one connection stays open, though Dagster takes leave of it each time."""

    def dispose(self, close: bool = True) -> None:
        """Do nothing: `_close` does it."""


_OPEN: dict[str, _Open] = {}


def _engine(address: str) -> sqlalchemy.Engine:
    if address not in _OPEN:
        made = sqlalchemy.create_engine(
            address, pool_size=1, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
        )
        made.__class__ = _Open
        _OPEN[address] = made
    return _OPEN[address]


def _close(dispose: Callable[[DagsterInstance], None]) -> Callable[[DagsterInstance], None]:
    """Close the databases with the instance: others may read, move or delete them now."""

    def closing(instance: DagsterInstance) -> None:
        dispose(instance)
        while _OPEN:
            _, engine = _OPEN.popitem()
            sqlalchemy.Engine.dispose(engine)

    return closing


def in_language(code: str, put: Callable[[object, str, object], None]) -> None:
    """Make pages in one language alone: templates and scripts are the same in each."""
    read = context.read_site

    def read_site(*given: Any) -> context.Site:
        site = read(*given)
        return replace(site, languages=[each for each in site.languages if each.code == code])

    put(context, "read_site", read_site)


def without_child(put: Callable[[object, str, object], None]) -> None:
    """Read files from outside in this process: a child takes a second to import the libraries.

    The child and its limits have tests of their own, in `intake/test_sandbox.py`.
    """

    def printed(module: str, path: Path, *arguments: str) -> str:
        text: str = import_module(module).printed(path, *arguments)
        return text

    put(sandbox, "_from_child", printed)


def with_one_detector(put: Callable[[object, str, object], None]) -> None:
    """Examine files that come in by one detector: all take most of the time of a small file.

    They have tests of their own, in `intake/detectors`, and of files that they find something in.
    """
    put(examination, "discover", lambda: [own_year.DETECTOR])


if __name__ in ("__main__", "__mp_main__"):
    shorten()
if __name__ == "__main__":
    from pipelines.cli.app import main

    main()
