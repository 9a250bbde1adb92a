"""Jobs and the schedules that start them.

| when (UTC) | what |
|---|---|
| daily 05:00 | publish what arrived in any other way; does nothing if nothing changed |
| daily 05:30 | check the age of each source's newest release |
| the 1st, 06:00 | rebuild everything from the raw files in a separate folder, and compare |
| Sundays 03:00 | delete runs older than 90 days from Dagster's history |

Sources are fetched on Mondays by the condition of their assets, in `raw_assets.py`; what starts
jobs at other times is in `sensors.py` and `drop_folder.py`.
"""

from datetime import UTC, datetime
from typing import Final

import dagster as dg

from pipelines.orchestration import raw_assets, runs
from pipelines.orchestration.drop_folder import take_in
from pipelines.orchestration.review import review_release
from pipelines.published.versions import reproducibility

_MADE: Final = dg.AssetSelection.groups("harmonised", "published")

publish_job: Final = dg.define_asset_job(
    "publish",
    # Checks of raw files are named apart: they belong to no asset that this job makes.
    selection=_MADE | dg.AssetSelection.all_asset_checks(),
    description="Harmonise the raw files, build the warehouse, pages and extracts, and publish "
    "them as a new version.",
    tags={"tipstat/why": "publish"},
)

check_age: Final = dg.define_asset_job(
    "check_age",
    selection=dg.AssetSelection.checks(raw_assets.newest_releases_are_recent),
    description="Check whether the newest release of each source is recent.",
    tags={"tipstat/why": "age"},
)


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


@dg.op
def forget_old_runs(context: dg.OpExecutionContext) -> None:
    """Delete old runs and log their number."""
    context.log.info(f"{runs.forget(context.instance, datetime.now(tz=UTC))} runs deleted")


@dg.job(
    description="Delete runs older than 90 days from Dagster's history; versions and figures stay.",
    tags={"tipstat/why": "housekeeping"},
)
def keep_history_short() -> None:
    """Keep Dagster's history to 90 days."""
    forget_old_runs()


JOBS: Final = (
    publish_job, check_age, take_in, review_release, rebuild_and_compare, keep_history_short,
)  # fmt: skip
SCHEDULES: Final = tuple(
    dg.ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=cron,
        description=job.description,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    for name, job, cron in (
        ("daily_publication", publish_job, "0 5 * * *"),
        ("daily_check_of_age", check_age, "30 5 * * *"),
        ("monthly_rebuild", rebuild_and_compare, "0 6 1 * *"),
        ("weekly_housekeeping", keep_history_short, "0 3 * * 0"),
    )
)
