"""The graph: discovered, complete, its checks blocking or warning as they should, no pickles."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import yaml
from conftest import ROOT

from pipelines.cli.local_run import prepare_home, run_graph
from pipelines.lib import paths
from pipelines.orchestration import automation
from pipelines.orchestration.assets import defs, published_extracts
from pipelines.sources import discover
from pipelines.warehouse import sql_files

GRAPH = Path(__file__).with_name("graph.txt")
"""What the graph is, for readers; `python tests/orchestration/test_dagster.py` writes it anew."""


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_source_is_in_the_graph(graph) -> None:
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}
    expected = {f"{stage}/{source}" for stage in ("raw", "harmonised") for source in discover()}
    assert names == expected | {
        "published/warehouse", "published/site", "published/extracts", "published/version",
    }  # fmt: skip


def drawn() -> str:
    """Assets, checks, jobs, schedules and sensors, a line each; sources are alike."""
    repository = defs.get_repository_def()
    lines = [*_assets(), ""]
    lines += [f"job {name}" for name in sorted(repository.job_names) if name[0] != "_"]
    lines += [
        f"schedule {each.name} ({each.cron_schedule} {each.execution_timezone or 'UTC'}): "
        f"{each.job_name}"
        for each in sorted(repository.schedule_defs, key=lambda each: each.name)
    ]
    lines += [
        f"sensor {each.name} ({each.sensor_type.name.lower()}): "
        f"{', '.join(target.job_name for target in each.targets) or 'tells'}"
        for each in sorted(repository.sensor_defs, key=lambda each: each.name)
    ]
    return "\n".join(lines) + "\n"


def _assets() -> list[str]:
    graph = defs.resolve_asset_graph()
    return list(dict.fromkeys(line for key in graph.toposorted_asset_keys for line in _asset(key)))


def _asset(key: dg.AssetKey):
    graph = defs.resolve_asset_graph()
    node = graph.get(key)
    parents = sorted({_name(parent) for parent in node.parent_keys})
    kinds = sorted(tag.split("/")[-1] for tag in node.tags if tag.startswith("dagster/kind/"))
    fresh = ", has a freshness policy" if node.freshness_policy else ""
    yield f"{_name(key)} ({', '.join(kinds)}; {', '.join(node.owners)}{fresh})"
    yield from (f"{_name(key)} <- {parent}" for parent in parents)
    for check in sorted(node.check_keys, key=lambda check: check.name):
        blocking = " (blocking)" if graph.get_check_spec(check).blocking else ""
        yield f"{_name(key)} check {check.name}{blocking}"


def _name(key: dg.AssetKey) -> str:
    stage, name = key.path
    return f"{stage}/{name if stage == 'published' else '<source>'}"


def test_the_graph_is_as_it_was() -> None:
    assert drawn() == GRAPH.read_text(encoding="utf-8"), (
        "if it is meant to change: python tests/orchestration/test_dagster.py"
    )


def test_data_flow_one_way(graph) -> None:
    stages = ["raw", "harmonised", "published"]
    for key in graph.get_all_asset_keys():
        for parent in graph.get(key).parent_keys:
            assert stages.index(parent.path[0]) <= stages.index(key.path[0])


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
    assert blocking == {("harmonised", "contract"), ("harmonised", "account")}
    rules = {("published", rule.name) for rule in sql_files.rules()}
    assert warning == rules | {("harmonised", "bytes"), ("harmonised", "not_held_back")}


def test_refused_extracts_fail_in_their_own_words(project: Path) -> None:
    with pytest.raises(dg.Failure, match="no such file; make it with 'tipstat run'"):
        published_extracts()


@pytest.mark.slow
def test_a_run_leaves_history_and_no_pickle(project: Path) -> None:
    heard = []
    assert run_graph(lambda step, event: heard.append((step, event))) == []
    assert [step for step, event in heard if event == "success"] == [
        step for step, event in heard if event == "start"
    ]
    with dg.DagsterInstance.get() as instance:
        [run] = instance.get_runs()
        assert run.status == dg.DagsterRunStatus.SUCCESS
        checks = instance.event_log_storage.get_asset_check_summary_records(
            list(defs.resolve_asset_graph().asset_check_keys)
        )
    results = {
        key.name: record.last_check_execution_record.event.dagster_event.event_specific_data
        for key, record in checks.items()
    }
    sexes = results["sexes_add_up_to_the_total"]
    assert sexes.passed is False
    assert sexes.severity == dg.AssetCheckSeverity.WARN
    assert sexes.metadata["exceeds"].value == 20
    assert len(sexes.metadata["sample"].records) == 10
    stages = results["later_justice_stages_are_no_larger"]
    assert stages.passed is False, "a rule that is for reading found something to read"
    assert stages.severity == dg.AssetCheckSeverity.WARN
    assert stages.description.startswith("for reading: ")
    recoverable = results["no_hidden_figure_is_recoverable"]
    cases = recoverable.metadata["recoverable"].value
    assert recoverable.description == f"for reading: {cases} cases"
    assert results["age_bands_stay_within_children_and_adults"].passed is True, (
        "no source has narrow age bands: nothing fails"
    )
    assert results["contract"].passed is True
    assert not [path for path in paths.dagster_home().rglob("storage/*/*") if path.is_file()]


@pytest.mark.slow
def test_a_refused_release_is_held_back_alone(project: Path) -> None:
    (project / "data/raw/int_unodc_glotip/2025-04-14.csv").unlink()
    failures = run_graph(lambda *_: None)
    assert {failure.split("/")[-1] for failure in failures} == {
        "2025-04-14.csv: in the manifest, but not in the folder"
    }
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        ask = connection.execute
        newest = ask("select source, release from main.release where is_newest").fetchall()
        held_back = ask("select release, not_refreshed_since from main.held_back").fetchall()
    assert ("int_unodc_glotip", "2023-05-30") in newest, "the previous release stands"
    assert ("ref_wpp", "2024-07-11") in newest, "other sources go on"
    assert held_back == [("2025-04-14", "2023-05-30")]


@pytest.mark.slow
def test_definitions_load_for_the_web_interface() -> None:
    command = [Path(sys.executable).with_name("dagster"), "definitions", "validate"]
    said = subprocess.run(
        [*command, "-m", "pipelines.orchestration.assets"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr


def test_a_source_is_as_fresh_as_its_newest_release(published: Path) -> None:
    """Dagster itself would count from the day on which a release is taken."""
    prepare_home()
    key = dg.AssetKey(["raw", "int_unodc_glotip"])
    with dg.DagsterInstance.get() as instance:
        assert moment(instance, key) == "2025-04-14"
        before = len(instance.fetch_materializations(key, limit=10).records)
    assert run_graph(lambda *_: None) == []
    with dg.DagsterInstance.get() as instance:
        assert len(instance.fetch_materializations(key, limit=10).records) == before == 1
    policy = defs.resolve_asset_graph().get(key).freshness_policy
    days = discover()["int_unodc_glotip"].source.cadence_days
    assert policy.warn_window.to_timedelta().days == days
    assert policy.fail_window.to_timedelta().days == 2 * days


def moment(instance: dg.DagsterInstance, key: dg.AssetKey) -> str:
    event = instance.get_latest_materialization_event(key)
    return datetime.fromtimestamp(event.timestamp, tz=UTC).date().isoformat()


def test_what_the_catalogue_shows_adds_up(published: Path) -> None:
    prepare_home()
    with dg.DagsterInstance.get() as instance:
        shown = {
            key.to_user_string(): event.asset_materialization.metadata
            for key in defs.resolve_asset_graph().get_all_asset_keys()
            if (event := instance.get_latest_materialization_event(key))
        }
        [run] = instance.get_runs()
    glotip = shown["harmonised/int_unodc_glotip"]
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        ask = connection.execute
        rows = "select count(*) from harmonised.observation where source = 'int_unodc_glotip' "
        [(newest,)] = ask(f"{rows} and release = '2025-04-14'").fetchall()
        [(all_rows,)] = ask(rows).fetchall()
    assert glotip["dagster/row_count"].value == newest
    releases = [record.data for record in glotip["releases"].records]
    assert releases[0]["release"] == "2025-04-14", "the newest comes first"
    assert sum(int(each["published"]) for each in releases) == all_rows
    for each in releases:
        outcomes = ("published", "quarantined", "set_aside")
        assert int(each["in"]) == sum(int(each[outcome]) for outcome in outcomes)
    bars = glotip["rows_by_year"].md_str.splitlines()[2:]
    assert sum(int(bar.split("|")[2].replace(",", "")) for bar in bars) == newest
    tables = {
        r.data["table"]: int(r.data["rows"]) for r in shown["published/warehouse"]["tables"].records
    }
    assert tables["harmonised.observation"] == all_rows
    assert run.tags["tipstat/version"] == shown["published/version"]["version"].value


def test_history_is_kept_to_a_limit(project: Path) -> None:
    """A run is forgotten with its events and what it printed; what is newer stays."""
    home = prepare_home()
    with dg.DagsterInstance.get() as instance:
        job = automation.keep_history_short
        old, new = (job.execute_in_process(instance=instance) for _ in range(2))
        printed = home / "storage" / old.run_id
        printed.mkdir(parents=True, exist_ok=True)
        (printed / "step.out").write_text("printed", encoding="utf-8")
        created = instance.get_run_records()[1].create_timestamp
        now = created.replace(tzinfo=UTC) + automation.KEEP_RUNS
        assert automation.forget_runs(instance, now) == 0
        between = instance.get_run_records()[0].create_timestamp.replace(tzinfo=UTC)
        assert automation.forget_runs(instance, between + automation.KEEP_RUNS) == 1
        assert [run.run_id for run in instance.get_runs()] == [new.run_id]
        assert not instance.all_logs(old.run_id)
        assert instance.all_logs(new.run_id)
        assert not printed.exists()


@pytest.mark.parametrize("place", ["own", "deploy"])
def test_one_run_at_a_time_and_no_telemetry(place: str, project: Path) -> None:
    """The same settings for `make dev` and the server, but where history lies."""
    own = yaml.safe_load((prepare_home() / "dagster.yaml").read_text(encoding="utf-8"))
    deploy = yaml.safe_load((ROOT / "deploy" / "dagster.yaml").read_text(encoding="utf-8"))
    settings = own if place == "own" else deploy
    assert settings["concurrency"] == {"runs": {"max_concurrent_runs": 1}}
    assert settings["telemetry"] == {"enabled": False}
    assert settings["freshness"] == {"enabled": True}
    assert own["retention"] == deploy["retention"]


if __name__ == "__main__":
    GRAPH.write_text(drawn(), encoding="utf-8")
