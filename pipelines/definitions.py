"""Dagster's entry point: the `Definitions` object of this code location."""

import dagster as dg

from pipelines.orchestration import assets, raw_assets, resources, schedules, sensors

defs = dg.Definitions(
    assets=assets.ASSETS,
    asset_checks=[raw_assets.newest_releases_are_recent],
    jobs=schedules.JOBS,
    schedules=schedules.SCHEDULES,
    sensors=sensors.SENSORS,
    resources=resources.RESOURCES,
    executor=dg.in_process_executor,
)
