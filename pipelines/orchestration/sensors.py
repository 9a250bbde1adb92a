"""Sensors: fetch what is due, publish when inputs change, send alerts after runs.

The sensor of the drop folder is in `drop_folder.py`. Publishing follows from a comparison, not from
events: whatever changed the inputs, and however often, one run publishes them once they are quiet.
"""

from typing import Final

import dagster as dg

from pipelines.harmonised import release_files
from pipelines.lib import paths, settings
from pipelines.orchestration import failures, runs
from pipelines.orchestration.alerts.send import send_alert
from pipelines.orchestration.drop_folder import drop_folder
from pipelines.orchestration.schedules import publish_job
from pipelines.published.versions import status

fetching: Final = dg.AutomationConditionSensorDefinition(
    "fetching",
    target=dg.AssetSelection.key_prefixes("raw"),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Fetch the sources that are due, in one run.",
)


@dg.sensor(
    job=publish_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Publish when the inputs are not those of what is published, and no run is busy: "
    "after a fetch, a file taken in, a review, a backfill, or an edit by hand.",
)
def publish_changed_inputs(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Request a run for the inputs at hand, once: the daily schedule is the second chance."""
    if runs.busy(context.instance):
        return dg.SkipReason("a run is under way")
    if status.is_served() or status.is_rolled_back():
        return dg.SkipReason("what is published is made from the inputs at hand")
    return dg.RunRequest(run_key=release_files.made_from(paths.harmonised()))


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="After a run that succeeded, send an alert about releases that are held back and "
    "sources without a recent release.",
)
def alert_of_held_back_releases(context: dg.RunStatusSensorContext) -> None:
    """Alert operators to releases that are held back and sources that are overdue."""
    _alert(context, [refusal.reason for refusal in release_files.refusals(paths.harmonised())])


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Send an alert with the messages of the steps that failed.",
)
def alert_of_failure(context: dg.RunFailureSensorContext) -> None:
    """Alert operators when a run fails."""
    lines = [line for step in context.get_step_failure_events() for line in failures.of_step(step)]
    _alert(context, lines or [context.failure_event.message or "a run failed"])


def _alert(context: dg.RunStatusSensorContext, lines: list[str]) -> None:
    now = status.after_failure() if lines else ""
    for fault in send_alert(lines, now, settings.alerts()):
        context.log.warning(fault)


SENSORS: Final = (
    fetching,
    drop_folder,
    publish_changed_inputs,
    alert_of_held_back_releases,
    alert_of_failure,
)
