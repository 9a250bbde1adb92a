"""The graph: every source, its dependencies, its checks; runs and what the catalogue shows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import yaml
from conftest import ROOT
from kept_sources import keep_unodc, own_project

from pipelines.cli.local_run import job_of, prepare_home, run_graph
from pipelines.definitions import defs
from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.orchestration import failures, raw_assets
from pipelines.orchestration.assets import EXTRACTS
from pipelines.sources import discover
from pipelines.warehouse import sql_files

Steps = dict[str, list[str]]


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_stage_follows_from_the_one_before(graph) -> None:
    parents = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert parents == {
        **{f"raw/{source}": set() for source in discover()},
        **{f"releases/{source}": {f"raw/{source}"} for source in discover()},
        **{f"harmonised/{source}": {f"releases/{source}"} for source in discover()},
        "published/warehouse": {f"harmonised/{source}" for source in discover()},
        "standard": set(),
        "published/site": {"published/warehouse", "standard"},
        "published/extracts": {"published/warehouse", "standard"},
        "published/version": {"published/warehouse", "published/site", "published/extracts"},
    }


def test_every_asset_is_described_and_grouped(graph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.kinds, key
        assert node.group_name == key.path[0]


def test_checks(graph) -> None:
    blocking, warning = set(), set()
    for key in graph.asset_check_keys:
        spec = graph.get_check_spec(key)
        (blocking if spec.blocking else warning).add((key.asset_key.path[0], key.name))
    assert blocking == {("published", "answered")}
    rules = {("published", rule.name) for rule in sql_files.rules()}
    assert warning == rules | {
        ("harmonised", "bytes"),
        ("harmonised", "examined"),
        ("harmonised", "not_held_back"),
        ("harmonised", "ran_without_error"),
        ("harmonised", "contract"),
        ("harmonised", "account"),
        ("published", "gate"),
        ("raw", "newest_release_is_recent"),
    }


def test_extracts_without_a_warehouse_fail_with_the_remedy(project: Path) -> None:
    job = defs.resolve_job_def("publish")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(
            instance=instance, asset_selection=[EXTRACTS], raise_on_error=False
        )
    [failure] = failures.of_run(result)
    assert failure.endswith("no such file; make it with 'tipstat run'")


@pytest.fixture(scope="module")
def steps(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    """The steps of a run of UNODC's releases, by event; the project stays that of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        own_project(shipped_home, tmp_path_factory.mktemp("run"), patch)
        keep_unodc()
        strike("sexes_add_up_to_the_total")
        seen = defaultdict(list)
        job = job_of(release_files.changed(paths.harmonised()))
        assert run_graph(job, lambda step, event: seen[event].append(step)) == []
        yield seen


@pytest.mark.slow
def test_a_run_leaves_history_and_no_pickle(steps: Steps) -> None:
    assert steps["success"] == steps["start"]
    with dg.DagsterInstance.get() as instance:
        [run] = instance.get_runs()
        assert run.status == dg.DagsterRunStatus.SUCCESS
        checks = instance.event_log_storage.get_asset_check_summary_records(
            list(defs.resolve_asset_graph().asset_check_keys)
        )
    results = {
        key.name: record.last_check_execution_record.event.dagster_event.event_specific_data
        for key, record in checks.items()
        if record.last_check_execution_record  # of sources that have no release here there is none
    }
    sexes = results["sexes_add_up_to_the_total"]
    assert sexes.passed is False
    assert sexes.severity == dg.AssetCheckSeverity.WARN
    assert sexes.description.endswith("new in int_unodc_glotip 2025-10-28")
    assert sexes.metadata["exceeds"].value == 36
    assert len(sexes.metadata["sample"].records) == 10
    recoverable = results["no_hidden_figure_is_recoverable"]
    cases = recoverable.metadata["recoverable"].value
    assert recoverable.description == f"for reading: {cases} cases"
    assert recoverable.passed is True
    ages = results["ages_add_up_to_the_total"]
    assert ages.passed is True
    assert ages.description.endswith("cases, all known")
    narrow_ages = results["age_bands_stay_within_children_and_adults"]
    assert narrow_ages.passed is True, "no source has narrow age bands: nothing fails"
    assert results["contract"].passed is True
    recent = dg.AssetCheckKey(raw_assets.key("int_unodc_glotip"), raw_assets.IS_RECENT)
    age = checks[recent].last_check_execution_record.event.dagster_event.event_specific_data
    assert age.target_materialization_data, "else the web interface shows it as not evaluated"
    assert not [path for path in paths.dagster_home().rglob("storage/*/*") if path.is_file()]


