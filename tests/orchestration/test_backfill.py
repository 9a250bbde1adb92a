"""Past releases made again, one partition each."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.remote_representation.external_data import PartitionSetSnap

from pipelines.definitions import defs
from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.orchestration.backfill import RELEASES, add_partitions
from pipelines.raw import manifest

SOURCE = "int_unodc_glotip"


@pytest.fixture
def history():
    with dg.DagsterInstance.ephemeral() as instance:
        add_partitions(instance, SOURCE)
        yield instance


def backfill(history: dg.DagsterInstance, partition: str) -> dg.ExecuteInProcessResult:
    job = defs.get_job_def("harmonise_release")
    return job.execute_in_process(partition_key=partition, instance=history, raise_on_error=False)


def messages(history: dg.DagsterInstance, result: dg.ExecuteInProcessResult) -> list[str]:
    return [entry.user_message for entry in history.all_logs(result.dagster_run.run_id)]


def partitions(history: dg.DagsterInstance) -> list[str]:
    return list(history.get_dynamic_partitions(RELEASES.name))


def test_each_release_of_the_manifest_is_a_partition(history: dg.DagsterInstance) -> None:
    entered = {f"{SOURCE}|{entry.release}" for entry in manifest.entries(SOURCE)}
    assert set(partitions(history)) == entered
    assert len(entered) > 1
    add_partitions(history, SOURCE)
    assert len(partitions(history)) == len(entered), "none is added twice"


def test_the_web_interface_can_offer_them() -> None:
    """It reads a serialised job, in which a function that lists partitions would be missing."""
    sent = PartitionSetSnap.from_job_def(defs.get_job_def("harmonise_release"))
    assert sent.partitions.get_partitions_definition().name == RELEASES.name


def test_a_run_adds_partitions(project: Path) -> None:
    job = defs.resolve_job_def("publish")
    with dg.DagsterInstance.ephemeral() as history:
        chosen = [dg.AssetKey(["harmonised", SOURCE])]
        assert job.execute_in_process(instance=history, asset_selection=chosen).success
        assert len(partitions(history)) == len({e.release for e in manifest.entries(SOURCE)})


@pytest.mark.slow
def test_a_backfill_makes_the_same_rows_again(project: Path, history: dg.DagsterInstance) -> None:
    first, again = (
        [messages(history, backfill(history, each)) for each in partitions(history)]
        for _ in range(2)
    )
    for partition, before, after in zip(partitions(history), first, again, strict=True):
        name = partition.replace("|", " ")
        assert f"{name}: other rows than before, or the first" in before
        assert f"{name}: the same rows as before" in after
    made = release_files.releases(paths.harmonised())
    assert {each.source for each in made if each.stamp.is_file()} == {SOURCE}
    assert not paths.published().exists()


def test_rows_that_were_changed_on_the_disk_are_noticed(
    project: Path, history: dg.DagsterInstance
) -> None:
    partition = partitions(history)[0]
    backfill(history, partition)
    file = release_files.Release(paths.harmonised(), *partition.split("|")).files[0]
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    assert f"{partition.replace('|', ' ')}: other rows than before, or the first" in messages(
        history, backfill(history, partition)
    )
    assert file.read_bytes() == sound


def test_a_refused_release_fails_with_its_reason(
    project: Path, history: dg.DagsterInstance
) -> None:
    partition = partitions(history)[-1]
    (project / "data/raw" / f"{partition.replace('|', '/')}.csv").unlink()
    result = backfill(history, partition)
    assert not result.success
    [event] = [each for each in result.all_events if each.event_type_value == "STEP_FAILURE"]
    failure = event.step_failure_data.user_failure_data
    assert failure.description.endswith("in the manifest, but not in the folder")


def test_runs_are_found_by_their_source(project: Path, history: dg.DagsterInstance) -> None:
    run = backfill(history, partitions(history)[0]).dagster_run
    assert (run.tags["tipstat/source"], run.tags["tipstat/why"]) == (SOURCE, "backfill")
