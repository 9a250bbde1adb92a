"""`tipstat run` accounts for each row, holds back what is broken, makes again what is gone."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from command import SHORT, tipstat
from dagster import AssetCheckKey, AssetCheckSeverity, AssetKey, DagsterEventType, DagsterInstance
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.cli.tables import account
from pipelines.intake import detectors
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import fetch_state, findings, manifest, reviews
from pipelines.sources import discover

pytestmark = pytest.mark.slow


def test_every_row_of_every_source_is_accounted_for(built: Path) -> None:
    table, _, _ = account(built).partition("\n\n")
    lines = [line.split() for line in table.splitlines()[1:]]
    assert {source for source, *_ in lines} == set(discover())
    for source, release, *figures in lines:
        rows_in, *became = (int(figure.replace(",", "")) for figure in figures)
        assert rows_in == sum(became), (source, release)


def test_what_became_of_rows_and_why_is_printed(built: Path) -> None:
    printed = account(built)
    line = ["int_unodc_glotip", "2025-04-14", "10,911", "9,715", "974", "222"]
    assert line in [each.split() for each in printed.splitlines()]
    assert "202 summed_into_one_figure" in printed


def test_a_run_imports_dagster_and_pandas_only_where_something_changed() -> None:
    """Each takes longer to import than a run without changes may take."""
    script = "import sys, pipelines.cli.run; print({'dagster', 'pandas'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_a_run_harmonises_what_changed_and_no_more_than_was_named(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(paths.dagster_home()))
    with DagsterInstance.get() as instance:
        before = {run.run_id for run in instance.get_runs()}
    reviews.enter("can_sdg", "2026-03-10", reviews.ACCEPT, "read again", "The office")
    done = tipstat("run", "--source", "usa_sdg", home=published)
    assert done.returncode == 2
    assert "can_sdg changed too" in " ".join(done.stderr.replace("│", "").split())
    assert tipstat("run", "--source", "can_sdg", home=published).returncode == 0
    with DagsterInstance.get() as instance:
        [run] = (run for run in instance.get_runs() if run.run_id not in before)
        steps = {step.step_key for step in instance.get_run_step_stats(run.run_id)}
        events = instance.all_logs(run.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION)
    published_ = {"published__warehouse", "site_and_extracts", "published__version"}
    assert steps == published_ | {"harmonised__can_sdg", "age_of_releases"}
    keys = {event.dagster_event.asset_key for event in events}
    assert {key.path[1] for key in keys if key.path[0] == "harmonised"} == {"can_sdg"}


def _made(project: Path) -> dict[Path, bytes]:
    """Return the files of a run, except DuckDB, whose bytes differ, and what they are made of."""
    folders = [project / "data" / name for name in ("harmonised", "published/current")]
    return {
        folder / path.relative_to(folder.resolve()): path.read_bytes()
        for folder in folders
        for path in folder.resolve().rglob("*")
        if path.is_file() and path.suffix not in (".duckdb", ".json")
    }


def test_runs_at_once_do_the_work_once_and_two_processes_make_the_bytes_of_one(
    published: Path,
) -> None:
    made = _made(published)
    for folder in ("harmonised", "published"):
        shutil.rmtree(published / "data" / folder)
    environment = os.environ | {"TIPSTAT_HOME": str(published), "TIPSTAT_WORKERS": "2"}
    command = [sys.executable, *SHORT, "run"]
    pipe = subprocess.PIPE
    both = [
        subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)
        for _ in range(2)
    ]
    done = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], done
    assert sum("Waiting for another run" in err for _, err in done) == 1
    [first] = [out for out, _ in done if not out.startswith("Nothing has changed")]
    accounts = account(paths.warehouse())
    assert accounts in first
    assert "index.html" in first
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        sources = connection.execute("select source from main.source order by all").fetchall()
    entered = sorted({entry.source for entry in manifest.entries()})
    assert sources == [(each,) for each in entered], "others have no release here"
    assert _made(published) == made
    written = {path: path.stat().st_mtime_ns for path in made}
    assert len([path for path in written if path.suffix == ".html"]) >= 5
    again = tipstat("run", home=published).stdout
    assert again.startswith("Nothing has changed since 20")
    assert accounts not in again
    assert {path: path.stat().st_mtime_ns for path in made} == written


def test_a_broken_release_is_held_back_and_all_else_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert says so; the release before stands. Nothing else stops it.

    Findings of older detectors do not, nor a file that could not be fetched. Only who has the
    publisher's file can examine it again; a narrow terminal cuts no figure.
    """
    alerts = published / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(alerts))
    [broken] = manifest.entries("can_sdg", "2026-03-10")
    broken.path.write_text(broken.path.read_text("utf-8").replace("Value", "Rate", 1), "utf-8")
    manifest.enter(replace(broken, sha256=sha256(broken.path)))
    [entry] = manifest.entries("jam_statin", "2026-08-05")
    old = [findings.examined(entry), *findings.read_findings(entry)]
    findings.write(entry, [replace(each, version="1") for each in old])
    fetch_state.remember(fetch_state.Attempt("usa_sdg", "2026-11-01T00:00:00Z", "no such file"))
    done = tipstat("run", home=published, width=40)
    told, printed = (" ".join(text.split()) for text in (done.stderr, done.stdout))
    assert "column 'Value' is missing" in told
    assert "What is held back is not published; everything else is." in told
    assert (done.returncode, "Traceback" in told) == (1, False)
    assert (
        f"detectors than those of version {detectors.version()}: jam_statin 2026-08-05; give"
        in told
    )
    assert "held back: can_sdg 2026-03-10; not refreshed since 2022-12-31" in printed
    assert "held back: usa_sdg; not refreshed since 2023-09-30: no such file" in printed
    assert account(paths.warehouse()).splitlines()[1] in done.stdout
    assert "column 'Value' is missing" in json.loads(alerts.read_text("utf-8"))["text"]
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        newest, held_back = (
            connection.execute(f"select {columns} from main.{table}").fetchall()
            for columns, table in (
                ("source, release", "release where is_newest"),
                ("release, not_refreshed_since", "held_back"),
            )
        )
    assert {("can_sdg", "2022-12-31"), ("jam_statin", "2026-08-05")} <= set(newest)
    assert held_back == [("2026-03-10", "2022-12-31"), ("", "2023-09-30")]
    check = AssetCheckKey(AssetKey(["harmonised", "jam_statin"]), "examined")
    with DagsterInstance.from_config(str(paths.dagster_home().resolve())) as instance:
        known = instance.event_log_storage.get_latest_asset_check_execution_by_key([check])
        result = known[check].event.dagster_event.asset_check_evaluation_data
    assert (result.passed, result.severity) == (False, AssetCheckSeverity.WARN)
    assert tipstat("run", home=published).returncode == 1, "it is not forgotten in the next run"


