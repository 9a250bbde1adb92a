"""A release whose file states its day is entered under that, by a fetch or from the inbox."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import inbox_files
import pytest
from glotip_rows import many, titled
from handmade import workbook
from misbehaving_server import LIMITS, MODIFIED
from portal import AGAIN, LISTING, NOVEMBER, OLD, listing

from pipelines.intake import acquire, inbox
from pipelines.lib import paths
from pipelines.raw import fetch_state, manifest
from pipelines.sources import discover

pytest_plugins = ["downloads"]
pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.slow,
    pytest.mark.usefixtures("one_detector"),
]  # fmt: skip

SOURCE = "int_unodc_glotip"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., bytes]:
    """A workbook in UNODC's layout, with the day and the first figure that are given."""

    @cache  # its bytes hold the time at which it is made
    def made(day: str, figure: int = 12) -> bytes:
        return workbook(tmp_path / "served.xlsx", titled(*many(figure), day=day)).read_bytes()

    return made


@pytest.fixture
def fetch(portal, small_project) -> Callable[[], acquire.Outcome]:
    known = discover()[SOURCE]
    publication = replace(known, source=replace(known.source, **portal.addresses))
    return lambda: acquire.fetch(publication, network=portal.network, limits=LIMITS)


@pytest.fixture
def offer(portal, fetch, file) -> Callable[..., acquire.Outcome]:
    """Offer a file of a day through the listing, and fetch it."""

    def offer(day: str, figure: int = 12) -> acquire.Outcome:
        portal.list_file(NOVEMBER)
        portal.serve(NOVEMBER, file(day, figure))
        return fetch()

    return offer


def releases() -> list[str]:
    return [entry.release for entry in manifest.entries(SOURCE)]


def raw_files() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in paths.raw().rglob("*") if path.is_file()}


def test_the_day_is_that_of_the_sheet_and_the_manifest_has_the_address(portal, offer) -> None:
    outcome = offer("03/11/2025")
    assert outcome.new, outcome.message
    [entry] = manifest.entries(SOURCE)
    assert entry.release == "2025-11-03"
    assert entry.address == portal.at(NOVEMBER)
    changed = "2025-11-04T08:00:00+00:00"
    assert entry.obtained_from == f"{entry.address}, changed there on {changed}"
    assert [entry.provenance, entry.publisher_file] == ["OWN", "data_glotip.xlsx"]


def test_the_same_bytes_are_nothing_new(offer) -> None:
    assert offer("03/11/2025").new
    assert offer("03/11/2025").message == "nothing new: the same as the release of 2025-11-03"
    alike = "nothing new: the same figures as the release of 2025-11-03, in another file"
    assert offer("04/11/2025").message == alike
    assert offer("2025-12-01", figure=13).new, "a cell that holds a date"
    assert offer("03/11/2025").message == "nothing new: the same as the release of 2025-11-03"
    assert releases() == ["2025-11-03", "2025-12-01"]
    assert not fetch_state.refused()


def test_a_file_without_a_later_day_is_no_release(offer) -> None:
    assert offer("03/11/2025").new
    before = raw_files()
    for day, words in (
        ("02/11/2025", "states the day 2025-11-02, but the newest release is that of 2025-11-03"),
        ("03/11/2025", "states the day of the release of 2025-11-03, but has other figures; it is "
                       "held back: download it, compare it with 'tipstat validate FILE"),
        ("", "cell A2 has no day, and without the day of its release the file is none"),
        ("November 2025", "cell A2 has no day"),
        ("11/28/2025", "cell A2 has no day"),
        ("31/12/2099", "not a date up to today"),
    ):  # fmt: skip
        outcome = offer(day, figure=13)
        assert outcome.refused, day
        assert not outcome.unreachable
        assert words in outcome.message
        assert "\n" not in outcome.message
        assert [attempt.refused for attempt in fetch_state.refused()] == [outcome.message]
        assert raw_files() == before


