"""The command as a person uses it: real processes, real exit codes, one-line errors."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from command import LIGHT, tipstat
from conftest import ROOT, keep_only

from pipelines.cli.tables import account
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import manifest
from pipelines.sources import discover

pytestmark = pytest.mark.slow

GOOD = ROOT / "tests" / "fixtures" / "int_unodc_glotip" / "input.csv"


def test_the_list_of_commands_is_read_whole_on_a_narrow_terminal(tmp_path: Path) -> None:
    done = tipstat("--help", home=tmp_path, width=80)
    assert "account for every row." in done.stdout
    assert "..." not in done.stdout.replace("[ARGS]...", "")


def test_sources_needs_no_project(tmp_path: Path) -> None:
    done = tipstat("sources", home=tmp_path)
    assert done.returncode == 0
    assert "ref_wpp" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["validate", "x.csv"], "Missing option '--source'"),
        (["validate", "x", "--source", "int_unodc_glotp"], "did you mean int_unodc_glotip?"),
        (
            ["add-release", "x", "--source", "pry_ine", "--release", "31.12.2024"],
            "'31.12.2024' is no day; write it as YYYY-MM-DD",
        ),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = tipstat(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr


def test_before_a_run_nobody_knows_what_is_in_quarantine(project: Path) -> None:
    done = tipstat("quarantine", "int_unodc_glotip", home=project)
    assert done.returncode == 1
    assert "no release is made yet; make them with 'tipstat run'" in done.stderr


def good_file(folder: Path) -> Path:
    """Enough rows without a fault: a state's totals, invented."""
    header, first = GOOD.read_text(encoding="utf-8").splitlines()[:2]
    cells = [
        first.replace("4,ARG", f"{row},ARG").replace("2019", str(2003 + row % 20)).replace(
            "Detected trafficking victims,Total,Total",
            f"Detected trafficking victims,by citizenship,{name}",
        )
        for row, name in enumerate((name for name in _fifty_names() for _ in range(20)), start=1)
    ]  # fmt: skip
    path = folder / "good.csv"
    path.write_text("\n".join([header, *cells]) + "\n", encoding="utf-8")
    return path


def _fifty_names() -> list[str]:
    with (ROOT / "pipelines/reader/citizenship_spellings.csv").open(encoding="utf-8") as file:
        codes = {line["code"]: line["label"] for line in csv.DictReader(file)}
    return [name for name in codes.values() if "," not in name][:50]


def test_validate_a_good_file(project: Path) -> None:
    keep_only("ref_wpp")
    done = tipstat(
        "validate", str(good_file(project)), "--source", "int_unodc_glotip", home=project
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1,000 rows: 1,000 fit for publication" in done.stdout
    assert "there is nothing to compare with" in done.stdout
    assert not paths.warehouse().exists(), "validation publishes nothing"


def test_validate_names_every_problem(project: Path) -> None:
    bad = good_file(project)
    lines = bad.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace('"1,234"', "-7")
    lines[5] = lines[5].replace(",Total,Total,2", ",Outro,Total,2")
    lines[7] = lines[7].replace('"1,234"', "twelve")
    bad.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = tipstat("validate", str(bad), "--source", "int_unodc_glotip", home=project, width=140)
    assert done.returncode == 1
    found = [line.split()[:2] for line in done.stdout.splitlines() if line[:1].isdigit()][1:]
    assert found == [
        ["3", "value_is_possible"],
        ["5", "labels_are_known"],
        ["7", "figure_has_one_reading"],
    ]
    assert "add it to the labels in pipelines/sources/int_unodc_glotip.py" in done.stdout


def test_validate_says_whose_layout_a_file_has(project: Path) -> None:
    [jamaica] = (paths.raw() / "jam_statin").glob("????-??-??.csv")
    done = tipstat("validate", str(jamaica), "--source", "pry_ine", home=project)
    assert done.returncode == 1
    assert "it has the layout of jam_statin" in done.stderr


def test_validate_a_part_of_a_file(project: Path) -> None:
    done = tipstat("validate", str(GOOD), "--source", "int_unodc_glotip", home=project)
    assert done.returncode == 1
    assert "at least 1,000, so this file is cut off or a part" in done.stderr
    assert "Atlantis" in done.stdout, "the problems of the rows are named all the same"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty (0 bytes)"),
        (b"<!doctype html><title>503</title>", "holds an HTML page"),
        (b"PK\x03\x04 cut", "damaged or cut off"),
    ],
)
def test_a_file_that_is_none_is_one_line(project: Path, content: bytes, words: str) -> None:
    path = project / "file.xlsx"
    path.write_bytes(content)
    done = tipstat("validate", str(path), "--source", "int_unodc_glotip", home=project)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_every_row_of_every_source_is_accounted_for(built: Path) -> None:
    table, _, _ = account(built).partition("\n\n")
    lines = [line.split() for line in table.splitlines()[1:]]
    assert {source for source, *_ in lines} == set(discover())
    for source, release, *figures in lines:
        rows_in, *became = (int(figure.replace(",", "")) for figure in figures)
        assert rows_in == sum(became), (source, release)


