"""Releases that look wrong wait for a person; the decision is recorded, with the reason."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from command import tipstat
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, findings, manifest, reviews

GLOTIP, NEWEST = "int_unodc_glotip", "2025-04-14"


def shrink() -> None:
    """Cuts the newest table of UNODC to two thirds, as a publisher might do."""
    [entry] = manifest.entries(GLOTIP, NEWEST)
    lines = entry.path.read_bytes().splitlines(keepends=True)
    entry.path.write_bytes(b"".join(lines[: len(lines) * 2 // 3]))
    manifest.enter(replace(entry, sha256=sha256(entry.path)))
    findings.write(entry, [findings.examined(entry)])
    corrections.write([each for each in corrections.entries() if each.release != NEWEST])


def newest() -> str:
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(day,)] = connection.execute("select max(release) from published.observation").fetchall()
    return day


@pytest.mark.slow
def test_a_release_that_shrinks_waits_and_is_published_once_it_is_accepted(project: Path) -> None:
    shrink()
    ended = tipstat("run", home=project)
    assert ended.returncode == 1
    assert f"tipstat review {GLOTIP} {NEWEST} --accept" in ended.stderr
    assert newest() == "2023-05-30", "the last good release stands"
    assert "of the 8,361 current figures" in tipstat("review", home=project).stdout
    done = tipstat(
        "review", GLOTIP, NEWEST, "--accept", "--reason", "UNODC confirmed it", home=project
    )
    assert done.returncode == 0
    assert tipstat("run", home=project).returncode == 0
    assert newest() == NEWEST
    [entered] = reviews.entries()
    assert (entered.decision, entered.reason) == ("accept", "UNODC confirmed it")


@pytest.mark.slow
def test_a_release_that_is_kept_back_stays_back(project: Path) -> None:
    reviews.enter(GLOTIP, NEWEST, reviews.KEEP, "the file is a draft")
    ended = tipstat("run", home=project)
    assert "kept back by the review of" in ended.stderr
    assert "the file is a draft" in ended.stderr
    assert newest() == "2023-05-30"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([GLOTIP, "2025-04-15", "--accept", "--reason", "x"], "did you mean"),
        ([GLOTIP, NEWEST, "--reason", "x"], "give --accept or --keep"),
        ([GLOTIP, NEWEST, "--accept"], "and --reason"),
        ([GLOTIP, NEWEST, "--accept", "--keep", "--reason", "x"], "or --keep"),
    ],
)
def test_an_incomplete_decision_is_refused(
    project: Path, arguments: list[str], message: str
) -> None:
    ended = CliRunner().invoke(app, ["review", *arguments])
    assert ended.exit_code == 2
    assert message in ended.stderr
    assert not paths.reviews().exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,release\n", "its columns are not"),
        ("source,release,decision,reason,reviewed\na,b,maybe,c,d\n", "line 2: decision must be"),
        ("source,release,decision,reason,reviewed\na,b,accept,,d\n", "reason must be filled"),
    ],
)
def test_an_unsound_table_is_refused(project: Path, text: str, message: str) -> None:
    paths.reviews().write_text(text, encoding="utf-8")
    with pytest.raises(reviews.ReviewError, match=message):
        reviews.entries()
