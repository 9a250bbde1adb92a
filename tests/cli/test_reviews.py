"""Releases that look wrong wait for a person; the decision is recorded, with the reason."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command import process, tipstat
from kept_sources import keep
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.harmonised import refresh
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.raw import manifest, reviews
from pipelines.sources import discover

pytestmark = pytest.mark.usefixtures("one_detector")

NEWEST, LATER = ("can_sdg", "2026-03-10"), "2026-06-30"


def shrunk(folder: Path) -> Path:
    """Return a later table of Canada, which lacks the first two years."""
    keep(lambda _, release: release != "2022-12-31")  # it came later than the newest
    [entry] = manifest.entries(*NEWEST)
    header, _, _, *lines = entry.path.read_bytes().splitlines(keepends=True)
    file = folder / "indicator_16-2-2.csv"
    file.write_bytes(b"".join([header, *lines]))
    return file


def decided() -> list[reviews.Review]:
    """Return the decisions about Canada's releases; those about others are shipped."""
    return [each for each in reviews.entries() if each.source == NEWEST[0]]


def test_a_release_that_shrinks_is_named_and_waits_until_it_is_accepted(
    small_project: Path,
) -> None:
    file = shrunk(small_project)
    found = tipstat("validate", str(file), "--source", "can_sdg", home=small_project)
    assert "A run would hold this file back as a release until" in found.stderr
    days = ("--release", LATER, "--retrieved", "2026-11-27", "--by", "Ana")
    added = tipstat("add-release", str(file), "--source", "can_sdg", *days, home=small_project)
    assert added.returncode == 0
    assert "warning: a run will hold this back until" in added.stderr
    for each in (found, added):
        printed = " ".join(each.stderr.split())
        assert "'tipstat review' decides" in printed
        assert "lacks 2 of the 10 current figures" in printed
    release = Release(paths.harmonised(), "can_sdg", LATER)
    refresh.refresh_all(discover()["can_sdg"], paths.harmonised())
    assert "lacks 2 of the 10" in release.held_back
    listed = " ".join(tipstat("review", home=small_project).stdout.split())
    assert "lacks 2 of the 10 current figures" in listed
    reason = ("--accept", "--reason", "Canada confirmed it", "--by", "Ana")
    done = tipstat("review", "can_sdg", LATER, *reason, home=small_project)
    assert done.returncode == 0
    refresh.refresh(discover()["can_sdg"], release)
    assert not release.held_back
    assert release.files.rows.is_file()
    [entered] = decided()
    assert (entered.decision, entered.reason) == ("accept", "Canada confirmed it")
    assert entered.by == "Ana"


def test_a_release_that_is_kept_back_stays_back(small_project: Path) -> None:
    reviews.enter(*NEWEST, reviews.KEEP, "the file is a draft", "The office")
    release = Release(paths.harmonised(), *NEWEST)
    refresh.refresh(discover()["can_sdg"], release)
    assert "kept back by the review of" in release.held_back
    assert release.held_back.endswith("the file is a draft")


def test_what_was_kept_back_by_mistake_is_accepted_before_the_next_run(small_project: Path) -> None:
    for decision in ("--keep", "--accept"):
        words = ["review", *NEWEST, decision, "--reason", "x", "--by", "A"]
        assert CliRunner().invoke(app, words).exit_code == 0


DAMAGED = (
    b"\x00\xfe\x17 random \xff bytes",
    b"source,release,deci",
    b"",
    "source,release,decision,reason,reviewed\na,b,accept,c,2025-01-01\n".encode("utf-16"),
    b"source,release,decision,reason,reviewed\na,b,accept,c,20",
    b"source,release,decision,reason,reviewed\na,b,accept," + b"c" * 140_000 + b",2025-01-01\n",
)


def test_a_damaged_table_of_decisions_is_named(small_project: Path) -> None:
    tables = (paths.reviews(), paths.recalls(), paths.corrections())
    for content in DAMAGED:
        for table in tables:
            table.write_bytes(content)
        listed = CliRunner().invoke(app, ["review"])
        assert isinstance(listed.exception, reviews.ReviewError), content
        assert "Nothing is held back" not in listed.output
    verified = CliRunner().invoke(app, ["verify"])
    assert verified.exit_code == 1
    for table in tables:
        assert verified.stderr.count(f"error: {table}") == 1


def test_a_reason_too_long_to_be_read_again_is_refused(small_project: Path) -> None:
    with pytest.raises(reviews.ReviewError, match="reason must have at most"):
        reviews.enter(*NEWEST, reviews.ACCEPT, "x" * 140_000, "The office")


def test_who_decided_before_names_were_recorded_is_unknown(small_project: Path) -> None:
    """Also where git joined a table of before with one of now."""
    old = "source,release,decision,reason,reviewed\ncan_sdg,2026-03-10,keep,a draft,2025-01-01\n"
    paths.reviews().write_text(old, encoding="utf-8")
    reviews.enter(*NEWEST, reviews.ACCEPT, "final", "Ana")
    with paths.reviews().open("a", encoding="utf-8") as file:
        file.write(old)
    assert [each.by for each in reviews.entries()] == ["unknown", "Ana", "unknown"]


@pytest.mark.exhaustive
def test_decisions_at_once_are_all_entered(small_project: Path) -> None:
    words = ("review", *NEWEST, "--keep", "--by", "A", "--reason")
    with ThreadPoolExecutor(4) as persons:
        list(
            persons.map(lambda who: process(*words, f"person {who}", home=small_project), range(4))
        )
    assert {each.reason for each in decided()} == {f"person {who}" for who in range(4)}


HEADER = "source,release,decision,reason,reviewed"


UNSOUND = (
    ("source,release\n", "its columns are not"),
    (f"{HEADER},by\na,b,maybe,c,2025-01-01,d\n", "line 2: decision must be"),
    (f"{HEADER},by\na,b,accept,c,2025-01-01,\n", "line 2: by must be filled"),
    (f"{HEADER}\na,b,accept,,d\n", "line 2: reason must be filled"),
    (f"{HEADER}\na,b,accept,c,2025-1\n", "line 2: '2025-1' in reviewed is not a date"),
)


def test_an_unsound_table_is_refused(small_project: Path) -> None:
    for text, message in UNSOUND:
        paths.reviews().write_text(text, encoding="utf-8")
        with pytest.raises(reviews.ReviewError, match=message):
            reviews.entries()
