"""The graph: discovered, complete, its checks blocking or warning as they should, no pickles."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from conftest import ROOT

from pipelines import paths, sql_files
from pipelines.definitions import defs, published_extracts
from pipelines.run import run_graph
from pipelines.sources import discover


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_source_is_in_the_graph(graph) -> None:
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}
    expected = {f"{stage}/{source}" for stage in ("raw", "harmonised") for source in discover()}
    assert names == expected | {
        "published/warehouse", "published/site", "published/extracts", "published/version",
    }  # fmt: skip


def test_data_flow_one_way(graph) -> None:
    stages = ["raw", "harmonised", "published"]
    for key in graph.get_all_asset_keys():
        for parent in graph.get(key).parent_keys:
            assert stages.index(parent.path[0]) <= stages.index(key.path[0])


def test_every_asset_is_described_and_grouped(graph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.group_name == key.path[0]


def test_checks(graph) -> None:
    blocking, warning = set(), set()
    for key in graph.asset_check_keys:
        spec = graph.get_check_spec(key)
        (blocking if spec.blocking else warning).add((key.asset_key.path[0], key.name))
    assert blocking == {("harmonised", "contract"), ("harmonised", "account")}
    rules = {("published", rule.fields["id"]) for rule in sql_files.rules()}
    assert warning == rules | {("harmonised", "bytes"), ("harmonised", "not_held_back")}


def test_refused_extracts_fail_in_their_own_words(project: Path) -> None:
    with pytest.raises(dg.Failure, match="no such file; make it with 'tipstat run'"):
        published_extracts()


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
    assert results["I1"].passed is False
    assert results["I1"].severity == dg.AssetCheckSeverity.WARN
    assert results["I1"].metadata["exceeds"].value == 18
    assert len(results["I1"].metadata["sample"].records) == 10
    assert results["I12"].passed is True, "a rule for reading only is no warning"
    assert results["I3"].passed is True, "no source has narrow age bands: nothing fails"
    assert results["contract"].passed is True
    assert not [path for path in paths.dagster_home().rglob("storage/*/*") if path.is_file()]


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


def test_definitions_load_for_the_web_interface() -> None:
    command = [Path(sys.executable).with_name("dagster"), "definitions", "validate"]
    said = subprocess.run(
        [*command, "-m", "pipelines.definitions"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
