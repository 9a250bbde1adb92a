"""Sensors: take in files from the inbox, publish what was fetched, send alerts after each run."""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from pipelines.harmonised import release_files
from pipelines.intake import inbox
from pipelines.lib import paths
from pipelines.orchestration import failures
from pipelines.orchestration.alerts.send import send_alert
from pipelines.orchestration.schedules import fetch, publish_job
from pipelines.published.versions import status
from pipelines.questionnaire import submission


@dg.sensor(
    job=publish_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Take in the files in data/inbox and publish them. Set files that no source "
    "recognises aside with a report, and send an alert.",
)
def drop_folder(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Request one run for all new files."""
    outcomes = inbox.take(submission.take)
    for outcome in outcomes:
        context.log.info(outcome.message)
    _alert(context, [outcome.message for outcome in outcomes if not outcome.source])
    if any(outcome.is_new for outcome in outcomes):
        yield dg.RunRequest(tags={"tipstat/files": ", ".join(each.file for each in outcomes)})
    else:
        yield dg.SkipReason("no new figures in data/inbox")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[fetch],
    request_job=publish_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Publish after new releases were fetched.",
)
def after_fetch(_: dg.RunStatusSensorContext) -> dg.RunRequest:
    """Request a run that publishes what was fetched."""
    return dg.RunRequest()


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="After a run that succeeded, send an alert about releases that are held back and "
    "sources without a recent release.",
)
def alert_of_held_back_releases(context: dg.RunStatusSensorContext) -> None:
    """Alert operators to releases that are held back and sources that are overdue."""
    _alert(context, [each.reason for each in release_files.refusals(paths.harmonised())])


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Send an alert with the message of the step that failed.",
)
def alert_of_failure(context: dg.RunFailureSensorContext) -> None:
    """Alert operators when a run fails."""
    lines = [line for step in context.get_step_failure_events() for line in failures.of_step(step)]
    _alert(context, lines or [context.failure_event.message or "a run failed"])


def _alert(
    context: dg.SensorEvaluationContext | dg.RunStatusSensorContext, lines: list[str]
) -> None:
    for fault in send_alert(lines, status.after_failure() if lines else ""):
        context.log.warning(fault)


SENSORS: Final = (drop_folder, after_fetch, alert_of_held_back_releases, alert_of_failure)
