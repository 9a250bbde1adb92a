"""What one client can do to the others: not much."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path
from socket import socket

import duckdb
import pytest
from command import process
from serving import Published, Serving, is_closed, serving

from pipelines.serve import answers, http
from pipelines.serve.answers import Answers
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

ENDLESS = "select count(*) from range(1000000) a, range(1000000) b where hash(a, b) = 1"


@pytest.fixture(scope="module")
def hanging(service: Serving) -> list[socket]:
    """Connections that send no whole head; the last one was served before."""
    starts = [b"", b"\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "]
    opened = [service.connected() for _ in range(40 * len(starts))]
    for place, each in enumerate(opened):
        each.sendall(starts[place % len(starts)])
    again = service.connected()
    again.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = b""
    while not answer.endswith(b"}"):
        answer += again.recv(65_536)
    again.sendall(b"GET / HTTP/1.1\r\n")
    return [*opened, again]


@pytest.mark.usefixtures("hanging")
def test_others_are_served_beside_those_who_send_no_whole_head(service: Serving) -> None:
    start = time.monotonic()
    assert service.get("/en/").status_code == 200
    assert time.monotonic() - start < 2


def test_a_head_without_end_is_refused(service: Serving) -> None:
    with service.connected() as line, pytest.raises(OSError):  # reset, or a broken pipe
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for _ in range(1000):
            line.sendall(b"X-A: " + b"a" * 65_000 + b"\r\n")
    assert service.get("/healthz").status_code == 200


async def never() -> dict[str, str]:
    await asyncio.Event().wait()
    return {}


def counting(cursor: duckdb.DuckDBPyConnection) -> Answer:
    return Answer(200, "text/plain", str(cursor.execute(ENDLESS).fetchall()).encode())


def test_many_who_ask_the_same_are_answered_once() -> None:
    asked = []

    def query(cursor: duckdb.DuckDBPyConnection) -> Answer:
        asked.append(cursor.execute("select 1").fetchall())
        return Answer(200, "text/plain", b"one")

    async def ask() -> list[Answer]:
        made = Answers()
        with duckdb.connect() as connection:
            every = [made.of_query("a", connection, query, never, zipped=False) for _ in range(100)]
            return await asyncio.gather(*every)

    assert {each.body for each in asyncio.run(ask())} == {b"one"}
    assert len(asked) == 1


def test_a_query_ends_when_its_last_client_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SLOTS", 1)  # the next query waits for the end of this one

    async def ask() -> None:
        made, left = Answers(), asyncio.Event()

        async def leaves() -> dict[str, str]:
            await left.wait()
            return {"type": "http.disconnect"}

        with duckdb.connect() as connection:
            waiting = [
                asyncio.create_task(made.of_query("a", connection, counting, each, zipped=False))
                for each in (leaves, leaves)
            ]
            await asyncio.sleep(0.05)
            left.set()
            for each in waiting:
                with pytest.raises(RefusedError):
                    await each
            next_one = made.of_query(
                "b", connection, lambda _: Answer(200, ""), never, zipped=False
            )
            assert (await next_one).status == 200

    start = time.monotonic()
    asyncio.run(ask())
    assert time.monotonic() - start < answers.QUERY_SECONDS


def test_a_line_that_is_full_and_a_query_that_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "QUERY_SECONDS", 0.2)
    monkeypatch.setattr(answers, "LINE", 4)

    async def ask() -> list[int]:
        made = Answers()
        with duckdb.connect() as connection:
            every = [
                made.of_query(str(number), connection, counting, never, zipped=False)
                for number in range(10)
            ]
            given = await asyncio.gather(*every, return_exceptions=True)
        return [each.status for each in given if isinstance(each, RefusedError)]

    statuses = asyncio.run(ask())
    assert statuses.count(413) == answers.LINE + answers.SLOTS
    assert statuses.count(503) == 10 - answers.LINE - answers.SLOTS


def test_what_is_kept_has_a_limit() -> None:
    kept = answers.KeptAnswers()
    body = bytes(answers.CACHE_BYTES // 10)
    for number in range(20):
        kept.keep(str(number), Answer(200, "", body))
        kept.get("0")
    there = [number for number in range(20) if kept.get(str(number))]
    assert len(there) <= 10
    assert {0, 19} < {*there}
    kept.keep("error", Answer(500, "", b""))
    kept.keep("large", Answer(200, "", bytes(answers.CACHE_BYTES)))
    assert not kept.get("error")
    assert not kept.get("large")


def test_clients_that_do_not_read_hold_so_much_and_no_more() -> None:
    sending, body = http.Sending(), bytes(http.SENDING_BYTES // 2)
    with sending.of(body), sending.of(body), sending.of(body[:-1] + b"1"):
        with pytest.raises(RefusedError), sending.of(b"one more"):
            pass
        with sending.of(body):
            pass
    with sending.of(bytes(2 * http.SENDING_BYTES)):
        pass


def test_a_base_path_with_and_without_a_proxy_that_takes_it_off(versions: Published) -> None:
    with serving(versions.home, "--base-path", "/tip/") as service:
        assert service.url.endswith("/tip")
        root = service.url.removesuffix("/tip")
        for path in ("/tip/en/", "/en/", "/tip/api/v1/national.csv", "/tip/healthz"):
            assert service.client.get(f"{root}{path}").status_code == 200, path
        for path, place in (("/tip", "/tip/"), ("/tip/en", "/tip/en/"), ("/en", "/tip/en/")):
            assert service.client.get(f"{root}{path}").headers["location"] == place
        document = service.client.get(f"{root}/tip/openapi.json").json()
        assert document["servers"] == [{"url": service.url}]
        maps = Path(f"/proc/{service.process.pid}/maps")
        if maps.exists():
            loaded = maps.read_text(encoding="utf-8")
            assert not [name for name in ("/pandas/", "/scipy/") if name in loaded]
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(10) == 0


def test_a_port_that_is_taken_is_told(service: Serving, versions: Published) -> None:
    port = service.url.rpartition(":")[2]
    ended = process("serve", "--port", port, home=versions.home)
    assert ended.returncode == 1
    assert f"port {port}: cannot listen there" in ended.stderr


def test_nothing_is_published_yet(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        answer = service.get("/api/v1/national.csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert service.get("/healthz").json()["problem"] == "nothing is published"


def test_the_verb_imports_nothing_that_only_a_run_needs() -> None:
    code = "import sys, pipelines.cli.serve; print({'dagster','pandas','scipy'} & {*sys.modules})"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "set()"


def test_who_sends_no_whole_head_is_cut_off(hanging: list[socket]) -> None:
    """Asked last: the other tests spend the time until then."""
    assert all(map(is_closed, hanging))
