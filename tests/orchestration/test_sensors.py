"""Sensors: runs for new files, and alerts after runs."""

import os
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from pipelines.lib import paths
from pipelines.orchestration import schedules, sensors
from pipelines.published.versions import reproducibility

pytestmark = pytest.mark.usefixtures("none_overdue")


def lay(name: str, content: bytes) -> None:
    paths.inbox().mkdir(parents=True, exist_ok=True)
    (paths.inbox() / name).write_bytes(content)
    os.utime(paths.inbox() / name, (1_700_000_000, 1_700_000_000))


def test_what_sensors_start() -> None:
    jobs = {each.name: [job.job_name for job in each.targets] for each in sensors.SENSORS}
    assert jobs == {
        "drop_folder": ["publish"],
        "after_fetch": ["publish"],
        "alert_of_held_back_releases": [],
        "alert_of_failure": [],
    }


@pytest.mark.slow
def test_a_file_in_the_inbox_is_entered_and_requests_a_run(sent) -> None:
    table = paths.raw() / "pry_ine" / "2023-10-31.csv"
    lay("figures 2025-06-30.csv", table.read_bytes())
    with dg.DagsterInstance.ephemeral() as instance:
        [requested] = sensors.drop_folder(dg.build_sensor_context(instance))
        assert requested.tags["tipstat/files"] == "figures 2025-06-30.csv"
        [skipped] = sensors.drop_folder(dg.build_sensor_context(instance))
        assert isinstance(skipped, dg.SkipReason)
    assert sent() == []


@pytest.mark.slow
def test_a_file_that_no_source_recognises_raises_an_alert(sent) -> None:
    lay("letter.csv", b"Dear Sirs")
    with dg.DagsterInstance.ephemeral() as instance:
        [skipped] = sensors.drop_folder(dg.build_sensor_context(instance))
    assert isinstance(skipped, dg.SkipReason)
    [alert] = sent()
    assert "letter.csv: is not taken by any source; see " in alert["text"]


def test_a_failed_step_raises_an_alert_with_its_message(sent) -> None:
    """Nothing is published, so there is nothing to compare."""
    with dg.DagsterInstance.ephemeral() as instance:
        result = schedules.rebuild_and_compare.execute_in_process(
            instance=instance, raise_on_error=False
        )
        context = dg.build_run_status_sensor_context(
            "alert", result.get_run_failure_event(), instance, result.dagster_run
        )
        sensors.alert_of_failure(context.for_run_failure())
    [alert] = sent()
    assert alert["text"].startswith("- nothing is published; run 'tipstat run'\n")


@pytest.mark.slow
def test_a_release_that_is_held_back_raises_an_alert_after_a_run_that_succeeds(sent) -> None:
    (paths.home() / "data/raw/int_unodc_glotip/2025-04-14.csv").unlink()
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_job_def("publish")
        result = job.execute_in_process(instance=instance)
        event = next(
            each for each in result.all_events if each.event_type_value == "PIPELINE_SUCCESS"
        )
        context = dg.build_run_status_sensor_context("alert", event, instance, result.dagster_run)
        sensors.alert_of_held_back_releases(context)
    [alert] = sent()
    assert "2025-04-14.csv: in the manifest, but not in the folder" in alert["text"]


def test_a_rebuild_equals_what_is_published_or_names_the_difference(published: Path) -> None:
    assert reproducibility.faults() == []
    warehouse = paths.warehouse().resolve()
    warehouse.chmod(0o644)
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            "delete from harmonised.observation where ref_area = 'ARG' and time_period = '2022'"
        )
    [fault] = reproducibility.faults()
    assert fault.startswith("harmonised.observation: ")
