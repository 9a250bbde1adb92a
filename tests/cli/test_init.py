"""`tipstat init`: a new project, and one that is brought up to date after an upgrade."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from command import tipstat
from conftest import ROOT
from kept_sources import keep_only

from pipelines.lib import paths
from pipelines.raw import corrections, findings, lay_beside, manifest, recalls, reviews


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_new_project_has_all_that_is_shipped(shipped_home: Path, tmp_path: Path) -> None:
    made = tipstat("init", "new/project", home=tmp_path)
    assert made.returncode == 0, made.stderr
    project = tmp_path / "new" / "project"
    releases = len({entry.key[:2] for entry in manifest.entries()})
    assert f"{project}: {releases} shipped releases; " in made.stdout
    assert files(project / "data") == files(shipped_home / "data")
    assert {path.name for path in project.iterdir()} == {".gitignore", "README.md", "data", "docs"}
    assert (project / "docs" / "rules.md").read_bytes() == (ROOT / "docs/rules.md").read_bytes()
    sound = tipstat("verify", home=project)
    assert sound.returncode == 0, sound.stderr


def test_an_empty_project_says_what_to_do(tmp_path: Path) -> None:
    assert tipstat("init", "own", "--empty", home=tmp_path).returncode == 0
    ended = tipstat("run", home=tmp_path / "own")
    assert ended.returncode == 1
    assert "no release is taken in yet: 'tipstat add-release'" in ended.stderr


def test_what_lies_there_is_not_mixed_with_a_project(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    for folder, words in {
        ".": "has thesis.txt and is no tipstat project: name a new or empty folder",
        str(ROOT): "is a source tree of tipstat",
    }.items():
        refused = tipstat("init", folder, home=tmp_path)
        assert refused.returncode == 1
        assert words in refused.stderr
    assert tipstat("init", "thesis.txt", home=tmp_path).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_upgrade_keeps_what_was_taken_in(whole_project: Path) -> None:
    """What is new comes, with its findings; what was decided here counts."""
    entries = manifest.entries()
    [population] = manifest.entries("ref_wpp")
    taken = replace(population, file="ref_wpp/taken.csv")
    taken.path.write_bytes(population.path.read_bytes())
    shutil.rmtree(paths.raw() / "int_unodc_glotip")
    lines = paths.manifest().read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("int_unodc_glotip,2025")]
    paths.manifest().write_text("".join(kept), encoding="utf-8")
    manifest.enter(taken)
    reviews.enter("ref_wpp", population.release, reviews.KEEP, "looked at", "The office")
    own = replace(corrections.entries()[0], reason="as the office says")
    corrections.write([own, *corrections.entries()[1:]])

    assert "2 new shipped releases" in tipstat("init", ".", home=whole_project).stdout
    assert {entry.key for entry in manifest.entries()} == {e.key for e in (*entries, taken)}
    assert manifest.damaged(manifest.entries("int_unodc_glotip", "2025-04-14")) == []
    assert findings.damaged(manifest.entries("int_unodc_glotip", "2025-04-14")) == []
    assert reviews.entries()[-1].decision == reviews.KEEP
    assert corrections.entries()[0] == own
    before = files(whole_project)
    assert "0 new shipped releases" in tipstat("init", ".", home=whole_project).stdout
    assert files(whole_project) == before


def test_an_upgrade_brings_no_recalled_figure_back(whole_project: Path) -> None:
    """A correction bears its figure: a recall removes both."""
    recalled = next(each for each in corrections.entries() if not each.is_of_label)
    codes = dict.fromkeys(recalls.CODES, "_Z") | dict(
        zip(corrections.CELL, recalled.cell, strict=True)
    )
    line = recalls.Recall(
        source=recalled.source, release=recalled.found_in, file="file", row="1", column="value",
        **codes, unread="", reason="a person", by="The office", day="2026-01-01",
    )  # fmt: skip
    recalls.enter([line])
    corrections.write([each for each in corrections.entries() if each.cell != recalled.cell])
    lay_beside.lay(ROOT)
    assert recalled.cell not in [each.cell for each in corrections.entries()]


def test_figures_not_in_the_index_are_not_laid(whole_project: Path, tmp_path: Path) -> None:
    """Of a checkout, an upgrade takes what git knows, not what its installation took in."""
    keep_only("pry_ine")
    for arguments in (["init", "--quiet"], ["add", "data"]):
        subprocess.run(["git", "-C", whole_project, *arguments], check=True)
    [entry] = manifest.entries()
    manifest.enter(replace(entry, file="pry_ine/taken.csv"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(tmp_path / "own"))
        lay_beside.lay(whole_project)
        assert manifest.entries() == [entry]
