"""The command as a person uses it: exit codes, and one-line errors."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pandas as pd
import pytest
from command import Ended, process, tipstat
from conftest import ROOT
from kept_sources import keep_only
from typer.main import get_group_from_info
from typer.models import TyperInfo

from pipelines import cli
from pipelines.cli import app, verbs
from pipelines.harmonised import quarantine, release_files
from pipelines.lib import paths
from pipelines.raw import findings, manifest
from pipelines.sources import discover
from schemas import codelists

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_detector")]

GOOD = ROOT / "tests" / "fixtures" / "int_unodc_glotip" / "input.csv"


ADDED = (
    "--source", "int_unodc_glotip", "--release", "2026-05-01", "--retrieved", "2026-05-02",
    "--by", "The office",
)  # fmt: skip


def test_the_list_of_commands_is_read_whole_on_a_narrow_terminal(tmp_path: Path) -> None:
    done = tipstat("--help", home=tmp_path, width=80)
    assert "account for every row." in done.stdout
    assert "..." not in done.stdout.replace("[ARGS]...", "")


def test_each_verb_that_a_module_declares_is_found() -> None:
    modules = [import_module(f"pipelines.cli.{each.name}") for each in iter_modules(cli.__path__)]
    declared = {
        verb: module.__name__.rpartition(".")[2]
        for module in modules
        if hasattr(module, "app") and module.app is not app.app
        for verb in get_group_from_info(
            TyperInfo(module.app),
            pretty_exceptions_short=False,
            rich_markup_mode=None,
            suggest_commands=True,
        ).commands
    }
    assert declared == verbs.modules()


def test_a_missing_folder_for_temporary_files_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python would take another one in silence, and it may not be as well protected."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "absent"))
    done = tipstat("sources", home=tmp_path, width=1000)
    assert (done.returncode, done.stdout) == (1, "")
    told = f"error: TMPDIR is '{tmp_path / 'absent'}', which is no folder; make it, or unset TMPDIR"
    assert done.stderr.splitlines() == [told]


def test_sources_needs_no_project(tmp_path: Path) -> None:
    done = tipstat("sources", home=tmp_path)
    assert done.returncode == 0
    assert "ref_wpp" in done.stdout


def test_quarantine_shows_the_first_problems_of_each_release(whole_project: Path) -> None:
    rule = "period_is_over_and_not_before_1990"
    for release, numbers in (("2022-07-19", range(25)), ("2023-06-15", range(3))):
        files = release_files.Release(paths.harmonised(), "usa_tip_report", release).files
        cells = [
            ("usa_tip_report", release, rule, f"row {row}", "period", "x", f"'{row}' is wrong")
            for row in numbers
        ]
        files[1].parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(cells, columns=list(quarantine.COLUMNS)).to_parquet(files[1])
    done = tipstat("quarantine", "usa_tip_report", home=whole_project, width=80)
    assert done.returncode == 0, done.stderr
    _, newest, older = re.split("\nRelease ", done.stdout)
    assert (newest[:10], newest.count(rule)) == ("2023-06-15", 3)
    assert (older[:10], older.count(rule)) == ("2022-07-19", 20)
    assert "5 more problems: write all rows to a file" in older


@pytest.fixture
def first_file(whole_project: Path) -> Path:
    """A project without a release of UNODC, with which a file would be compared."""
    keep_only("ref_wpp")
    return whole_project


def validated(file: Path, home: Path) -> Ended:
    return tipstat("validate", str(file), "--source", "int_unodc_glotip", home=home, width=220)


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
    lines = codelists.rows(ROOT / "pipelines/reader/citizenship_spellings.csv")
    codes = {line["code"]: line["label"] for line in lines}
    return [name for name in codes.values() if "," not in name][:50]


def test_validate_a_good_file(first_file: Path) -> None:
    done = validated(good_file(first_file), first_file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1,000 rows: 1,000 fit for publication" in done.stdout
    assert "there is nothing to compare with" in done.stdout
    assert not paths.warehouse().exists(), "validation publishes nothing"


def test_validate_applies_what_a_run_would(small_project: Path) -> None:
    """Corrections and findings of a release that was entered; of a new file, new findings."""
    [entry] = manifest.entries("usa_sdg")
    kept_out = findings.Finding(
        row="2", ref_area="USA", detector="DIGIT_SLIP", effect=findings.KEEP_OUT, year=2014,
        evidence="PARTS_DIFFER", version="4", sha256=entry.publisher_sha256,
    )  # fmt: skip
    findings.write(entry, [findings.examined(entry), kept_out])
    with paths.corrections().open("a", encoding="utf-8") as file:
        cell = "USA,OFF_RECORDED,2018,_T,_T,_T,_T,_Z"
        file.write(f"OURS,usa_sdg,2023-09-30,{cell},1,value,1473,-7,REPLACE,Why,,open\n")
    new = small_project / "new.csv"
    table = entry.path.read_text(encoding="utf-8")
    new.write_text(table.replace(",443", ",2014").replace(",965", ",2015"), encoding="utf-8")
    validate = ("validate", "--source", "usa_sdg")
    entered, unknown = (
        tipstat(*validate, str(each), home=small_project, width=220).stdout
        for each in (entry.path, new)
    )
    assert "15 rows: 13 fit for publication, 2 for quarantine" in entered
    assert "15 rows: 12 fit for publication, 3 for quarantine" in unknown
    assert ("DIGIT_SLIP" in entered, "OWN_YEAR" in unknown) == (True, True)


def test_validate_names_every_problem(first_file: Path) -> None:
    bad = good_file(first_file)
    lines = bad.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace('"1,234"', "-7")
    lines[4] = lines[4].replace('"1,234"', "-8")
    lines[5] = lines[5].replace(",Total,Total,2", ",Outro,Total,2")
    lines[7] = lines[7].replace('"1,234"', "twelve")
    lines[9] = re.sub(r",\d{4},Counts", ",,Counts", lines[9])
    bad.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = validated(bad, first_file)
    assert done.returncode == 1
    found = [re.split("  +", line) for line in done.stdout.splitlines() if line[:1].isdigit()][1:]
    assert [[row, rule, text] for row, rule, _, text, *_ in found] == [
        ["3 and 1 more", "value_is_possible", "-7 and 1 more"],
        ["5", "labels_are_known", "Outro"],
        ["7", "figure_has_one_reading", "twelve"],
        [
            "9",
            "period_is_well_formed",
            "not YYYY, YYYY-Qn or YYYY-MM, as the frequency requires: "
            "translate the period in the source",
        ],
    ]
    assert "add it to the labels in pipelines/sources/int_unodc_glotip.py" in done.stdout


def test_validate_names_a_total_below_its_parts(first_file: Path) -> None:
    path, total = good_file(first_file), GOOD.read_text(encoding="utf-8").splitlines()[1]
    with path.open("a", encoding="utf-8") as file:
        for row, sex, figure in ((2001, "Total", 10), (2002, "Female", 8), (2003, "Male", 7)):
            line = total.replace("4,ARG", f"{row},ARG").replace('"1,234"', str(figure))
            file.write(line.replace("Total,Total,2019", f"{sex},Total,2019") + "\n")
    done = validated(path, first_file)
    assert done.returncode == 1
    assert "1,003 rows: 1,003 fit for publication" in done.stdout
    assert "2001  sexes_add_up_to_the_total" in done.stdout
    assert "total 10, parts 15" in done.stdout
    assert "2001  citizenships_stay_within_the_total" in done.stdout
    fault = "good.csv: 2 totals contradict their parts; compare the rows above"
    assert fault in done.stderr, "there is no current release"
    added = tipstat("add-release", str(path), *ADDED, home=first_file, width=160)
    assert added.returncode == 0, added.stderr
    assert "total 10, parts 15" in added.stdout
    assert f"warning: {fault}" in added.stderr


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
    done = validated(path, project)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_what_a_file_holds_is_printed_as_it_stands(first_file: Path) -> None:
    bad = good_file(first_file)
    text = bad.read_text(encoding="utf-8")
    for sex in ("[bold]x[/bold]", "[/]", "\x1b[31mred\x1b[0m"):
        text = text.replace(",Total,Total,2", f",{sex},Total,2", 1)
    bad.write_text(text, encoding="utf-8")
    done = validated(bad, first_file)
    assert done.returncode == 1
    assert "[bold]x[/bold]" in done.stdout
    assert "[/]" in done.stdout
    assert "\\x1b[31mred" in done.stdout
    assert "\x1b" not in done.stdout


def test_an_argument_that_is_not_utf_8_is_refused_in_a_line(tmp_path: Path) -> None:
    ended = process("validate", "/tmp/\udcff.csv", "--source", "pry_ine", home=tmp_path)
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


def test_add_release(first_file: Path) -> None:
    done = tipstat("add-release", str(good_file(first_file)), *ADDED, home=first_file, width=200)
    assert done.returncode == 0, done.stderr
    assert "1,000 rows" in done.stdout
    [entered] = manifest.entries("int_unodc_glotip", "2026-05-01")
    assert (entered.provenance, entered.by) == ("OWN", "The office")
    listed = tipstat("sources", home=first_file, width=2000).stdout
    assert "2026-05-01" in listed
    begun = sorted(discover().keys() - {entry.source for entry in manifest.entries()})
    assert f"Not published, since they have no release: {', '.join(begun)}." in listed


def test_docs_check_names_what_differs(project: Path) -> None:
    keep_only("ref_wpp")
    refused = tipstat("docs", home=project)
    assert (refused.returncode, refused.stdout) == (1, "")
    (project / "pipelines").symlink_to(ROOT / "pipelines")  # as in a source tree
    assert tipstat("docs", home=project).returncode == 0
    (project / "docs" / "rules.md").write_text("edited by hand", encoding="utf-8")
    done = tipstat("docs", "--check", home=project)
    assert done.returncode == 1
    assert "error: rules.md: out of date; run 'tipstat docs'\n" in done.stderr