def strike(rule: str) -> None:
    """Let nobody have looked at a rule's cases."""
    lines = paths.known_cases().read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{rule},")]
    paths.known_cases().write_text("".join(kept), encoding="utf-8")


@pytest.mark.slow
def test_a_source_is_as_recent_as_its_newest_release(steps: Steps) -> None:
    """Not as the day on which a release is recorded: a new installation would look fresh."""
    prepare_home()
    key = raw_assets.key("int_unodc_glotip")
    with dg.DagsterInstance.get() as instance:
        [record] = instance.fetch_materializations(key, limit=10).records
        checks = defs.get_asset_checks_def(dg.AssetCheckKey(key, raw_assets.IS_RECENT))
        result = dg.materialize([checks], instance=instance)
    metadata = record.asset_materialization.metadata
    assert metadata["release"].value == "2025-10-28"
    assert datetime.fromtimestamp(metadata["release_day"].value, tz=UTC).date().day == 28
    days = discover()["int_unodc_glotip"].source.cadence_days
    for each in result.get_asset_check_evaluations():
        age = each.metadata["days"].value
        if each.asset_key == key:
            assert each.passed == (age <= days)
            is_error = each.severity is dg.AssetCheckSeverity.ERROR
            assert is_error == (age > 2 * days)


@pytest.mark.slow
def test_the_counts_in_the_catalogue_add_up(steps: Steps) -> None:
    prepare_home()
    with dg.DagsterInstance.get() as instance:
        metadata = {
            key.to_user_string(): event.asset_materialization.metadata
            for key in defs.resolve_asset_graph().get_all_asset_keys()
            if (event := instance.get_latest_materialization_event(key))
        }
        *_, run = instance.get_runs()
    glotip = metadata["harmonised/int_unodc_glotip"]
    assert len(glotip["quarantine"].records) == 20
    assert {"rule", "locator", "found", "message"} <= set(glotip["quarantine"].records[0].data)
    place = "data/harmonised/int_unodc_glotip/2025-10-28/quarantine.csv"
    assert (paths.home() / place).is_file()
    assert glotip["quarantine_2025-10-28"].path.endswith(place)
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        ask = connection.execute
        rows = "select count(*) from harmonised.observation where source = 'int_unodc_glotip' "
        [(newest,)] = ask(f"{rows} and release = '2025-10-28'").fetchall()
        [(all_rows,)] = ask(rows).fetchall()
    assert glotip["dagster/row_count"].value == all_rows
    releases = [record.data for record in glotip["releases"].records]
    assert releases[0]["release"] == "2025-10-28", "the newest comes first"
    assert sum(int(each["published"]) for each in releases) == all_rows
    for each in releases:
        outcomes = ("published", "quarantined", "set_aside")
        assert int(each["in"]) == sum(int(each[outcome]) for outcome in outcomes)
    bars = glotip["rows_by_year"].md_str.splitlines()[2:]
    assert sum(int(bar.split("|")[2].replace(",", "")) for bar in bars) == newest
    tables = {
        r.data["table"]: int(r.data["rows"])
        for r in metadata["published/warehouse"]["tables"].records
    }
    assert tables["harmonised.observation"] == all_rows
    assert (run.job_name, run.tags["tipstat/why"]) == ("publish", "tipstat run")
    assert run.tags["tipstat/who"]
    assert run.tags["tipstat/sources"] == "int_unodc_glotip, ref_wpp"


@pytest.mark.parametrize("place", ["own", "deploy"])
def test_one_run_at_a_time_and_no_telemetry(place: str, project: Path) -> None:
    """`tipstat dev` and the server share these settings; only the place of the history differs."""
    own = yaml.safe_load((prepare_home() / "dagster.yaml").read_text(encoding="utf-8"))
    deploy = yaml.safe_load((ROOT / "deploy" / "dagster.yaml").read_text(encoding="utf-8"))
    settings = own if place == "own" else deploy
    assert settings["concurrency"] == {"runs": {"max_concurrent_runs": 1}}
    assert settings["telemetry"] == {"enabled": False}
    assert settings["run_monitoring"]["max_runtime_seconds"] == 7200
    assert own["retention"] == deploy["retention"]
