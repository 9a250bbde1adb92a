"""Runs Dagster's graph from the command line, with the history that its web interface shows."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import dagster as dg
from sqlalchemy.exc import DBAPIError

from pipelines.lib import paths
from pipelines.orchestration import automation
from pipelines.orchestration.assets import defs

_SETTINGS: Final = """\
telemetry:
  enabled: false
nux:
  enabled: false
freshness:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days: {skipped: 7, failure: 30, success: 90}
"""

Tell = Callable[[str, str], None]
"""Hears the name of a step and what happened: `start`, `success`, `failure` or `skipped`."""


def prepare_home() -> Path:
    """The folder in which Dagster keeps its history, made ready; it is told to send nothing."""
    home = paths.dagster_home().resolve()
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(_SETTINGS, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def steps() -> list[str]:
    """The names of the graph's steps, in the order in which they run."""
    job = defs.resolve_implicit_global_asset_job_def()
    return [node.name for node in job.graph.nodes_in_topological_order]


def run_graph(tell: Tell) -> list[str]:
    """Executes the whole graph.

    Returns what failed and why, one line each; an empty list when all went well.
    """
    prepare_home()

    @dg.logger
    def progress(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.Logger("tipstat")
        logger.addHandler(_Teller(tell))
        return logger

    job = defs.resolve_implicit_global_asset_job_def().with_logger_defs({"progress": progress})
    try:
        with dg.DagsterInstance.get() as instance:
            result = job.execute_in_process(
                instance=instance, raise_on_error=False, run_config={"loggers": {"progress": {}}}
            )
            automation.forget_runs(instance, datetime.now(tz=UTC))
    except (DBAPIError, dg.DagsterError) as error:
        said = str(error).strip().splitlines()[0]
        return [
            f"{paths.dagster_home()}: Dagster's history cannot be used ({said}); free some space, "
            "or move the folder away: it is made again"
        ]
    return failures(result)


def failures(result: dg.ExecuteInProcessResult) -> list[str]:
    """Return the failures of a run and their reasons, a line each."""
    faults = [
        fault
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        for fault in _faults(event.asset_check_evaluation_data)
    ]
    failed = [event for event in result.all_events if event.is_step_failure]
    return faults + [line for event in failed for line in _reason(event).splitlines()]


def _faults(check: dg.AssetCheckEvaluation) -> list[str]:
    """Return the messages of failed checks, a line each; a warning is no fault."""
    if check.passed or check.severity is not dg.AssetCheckSeverity.ERROR:
        return []
    return (
        check.description or f"{check.asset_key.to_user_string()}: {check.check_name} failed"
    ).splitlines()


class _Teller(logging.Handler):
    """Passes the start and the end of steps on, and nothing else of Dagster's log."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        event = getattr(record, "dagster_event", None)
        kind = getattr(event, "event_type_value", "")
        if event is not None and kind.startswith("STEP_") and event.step_key:
            self._tell(event.step_key, kind.removeprefix("STEP_").lower())


def _reason(event: dg.DagsterEvent) -> str:
    """Return the message of a failed step: its own, or the innermost error in a line."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return str(data.user_failure_data.description)
    error = data.error
    while error and error.cause:
        error = error.cause
    message = error.message.strip().splitlines()[0] if error else "failed"
    return f"{str(event.step_key).replace('__', '/')}: {message}"
