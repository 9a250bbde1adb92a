"""Become `dagster dev`, Dagster's web interface and daemon on this machine, for `make dev`."""

import os
import signal
import sys
from pathlib import Path
from typing import Final

from pipelines.cli.local_run import prepare_home
from pipelines.lib import settings

# Dagster would rather be started by `dg dev`, for which a run would need seventeen packages more.
_BY_DG: Final = "ignore:Function `dev_command` is superseded"


def main() -> None:
    """Replace this process by one that stops at the first SIGTERM.

    Dagster treats SIGTERM like SIGINT, which a shell lets its background jobs ignore.
    """
    prepare_home()
    os.environ["PYTHONWARNINGS"] = _BY_DG
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    dagster = str(Path(sys.executable).with_name("dagster"))
    port = str(settings.port())
    arguments = ["dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", port]
    os.execv(dagster, [dagster, *arguments])  # noqa: S606  # our own words, no shell


if __name__ == "__main__":
    main()
