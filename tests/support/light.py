"""The command line with one page, one form of extract, and no views with names beside codes.

These are most of a run's time and have tests of their own: tests of runs need no more of them, and
each is then several times as quick. Nor does a run wait for the disk once it publishes: no test
cuts the power. `python light.py VERB ...`.
"""

import os
from collections.abc import Callable

from pipelines.orchestration import assets
from pipelines.published import extracts
from pipelines.published.extracts import build as extracts_build
from pipelines.published.site import build
from pipelines.published.site.pages import home
from pipelines.warehouse import database


def lighten(put: Callable[[object, str, object], None] = setattr) -> None:
    """Make runs in this process light; `put` sets an attribute."""
    for module in (extracts, extracts_build, assets):
        put(module, "FORMS", ("parquet",))
    put(build, "KINDS", (home,))
    put(database, "LABELLED_IN", ())
    put(os, "sync", lambda: None)


if __name__ == "__main__":
    lighten()
    from pipelines.cli.app import main

    main()
