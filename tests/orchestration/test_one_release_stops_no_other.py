"""A bug in the module of one source, or a release that the gate refuses, stops no other source."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from command import Ended, tipstat

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.release_files import Release, made_from
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.published.versions import sound, version
from pipelines.raw import fingerprint, manifest, reviews
from pipelines.sources import discover

pytestmark = pytest.mark.slow

BROKEN = "can_sdg"


@pytest.fixture
def bug(published: Path) -> Iterator[None]:
    """A module that fails with each file."""
    publication = discover()[BROKEN]
    sound_ = publication.tidy
    # A dataclass that nobody changes otherwise.
    object.__setattr__(publication, "tidy", lambda _: sound_(None))
    yield
    object.__setattr__(publication, "tidy", sound_)


@pytest.fixture
def alerts(published: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The text of the last alert."""
    file = published / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(file))
    return lambda: json.loads(file.read_text("utf-8").splitlines()[-1])["text"]


def errors(ended: Ended) -> list[str]:
    return [line for line in ended.stderr.splitlines() if line.startswith("error: ")]


def newest() -> dict[str, str]:
    """The newest release of each source that readers see."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        found = connection.execute("select source, release from main.release where is_newest")
        return dict(found.fetchall())


@pytest.mark.usefixtures("bug")
def test_a_bug_in_one_module_publishes_the_other_sources(
    published: Path, alerts: Callable[[], str], monkeypatch
) -> None:
    """After a change of the code all is made again; what the source had stays in use."""
    before, seen = version.current(), newest()
    code = fingerprint.of_code()
    monkeypatch.setattr(fingerprint, "of_code", lambda: f"changed{code}")
    ended = tipstat("run", home=published, width=1000)
    assert ended.returncode == 1
    last = errors(ended)[-1]
    assert last.startswith(f"error: {BROKEN} 2026-03-10: AttributeError: 'NoneType' object ")
    assert "(pipelines/" in last
    assert last.endswith("; its rows of an earlier run stay in use")
    assert last.removeprefix("error: ") in alerts()
    assert newest() == seen
    assert version.current().made_from not in (before.made_from, "")


@pytest.mark.usefixtures("bug")
def test_a_release_that_the_module_cannot_read_leaves_the_one_before() -> None:
    """A decision changes what it is made of; its rows of before count no more."""
    reviews.enter(BROKEN, "2026-03-10", reviews.ACCEPT, "read again", "The office")
    release = Release(paths.harmonised(), BROKEN, "2026-03-10")
    refresh.refresh(discover()[BROKEN], release)
    assert release.held_back.startswith(f"{BROKEN} 2026-03-10: AttributeError: ")
    known = release_files.releases(paths.harmonised(), BROKEN)
    assert [each.release for each in known if not each.held_back] == ["2022-12-31"]


def test_a_release_that_the_gate_refuses_is_held_back_alone(
    published: Path, alerts: Callable[[], str]
) -> None:
    """A text in the place of a figure could lead to a person; quarantine would publish it."""
    seen = newest()
    [entry] = manifest.entries(BROKEN, "2026-03-10")
    lines = entry.path.read_text(encoding="utf-8").splitlines()
    lines[-1] = f"{lines[-1].rpartition(',')[0]},ana.perez@example.org"
    entry.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    manifest.enter(replace(entry, sha256=sha256(entry.path)))
    reviews.enter(BROKEN, "2026-03-10", reviews.ACCEPT, "the publisher says so", "The office")
    ended = tipstat("run", home=published, width=1000)
    assert ended.returncode == 1
    [line] = errors(ended)
    assert line.startswith(f"error: {BROKEN} 2026-03-10: with it, nothing could be published: ")
    assert "nothing_that_leads_to_a_person" in line
    assert newest() == seen | {BROKEN: "2022-12-31"}
    assert version.current().made_from == made_from(paths.harmonised())
    assert f"{BROKEN} 2026-03-10" in alerts()
    assert "held back: can_sdg 2026-03-10; not refreshed since 2022-12-31" in ended.stdout


@pytest.mark.parametrize(
    ("causes", "expected"),
    [("3", "3"), ("0", "0"), ("26", "26"), ("0 4", "4"), ("1 24", "24"), ("01 45", "45")],
)
def test_as_few_releases_as_possible_are_left_out(causes: str, expected: str) -> None:
    """Each word names releases that must go together; any word suffices, and the later is taken."""
    suspects = [Release(Path(), "a_source", str(at)) for at in range(7)]

    def is_sound(without: Sequence[Release]) -> bool:
        gone = {each.release for each in without}
        return any({*word} <= gone for word in causes.split())

    found = sound._fewest(suspects, is_sound)
    assert sorted(each.release for each in found) == [*expected]
