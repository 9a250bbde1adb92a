"""Hostile clients against all shipped figures: the service stays well, small, and tells no secret.

Each attack ends with a healthy service in less than 450 MiB. `make attack-api` runs it.
"""

import csv
import http.client
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import httpx
import pytest
from kept_sources import SMALL, keep_only
from serving import Published, Serving, is_closed, serving

from pipelines.published.extracts.build import build_extracts
from pipelines.serve.impatient import HEAD_SECONDS

pytestmark = [pytest.mark.exhaustive, pytest.mark.allow_hosts(["127.0.0.1"])]

MOST_MIB = 450
CLOSED = 0
"""In place of a status: the connection was closed."""
FLOW = "/sdmx/v2/data/dataflow/TIPSTAT/DF_TIP/~"
CELL = [
    *("REF_AREA", "INDICATOR", "FREQ", "TIME_BASIS", "TIME_PERIOD", "SEX", "AGE", "EXPLOITATION"),
    *("CITIZENSHIP", "COUNTERPART_ROLE", "COUNTERPART_AREA", "BREAKDOWN", "DATA_SOURCE"),
]
"""The dimensions of DF_TIP."""


@pytest.fixture(scope="module")
def whole(built: Path, once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The service of all shipped figures."""

    def make(folder: Path) -> None:
        (folder / "tipstat.duckdb").hardlink_to(built)
        build_extracts(built, folder / "extracts", ("csv", "json", "sdmx"))

    home = tmp_path_factory.mktemp("attacked")
    (home / "data" / "published" / "versions").mkdir(parents=True)
    versions = Published(home, once("whole_parts", make))
    versions.lead(versions.lay(1))
    with serving(home) as running:
        yield running


@pytest.fixture(autouse=True)
def stays_well(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each attack the service answers, and was never larger than it may be."""
    yield
    if "whole" in request.fixturenames:
        service = request.getfixturevalue("whole")
        start = time.monotonic()
        assert service.get("/healthz").json()["status"] == "ok"
        assert time.monotonic() - start < 2
        assert greatest_memory(service) < MOST_MIB


def greatest_memory(service: Serving) -> int:
    """Return the greatest resident memory of the service, MiB."""
    status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="utf-8")
    [found] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(found) // 1024