def test_what_was_deleted_is_made_again(published: Path) -> None:
    before = _made(published)
    shutil.rmtree(published / "data" / "published")
    next((published / "data" / "harmonised").rglob("rows.parquet")).unlink()
    assert tipstat("run", home=published).returncode == 0
    assert _made(published) == before


def _made(project: Path) -> dict[Path, bytes]:
    """Return the files of a run, except DuckDB, whose bytes differ, and the day."""
    folders = [project / "data" / name for name in ("harmonised", "published/current")]
    return {
        folder / path.relative_to(folder.resolve()): path.read_bytes()
        for folder in folders
        for path in folder.resolve().rglob("*")
        if path.is_file() and path.suffix != ".duckdb" and path.name != "manifest.json"
    }


def test_runs_at_once_do_the_work_once_and_say_what_became_of_every_row(project: Path) -> None:
    environment = {**os.environ, "TIPSTAT_HOME": str(project), "COLUMNS": "160"}
    command = [sys.executable, *LIGHT, "run"]
    pipe = subprocess.PIPE
    both = [
        subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)
        for _ in range(2)
    ]
    done = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], done
    assert sum("Waiting for another run" in err for _, err in done) == 1
    [first] = [out for out, _ in done if not out.startswith("Nothing has changed")]
    for words in ("10,911", "9,701", "988", "222", "202 summed_into_one_figure", "index.html"):
        assert words in first
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [count] = connection.execute("select count(*) from published.observation").fetchone()
    assert count == 9_853
    written = {path: path.stat().st_mtime_ns for path in _made(project)}
    assert len([path for path in written if path.suffix == ".html"]) >= 5
    assert "10,911" in tipstat("run", home=project, width=160).stdout
    assert {path: path.stat().st_mtime_ns for path in _made(project)} == written


def test_what_a_file_holds_is_printed_as_it_stands(project: Path) -> None:
    bad = good_file(project)
    text = bad.read_text(encoding="utf-8")
    for sex in ("[bold]x[/bold]", "[/]", "\x1b[31mred\x1b[0m"):
        text = text.replace(",Total,Total,2", f",{sex},Total,2", 1)
    bad.write_text(text, encoding="utf-8")
    done = tipstat("validate", str(bad), "--source", "int_unodc_glotip", home=project, width=160)
    assert done.returncode == 1
    assert "[bold]x[/bold]" in done.stdout
    assert "[/]" in done.stdout
    assert "\\x1b[31mred" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_narrow_terminal_cuts_no_figure(published: Path) -> None:
    done = tipstat("run", home=published, width=40)
    assert "10,911" in done.stdout
    assert "2025-04-14" in done.stdout


