"""The verb `tipstat dev`: Dagster's web interface and daemon on this machine."""

import os
import signal
import sys
from pathlib import Path
from typing import Final

import typer

from pipelines.lib import settings

app = typer.Typer()

# Dagster would rather be started by `dg dev`, for which a run would need seventeen packages more.
_BY_DG: Final = "ignore:Function `dev_command` is superseded"


@app.command()
def dev() -> None:
    """Show runs, schedules and sensors in Dagster's web interface.

    It is on http://127.0.0.1:3000, or the port TIPSTAT_PORT, for this machine only, until Ctrl-C.
    Its history is in data/dagster.
    """
    from pipelines.cli.local_run import prepare_home  # importing Dagster takes longer than --help

    # The process is replaced by one that stops at the first SIGTERM: Dagster treats that like
    # SIGINT, which a shell lets its background jobs ignore.
    prepare_home()
    os.environ["PYTHONWARNINGS"] = _BY_DG
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    dagster = str(Path(sys.executable).with_name("dagster"))
    port = str(settings.port())
    arguments = ["dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", port]
    os.execv(dagster, [dagster, *arguments])  # noqa: S606  # our own words, no shell
