"""Downloads: whole and sound files only, whatever a server does, and never from inside."""

import hashlib
import re
import shutil
import signal
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving_server import (
    CSV,
    ETAG,
    GOOD,
    LIMITS,
    MODIFIED,
    Server,
    make_certificate,
    near,
    serving,
)

from pipelines.raw.download import FetchError, Seen, download
from pipelines.raw.transport import NetworkEnvironment, is_public

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LITTLE = replace(LIMITS, largest_bytes=1_000_000)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.asked.clear()
    running.headers.clear()
    return running


@pytest.fixture
def waits() -> list[float]:
    """The seconds that a download would have waited."""
    return []


@pytest.fixture
def around(waits: list[float]) -> NetworkEnvironment:
    return NetworkEnvironment(public=near, wait=waits.append)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """Where a CSV file goes; nothing else may be left beside it."""
    yield tmp_path / "table.csv"
    assert {path.name for path in tmp_path.iterdir()} <= {"table.csv"}


def refused(words, address, target, around, limits=LIMITS) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        download(address, target, limits=limits, around=around)
    assert "\n" not in str(caught.value)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file(name, server, around, tmp_path) -> None:
    got = download(server.at(name), tmp_path / name, limits=LIMITS, around=around)
    assert got is not None
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
def test_a_passing_failure(name, least, most, server, around, waits, target) -> None:
    got = download(server.at(name), target, limits=LIMITS, around=around)
    assert got and target.read_bytes() == CSV
    [waited] = waits
    assert least <= waited <= most


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("500", "answers 500 Internal Server Error, 3 times; try again later"),
        ("429", "answers 429 Too Many Requests, 3 times"),
        ("hang-up", "disconnected"), ("not-http", "no whole answer"),
        ("cut-off", "received 6000 bytes, expected 999999"),
        ("chunks-cut-off", "incomplete chunked read"), ("gzip-none", "damaged gzip"),
        ("gzip-cut-off", "ends too early or"), ("gzip-and-more", "ends too early or"),
    ],
)  # fmt: skip
def test_a_lasting_failure(name, words, server, around, waits, target) -> None:
    refused(words, server.at(name), target, around)
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
        ("gzip-bomb", "larger than 1,000,000 b"), ("gzip-twice", "packed as 'gzip, gzip'"),
        ("empty.csv", "the file is empty"), ("blank.csv", "the file is empty"),
        ("page.csv", "a web page instead of data"), ("utf16.csv", "not .csv but text in UTF-16"),
        ("pdf.csv", "not .csv but something else"), ("good.xlsx", "not .csv"),
        ("circle", "more than 5 redirects, perhaps in a circle"),
        ("to-file", "redirects to file://.*: neither http nor https"),
        ("to-ftp", "redirects to ftp://data.example: neither http nor https"),
        ("to-metadata", "169.254.169.254 is at 169.254.169.254, not a public address"),
        ("to-password", "a name or password in the address"),
        ("to-nowhere", "no sound address, or"), ("to-no-name", "no sound address, or"),
        ("to-no-place", "answers 302 Found: not a file"),
    ],
)  # fmt: skip
def test_what_no_second_attempt_changes(name, words, server, around, waits, target) -> None:
    refused(words, server.at(name), target, around, LITTLE)
    assert waits == []
    assert server.asked[name] == (6 if name == "circle" else 1)


@pytest.mark.parametrize(
    ("name", "ending", "words"),
    [
        ("good.csv", ".xlsx", "not .xlsx but something else"), ("good.csv", ".zip", "not .zip"),
        ("words.json", ".json", "not .json"), ("page.csv", ".xlsx", "a web page"),
    ],
)  # fmt: skip
def test_another_format(name, ending, words, server, around, target) -> None:
    refused(words, server.at(name), target.with_suffix(ending), around)


@pytest.mark.parametrize("name", ["silent", "drip", "drip-header"])
def test_a_slow_server(name, server, around, target) -> None:
    brief, begin = replace(LIMITS, total_seconds=0.4), time.monotonic()
    refused("beyond the 0 s that all may take", server.at(name), target, around, brief)
    assert time.monotonic() - begin < LIMITS.read_seconds


def test_silence_is_a_passing_failure(server, around, waits, target) -> None:
    refused(r"timed out\), 3 times", server.at("silent"), target, around,
            replace(LIMITS, read_seconds=0.02))  # fmt: skip
    assert len(waits) == 2


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C does what it does in a terminal, also where a shell runs tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption(server, around, target) -> None:
    with pytest.raises(KeyboardInterrupt):
        download(server.at("interrupt"), target, limits=LIMITS, around=around)
    assert not target.exists()


def test_nobody_listens(around, target) -> None:
    with serving() as closed:
        pass
    refused("no whole answer .*refused.*, 3 times", closed.at("good.csv"), target, around)

    def unknown(host: str) -> list[str]:
        raise OSError("Name or service not known")

    lost = replace(around, resolve=unknown)
    refused("data.example cannot be found.*, 3 times", "https://data.example/", target, lost)


def test_gzip_that_was_not_asked_for(server, around, target) -> None:
    assert download(server.at("gzip"), target, limits=LIMITS, around=around)
    assert target.read_bytes() == CSV
    assert server.headers[0]["Accept-Encoding"] == "identity"


def test_redirects_are_followed(server, around, target) -> None:
    got = download(server.at("moved"), target, limits=LIMITS, around=around)
    assert got and got.address == server.at("good.csv?year=2025")


