"""Dagster's entry point: the `Definitions` object of this code location."""

import os

import dagster as dg

from pipelines.orchestration import assets, raw_assets, schedules, sensors


def _executor() -> dg.ExecutorDefinition:
    """Run steps in one process, or in as many as `TIPSTAT_WORKERS` names: each takes 300 MB."""
    workers = int(os.environ.get("TIPSTAT_WORKERS", "1"))
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
    executor=_executor(),
)