def test_a_broken_release_is_held_back_and_all_else_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert says so; the release before stands."""
    alerts = published / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(alerts))
    table = published / "data/raw/int_unodc_glotip/2025-04-14.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("txtVALUE", "Value", 1), "utf-8")
    _enter_again(table)
    done = tipstat("run", home=published)
    assert done.returncode == 1
    assert "column 'txtVALUE' is missing" in done.stderr
    assert "What is held back is not published; everything else is." in done.stderr
    assert "Traceback" not in done.stderr
    assert "held back: int_unodc_glotip 2025-04-14; not refreshed since 2023-05-30" in done.stdout
    assert "column 'txtVALUE' is missing" in json.loads(alerts.read_text("utf-8"))["text"]
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        ask = connection.execute
        newest = ask("select source, release from main.release where is_newest").fetchall()
        held_back = ask("select release, not_refreshed_since from main.held_back").fetchall()
    assert {("int_unodc_glotip", "2023-05-30"), ("ref_wpp", "2024-07-11")} <= set(newest)
    assert held_back == [("2025-04-14", "2023-05-30")]
    assert tipstat("run", home=published).returncode == 1, "it is not forgotten in the next run"


def _enter_again(table: Path) -> None:
    """Enters the changed bytes, as somebody would who edits the manifest by hand."""
    text = paths.manifest().read_text(encoding="utf-8")
    old = next(entry.sha256 for entry in manifest.entries() if entry.path == table)
    paths.manifest().write_text(text.replace(old, sha256(table)), encoding="utf-8")


@pytest.mark.parametrize("arguments", [
    ["review", "pry_ine", "2023-10-31", "--accept", "--reason", "\udcff"],
    ["export", "csv", "--out", "/tmp/\udcff"],
    ["validate", "/tmp/\udcff.csv", "--source", "pry_ine"],
    ["query", "select '\udcff'"],
])  # fmt: skip
def test_an_argument_that_is_not_utf_8_is_refused_in_a_line(
    tmp_path: Path, arguments: list[str]
) -> None:
    ended = tipstat(*arguments, home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "is not UTF-8" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_reason_that_is_not_utf_8_is_printed_as_it_can_be(project: Path) -> None:
    reason = paths.harmonised() / "ref_wpp" / "2024-07-11" / "held_back"
    reason.parent.mkdir(parents=True, exist_ok=True)
    reason.write_bytes(b"broken \xff")
    listed = tipstat("review", home=project)
    assert listed.returncode == 0
    assert "broken" in listed.stdout


def test_outside_a_project_run_says_where_to_go(tmp_path: Path) -> None:
    done = tipstat("run", home=tmp_path)
    assert done.returncode == 1
    assert "run in the project's folder, or set TIPSTAT_HOME to it" in done.stderr


@pytest.mark.parametrize(
    ("day", "where", "kind", "words"),
    [
        ("2031-01-01", "a copy", "COPY", "'2031-01-01' in release is no day"),
        ("2024-01-01", " ", "COPY", "obtained_from must be filled"),
        ("2024-01-01", "a copy", "FOUND", "'FOUND' in provenance is none of OWN, COPY, REPEATED"),
        ("2024-01-01", "a copy", "", "say with --provenance whether"),
    ],
)
def test_what_may_not_be_entered_is_not_written(
    project: Path, day: str, where: str, kind: str, words: str
) -> None:
    before = paths.manifest().read_bytes()
    files = sorted((project / "data" / "raw").rglob("*"))
    done = tipstat(
        "add-release", str(project / "data/raw/ref_wpp/2024-07-11.csv"), "--source", "ref_wpp",
        "--release", day, "--retrieved", "2024-01-01", "--obtained-from", where,
        "--provenance", kind, home=project, width=300,
    )  # fmt: skip
    assert done.returncode == (1 if kind else 2)
    assert words in done.stderr
    assert paths.manifest().read_bytes() == before
    assert sorted((project / "data" / "raw").rglob("*")) == files


def test_add_release(project: Path) -> None:
    done = tipstat(
        "add-release", str(good_file(project)), "--source", "int_unodc_glotip",
        "--release", "2026-05-01", "--retrieved", "2026-05-02", home=project, width=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1,000 rows" in done.stdout
    assert manifest.entries("int_unodc_glotip", "2026-05-01")[0].provenance == "OWN"
    assert "2026-05-01" in tipstat("sources", home=project).stdout


def test_docs_check_names_what_differs(project: Path) -> None:
    assert tipstat("docs", home=project).returncode == 0
    (project / "docs" / "rules.md").write_text("edited by hand", encoding="utf-8")
    done = tipstat("docs", "--check", home=project)
    assert done.returncode == 1
    assert done.stderr == "error: rules.md: out of date; run 'tipstat docs'\n"
