"""Releases that look wrong wait for a person; what the person decided is kept, with the reason."""

from pathlib import Path

import duckdb
import pytest
from command import tipstat

from pipelines.lib import paths
from pipelines.raw import findings, manifest, reviews

GLOTIP, NEWEST = "int_unodc_glotip", "2025-04-14"


def shrink(project: Path) -> None:
    """Cuts the newest table of UNODC to two thirds, as a publisher might do."""
    table = project / "data/raw" / GLOTIP / f"{NEWEST}.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join(lines[: len(lines) * 2 // 3]))
    text = paths.manifest().read_text(encoding="utf-8")
    [entry] = [each for each in manifest.entries(GLOTIP) if each.release == NEWEST]
    digest = manifest.sha256(table)
    text = text.replace(entry.sha256, digest)
    lines = paths.corrections().read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if NEWEST not in line]
    paths.corrections().write_text("".join(kept), encoding="utf-8")
    findings.write(entry, [findings.examined(entry)])
    paths.manifest().write_text(text, encoding="utf-8")


def newest(project: Path) -> str:
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(day,)] = connection.execute("select max(release) from published.observation").fetchall()
    return day


@pytest.mark.slow
def test_a_release_that_shrinks_waits_and_is_published_once_it_is_accepted(project: Path) -> None:
    shrink(project)
    ended = tipstat("run", home=project)
    assert ended.returncode == 1
    assert f"tipstat review {GLOTIP} {NEWEST} --accept" in ended.stderr
    assert newest(project) == "2023-05-30", "the last good release stands"
    assert "of the 8,361 current figures" in tipstat("review", home=project).stdout
    said = tipstat(
        "review", GLOTIP, NEWEST, "--accept", "--reason", "UNODC confirmed it", home=project
    )
    assert said.returncode == 0
    assert tipstat("run", home=project).returncode == 0
    assert newest(project) == NEWEST
    [entered] = reviews.entries()
    assert (entered.decision, entered.reason) == ("accept", "UNODC confirmed it")


@pytest.mark.slow
def test_a_release_that_is_kept_back_stays_back(project: Path) -> None:
    reviews.enter(GLOTIP, NEWEST, reviews.KEEP, "the file is a draft")
    ended = tipstat("run", home=project)
    assert "kept back by the review of" in ended.stderr
    assert "the file is a draft" in ended.stderr
    assert newest(project) == "2023-05-30"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["int_unodc_glotip", "2025-04-15", "--accept", "--reason", "x"], "2025-04-14"),
        (["int_unodc_glotip", "2025-04-14", "--reason", "x"], "say --accept or --keep"),
        (["int_unodc_glotip", "2025-04-14", "--accept"], "and --reason"),
        (["int_unodc_glotip", "2025-04-14", "--accept", "--keep", "--reason", "x"], "or --keep"),
    ],
)
@pytest.mark.slow
def test_a_decision_is_whole(project: Path, arguments: list[str], words: str) -> None:
    ended = tipstat("review", *arguments, home=project)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert not paths.reviews().exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source,release\n", "its columns are not"),
        ("source,release,decision,reason,reviewed\na,b,maybe,c,d\n", "line 2: decision must be"),
        (
            "source,release,decision,reason,reviewed\na,b,accept,,d\n",
            "line 2: reason must be filled",
        ),
    ],
)
@pytest.mark.slow
def test_a_table_that_is_not_sound_is_refused(project: Path, text: str, words: str) -> None:
    paths.reviews().write_text(text, encoding="utf-8")
    ended = tipstat("run", home=project)
    assert ended.returncode == 1
    assert words in ended.stderr