@pytest.mark.parametrize("field", ["etag", "last_modified"])
def test_nothing_newer(field, server, around, target) -> None:
    got = download(server.at("cached"), target, limits=LIMITS, around=around)
    assert got and (got.etag, got.last_modified) == (ETAG, MODIFIED)
    target.unlink()
    seen = Seen(**{field: getattr(got, field)})
    assert download(server.at("cached"), target, seen, LIMITS, around=around) is None
    assert not target.exists()


def test_no_header_is_smuggled_in(server, around, target) -> None:
    seen = Seen(etag='"x"\r\nHost: elsewhere', last_modified="\x7f")
    assert download(server.at("good.csv"), target, seen, LIMITS, around=around)
    assert "If-None-Match" not in server.headers[0]


def test_no_file_is_overwritten(server, around, waits, target) -> None:
    target.write_text("kept")
    with pytest.raises(FetchError, match=r"table\.csv: is there already"):
        download(server.at("good.csv"), target, limits=LIMITS, around=around)
    assert server.asked.total() == 0
    target.unlink()
    come = replace(around, wait=lambda _: target.write_text("kept"))
    with pytest.raises(FetchError, match=r"table\.csv: has come meanwhile"):
        download(server.at("once-500"), target, limits=LIMITS, around=come)
    assert target.read_text() == "kept"


def test_a_target_that_cannot_be(server, around, target) -> None:
    with pytest.raises(FetchError, match="cannot be written"):
        download(server.at("good.csv"), target / "no" / "x.csv", limits=LIMITS, around=around)
    with pytest.raises(FetchError, match="must end in"):
        download(server.at("good.csv"), target.with_suffix(".exe"), around=around)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0"])
def test_this_machine_is_refused(host, server, waits, target) -> None:
    around = NetworkEnvironment(wait=waits.append)
    refused("not a public address", server.at("good.csv", host), target, around)
    assert server.asked.total() == 0
    assert waits == []


def test_a_redirect_to_this_machine_is_refused(server, around, target) -> None:
    inside = replace(around, resolve=lambda host: [host.replace("localhost", "127.0.0.2")])
    refused("localhost is at 127.0.0.2", server.at("to-loopback"), target, inside)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/passwd", "neither http nor https"), ("table.csv", "neither http nor https"),
        ("http:///x", "neither http nor https"), ("http://[::x]/", "no sound address"),
        ("https://me:secret@data.example/", "password in the address"),
        ("http://data.example:x\n/", "no sound address"), (f"http://{'x' * 64}/", "no sound"),
    ],
)  # fmt: skip
def test_an_unsound_address_is_refused(address, words, target) -> None:
    refused(f"^(?!.*secret).*{words}", address, target, NetworkEnvironment())


PUBLIC = (
    "93.184.216.34 2606:2800:220:1::1 ::ffff:93.184.216.34 2002:5db8:d822::1 64:ff9b::5db8:d822"
)
INSIDE = """10.0.0.1 172.16.0.1 192.168.1.1 127.8.8.8 169.254.169.254 100.64.0.1 224.0.0.1 240.0.0.1
    0.0.0.0 255.255.255.255 198.18.0.1 ::1 :: fe80::1%lo fd00::1 fec0::1 ff02::1 2001:db8::1 2001::1
    ::ffff:127.0.0.1 ::127.0.0.1 2002:7f00:1::1 64:ff9b::a00:1 64:ff9b:1::5db8:d822"""


@pytest.mark.parametrize("address", [*PUBLIC.split(), *INSIDE.split()])
def test_public_addresses(address: str) -> None:
    assert is_public(address) is (address in PUBLIC.split())


def test_a_name_is_resolved_once_and_what_was_judged_is_dialled(server, around, target) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    rebinding = replace(around, resolve=lambda _: answers.pop(0))
    got = download(server.at("good.csv", "data.example"), target, limits=LIMITS, around=rebinding)
    assert got and got.address == server.at("good.csv", "data.example")
    assert answers == [["10.0.0.1"]]


def test_each_attempt_judges_anew(server, around, target) -> None:
    answers = [["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]]
    rebinding = replace(around, resolve=lambda _: answers.pop(0))
    refused("10.0.0.1, not a public", server.at("once-500", "data.example"), target, rebinding)


def test_no_proxy_of_the_environment_is_used(server, around, target, monkeypatch) -> None:
    for name in ("http_proxy", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert download(server.at("good.csv"), target, limits=LIMITS, around=around)


def test_certificates_are_those_of_the_host_asked(around, target, tmp_path_factory) -> None:
    openssl = shutil.which("openssl") or pytest.skip("needs the command openssl")
    certificate = make_certificate(openssl, tmp_path_factory.mktemp("tls") / "both.pem")
    unknown = replace(around, resolve=lambda _: ["127.0.0.1"])
    known = replace(unknown, trusted=lambda: ssl.create_default_context(cafile=certificate))
    with serving(certificate) as secure, serving() as plain:
        named = secure.at("good.csv", "data.example")
        refused("certificate of data.example is not valid .*self.signed", named, target, unknown)
        other = secure.at("good.csv", "other.example")
        refused("certificate of other.example is not valid", other, target, known)
        downgrade = secure.at(f"to?{plain.at('good.csv')}", "data.example")
        refused("from https to open http", downgrade, target, known)
        assert download(named, target, limits=LIMITS, around=known)
        assert secure.names[-1] == "data.example"
