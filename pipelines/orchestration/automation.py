"""Automation: schedules, the sensor of the drop folder, alerts after each run.

| when (UTC) | what |
|---|---|
| Mondays 04:00 | fetch new releases, then publish |
| daily 05:00 | publish what came otherwise; nothing is done if nothing changed |
| the 1st, 06:00 | build everything again from the raw files, aside, and compare |
| Sundays 03:00 | forget runs that are older than 90 days |
| every half minute | take in what lies in `data/inbox`, then publish |

Only the network is tried again; figures that are refused today are refused tomorrow.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import dagster as dg

from pipelines.harmonised import release_files
from pipelines.intake import acquire, inbox
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration.alerts.send import tell
from pipelines.orchestration.backfill import harmonise_release
from pipelines.published.versions import reproducibility, status
from pipelines.sources import discover

KEEP_RUNS: Final = timedelta(days=90)
AGAIN: Final = dg.RetryPolicy(max_retries=2, delay=60, backoff=dg.Backoff.EXPONENTIAL)

publish_job: Final = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.all(),
    description="Raw files to a new version.",
    tags={"tipstat/why": "publish"},
)


@dg.op(retry_policy=AGAIN)
def fetch_all(context: dg.OpExecutionContext) -> None:
    """Downloads what is new; a publisher who cannot be reached does not stop the others."""
    refused = []
    for publication in discover().values():
        with alone(paths.lock(), context.log.info):
            outcome = acquire.fetch(publication)
        context.log.info(f"{outcome.source}: {outcome.message}")
        refused += [outcome.message] if outcome.refused else []
    if refused:
        raise dg.Failure("\n".join(refused))


@dg.job(
    description="Download new releases from the publishers that offer a file.",
    tags={"tipstat/why": "fetch"},
)
def fetch() -> None:
    """Fetches; a sensor publishes what came."""
    fetch_all()


@dg.op
def compare_rebuilt() -> None:
    """Builds everything from the raw files, aside; fails if it is not what is published."""
    if faults := reproducibility.faults():
        raise dg.Failure("\n".join(faults), allow_retries=False)


@dg.job(
    description="Build everything again from the raw files, aside, and compare.",
    tags={"tipstat/why": "proof"},
)
def rebuild_and_compare() -> None:
    """Proves that what is published follows from the raw files."""
    compare_rebuilt()


def forget_runs(instance: dg.DagsterInstance, now: datetime) -> int:
    """Takes old runs out of the history, and what they printed; returns how many.

    Dagster itself forgets only the ticks of schedules and sensors.
    """
    old = instance.get_run_records(dg.RunsFilter(created_before=now - KEEP_RUNS))
    for record in old:
        instance.delete_run(record.dagster_run.run_id)
        instance.compute_log_manager.delete_logs(prefix=[record.dagster_run.run_id])
    return len(old)


@dg.op
def forget_old_runs(context: dg.OpExecutionContext) -> None:
    """Forgets old runs, and says how many."""
    forgotten = forget_runs(context.instance, datetime.now(tz=UTC))
    context.log.info(f"{forgotten} runs forgotten")


@dg.job(description="Keep Dagster's history to 90 days.", tags={"tipstat/why": "housekeeping"})
def keep_history_short() -> None:
    """Forgets what nobody looks at any more; versions and figures stay."""
    forget_old_runs()


weekly_fetch = dg.ScheduleDefinition(
    name="weekly_fetch", job=fetch, cron_schedule="0 4 * * 1",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip
daily_publication = dg.ScheduleDefinition(
    name="daily_publication", job=publish_job, cron_schedule="0 5 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip
monthly_rebuild = dg.ScheduleDefinition(
    name="monthly_rebuild", job=rebuild_and_compare, cron_schedule="0 6 1 * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip
weekly_housekeeping = dg.ScheduleDefinition(
    name="weekly_housekeeping", job=keep_history_short, cron_schedule="0 3 * * 0",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip


@dg.sensor(
    job=publish_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Takes in what lies in data/inbox and publishes it; what no source takes is set "
    "aside with a report, and told.",
)
def drop_folder(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run for all files that came."""
    outcomes = inbox.take()
    for outcome in outcomes:
        context.log.info(outcome.message)
    _tell(context, [outcome.message for outcome in outcomes if not outcome.source])
    if any(outcome.is_new for outcome in outcomes):
        yield dg.RunRequest(tags={"tipstat/files": ", ".join(each.file for each in outcomes)})
    else:
        yield dg.SkipReason("no new figures in data/inbox")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[fetch],
    request_job=publish_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def after_fetch(_: dg.RunStatusSensorContext) -> dg.RunRequest:
    """Publishes what was fetched."""
    return dg.RunRequest()


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS, default_status=dg.DefaultSensorStatus.RUNNING
)
def alert_of_what_is_held_back(context: dg.RunStatusSensorContext) -> None:
    """Tells what is held back, and which sources grew old, after a run that did not fail."""
    held_back = [each.reason for each in release_files.refusals(paths.harmonised())]
    _tell(context, held_back)


@dg.run_failure_sensor(default_status=dg.DefaultSensorStatus.RUNNING)
def alert_of_failure(context: dg.RunFailureSensorContext) -> None:
    """Tells why a run failed, in the words of the step that failed."""
    said = [_said(event) for event in context.get_step_failure_events()]
    _tell(
        context, "\n".join(said or [context.failure_event.message or "a run failed"]).splitlines()
    )


def _said(event: dg.DagsterEvent) -> str:
    """Return the message of a failed step: its own, or Dagster's."""
    own = event.step_failure_data.user_failure_data
    return (own.description if own else None) or event.message or "a step failed"


def _tell(
    context: dg.SensorEvaluationContext | dg.RunStatusSensorContext, failures: list[str]
) -> None:
    for fault in tell(failures, status.after_failure() if failures else ""):
        context.log.warning(fault)


SCHEDULES: Final = (weekly_fetch, daily_publication, monthly_rebuild, weekly_housekeeping)
SENSORS: Final = (drop_folder, after_fetch, alert_of_what_is_held_back, alert_of_failure)
JOBS: Final = (publish_job, fetch, harmonise_release, rebuild_and_compare, keep_history_short)
