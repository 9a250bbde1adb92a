"""Sensors: runs for changed inputs, and alerts after runs."""

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from pipelines.lib import paths
from pipelines.orchestration import harmonised_assets, schedules, sensors
from pipelines.published.versions import reproducibility
from pipelines.raw import reviews

pytestmark = pytest.mark.usefixtures("none_overdue")


def test_what_sensors_start() -> None:
    jobs = {each.name: [job.job_name for job in each.targets] for each in sensors.SENSORS[1:]}
    assert jobs == {
        "drop_folder": ["take_in"],
        "publish_changed_inputs": ["publish"],
        "alert_of_held_back_releases": [],
        "alert_of_failure": [],
    }


def test_changed_inputs_are_published_once(published: Path) -> None:
    def tick(instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
        return sensors.publish_changed_inputs(dg.build_sensor_context(instance))

    with dg.DagsterInstance.ephemeral() as instance:
        assert "made from the inputs at hand" in tick(instance).skip_message
        reviews.enter("can_sdg", "2026-03-10", reviews.ACCEPT, "looked at", "The office")
        assert tick(instance).run_key == tick(instance).run_key
        instance.create_run_for_job(
            schedules.rebuild_and_compare, status=dg.DagsterRunStatus.STARTED
        )
        assert tick(instance).skip_message == "a run is under way"


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


def test_a_release_that_is_held_back_raises_an_alert_after_a_run_that_succeeds(sent) -> None:
    (paths.home() / "data/raw/can_sdg/2026-03-10.csv").unlink()
    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def("publish").execute_in_process(
            instance=instance, asset_selection=[harmonised_assets.key("can_sdg")]
        )
        event = next(
            each for each in result.all_events if each.event_type_value == "PIPELINE_SUCCESS"
        )
        context = dg.build_run_status_sensor_context("alert", event, instance, result.dagster_run)
        sensors.alert_of_held_back_releases(context)
    [alert] = sent()
    assert "2026-03-10.csv: in the manifest, but not in the folder" in alert["text"]


def test_a_rebuild_names_the_difference_from_what_is_published(published: Path) -> None:
    warehouse = paths.warehouse().resolve()
    warehouse.chmod(0o644)
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            "delete from harmonised.observation where ref_area = 'CAN' and time_period = '2020'"
        )
    tables = [fault.partition(":")[0] for fault in reproducibility.faults()]
    assert tables[0] == "harmonised.observation"
    assert "published.observation" in tables  # and whatever else is published of the figures
