"""The figures that come with the project, without those that an installation took in since."""

import subprocess
from pathlib import Path

import pytest
from inbox_files import lay
from kept_sources import keep_only

from pipelines import docs
from pipelines.intake import inbox
from pipelines.lib import paths
from pipelines.raw.shipped import copy_shipped, not_in_index, only_shipped


@pytest.fixture
def taken_in(one_detector: None, project: Path) -> Path:
    """A checkout in which the inbox took in a release that is not in git's index."""
    keep_only("pry_ine", "ref_wpp")
    git(project, "init", "--quiet")
    git(project, "add", "data")
    docs.write(project / "docs")
    lay("figures 2025-06-30.csv", (paths.raw() / "pry_ine" / "2023-10-31.csv").read_bytes())
    [outcome] = inbox.take()
    assert outcome.is_new
    return project


def git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", project, *arguments], check=True, capture_output=True)


def laid(project: Path, folder: Path) -> dict[str, bytes]:
    """Copy the shipped files of a project into a new folder, and return their contents."""
    folder.mkdir()
    copy_shipped(project, folder)
    return contents(folder)


def contents(project: Path) -> dict[str, bytes]:
    files = [*(project / "data" / "raw").rglob("*.csv"), project / "data" / "corrections.csv"]
    return {file.relative_to(project).as_posix(): file.read_bytes() for file in files}


def test_a_release_that_was_taken_in_is_not_shipped_until_it_is_added(
    taken_in: Path, tmp_path: Path
) -> None:
    new = [
        "data/raw/manifest.csv",
        "data/raw/pry_ine/2025-06-30.csv",
        "data/raw/pry_ine/2025-06-30.findings.csv",
    ]
    assert not_in_index(taken_in) == new
    now = contents(taken_in)
    shipped = laid(taken_in, tmp_path / "shipped")
    assert now.keys() - shipped.keys() == set(new[1:])
    assert [name for name in shipped if shipped[name] != now[name]] == [new[0]]
    git(taken_in, "add", "data")
    assert not_in_index(taken_in) == []
    assert laid(taken_in, tmp_path / "added") == now


def test_the_generated_pages_describe_shipped_releases_only(taken_in: Path) -> None:
    assert docs.write(taken_in / "docs", check=True) == []
    git(taken_in, "add", "data")
    assert docs.write(taken_in / "docs", check=True) == ["sources.md"]


def test_without_a_checkout_all_is_shipped(project: Path, tmp_path: Path) -> None:
    assert not_in_index(project) == []
    assert laid(project, tmp_path / "shipped") == contents(project)


def test_the_project_is_back_after_a_look_at_the_shipped_figures(project: Path) -> None:
    with only_shipped():
        assert paths.home() != project
    assert paths.home() == project
