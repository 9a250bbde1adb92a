"""Releases as partitions: reported by ordinary runs, made again by a backfill."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
import yaml

from pipelines.definitions import defs
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.orchestration import harmonised_assets, release_assets
from pipelines.orchestration.resources import RESOURCES
from pipelines.orchestration.review import review_release
from pipelines.raw import manifest, reviews

SOURCE = "can_sdg"
KEY = release_assets.key(SOURCE)
HARMONISED = harmonised_assets.key(SOURCE)


@pytest.fixture
def history(whole_project: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def releases(whole_project: Path) -> list[str]:
    return sorted({entry.release for entry in manifest.entries(SOURCE)})


def harmonise(history: dg.DagsterInstance) -> dict[str, bool]:
    """Take the step of an ordinary run; return which checks passed."""
    job = defs.resolve_job_def("publish")
    result = job.execute_in_process(instance=history, asset_selection=[HARMONISED])
    return {each.check_name: each.passed for each in result.get_asset_check_evaluations()}


def backfill(history: dg.DagsterInstance, release: str) -> dg.ExecuteInProcessResult:
    """One run of a backfill from the asset's page."""
    return dg.materialize(
        [each for each in harmonised_assets.ASSETS if KEY in each.keys],
        selection=[KEY],
        partition_key=release,
        instance=history,
        resources=RESOURCES,
        raise_on_error=False,
    )


def work(result: dg.ExecuteInProcessResult) -> object:
    [made] = result.asset_materializations_for_node(harmonised_assets.step(SOURCE))
    return made.metadata["work"].value


def status(history: dg.DagsterInstance, releases: list[str]) -> list[bool]:
    """Whether the page shows each release as materialised."""
    records = history.fetch_materializations(KEY, limit=100).records
    return [each in {record.partition_key for record in records} for each in releases]


def test_a_run_reports_each_release_once(history, releases) -> None:
    harmonise(history)
    assert sorted(history.get_dynamic_partitions(f"release/{SOURCE}")) == releases
    assert status(history, releases) == [True, True]
    harmonise(history)
    events = history.fetch_materializations(KEY, limit=10).records
    assert len(events) == len(releases), "the second run made none"


def test_a_release_that_becomes_held_back_is_observed_with_its_reason(history, releases) -> None:
    assert all(harmonise(history).values())
    older, newest = releases
    reviews.enter(SOURCE, newest, reviews.KEEP, "looks wrong", "The office")
    passed = harmonise(history)
    assert [name for name in passed if not passed[name]] == ["not_held_back"]
    assert [(day, why.endswith("looks wrong")) for day, why in held_back(history)] == [
        (newest, True)
    ]
    assert status(history, [older, newest]) == [True, True], "the older one stays as it was"
    reviews.enter(SOURCE, newest, reviews.ACCEPT, "is right", "The office")
    assert all(harmonise(history).values())
    assert len(held_back(history)) == 1


def held_back(history: dg.DagsterInstance) -> list[tuple[str, str]]:
    """The releases that were observed as held back, each with its reason."""
    records = history.fetch_observations(KEY, limit=10).records
    return [
        (each.partition_key, each.asset_observation.metadata["held_back"].value) for each in records
    ]


@pytest.mark.parametrize("damage", [b"", b"x"])
def test_a_check_is_executed_alone(history, releases, damage: bytes) -> None:
    """It reads the files as they are, and makes none."""
    harmonise(history)
    raw = paths.raw() / SOURCE / f"{releases[-1]}.csv"
    raw.write_bytes(raw.read_bytes() + damage)
    bytes_ = dg.AssetCheckKey(HARMONISED, "bytes")
    result = dg.materialize(
        harmonised_assets.ASSETS,
        selection=dg.AssetSelection.checks(bytes_),
        instance=history,
        resources=RESOURCES,
    )
    [check] = result.get_asset_check_evaluations()
    assert (check.asset_check_key, check.passed) == (bytes_, not damage)
    assert result.get_asset_materialization_events() == []
    release = Release(paths.harmonised(), SOURCE, releases[-1])
    assert (release.held_back, release.is_damaged) == ("", False)


def test_a_release_that_waits_offers_the_decision_filled_in_but_for_the_person(
    history, releases
) -> None:
    """What the page of the asset offers is pasted into the launchpad of the job."""
    newest = releases[-1]
    reviews.enter(SOURCE, newest, reviews.KEEP, "looks wrong", "The office")
    harmonise(history)
    record = history.fetch_observations(
        dg.AssetRecordsFilter(KEY, asset_partitions=[newest]), limit=1
    ).records[0]
    offered = record.asset_observation.metadata
    config = yaml.safe_load(offered["review_release"].value.strip("`").removeprefix("yaml"))
    blank = config["ops"]["decide"]["config"]
    assert (blank["source"], blank["release"]) == (SOURCE, newest)
    assert (blank["decision"], blank["reason"], blank["by"]) == ("", "", "")
    with pytest.raises(dg.DagsterInvalidConfigError, match="decision"):
        review_release.execute_in_process(run_config=config)
    blank.update(decision="ACCEPT", reason="is right", by="Ana")
    assert review_release.execute_in_process(run_config=config).success
    assert reviews.last(SOURCE, newest).by == "Ana"
    assert offered["terminal"].value.startswith(f"tipstat review {SOURCE} {newest} --accept")


def test_a_backfill_makes_the_same_rows_again(history, releases) -> None:
    harmonise(history)
    assert work(backfill(history, releases[0])) == "the same rows as before"
    file = Release(paths.harmonised(), SOURCE, releases[0]).files.rows
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    assert work(backfill(history, releases[0])) == "other rows than before, or the first"
    assert file.read_bytes() == sound
    assert not paths.published().exists()


def test_a_backfill_of_a_refused_release_fails_with_its_reason(history, releases) -> None:
    history.add_dynamic_partitions(f"release/{SOURCE}", releases)
    (paths.raw() / SOURCE / f"{releases[-1]}.csv").unlink()
    result = backfill(history, releases[-1])
    assert not result.success
    [event] = [each for each in result.all_events if each.event_type_value == "STEP_FAILURE"]
    failure = event.step_failure_data.user_failure_data
    assert failure.description.endswith("but not in the folder; restore it")
