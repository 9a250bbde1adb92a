"""Schedules, retries, and the limit of Dagster's history."""

from datetime import UTC
from pathlib import Path

import dagster as dg

from pipelines.cli.local_run import prepare_home
from pipelines.definitions import defs
from pipelines.orchestration import raw_assets, runs, schedules
from pipelines.sources import discover


def test_schedules() -> None:
    found = {each.name: (each.cron_schedule, each.job_name) for each in schedules.SCHEDULES}
    assert found == {
        "daily_publication": ("0 5 * * *", "publish"),
        "daily_check_of_age": ("30 5 * * *", "check_age"),
        "monthly_rebuild": ("0 6 1 * *", "rebuild_and_compare"),
        "weekly_housekeeping": ("0 3 * * 0", "keep_history_short"),
    }


def test_schedules_and_sensors_run_as_soon_as_the_daemon_does() -> None:
    repository = defs.get_repository_def()
    assert {each.default_status.value for each in repository.schedule_defs} == {"RUNNING"}
    assert {each.default_status.value for each in repository.sensor_defs} == {"RUNNING"}


def test_only_downloads_are_retried() -> None:
    retried = {
        node.name
        for job in defs.get_repository_def().get_all_jobs()
        for node in job.graph.nodes
        if node.definition.retry_policy
    }
    by_download = [each.source.id for each in discover().values() if not each.source.by_hand]
    assert retried == {f"raw__{source}" for source in by_download}


def test_what_is_due_is_fetched_on_mondays() -> None:
    graph = defs.resolve_asset_graph()
    for publication in discover().values():
        node = graph.get(raw_assets.key(publication.source.id))
        assert node.is_external == bool(publication.source.by_hand)
        condition = None if publication.source.by_hand else raw_assets.WEEKLY
        assert node.automation_condition == condition


def test_history_is_kept_to_a_limit(project: Path) -> None:
    """An old run goes with its events and its logs; newer ones stay."""
    home = prepare_home()
    with dg.DagsterInstance.get() as instance:
        job = schedules.keep_history_short
        old, new = (job.execute_in_process(instance=instance) for _ in range(2))
        log = home / "storage" / old.run_id / "step.out"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("printed", encoding="utf-8")
        newer, older = (
            record.create_timestamp.replace(tzinfo=UTC) + runs.KEEP
            for record in instance.get_run_records()
        )
        assert runs.forget(instance, older) == 0
        assert runs.forget(instance, newer) == 1
        assert [run.run_id for run in instance.get_runs()] == [new.run_id]
        assert not instance.all_logs(old.run_id)
        assert instance.all_logs(new.run_id)
        assert not log.exists()