def status_of(service: Serving, path: str, method: str = "GET", **headers: str) -> int:
    """Ask with an address that no library has mended."""
    line = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=60)
    try:
        line.putrequest(method, path.replace(" ", "%20"), skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders()
        answer = line.getresponse()
        answer.read()
    except ConnectionError:
        return CLOSED
    else:
        return answer.status
    finally:
        line.close()


AT_ONCE = {
    "10,000 keys": ("/" + ",".join(f"A.X{i}" for i in range(10_000)), {CLOSED, 431}),
    "1,500 keys": ("/" + ",".join(f"A.X{i}" for i in range(1_500)), {414}),
    "600 keys": ("/" + ",".join("A.BRA" for _ in range(600)), {413}),
    "1,000 codes": (f"/*?c[REF_AREA]={','.join(['BRA'] * 1000)}", {413}),
    "whole flow as JSON": ("/*?format=jsondata", {413}),
    "whole flow as XML": ("/*?format=genericdata", {413}),
    "limit too long": ("/*?format=csv&limit=99999999999999999999", {200, 400}),
    "SQL in a key": ("/A.BRA%27);drop%20table%20tip;--", {204, 400}),
    "SQL in a component": ("/*?c[OBS_VALUE%22%20or%201=1%20--]=1", {400}),
    "SQL in asOf": ("/A.BRA?asOf=2024-01-01%27)%20union%20select%201--", {400}),
    "SQL in updatedAfter": ("/A.BRA?updatedAfter=2024-01-01%27%20or%201=1--", {400}),
    "SQL in sort": ("/A.BRA?sort=OBS_VALUE;select%201", {400}),
    "NUL and odd letters": ("/A.%00%ff%fe.*?format=csv", {204, 400}),
    "bait for a regular expression": ("/*?c[TIME_PERIOD]=" + "9" * 4000, {204, 400}),
}
WITH_WORK = {
    "150 keys": ("/" + ",".join("A.BRA" for _ in range(150)) + "?format=csv", {200}),
    "240 alternatives of two": (
        "/*?format=csv&c[REF_AREA]=" + ",".join(["ne:A+ne:B"] * 240),
        {200},
    ),
    "letters in every text": (
        "/*?format=csv&"
        + "&".join(
            f"c[{name}]=co:a,co:e,co:i" for name in ("LOCATOR", "COMMENT_OBS", "DATA_SOURCE")
        ),
        {200, 204},
    ),
    "huge range": ("/*?format=csv&startPeriod=0001&endPeriod=9999", {200}),
    "huge limit": ("/*?format=csv&limit=999999999&offset=999999999", {204, 400}),
    "first and last of all": (
        "/*?format=csv&lastNObservations=1&firstNObservations=1&sort=OBS_VALUE:desc",
        {200, 400},
    ),
}


@pytest.mark.parametrize("name", [*AT_ONCE, *WITH_WORK])
def test_too_much_is_asked_for(whole: Serving, name: str) -> None:
    path, statuses = {**AT_ONCE, **WITH_WORK}[name]
    start = time.monotonic()
    assert status_of(whole, f"{FLOW}{path}") in statuses
    assert time.monotonic() - start < (3 if name in AT_ONCE else 8)


def test_odd_requests(whole: Serving) -> None:
    accepted = ",".join(f"a/b{i};q=0.{i % 9}" for i in range(900))
    assert status_of(whole, f"{FLOW}/A.BRA", Accept=accepted) in {200, 406, 413}
    for path in ("/extracts/..%2f..%2fmanifest.json", "/versions/..%2f..%2f/manifest.json"):
        assert status_of(whole, path) == 404
    assert status_of(whole, "/api/v1/national.csv", "POST") == 405
    body = {"Content-Length": "1000000000", "Transfer-Encoding": "identity"}
    assert status_of(whole, "/api/v1/national.csv", **body) in {200, 400}


def test_many_days_of_the_past(whole: Serving) -> None:
    for day in range(1, 29):
        asked = f"{FLOW}/A.BRA?format=csv&asOf=20{day % 20 + 6:02}-01-{day:02}"
        assert whole.get(asked).status_code in {200, 204}


def at_once(count: int, ask: Callable[[int], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
    for each in threads:
        each.start()
    return threads


def test_pages_do_not_wait_behind_queries(whole: Serving) -> None:
    def ask(number: int) -> None:
        httpx.get(f"{whole.url}{FLOW}/*?format=csv&c[OBS_VALUE]=ge:{number}", timeout=60)

    threads = at_once(20, ask)
    start = time.monotonic()
    assert whole.get("/en/").status_code == 200
    assert time.monotonic() - start < 3
    for each in threads:
        each.join()


def test_clients_that_leave(whole: Serving) -> None:
    for number in range(60):
        with whole.connected() as line:
            path = f"{FLOW}/*?format=csv&c[OBS_VALUE]=ne:{number}&sort=COMMENT_OBS:desc"
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    asked = f"{FLOW}/A.BRA?format=csv"
    assert whole.until(lambda: whole.get(asked).status_code == 200, 5) < 5


def test_clients_that_do_not_read(whole: Serving) -> None:
    opened = []
    for number in range(40):
        line = whole.connected()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        path = f"{FLOW}/*?format=csv&offset={number}"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        opened.append(line)
    for each in opened:
        each.settimeout(90)
        assert each.recv(12) in {b"HTTP/1.1 200", b"HTTP/1.1 503"}
    assert whole.get("/en/").status_code == 200
    for each in opened:
        each.close()


def test_400_who_send_half_a_head(whole: Serving) -> None:
    opened = [whole.connected() for _ in range(400)]
    for each in opened:
        each.sendall(b"GET /en/index.html HTTP/1.1\r\nHost: x\r\nX-A: ")
    start = time.monotonic()
    assert whole.get("/en/").status_code == 200
    assert time.monotonic() - start < 1
    assert all(map(is_closed, opened))
    assert time.monotonic() - start < HEAD_SECONDS + 5


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_past_tells_no_hidden_figure(whole: Serving, built: Path) -> None:
    """What is hidden today is told by no day of the past, nor by what was withdrawn."""
    now = rows(whole.get(f"{FLOW}/*?format=csv").text)
    hidden = {
        tuple(row[name] for name in CELL): [row["LOWER_BOUND"], row["UPPER_BOUND"] or "inf"]
        for row in now
        if row["CONF_STATUS"] != "F"
    }
    assert {row["OBS_VALUE"] for row in now if row["CONF_STATUS"] != "F"} == {"NaN"}
    assert len(hidden) > 1000
    with duckdb.connect(built, read_only=True) as connection:
        days = connection.execute("select distinct release from main.release").fetchall()
    for (day,) in days:
        for row in rows(whole.get(f"{FLOW}/*?format=csv&asOf={day}").text):
            if bounds := hidden.get(tuple(row[name] for name in CELL)):
                least, greatest = map(float, bounds)
                assert not least <= float(row["OBS_VALUE"]) <= greatest, (day, row)
    for moment in ("2000-01-01", "2026-01-01", "2100-01-01"):
        answer = whole.get(f"{FLOW}/*?format=csv&updatedAfter={moment}")
        for row in rows(answer.text if answer.status_code == 200 else ""):
            if row["ACTION"] == "D":
                assert not any(row[name] for name in ("OBS_VALUE", "LOWER_BOUND", "VALUE_RAW"))


@pytest.fixture
def project(shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of a few small sources, after a whole run."""
    shutil.copytree(shipped_home / "data", tmp_path / "data")
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    keep_only(*SMALL)
    give(tmp_path, "run")
    return tmp_path


def give(home: Path, *words: str) -> None:
    """Give a verb in a process of its own, with all pages and extracts."""
    command = [sys.executable, "-m", "pipelines.cli.app", *words]
    subprocess.run(command, env={**os.environ, "TIPSTAT_HOME": str(home)}, check=True)


def test_a_recalled_figure_never_comes_back(project: Path) -> None:
    told = re.compile(rb"\b(1[,.\xa0]?458|1[,.\xa0]?603)\b")  # what two releases print for 2020
    with serving(project) as service:
        version = service.get("/healthz").json()["version"]
        flows = ("DF_NEWEST", "DF_NATIONAL", "DF_TIP")
        data = [f"/sdmx/v2/data/dataflow/TIPSTAT/{flow}/~/*?format=" for flow in flows]
        past = [f"{data[2]}csv&asOf={day}" for day in ("2022-01-01", "2023-12-31", "2099-01-01")]
        asked = [
            *(f"{each}{form}" for each in data for form in ("csv", "csv10", "jsondata", "xml30")),
            *past,
            *(f"{each}csv&updatedAfter=2000-01-01" for each in data),
            "/sdmx/v1/data/DF_TIP/all",
            "/api/v1/national.csv", "/api/v1/newest.json", "/api/v1/sentences.csv",
            "/api/v1/states/ARG.json", "/extracts/json/ARG.json", "/en/country/ARG.html",
            f"/versions/{version}/extracts/json/ARG.json",
        ]  # fmt: skip
        before = {path: service.get(path) for path in asked}
        told_by = {path for path, answer in before.items() if told.search(answer.content)}
        assert {past[0], past[1], "/api/v1/national.csv"} <= told_by
        give(
            project, "recall", "--source", "arg_linea145", "--area", "ARG", "--indicator",
            "COMPLAINTS", "--year", "2020", "--reason", "an error of ours", "--by", "the office",
        )  # fmt: skip
        new = lambda: service.get("/healthz").json().get("version") not in ("", version)  # noqa: E731
        service.until(new, 5)
        for path in [*asked, *told_by]:
            etag = before[path].headers.get("etag", '""')
            for answer in (service.get(path), service.get(path, if_none_match=etag)):
                assert not told.search(answer.content), path
                assert answer.status_code != 304 or path not in told_by, path
        assert service.get(f"/versions/{version}/site/index.html").status_code == 410
