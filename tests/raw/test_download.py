"""Downloads: only whole and sound files, whatever a server does."""

import hashlib
import re
from dataclasses import replace

import pytest
from misbehaving_server import CSV, ETAG, GOOD, LIMITS, MODIFIED, serving

from pipelines.raw.download import Validators
from pipelines.raw.network_errors import FetchError

pytest_plugins = ["downloads"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LITTLE = replace(LIMITS, largest_bytes=1_000_000)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_saved_as_served(name, server, get, tmp_path) -> None:
    got = get(server.at(name), target=tmp_path / name)
    assert [got.path, got.address] == [tmp_path / name, server.at(name)]
    assert got.path.read_bytes() == GOOD[name]
    assert got.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", got.moment)
    assert list(tmp_path.iterdir()) == [got.path]
    assert re.fullmatch(r"tipstat/\S+ \(\+statistics pipeline\)", server.headers[0]["User-Agent"])


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        *((f"once-{status}", 0.5, 1.5) for status in (429, 500, 502, 503, 504)),
        ("wait-7", 7, 7), ("wait-date", 27, 30), ("wait-old-date", 27, 30),
        ("wait-past", 0.5, 1.5), ("wait-nonsense", 0.5, 1.5),
    ],
)  # fmt: skip
def test_a_passing_failure_is_tried_again(name, least, most, server, get, waits, target) -> None:
    assert get(server.at(name))
    assert target.read_bytes() == CSV
    [waited] = waits
    assert least <= waited <= most


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("500", "answers 500 Internal Server Error, 3 times; try again later"),
        ("429", "answers 429 Too Many Requests, 3 times"),
        ("hang-up", "disconnected"), ("not-http", "incomplete response"),
        ("cut-off", "received 6000 bytes, expected 999999"),
        ("chunks-cut-off", "incomplete chunked read"), ("gzip-none", "damaged gzip"),
        ("gzip-cut-off", "gzip that is cut off"), ("gzip-and-more", "goes on after its end"),
    ],
)  # fmt: skip
def test_a_lasting_failure_is_refused_in_the_end(name, words, server, refused, waits) -> None:
    refused(words, server.at(name))
    assert server.asked[name] == 3
    first, second = waits
    assert 0.5 <= first <= 1.5
    assert 1 <= second <= 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("401", "login; download by hand"), ("404", "answers 404 Not Found: no such file"),
        ("403", "answers 403 Forbidden: the publisher refuses automated access; download by hand"),
        ("410", "withdrew it"), ("204", "not a file"), ("206", "not a file"), ("304", "not a file"),
        ("wait-long", "beyond the 60 s that all may take; try again later"),
        ("wait-far", "the next attempt is due in 86,.* beyond the 60 s"),
        ("announces-much", "larger than 1,000,000 b"), ("endless", "larger than 1,000,000 b"),
        ("gzip-bomb", "larger than 1,000,000 b"), ("gzip-twice", "compressed as 'gzip, gzip'"),
        ("empty.csv", "the file is empty"), ("blank.csv", "the file is empty"),
        ("page.csv", "a web page instead of data"), ("utf16.csv", "not .csv but text in UTF-16"),
        ("pdf.csv", "not .csv but something else"), ("good.xlsx", "not .csv"),
        ("circle", "more than 5 redirects, perhaps in a circle"),
        ("to-file", "redirects to file://.*: neither http nor https"),
        ("to-metadata", "169.254.169.254 is at 169.254.169.254, not a public address"),
        ("to-nowhere", "no sound address, or"), ("to-no-name", "no sound address, or"),
        ("to-no-place", "answers 302 Found: not a file"),
    ],
)  # fmt: skip
def test_a_refusal_is_final(name, words, server, refused, waits) -> None:
    refused(words, server.at(name), limits=LITTLE)
    assert waits == []
    assert server.asked[name] == (6 if name == "circle" else 1)


@pytest.mark.parametrize(
    ("name", "ending", "words"),
    [
        ("good.csv", ".xlsx", "not .xlsx but something else"), ("good.csv", ".zip", "not .zip"),
        ("words.json", ".json", "not .json"), ("page.csv", ".xlsx", "a web page"),
    ],
)  # fmt: skip
def test_another_format_is_refused(name, ending, words, server, refused, target) -> None:
    refused(words, server.at(name), target=target.with_suffix(ending))


@pytest.mark.parametrize("name", ["silent", "drip", "drip-header"])
def test_a_slow_server_is_given_up(name, server, refused) -> None:
    brief = replace(LIMITS, total_seconds=0.4)
    refused("beyond the 0 s that all may take", server.at(name), limits=brief)


def test_silence_is_a_passing_failure(server, refused, waits) -> None:
    impatient = replace(LIMITS, read_seconds=0.02)
    refused(r"timed out\), 3 times", server.at("silent"), limits=impatient)
    assert len(waits) == 2


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_leaves_no_file(server, get, target) -> None:
    with pytest.raises(KeyboardInterrupt):
        get(server.at("interrupt"))
    assert not target.exists()


def test_an_unreachable_server_is_a_passing_failure(refused, network) -> None:
    with serving() as closed:
        pass
    refused("incomplete response .*refused.*, 3 times", closed.at("good.csv"))

    def unknown(host: str) -> list[str]:
        raise OSError("Name or service not known")

    lost = replace(network, resolve=unknown)
    refused("data.example cannot be found.*, 3 times", "https://data.example/", network=lost)


def test_gzip_that_was_not_asked_for_is_unpacked(server, get, target) -> None:
    assert get(server.at("gzip"))
    assert target.read_bytes() == CSV
    assert server.headers[0]["Accept-Encoding"] == "identity"


def test_redirects_are_followed(server, get) -> None:
    assert get(server.at("moved")).address == server.at("good.csv?year=2025")


@pytest.mark.parametrize("field", ["etag", "last_modified"])
def test_a_known_version_is_not_downloaded_again(field, server, get, target) -> None:
    got = get(server.at("cached"))
    assert (got.etag, got.last_modified) == (ETAG, MODIFIED)
    target.unlink()
    known = Validators(**{field: getattr(got, field)})
    assert get(server.at("cached"), known=known) is None
    assert not target.exists()


def test_no_header_is_smuggled_in(server, get) -> None:
    known = Validators(etag='"x"\r\nHost: elsewhere', last_modified="\x7f")
    assert get(server.at("good.csv"), known=known)
    assert "If-None-Match" not in server.headers[0]


def test_no_file_is_overwritten(server, network, get, target) -> None:
    target.write_text("kept")
    with pytest.raises(FetchError, match=r"table\.csv: is there already"):
        get(server.at("good.csv"))
    assert server.asked.total() == 0
    target.unlink()
    come = replace(network, wait=lambda _: target.write_text("kept"))
    with pytest.raises(FetchError, match=r"table\.csv: was created in the meantime"):
        get(server.at("once-500"), network=come)
    assert target.read_text() == "kept"


def test_an_impossible_target_is_refused(server, get, target) -> None:
    with pytest.raises(FetchError, match="cannot be written"):
        get(server.at("good.csv"), target=target / "no" / "x.csv")
    with pytest.raises(FetchError, match="must end in"):
        get(server.at("good.csv"), target=target.with_suffix(".exe"))
