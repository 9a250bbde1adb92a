"""A recalled figure is found nowhere any more and stays away; the record does not disclose it."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb
import pytest
from command import tipstat
from readable_files import everything
from typer.testing import CliRunner, Result

from pipelines.cli.app import app
from pipelines.harmonised import refresh
from pipelines.harmonised.row_account import adds_up
from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.published import recall, recall_search
from pipelines.published.versions import version
from pipelines.raw import corrections, findings, kept_versions, manifest, recalls, reviews
from pipelines.sources import discover

pytestmark = pytest.mark.usefixtures("one_detector")

GLOTIP: Final = "int_unodc_glotip"
NEWEST: Final = "2025-04-14"
WHY: Final = ("--reason", "It names a person", "--by", "The office")
LEAKY: Final = "usa_sdg"
RELEASE: Final = "2023-09-30"
FIGURE: Final = "61724"
"""A count that no file holds: it is put in place of the first count of that release."""


def asked(*words: str) -> Result:
    return CliRunner().invoke(app, ["recall", *words])


@pytest.fixture
def leaked(small_project: Path) -> tuple[Path, str]:
    """A project with a distinctive figure, and its row; a correction and a finding hold it too."""
    entry = leaky()
    header, first, second, *lines = raw_table.lines(entry.path)
    other = second[-1]
    first[-1] = FIGURE
    entry.path.write_bytes(raw_table.text([header, first, second, *lines]).encode())
    found = [findings.examined(entry), *findings.read_findings(entry)]
    copied = findings.Finding(
        row=first[0], ref_area="USA", detector="DIGIT_SLIP", effect=findings.LIST, year=2023,
        evidence="PARTS_DIFFER", least=int(FIGURE), most=int(FIGURE),
        version=found[0].version, sha256=found[0].sha256,
    )  # fmt: skip
    findings.write(entry, [*found, copied])
    manifest.enter(replace(entry, sha256=sha256(entry.path)))
    rows = discover()[LEAKY].entered(leaky()).rows
    with paths.corrections().open("a", encoding="utf-8") as file:
        for name, place, text in (("OURS", 0, FIGURE), ("OTHER", 1, other)):
            cell = ",".join(rows[list(corrections.CELL)].iloc[place].astype("str"))
            line = f"{name},{LEAKY},{RELEASE},{cell},1,value,{text},,DOUBTFUL,Why,,open\n"
            file.write(line)
    reviews.enter(LEAKY, RELEASE, reviews.ACCEPT, "The leak of this test", "The office")
    return small_project, first[0]


def leaky() -> manifest.RawFile:
    [entry] = manifest.entries(LEAKY, RELEASE)
    return entry


def where(home: Path) -> set[Path]:
    """Files that hold the figure, thousands marked or not; not digits of a checksum."""
    sought = re.compile(r"(?<![0-9a-z])61[.,\s\u202f\u00a0]?724(?![0-9a-z])")
    return {file.relative_to(home) for file, text in everything(home) if sought.search(text)}


@pytest.mark.slow
@pytest.mark.usefixtures("published")
def test_a_recalled_figure_is_nowhere_and_stays_away(leaked) -> None:
    home, row = leaked
    place = f"{LEAKY}/{RELEASE}/{row}"
    assert tipstat("run", home=home).returncode == 0
    before = version.current().id
    assert len(where(home)) > 5
    kept_versions.enter(before, "Cited by the office")

    done = asked(place, *WHY)
    assert done.exit_code == 0, done.output
    assert re.search(rf"^Versions removed: .*{before}", done.output, re.M)
    assert before not in {each.id for each in version.versions()}
    assert kept_versions.entries() == []
    assert asked(place, *WHY).exit_code == 0, "once more does no harm"
    assert len(version.versions()) == 1
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0
    assert CliRunner().invoke(app, ["run"]).exit_code == 0
    assert where(home) == set()
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        kept_out = connection.execute(
            "select found from main.quarantine where rule_id = 'C9' and release = ?", [RELEASE]
        ).fetchall()
    assert kept_out == [(recalls.RECALLED,)]


def test_neither_the_record_nor_the_messages_disclose_it(leaked) -> None:
    home, row = leaked
    entry = leaky()
    copy = paths.fetched() / LEAKY / "data.csv"
    copy.parent.mkdir(parents=True)
    copy.write_text(f"the publisher's file: {FIGURE}", encoding="utf-8")
    of_copy = sha256(copy)
    found = [findings.examined(entry), *findings.read_findings(entry)]
    manifest.enter(replace(entry, publisher_sha256=of_copy))
    findings.write(entry, [replace(each, sha256=of_copy) for each in found])

    dry = asked(f"{LEAKY}/{RELEASE}/{row}", *WHY, "--dry-run")
    assert str(copy) in dry.output.replace("\n", "")
    assert not paths.recalls().is_file()
    assert copy.is_file()

    done = asked(f"{LEAKY}/{RELEASE}/{row}", *WHY)
    assert where(home) == set()
    assert FIGURE not in dry.output + done.output
    assert "Not reached: git's history" in done.output
    assert {(each.reason, each.by) for each in recalls.entries()} == {(WHY[1], WHY[3])}


def _recall(home: Path, row: str) -> None:
    assert asked(f"{LEAKY}/{RELEASE}/{row}", *WHY).exit_code == 0
    assert where(home) == set()
    assert manifest.damaged(manifest.entries()) == []
    assert findings.damaged(manifest.entries()) == []


def test_only_the_cell_and_its_disclosures_change(leaked) -> None:
    home, row = leaked
    entry = leaky()
    before = entry.path.read_text(encoding="utf-8").splitlines()
    _recall(home, row)
    after = entry.path.read_text(encoding="utf-8").splitlines()
    [changed] = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed[0].replace(FIGURE, recalls.RECALLED) == changed[1]
    assert [each.id for each in corrections.entries()] == ["OTHER"]


@pytest.mark.parametrize("step", [
    (recall.raw_table, "text"), (recall.corrections, "write"), (recall.findings, "write"),
    (recall.manifest, "enter"), (recall, "forget_runs"),
])  # fmt: skip
def test_what_was_killed_is_finished_by_the_same_command(leaked, monkeypatch, step) -> None:
    home, row = leaked
    module, name = step
    real = getattr(module, name)

    def killed(*arguments: object) -> None:
        real(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        assert asked(f"{LEAKY}/{RELEASE}/{row}", *WHY).exit_code != 0
    _recall(home, row)


def test_by_its_codes_and_in_every_release(project: Path) -> None:
    key = ["--source", GLOTIP, "--area", "ARG", "--indicator", "VIC_DETECT", "--year", "2018"]
    assert asked(*key, *WHY).exit_code == 0
    releases = {"2023-05-30", "2025-04-14", "2025-10-28"}
    assert {each.release for each in recalls.entries()} == releases
    figures = recall_search.figures_of(discover()[GLOTIP])
    total = figures[(figures[["sex", "age", "exploitation", "citizenship"]] == "_T").all(axis=1)]
    here = total[(total["ref_area"] == "ARG") & (total["indicator"] == "VIC_DETECT")]
    assert set(here.loc[here["time_period"] == "2018", "text"]) == {recalls.RECALLED}
    assert recalls.RECALLED not in set(here.loc[here["time_period"] != "2018", "text"])


@pytest.mark.parametrize("source", ["usa_fbi", "mex_sesnsp"])
def test_a_recalled_row_of_a_sum_or_of_a_wide_table_is_kept_out(
    whole_project: Path, source: str
) -> None:
    publication = discover()[source]
    chosen = recall_search.figures_of(publication).iloc[0]
    place = f"{source}/{chosen.release}/{chosen.row}/{chosen.column}"
    assert asked(place, *WHY).exit_code == 0
    lines = recalls.entries(source)
    made = refresh.harmonised(publication, manifest.entries(source, chosen.release))
    kept_out = made.quarantine[made.quarantine["rule"] == recalls.RULE]
    assert adds_up(made.account)
    assert len(kept_out) == 1
    assert kept_out[["ref_area", "time_period"]].astype(str).to_numpy().tolist() == [
        [lines[0].ref_area, lines[0].time_period]
    ]
    cells = made.rows[list(recalls.CODES)].astype(str).itertuples(index=False, name=None)
    assert recalls.cells(source).isdisjoint((*cell, "") for cell in cells)


def test_a_file_that_is_taken_in_later_does_not_bring_it_back(leaked) -> None:
    home, row = leaked
    entry = leaky()
    content = entry.path.read_bytes()
    _recall(home, row)
    later = home / "later.csv"
    later.write_bytes(content)
    source = discover()[LEAKY]
    [known] = raw_table.same_figures(source, later, manifest.entries(LEAKY))
    made = raw_table.add_release(source, later, "2023-10-31", "2025-05-02")
    later.unlink()
    assert where(home) == set()
    assert known == RELEASE
    assert made.sha256 == leaky().sha256


def test_a_label_that_cannot_be_read_is_the_same_in_every_release(project: Path) -> None:
    """Both releases print 332 of Bolivia, 2018, beside an empty citizenship."""
    later = project / "later.csv"
    shutil.copy(manifest.entries(GLOTIP, NEWEST)[0].path, later)
    assert asked(f"{GLOTIP}/{NEWEST}/6351", *WHY).exit_code == 0
    places = {(each.release, each.row, each.unread) for each in recalls.entries()}
    assert places == {("2023-05-30", "4962", "Category: "), (NEWEST, "6351", "Category: ")}
    figures = recall_search.figures_of(discover()[GLOTIP])
    here = figures[(figures["ref_area"] == "BOL") & (figures["unread"] == "Category: ")]
    of_2018 = here[here["time_period"] == "2018"]
    assert recalls.RECALLED in set(of_2018["text"])
    assert "332" not in set(of_2018["text"])
    made = raw_table.add_release(discover()[GLOTIP], later, "2025-05-01", "2025-05-02")
    assert made.sha256 == manifest.entries(GLOTIP, NEWEST)[0].sha256, "it stays away later too"


@pytest.mark.usefixtures("project")
def test_a_copy_that_the_project_found_is_named_without_the_figure() -> None:
    done = asked(f"{GLOTIP}/{NEWEST}/8350", *WHY, "--dry-run")
    assert done.exit_code == 0
    [*named] = re.findall(r"recall it too: (\S+)", done.output)
    assert f"{GLOTIP}/{NEWEST}/8371/txtVALUE" in named
    assert not re.search(r"\b36\b", done.output)


def test_a_reason_that_contains_the_figure_is_refused(leaked) -> None:
    _, row = leaked
    words = ("--reason", "61,724 is one", "--by", "The office")
    refused = asked(f"{LEAKY}/{RELEASE}/{row}", *words)
    assert "holds the figure itself" in str(refused.exception)
    assert not paths.recalls().is_file()


def test_a_damaged_table_is_not_blessed(leaked) -> None:
    _, row = leaked
    path = leaky().path
    path.write_bytes(path.read_bytes().replace(b"invol_serv", b"invol_work", 1))
    refused = asked(f"{LEAKY}/{RELEASE}/{row}", *WHY)
    assert "restore the file" in str(refused.exception)
    assert not paths.recalls().is_file()


def test_every_shipped_table_is_written_as_it_is_read(shipped_home: Path) -> None:
    with_other_bytes = [
        entry.file
        for entry in manifest.entries()
        if raw_table.text(raw_table.lines(entry.path)).encode() != entry.path.read_bytes()
    ]
    assert with_other_bytes == []
