"""What Dagster does by itself: when, what starts what, what is told."""

import json
import os
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.lib import paths
from pipelines.orchestration import automation
from pipelines.orchestration.alerts import causes
from pipelines.orchestration.assets import defs
from pipelines.published.versions import reproducibility


@pytest.fixture
def alerts(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(causes, "_LATE", 10_000)
    file = project / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(file))
    return file


def told(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return [json.loads(line)["text"] for line in text.splitlines()]


def lay(name: str, content: bytes) -> None:
    paths.inbox().mkdir(parents=True, exist_ok=True)
    (paths.inbox() / name).write_bytes(content)
    os.utime(paths.inbox() / name, (1_700_000_000, 1_700_000_000))


def test_schedules() -> None:
    schedules = {each.name: (each.cron_schedule, each.job_name) for each in automation.SCHEDULES}
    assert schedules == {
        "weekly_fetch": ("0 4 * * 1", "fetch"),
        "daily_publication": ("0 5 * * *", "publish"),
        "monthly_rebuild": ("0 6 1 * *", "rebuild_and_compare"),
        "weekly_housekeeping": ("0 3 * * 0", "keep_history_short"),
    }


def test_schedules_and_sensors_run_as_soon_as_the_daemon_does() -> None:
    repository = defs.get_repository_def()
    assert {each.default_status.value for each in repository.schedule_defs} == {"RUNNING"}
    assert {each.default_status.value for each in repository.sensor_defs} == {"RUNNING"}


def test_only_the_network_is_tried_again() -> None:
    retried = {
        node.name
        for job in defs.get_repository_def().get_all_jobs()
        for node in job.graph.nodes
        if node.definition.retry_policy
    }
    assert retried == {"fetch_all"}


@pytest.mark.slow
def test_a_file_in_the_inbox_is_entered_and_asks_for_a_run(alerts: Path) -> None:
    table = paths.raw() / "pry_ine" / "2023-10-31.csv"
    lay("figures 2025-06-30.csv", table.read_bytes())
    with dg.DagsterInstance.ephemeral() as instance:
        [asked] = automation.drop_folder(dg.build_sensor_context(instance))
        assert asked.tags["tipstat/files"] == "figures 2025-06-30.csv"
        [skipped] = automation.drop_folder(dg.build_sensor_context(instance))
        assert isinstance(skipped, dg.SkipReason)
    assert told(alerts) == []


@pytest.mark.slow
def test_a_file_that_is_not_recognised_is_told(alerts: Path) -> None:
    lay("letter.csv", b"Dear Sirs")
    with dg.DagsterInstance.ephemeral() as instance:
        [skipped] = automation.drop_folder(dg.build_sensor_context(instance))
    assert isinstance(skipped, dg.SkipReason)
    [text] = told(alerts)
    assert "letter.csv: is not taken by any source; see " in text


def test_what_a_failed_step_says_is_told(alerts: Path) -> None:
    """Nothing is published, so there is nothing to compare."""
    with dg.DagsterInstance.ephemeral() as instance:
        result = automation.rebuild_and_compare.execute_in_process(
            instance=instance, raise_on_error=False
        )
        context = dg.build_run_status_sensor_context(
            "alert", result.get_run_failure_event(), instance, result.dagster_run
        )
        automation.alert_of_failure(context.for_run_failure())
    [text] = told(alerts)
    assert text.startswith("- nothing is published; run 'tipstat run'\n")


@pytest.mark.slow
def test_what_is_held_back_is_told_after_a_run_that_succeeds(alerts: Path) -> None:
    (paths.home() / "data/raw/int_unodc_glotip/2025-04-14.csv").unlink()
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_job_def("publish")
        result = job.execute_in_process(instance=instance)
        event = next(
            each for each in result.all_events if each.event_type_value == "PIPELINE_SUCCESS"
        )
        context = dg.build_run_status_sensor_context("alert", event, instance, result.dagster_run)
        automation.alert_of_what_is_held_back(context)
    [text] = told(alerts)
    assert "2025-04-14.csv: in the manifest, but not in the folder" in text


def test_a_rebuild_gives_what_is_published_and_says_what_differs(published: Path) -> None:
    assert reproducibility.faults() == []
    file = paths.warehouse().resolve()
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        connection.execute(
            "delete from harmonised.observation where ref_area = 'ARG' and time_period = '2022'"
        )
    [fault] = reproducibility.faults()
    assert fault.startswith("harmonised.observation: ")