def test_half_a_workbook_sent_as_a_whole_is_refused(portal, fetch, file) -> None:
    body = file("03/11/2025")
    portal.list_file(NOVEMBER)
    portal.serve(NOVEMBER, body[: len(body) // 2])
    assert "damaged or cut off" in fetch().message
    assert releases() == []
    assert [each.name for each in (paths.fetched() / SOURCE).iterdir()] == ["attempt.json"]


def test_validators_are_those_of_the_same_address(portal, fetch, file) -> None:
    """Else a server would call an older file under another address not modified."""
    body = file("03/11/2025")

    def dated(to) -> None:
        known = to.headers["If-Modified-Since"]
        to.send(304 if known else 200, b"" if known else body, Last_Modified=MODIFIED)

    portal.serve(NOVEMBER, dated)
    portal.serve(AGAIN, dated)
    portal.list_file(NOVEMBER)
    assert fetch().new
    assert fetch().message == "nothing new: not modified since the last download"
    portal.list_file(AGAIN)
    assert fetch().message == "nothing new: the same as the release of 2025-11-03"


UNLISTED = (
    (lambda to: to.send(403), "answers 403 Forbidden"),
    (lambda to: to.send(404), "answers 404 Not Found"),
    ("<html>Please log in", "not a listing of files"),
    (listing(), "lists no data_glotip.xlsx"),
)


def test_what_was_not_looked_at_is_reported_whatever_was_found(portal, fetch, file) -> None:
    """The same bytes, none modified, an older file, a new release; until the listing works."""
    bodies = [file("03/11/2025"), file("02/11/2025", 13), file("01/12/2025", 14)]

    def dated(to) -> None:
        known = to.headers["If-Modified-Since"]
        to.send(304 if known else 200, b"" if known else bodies[0], Last_Modified=MODIFIED)

    def reports(words: str, found: bytes | Callable, result: str, *, is_new: bool = False) -> None:
        portal.serve(OLD, found)
        outcome = fetch()
        assert outcome.message.startswith(f"not looked at everywhere: {portal.at(LISTING)}")
        assert words in outcome.message
        assert result in outcome.message
        assert "nothing new" not in outcome.message
        assert [outcome.refused, outcome.unreachable, outcome.new] == [True, False, is_new]
        assert [attempt.refused for attempt in fetch_state.refused()] == [outcome.message]

    portal.list_file(NOVEMBER)
    portal.serve(NOVEMBER, bodies[0])
    assert fetch().new
    for listed, words in UNLISTED:
        portal.serve(LISTING, listed)
        reports(words, bodies[0], "elsewhere: the same as the release of 2025-11-03")
    reports(words, dated, "elsewhere: the same as the release of 2025-11-03")
    reports(words, dated, "elsewhere: not modified since the last download")
    reports(words, bodies[1], "states the day 2025-11-02, but the newest release")
    reports(words, bodies[2], "elsewhere: release of 2025-12-01", is_new=True)
    portal.list_file(NOVEMBER)
    portal.serve(NOVEMBER, bodies[2])
    assert fetch().message == "nothing new: the same as the release of 2025-12-01"
    assert not fetch_state.refused()


def test_the_inbox_enters_a_file_under_the_day_that_it_states(file, small_project) -> None:
    body = file("03/11/2025")
    inbox_files.lay("data_glotip.xlsx", body)
    [outcome] = inbox.take()
    assert outcome.is_new, outcome.message
    assert releases() == ["2025-11-03"]
    inbox_files.lay("data_glotip 2025-11-03.xlsx", body)
    [outcome] = inbox.take()
    assert outcome.message.endswith("nothing new, the same as the release of 2025-11-03")


SET_ASIDE = {
    "2025-11-05 data_glotip.xlsx": (
        "03/11/2025", "its name has the day 2025-11-05, but the file states 2025-11-03 in cell A2",
    ),
    "none.xlsx": ("", "its name has no day, and that of its release was not found"),
    "older.xlsx": ("30/05/2023", "it is of the day 2023-05-30, but the newest release"),
    "other.xlsx": ("28/10/2025", "this release is here already, with other figures"),
}  # fmt: skip
"""Files by name: the day that each states, and why it is not taken."""


def test_the_inbox_sets_aside_a_file_of_no_day_or_another(file, project) -> None:
    before = raw_files()
    for name, (day, _) in SET_ASIDE.items():
        inbox_files.lay(name, file(day))
    assert [outcome.source for outcome in inbox.take()] == [""] * len(SET_ASIDE)
    for name, (_, words) in SET_ASIDE.items():
        assert words in (paths.inbox() / "set_aside" / f"{name}.txt").read_text(encoding="utf-8")
    assert raw_files() == before
