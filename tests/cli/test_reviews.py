"""Releases that look wrong wait for a person; the decision is recorded, with the reason."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from command import process, tipstat
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.harmonised import refresh
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, findings, manifest, reviews
from pipelines.sources import discover

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


def test_a_release_that_is_kept_back_stays_back(whole_project: Path) -> None:
    reviews.enter("can_sdg", "2026-03-10", reviews.KEEP, "the file is a draft")
    release = Release(paths.harmonised(), "can_sdg", "2026-03-10")
    refresh.refresh(discover()["can_sdg"], release)
    assert "kept back by the review of" in release.held_back
    assert release.held_back.endswith("the file is a draft")


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


DAMAGED = (
    b"\x00\xfe\x17 random \xff bytes",
    b"source,release,deci",
    b"",
    "source,release,decision,reason,reviewed\na,b,accept,c,2025-01-01\n".encode("utf-16"),
    b"source,release,decision,reason,reviewed\na,b,accept,c,20",
    b"source,release,decision,reason,reviewed\na,b,accept," + b"c" * 140_000 + b",2025-01-01\n",
)


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_table_of_decisions_is_named(project: Path, content: bytes) -> None:
    for table in (paths.reviews(), paths.recalls(), paths.corrections()):
        table.write_bytes(content)
    listed = CliRunner().invoke(app, ["review"])
    assert isinstance(listed.exception, reviews.ReviewError)
    assert "Nothing is held back" not in listed.output
    verified = CliRunner().invoke(app, ["verify"])
    assert verified.exit_code == 1
    for table in (paths.reviews(), paths.recalls(), paths.corrections()):
        assert verified.stderr.count(f"error: {table}") == 1


def test_a_reason_too_long_to_be_read_again_is_refused(project: Path) -> None:
    with pytest.raises(reviews.ReviewError, match="reason must have at most"):
        reviews.enter(GLOTIP, NEWEST, reviews.ACCEPT, "x" * 140_000)


@pytest.mark.slow
def test_decisions_at_once_are_all_entered(project: Path) -> None:
    words = ("review", GLOTIP, NEWEST, "--accept", "--reason")
    with ThreadPoolExecutor(4) as persons:
        list(persons.map(lambda who: process(*words, f"person {who}", home=project), range(4)))
    assert {each.reason for each in reviews.entries()} == {f"person {who}" for who in range(4)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,release\n", "its columns are not"),
        (
            "source,release,decision,reason,reviewed\na,b,maybe,c,2025-01-01\n",
            "line 2: decision must be",
        ),
        (
            "source,release,decision,reason,reviewed\na,b,accept,,d\n",
            "line 2: reason must be filled",
        ),
        (
            "source,release,decision,reason,reviewed\na,b,accept,c,2025-1\n",
            "line 2: '2025-1' in reviewed is not a date",
        ),
    ],
)
def test_an_unsound_table_is_refused(project: Path, text: str, message: str) -> None:
    paths.reviews().write_text(text, encoding="utf-8")
    with pytest.raises(reviews.ReviewError, match=message):
        reviews.entries()
