"""Jobs and the schedules that start them.

| when (UTC) | what |
|---|---|
| Mondays 04:00 | fetch new releases, then publish |
| daily 05:00 | publish what came otherwise; nothing is done if nothing changed |
| the 1st, 06:00 | rebuild everything from the raw files in a separate folder, and compare |
| Sundays 03:00 | delete runs older than 90 days from Dagster's history |

Only downloads are retried: figures that are refused today are refused tomorrow. What starts jobs at
other times is in `sensors.py`.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import dagster as dg

from pipelines.intake import acquire
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration.backfill import harmonise_release
from pipelines.published.versions import reproducibility
from pipelines.sources import discover

KEEP_RUNS: Final = timedelta(days=90)
RETRY: Final = dg.RetryPolicy(max_retries=2, delay=60, backoff=dg.Backoff.EXPONENTIAL)

publish_job: Final = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.all(),
    description="Harmonise the raw files, build the warehouse, pages and extracts, and publish "
    "them as a new version.",
    tags={"tipstat/why": "publish"},
)


@dg.op(retry_policy=RETRY)
def fetch_all(context: dg.OpExecutionContext) -> None:
    """Download new releases; go on to the next source if a publisher cannot be reached."""
    refused = []
    for publication in discover().values():
        with alone(paths.lock(), context.log.info):
            outcome = acquire.fetch(publication)
        context.log.info(f"{outcome.source}: {outcome.message}")
        refused += [outcome.message] if outcome.refused else []
    if refused:
        raise dg.Failure("\n".join(refused))


@dg.job(
    description="Download new releases from publishers whose files can be downloaded.",
    tags={"tipstat/why": "fetch"},
)
def fetch() -> None:
    """Fetch new releases; a sensor then publishes them."""
    fetch_all()


@dg.op
def compare_rebuilt() -> None:
    """Rebuild everything from the raw files; fail if the result differs from what is published."""
    if faults := reproducibility.faults():
        raise dg.Failure("\n".join(faults), allow_retries=False)


@dg.job(
    description="Rebuild everything from the raw files in a separate folder, and compare it with "
    "what is published.",
    tags={"tipstat/why": "proof"},
)
def rebuild_and_compare() -> None:
    """Prove that the published version follows from the raw files."""
    compare_rebuilt()


def forget_runs(instance: dg.DagsterInstance, now: datetime) -> int:
    """Delete old runs and their logs from Dagster's history; return the number of runs.

    Dagster's own retention covers only the ticks of schedules and sensors.
    """
    old = instance.get_run_records(dg.RunsFilter(created_before=now - KEEP_RUNS))
    for record in old:
        instance.delete_run(record.dagster_run.run_id)
        instance.compute_log_manager.delete_logs(prefix=[record.dagster_run.run_id])
    return len(old)


@dg.op
def forget_old_runs(context: dg.OpExecutionContext) -> None:
    """Delete old runs and log their number."""
    forgotten = forget_runs(context.instance, datetime.now(tz=UTC))
    context.log.info(f"{forgotten} runs deleted")


@dg.job(
    description="Delete runs older than 90 days from Dagster's history; versions and figures stay.",
    tags={"tipstat/why": "housekeeping"},
)
def keep_history_short() -> None:
    """Keep Dagster's history to 90 days."""
    forget_old_runs()


JOBS: Final = (publish_job, fetch, harmonise_release, rebuild_and_compare, keep_history_short)
SCHEDULES: Final = tuple(
    dg.ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=cron,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    for name, job, cron in (
        ("weekly_fetch", fetch, "0 4 * * 1"),
        ("daily_publication", publish_job, "0 5 * * *"),
        ("monthly_rebuild", rebuild_and_compare, "0 6 1 * *"),
        ("weekly_housekeeping", keep_history_short, "0 3 * * 0"),
    )
)