def test_a_source_whose_module_was_removed_is_named_before_anything_starts(
    small_project: Path,
) -> None:
    text = paths.manifest().read_text(encoding="utf-8")
    paths.manifest().write_text(text.replace("jam_statin", "ury_dfe"), encoding="utf-8")
    done = tipstat("run", home=small_project)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert "manifest.csv names ury_dfe, which has no metadata in tipstat or in" in line
    assert line.endswith("restore it, or remove its lines and data/raw/ury_dfe")
    assert not paths.harmonised().exists()


@pytest.mark.parametrize("verb", [["run"], ["report", "ARG"], ["inbox"], ["cases", "add", "x"]])
def test_a_folder_that_is_no_project_is_not_made_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: list[str]
) -> None:
    monkeypatch.delenv("TIPSTAT_HOME")
    monkeypatch.chdir(tmp_path)
    for arguments in ([*verb[:1], "--help"], ["cases", "example", "--out", "x.csv"]):
        assert CliRunner().invoke(app, arguments).exit_code == 0
    refused = CliRunner().invoke(app, verb)
    message = f"{tmp_path}: this folder is no tipstat project: go to one, set TIPSTAT_HOME to it,"
    assert str(refused.exception) == f"{message} or make one with 'tipstat init FOLDER'"
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv"]


def test_a_named_folder_without_figures_says_where_to_go(tmp_path: Path) -> None:
    done = tipstat("run", home=tmp_path)
    assert done.returncode == 1
    assert "run in the project's folder, or set TIPSTAT_HOME to it" in done.stderr
