"""The newest file of a publisher whose addresses change, found on its own hosts or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from misbehaving_server import GOOD, LIMITS, redirect
from portal import AGAIN, FOLDERS, LISTING, NOVEMBER, OLD, OTHER_PAGE, PAGE, listing

from pipelines.raw.download import Validators
from pipelines.raw.network_errors import FetchError
from pipelines.raw.newest_file import download_newest
from pipelines.sources import discover

pytest_plugins = ["downloads"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

WORKBOOK = GOOD["good.xlsx"]
APRIL = f"{FOLDERS}/2025-04/data_glotip.xlsx"
PAGE_OF_FOLDERS = f"""<html><img src="/{FOLDERS}/2026-02/cover.png">
<a href="/{NOVEMBER}">Download data</a>
<a href="https://elsewhere.example/files/2026-09/data_glotip.xlsx">A copy</a>"""


@pytest.fixture
def find(portal, tmp_path) -> Callable:
    """Download the newest file; return its place and the download."""
    source = replace(discover()["int_unodc_glotip"].source, **portal.addresses)
    target = tmp_path / "incoming.xlsx"
    return lambda: download_newest(source, target, lambda _: Validators(), LIMITS, portal.network)


@pytest.fixture
def refused(find, tmp_path) -> Callable[[], FetchError]:
    """Check that nothing is downloaded; return the error."""

    def refused() -> FetchError:
        with pytest.raises(FetchError) as caught:
            find()
        assert "\n" not in str(caught.value)
        assert list(tmp_path.iterdir()) == []
        return caught.value

    return refused


def test_of_the_listed_files_of_that_name_the_last_changed_is_taken(portal, find) -> None:
    portal.serve(
        LISTING,
        listing(
            ("data_glotip.xlsx", "2025-04-14T15:00:00+00:00", f"/{APRIL}"),
            ("data_glotip.xlsx", "2025-11-04T09:30:00+00:00", f"/{AGAIN}"),
            ("data_glotip.xlsx", "2025-11-04T10:00:00+01:00", f"/{NOVEMBER}"),
            ("old_data_glotip.xlsx", "2026-01-01T00:00:00+00:00", f"/{FOLDERS}/old.xlsx"),
        ),
    )
    portal.serve(AGAIN, WORKBOOK)
    place, found = find()
    assert place.address == found.address == portal.at(AGAIN)
    assert place.changed == "2025-11-04T09:30:00+00:00"
    assert place.missed == ()
    assert found.path.read_bytes() == WORKBOOK
    assert portal.asked == {LISTING: 1, AGAIN: 1}


@pytest.mark.parametrize(
    "listed",
    [
        "<html>Please log in</html>", "{broken", "[]", '{"data": [{"attributes": {}}]}',
        *(lambda to, status=status: to.send(status) for status in (401, 403, 404, 410, 451)),
        listing(("data_cts.xlsx", "2026-01-01T00:00:00+00:00", "/data_cts.xlsx")),
        listing(("data_glotip.xlsx", "last week", f"/{NOVEMBER}")),
        listing(("data_glotip.xlsx", "2025-12-01T00:00:00+00:00", "https://data.example:x/")),
        listing(("data_glotip.xlsx", "2025-12-01T00:00:00+00:00", f"/{FOLDERS}/gone.xlsx")),
    ],
    ids=["a page", "broken", "a list", "bare", "401", "403", "404", "410", "451", "other files",
         "no moment", "no address", "a dead link"],
)  # fmt: skip
def test_without_a_listing_the_folders_of_the_pages_are_searched(listed, portal, find) -> None:
    portal.serve(LISTING, listed)
    portal.serve(PAGE, PAGE_OF_FOLDERS)
    portal.serve(AGAIN, WORKBOOK)
    portal.serve(NOVEMBER, WORKBOOK)
    place, _ = find()
    assert [place.address, place.changed] == [portal.at(AGAIN), ""]
    files = [path for path in portal.asked if path.startswith(FOLDERS) and "gone" not in path]
    february = f"{FOLDERS}/2026-02/data_glotip"
    assert files == [f"{february}_0.xlsx", f"{february}.xlsx", AGAIN]
    assert max(portal.asked.values()) == 1
    listed_at = portal.addresses["listing"], portal.at(f"{FOLDERS}/gone.xlsx")
    [missed, *_] = place.missed
    assert missed.startswith(listed_at)
    assert portal.at(OTHER_PAGE) in place.missed[-1]
    assert len(place.missed) == 2, "an address that was only likely is no place"


def test_a_dead_link_is_passed_over_for_the_live_one(portal, find) -> None:
    portal.serve(PAGE, PAGE_OF_FOLDERS)
    portal.serve(AGAIN, b"<html>This file was removed</html>")
    portal.serve(NOVEMBER, WORKBOOK)
    assert find()[0].address == portal.at(NOVEMBER)


def test_a_page_that_moved_on_its_host_is_followed(portal, find) -> None:
    portal.serve(PAGE, redirect(f"/new/{PAGE}", 301))
    portal.serve(f"new/{PAGE}", PAGE_OF_FOLDERS)
    portal.serve(NOVEMBER, WORKBOOK)
    assert find()[0].address == portal.at(NOVEMBER)


def test_another_page_may_name_the_newer_folder(portal, find) -> None:
    portal.serve(PAGE, f'<a href="/{APRIL}">')
    address = portal.at(NOVEMBER).replace("/", "\\/").replace("https", "http")
    portal.serve(OTHER_PAGE, f'<script>{{"file": "{address}"}}</script>')
    portal.serve(APRIL, WORKBOOK)
    portal.serve(NOVEMBER, WORKBOOK)
    assert find()[0].address == portal.at(NOVEMBER)


def test_few_folders_are_looked_into(portal, refused) -> None:
    """A page of a thousand folders, below a path without an end."""
    folders = "".join(f'<a href="/files/{year}-05/">' for year in range(1000, 2000))
    portal.serve(PAGE, "/a" * 500_000 + folders)
    assert "more" in str(refused())
    assert portal.asked.total() < 30
    assert portal.asked["files/1999-05/data_glotip_0.xlsx"] == 1


def test_the_old_address_is_the_last_resort(portal, find) -> None:
    portal.serve(OLD, redirect(portal.at(NOVEMBER)))
    portal.serve(NOVEMBER, WORKBOOK)
    place, found = find()
    assert place.address == portal.at(OLD, "old.example")
    assert found.address == portal.at(NOVEMBER)
    assert portal.asked == {LISTING: 1, PAGE: 1, OTHER_PAGE: 1, OLD: 1, NOVEMBER: 1}


def test_a_file_that_is_nowhere_is_reported_with_all_that_was_tried(portal, refused) -> None:
    error = refused()
    assert not error.may_pass
    assert str(error).startswith(
        f"{portal.at(OLD, 'old.example')}: answers 404 Not Found: no such file; look for the new "
        f"address on the publisher's page; before that: {portal.at(LISTING)}"
    )
    assert portal.at(OTHER_PAGE) in str(error)


@pytest.mark.parametrize("where", [LISTING, PAGE, OTHER_PAGE])
def test_a_failure_that_may_pass_is_no_reason_to_look_elsewhere(where, portal, refused) -> None:
    portal.serve(PAGE, f'<a href="/{APRIL}">')
    portal.serve(APRIL, WORKBOOK)
    portal.serve(OLD, WORKBOOK)
    portal.serve(where, lambda to: to.send(503))
    error = refused()
    assert error.may_pass
    assert str(error).startswith(portal.at(where))
    assert portal.at(LISTING) in str(error), "what was missed before is named as well"
    assert set(portal.asked) <= {LISTING, PAGE, OTHER_PAGE}


@pytest.mark.parametrize(
    "newest",
    [
        *(lambda to, status=status: to.send(status) for status in (401, 403, 451)),
        b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 a workbook with a password",
    ],
    ids=["401", "403", "451", "empty", "another format", "encrypted"],
)  # fmt: skip
@pytest.mark.parametrize("is_listed", [True, False])
def test_an_older_file_takes_no_refused_files_place(newest, is_listed, portal, refused) -> None:
    if is_listed:
        portal.list_file(AGAIN)
    portal.serve(PAGE, PAGE_OF_FOLDERS)
    portal.serve(AGAIN, newest)
    portal.serve(NOVEMBER, WORKBOOK)
    portal.serve(OLD, WORKBOOK)
    error = refused()
    assert str(error).startswith(portal.at(AGAIN))
    assert not error.may_pass
    assert not {NOVEMBER, OLD} & set(portal.asked)


def test_half_a_file_is_no_reason_to_take_an_older_one(portal, refused) -> None:
    length = str(len(WORKBOOK))
    portal.list_file(NOVEMBER)
    portal.serve(NOVEMBER, lambda to: to.send(200, WORKBOOK[:99], Content_Length=length))
    portal.serve(PAGE, f'<a href="/{APRIL}">')
    portal.serve(APRIL, WORKBOOK)
    error = refused()
    assert error.may_pass
    assert "incomplete response" in str(error)
    assert portal.asked == {LISTING: 1, NOVEMBER: LIMITS.attempts}


@pytest.mark.parametrize("where", [LISTING, PAGE, NOVEMBER, OLD])
def test_a_redirect_to_another_host_is_refused(where, portal, refused) -> None:
    portal.serve(PAGE, PAGE_OF_FOLDERS)
    portal.serve(where, redirect(portal.at("copy.xlsx", "other.example")))
    portal.serve("copy.xlsx", WORKBOOK)
    assert "leads to https://other.example" in str(refused())
    assert "copy.xlsx" not in portal.asked
    assert (OLD in portal.asked) == (where == OLD), "nothing is looked for elsewhere"


@pytest.mark.parametrize("start", ["https://other.example/", "//other.example/", "http://"])
def test_a_listing_that_points_to_another_host_is_refused(start, portal, refused) -> None:
    address = f"{start}{NOVEMBER}"
    portal.serve(LISTING, listing(("data_glotip.xlsx", "2025-11-04T08:00:00+00:00", address)))
    portal.serve(PAGE, PAGE_OF_FOLDERS)
    portal.serve(NOVEMBER, WORKBOOK)
    assert "correct the addresses of the source if the publisher has moved" in str(refused())
    assert portal.asked == {LISTING: 1}


def test_the_host_alone_over_https_is_asked(portal, refused) -> None:
    """A listing on the right host, but without https."""
    plain = portal.at(NOVEMBER).replace("https", "http")
    portal.serve(LISTING, listing(("data_glotip.xlsx", "2025-11-04T08:00:00+00:00", plain)))
    assert "leads to http://data.example" in str(refused())
    assert portal.asked == {LISTING: 1}
