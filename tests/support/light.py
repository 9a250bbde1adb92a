"""The command line with one page, one form of extract, and no views with names beside codes.

These are most of a run's time and have tests of their own: tests of runs need no more of them, and
each is then several times as quick. Nor does a run wait for the disk once it publishes, since no
test cuts the power, and Dagster's graph has the sources of the project folder only.
`python light.py VERB ...`.
"""

import os
import sys
from collections.abc import Callable

import dagster as dg

from pipelines.published import extracts
from pipelines.published.site import build
from pipelines.published.site.pages import home
from pipelines.raw import manifest
from pipelines.warehouse import database


def lighten(put: Callable[[object, str, object], None] = setattr) -> None:
    """Make runs in this process light; `put` sets an attribute."""
    put(extracts, "FORMS", ("parquet",))
    for name in ("pipelines.published.extracts.build", "pipelines.orchestration.assets"):
        if name in sys.modules:  # otherwise it takes them from there when it is imported
            put(sys.modules[name], "FORMS", ("parquet",))
    put(build, "KINDS", (home,))
    put(database, "LABELLED_IN", ())
    put(os, "sync", lambda: None)
    put(dg.Definitions, "resolve_job_def", _of_sources_at_hand)


_whole: Callable[..., dg.JobDefinition] = dg.Definitions.resolve_job_def


def _of_sources_at_hand(definitions: dg.Definitions, name: str) -> dg.JobDefinition:
    """Return the job without the assets of sources that have no release here."""
    job = _whole(definitions, name)
    if name != "publish":
        return job
    sources = {each.source for each in manifest.entries()}
    keys = job.asset_layer.executable_asset_keys
    here = {key for key in keys if key.path[0] == "published" or key.path[1] in sources}
    return job.get_subset(asset_selection=here)


if __name__ == "__main__":
    lighten()
    from pipelines.cli.app import main

    main()
