"""A source of a project's own, from `tipstat init` to a published figure, as the guide says."""

import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from command import process, tipstat
from conftest import ROOT
from test_new_source import ADD_RELEASE, EXPECT, METADATA, NEW_SOURCE, PUBLISHED

from pipelines import sources
from pipelines.lib import paths
from pipelines.raw import fingerprint, manifest

pytestmark = pytest.mark.usefixtures("one_detector")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An empty project, with an authority's file in it."""
    project = tmp_path / "own"
    assert tipstat("init", "own", "--empty", home=tmp_path).returncode == 0
    (project / "victimas.csv").write_text(PUBLISHED, encoding="latin-1")
    return project


@pytest.mark.slow
def test_from_an_empty_project_to_a_published_figure(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(own))
    begun = tipstat(*NEW_SOURCE, home=own)
    assert begun.returncode == 0, begun.stderr
    assert "confirm and fill in sources/ury_example.yml" in begun.stdout
    assert "make " not in begun.stdout
    assert not (ROOT / "pipelines" / "sources" / "ury_example.yml").exists()
    left = tipstat("test-source", "ury_example", home=own)
    assert left.returncode == 1
    metadata, fixture = "sources/ury_example.yml", "sources/fixtures/ury_example"
    for words in (
        f"{metadata}: citation: FILL IN: how to cite it",
        rf"{metadata}: proposed: counted\.en: the words of \w+, whose facts are",
        rf"{metadata}: proposed: tables\.0\.cells\.sex\.column: the column, and the code of each",
        rf"{metadata}: counted is what \w+ says",
        f"{fixture}: no expected.csv; write it with 'tipstat test-source ury_example --expect'",
    ):
        assert len(re.findall(words, left.stderr)) == 1, "each place is named once"

    no_release_is_taken_in(own)

    before = fingerprint.of_code()
    (own / "sources" / "ury_example.yml").write_text(METADATA, encoding="utf-8")
    (own / "sources/fixtures/ury_example/input.csv").write_text(PUBLISHED, encoding="latin-1")
    assert fingerprint.of_code() != before
    sources.forget()
    for arguments in (EXPECT, ADD_RELEASE, ["run"], ["test-source", "ury_example"]):
        # The graph is made of the sources when it is imported, here before there was this one.
        give = process if arguments == ["run"] else tipstat
        ended = give(*arguments, home=own)
        assert ended.returncode == 0, ended.stderr
    assert "ury_example: metadata, fixture and 1 releases are sound" in ended.stdout
    assert figures() == [
        ("2018", "F", 1003, 1003, "A", "victimas.csv, row 3"),
        ("2018", "M", 201, 201, "A", "victimas.csv, row 4"),
        ("2018", "_T", 1204, 1204, "A", "victimas.csv, row 2"),
        ("2019", "_T", None, 4, "Q", "victimas.csv, row 5"),
        ("2020", "_T", 37, 37, "A", "victimas.csv, row 6"),
    ]
    assert "nothing to do" in tipstat("run", home=own).stdout


def no_release_is_taken_in(project: Path) -> None:
    """Neither by the verb nor through the inbox; and the verb that checks a file says so."""
    paths.inbox().mkdir()
    handed_in = paths.inbox() / "2021-03-31 victimas.csv"
    shutil.copy(project / "victimas.csv", handed_in)
    os.utime(handed_in, (1_700_000_000, 1_700_000_000))
    refusal = "ury_example: to be confirmed or filled in before a release: "
    tipstat("inbox", home=project)
    note = paths.inbox() / "set_aside" / f"{handed_in.name}.txt"
    assert refusal in note.read_text(encoding="utf-8")
    assert refusal in tipstat(*ADD_RELEASE, home=project).stderr
    checked = tipstat("validate", "victimas.csv", *ADD_RELEASE[2:4], home=project)
    assert "no release is taken in before this is confirmed or filled in" in checked.stderr
    assert "citation: FILL IN" in checked.stderr
    assert manifest.entries() == []


def figures() -> list[tuple]:
    """What stands in the warehouse, each figure with its way back."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        return connection.execute(
            "select time_period, sex, value, upper, obs_status, locator from published.observation "
            "where source = 'ury_example' and ref_area = 'URY' and indicator = 'VIC_RECORDED' "
            "order by time_period, sex"
        ).fetchall()


@pytest.mark.slow
def test_what_comes_out_otherwise_is_a_fault(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(own))
    fixture = own / "sources" / "fixtures" / "ury_example"
    fixture.mkdir(parents=True)
    (own / "sources" / "ury_example.yml").write_text(METADATA, encoding="utf-8")
    (fixture / "input.csv").write_text(PUBLISHED, encoding="latin-1")
    sources.forget()
    tipstat("test-source", "ury_example", "--expect", home=own)
    changed = PUBLISHED.replace("2018;Total", "2017;Total;9\n2018;Total").replace(";201", ";202")
    (fixture / "input.csv").write_text(changed, encoding="latin-1")
    ended = tipstat("test-source", "ury_example", home=own)
    assert ended.returncode == 1
    place = "sources/fixtures/ury_example/expected.csv"
    assert f"{place}: has 5 rows, but the fixture gives 6" in ended.stderr
    row = "URY VIC_RECORDED A CY"
    assert f"{place}, line 4: value of {row} 2018 M is '201.0', read '202.0'" in ended.stderr
    assert f"{place}: has no row {row} 2017, which the fixture gives" in ended.stderr
    assert "4 rows have moved in the input: line 2 is read in 'victimas.csv, row 3'" in ended.stderr


def test_docs_are_those_of_the_source_tree(own: Path) -> None:
    ended = tipstat("docs", home=own)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "is not tipstat's source tree" in ended.stderr
