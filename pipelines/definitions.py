"""Dagster's entry point: the `Definitions` object of this code location."""

import dagster as dg

from pipelines.lib import settings
from pipelines.orchestration import assets, raw_assets, resources, schedules, sensors


def _executor() -> dg.ExecutorDefinition:
    """Run steps in one process, or in as many as `TIPSTAT_WORKERS` names: each takes 300 MB."""
    workers = settings.workers()
    if workers == 1:
        return dg.in_process_executor
    fork = {"forkserver": {"preload_modules": ["pipelines.definitions"]}}
    return dg.multiprocess_executor.configured({"max_concurrent": workers, "start_method": fork})


defs = dg.Definitions(
    assets=assets.ASSETS,
    asset_checks=[raw_assets.newest_releases_are_recent],
    jobs=schedules.JOBS,
    schedules=schedules.SCHEDULES,
    sensors=sensors.SENSORS,
    resources=resources.RESOURCES,
    executor=_executor(),
)
