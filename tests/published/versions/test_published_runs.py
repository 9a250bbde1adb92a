"""Versions of whole runs, and commands beside a published version."""

import shlex
from pathlib import Path

import pytest
from verifying import faults_of_verify, is_verified, runner

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.published.versions import status, version
from pipelines.published.versions.version import WAREHOUSE
from pipelines.warehouse import stamp

pytestmark = pytest.mark.slow


def test_before_the_first_publication_the_list_says_so(project: Path) -> None:
    printed = runner.invoke(app, ["versions"]).stdout
    assert printed == "Nothing is published yet; run 'tipstat run'.\n"


def test_a_run_publishes_a_version_and_a_second_run_none(published: Path) -> None:
    [made] = version.versions()
    assert stamp.is_current(paths.harmonised(), made.folder / WAREHOUSE)
    assert is_verified()
    assert "Nothing has changed" in runner.invoke(app, ["run"]).stdout
    assert version.versions() == [made]


@pytest.mark.parametrize(
    ("setting", "value"),
    [("TIPSTAT_BASE_URL", "https://stats.example.org"), ("TIPSTAT_CONTACT", "tip@example.org")],
)
def test_what_pages_print_of_the_settings_is_an_input(
    published: Path, monkeypatch, setting: str, value: str
) -> None:
    assert status.nothing_changed()
    monkeypatch.setenv(setting, value)
    assert not status.nothing_changed()


def test_a_run_puts_links_right_and_makes_again_what_is_gone(published: Path) -> None:
    [made] = version.versions()
    paths.site().unlink()
    assert "Nothing has changed" in runner.invoke(app, ["run"]).stdout
    assert paths.site().resolve() == made.folder / "site"
    page = made.folder / "site/es/index.html"
    page.unlink()
    again = runner.invoke(app, ["run"])
    assert again.exit_code == 0, again.stderr
    assert f"{page}: gone; a complete version is built in its place" in again.stderr
    assert (paths.site() / "es/index.html").is_file()
    assert is_verified()


def test_what_cannot_be_made_again_is_a_failure(published: Path) -> None:
    """Readers see no version, and that of these inputs was rolled back."""
    [made] = version.versions()
    paths.rolled_back().write_text(made.made_from, encoding="utf-8")
    paths.current().unlink()
    failed = runner.invoke(app, ["run"])
    assert failed.exit_code == 1
    assert "current: leads to no whole version" in failed.stderr


@pytest.mark.parametrize(
    "command",
    [
        "export parquet --out .",
        "query 'from source' --out x.csv",
        "quarantine --out x.csv",
        "chart USA OFF_RECORDED --out x.svg",
        "chart USA OFF_RECORDED",
        "report USA",
        "questionnaire USA --year 2024",
        "cases example --out x.csv",
    ],
)
def test_no_command_writes_into_a_version(published: Path, monkeypatch, command: str) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(published))
    monkeypatch.chdir(paths.site())
    refused = runner.invoke(app, shlex.split(command))
    assert isinstance(refused.exception, PermissionError), refused.output
    assert is_verified()


def test_an_export_of_published_extracts_leaves_them_alone(published: Path, monkeypatch) -> None:
    monkeypatch.chdir(published)
    assert runner.invoke(app, ["export", "parquet"]).exit_code == 0
    assert is_verified()


@pytest.mark.parametrize("name", ["2024-07-11.csv", "2024-07-11.findings.csv"])
def test_verify_names_a_changed_raw_file(project: Path, name: str) -> None:
    file = project / "data/raw/ref_wpp" / name
    file.write_bytes(file.read_bytes().replace(b"o", b"0", 1))
    assert file.name in faults_of_verify()
