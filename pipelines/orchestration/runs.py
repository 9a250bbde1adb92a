"""Runs in Dagster's history: which are under way, and which are old."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import dagster as dg

KEEP: Final = timedelta(days=90)

_BUSY: Final = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def busy(instance: dg.DagsterInstance, job: str | None = None) -> bool:
    """Return whether a run, of one job or of any, is queued or in progress."""
    under_way = dg.RunsFilter(job_name=job, statuses=_BUSY)
    return bool(instance.get_run_records(under_way, limit=1))


def forget(instance: dg.DagsterInstance, now: datetime) -> int:
    """Delete old runs and their logs from Dagster's history; return the number of runs.

    Dagster's own retention covers only the ticks of schedules and sensors.
    """
    old = instance.get_run_records(dg.RunsFilter(created_before=now - KEEP))
    for record in old:
        instance.delete_run(record.dagster_run.run_id)
        logs = Path(os.environ["DAGSTER_HOME"]) / "storage" / record.dagster_run.run_id
        shutil.rmtree(logs, ignore_errors=True)
    return len(old)
