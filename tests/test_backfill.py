"""Past releases made again, one partition each."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines import manifest, paths, store
from pipelines.backfill import releases
from pipelines.definitions import defs

SOURCE = "int_unodc_glotip"


@pytest.fixture
def history():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def backfill(history: dg.DagsterInstance, partition: str) -> dg.ExecuteInProcessResult:
    job = defs.get_job_def("harmonise_release")
    return job.execute_in_process(partition_key=partition, instance=history, raise_on_error=False)


def said(history: dg.DagsterInstance, result: dg.ExecuteInProcessResult) -> list[str]:
    return [entry.user_message for entry in history.all_logs(result.dagster_run.run_id)]


def of_source() -> list[str]:
    return [partition for partition in releases() if partition.startswith(f"{SOURCE}|")]


def test_each_release_of_the_manifest_is_a_partition() -> None:
    job = defs.get_job_def("harmonise_release")
    entered = {f"{entry.source}|{entry.release}" for entry in manifest.entries()}
    assert set(job.partitions_def.get_partition_keys()) == entered
    assert len(of_source()) > 1


def test_a_backfill_makes_the_same_rows_again(project: Path, history: dg.DagsterInstance) -> None:
    first, again = (
        [said(history, backfill(history, each)) for each in of_source()] for _ in range(2)
    )
    for partition, before, after in zip(of_source(), first, again, strict=True):
        name = partition.replace("|", " ")
        assert f"{name}: other rows than before, or the first" in before
        assert f"{name}: the same rows as before" in after
    made = store.releases(paths.harmonised())
    assert {each.source for each in made if each.stamp.is_file()} == {SOURCE}
    assert not paths.published().exists()


def test_rows_that_were_changed_on_the_disk_are_noticed(
    project: Path, history: dg.DagsterInstance
) -> None:
    partition = of_source()[0]
    backfill(history, partition)
    file = store.Release(paths.harmonised(), *partition.split("|")).files[0]
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    assert f"{partition.replace('|', ' ')}: other rows than before, or the first" in said(
        history, backfill(history, partition)
    )
    assert file.read_bytes() == sound


def test_a_release_that_is_refused_fails_in_its_own_words(
    project: Path, history: dg.DagsterInstance
) -> None:
    partition = of_source()[-1]
    (project / "data/raw" / f"{partition.replace('|', '/')}.csv").unlink()
    result = backfill(history, partition)
    assert not result.success
    [event] = [each for each in result.all_events if each.event_type_value == "STEP_FAILURE"]
    failure = event.step_failure_data.user_failure_data
    assert failure.description.endswith("in the manifest, but not in the folder")


def test_runs_are_found_by_their_source(project: Path, history: dg.DagsterInstance) -> None:
    run = backfill(history, of_source()[0]).dagster_run
    assert (run.tags["tipstat/source"], run.tags["tipstat/why"]) == (SOURCE, "backfill")
