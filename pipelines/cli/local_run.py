"""Run Dagster's graph from the command line, recorded in the history of its web interface."""

import getpass
import logging
import os
import sqlite3
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from pipelines.definitions import defs
from pipelines.lib import paths
from pipelines.orchestration import (
    assets,
    failures,
    harmonised_assets,
    open_history,
    raw_assets,
    runs,
    schedules,
)
from pipelines.sources import discover

# Without monitoring, a run that was killed would count as one that goes on, and block the queue.
# Steps print nothing; to capture that, Dagster would start four processes a step, two of which
# print a traceback at Ctrl-C.
_SETTINGS: Final = """\
telemetry:
  enabled: false
nux:
  enabled: false
compute_logs:
  module: dagster.core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  max_runtime_seconds: 7200
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days: {skipped: 7, failure: 30, success: 90}
"""

Listener = Callable[[str, str], None]
"""Takes the name of a step and its event: `start`, `success`, `failure` or `skipped`."""


def prepare_home() -> Path:
    """Create and return the folder of Dagster's history, with settings that turn telemetry off."""
    home = paths.dagster_home().resolve()
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(_SETTINGS, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def job_of(sources: Collection[str]) -> dg.JobDefinition:
    """Return the part of the graph that harmonises these sources and publishes.

    The age of every source's newest release is checked: it grows without new data.
    """
    steps = {harmonised_assets.key(source) for source in sources} | set(assets.PUBLISHED)
    made = (asset for asset in assets.ASSETS if isinstance(asset, dg.AssetsDefinition))
    specs = [spec for asset in made for spec in asset.check_specs if spec.asset_key in steps]
    specs += raw_assets.newest_releases_are_recent.check_specs
    checks = {spec.key for spec in specs}
    job = defs.resolve_job_def(schedules.publish_job.name)
    return job.get_subset(asset_selection=steps, asset_check_selection=checks)


def run_graph(job: dg.JobDefinition, listener: Listener = lambda _step, _event: None) -> list[str]:
    """Execute the graph, or a part of it; return its failures, one line each.

    Raises:
        KeyboardInterrupt: the run was interrupted; its steps left nothing half-written.
    """
    prepare_home()

    @dg.logger
    def progress(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.Logger("tipstat")
        logger.addHandler(_StepHandler(listener))
        return logger

    job = job.with_logger_defs({"progress": progress})
    try:
        with dg.DagsterInstance.get() as instance:
            open_history.keep_open(instance)
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"progress": {}}},
                tags=_tags(job),
            )
            runs.forget(instance, datetime.now(tz=UTC))
    except dg.DagsterExecutionInterruptedError as interrupted:
        raise KeyboardInterrupt from interrupted
    except (DBAPIError, dg.DagsterError) as error:
        reason = str(error).strip().splitlines()[0]
        return [
            f"{paths.dagster_home()}: Dagster's history cannot be used ({reason}); free some "
            "space, or move the folder away: the next run creates it again"
        ]
    return failures.of_run(result)


@event.listens_for(Engine, "connect")
def _never_wait_for_the_disk(connection: object, _: object) -> None:
    """Let the system decide when our history reaches the disk; a run commits 1,300 times.

    Dagster makes engines of its own, so ours are told from others by their files.
    """
    if isinstance(connection, sqlite3.Connection):
        _, _, file = connection.execute("pragma database_list").fetchone()
        if Path(file).is_relative_to(paths.dagster_home().resolve()):
            connection.execute("pragma synchronous = off")


def _tags(job: dg.JobDefinition) -> dict[str, str]:
    """Return the tags of a run from the command line."""
    chosen = job.asset_selection or ()
    sources = [each for each in discover() if harmonised_assets.key(each) in chosen]
    return {
        "tipstat/why": "tipstat run",
        "tipstat/who": getpass.getuser(),
        "tipstat/sources": ", ".join(sources) or "none",
    }


class _StepHandler(logging.Handler):
    """Log handler that passes on the start and end of steps, nothing else."""

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener = listener

    def emit(self, record: logging.LogRecord) -> None:
        logged = getattr(record, "dagster_event", None)
        kind = getattr(logged, "event_type_value", "")
        if logged is not None and kind.startswith("STEP_") and logged.step_key:
            self._listener(logged.step_key, kind.removeprefix("STEP_").lower())
