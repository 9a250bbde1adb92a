"""The service beside nginx, or a bare server where there is none, and the cost of a new version.

    python benchmarks/serve.py [--times N]

All shipped figures are published once. The same client then asks each server, on 50 connections,
for a page, a script, and figures: asked before, known to the client (304), and new with each
request. Counted is the processor time of the server alone, so that neither the client nor others on
the machine matter. DuckDB alone, asked for the rows of a new query, is the least that such a
service can take. nginx has one process and sends the same files; the bare server answers every
request with the bytes of a file that it has just read, and looks at no header.
"""

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from statistics import median

from measure import machine, python, table

from pipelines.raw.shipped import copy_shipped

ROOT = Path(__file__).parents[1]
CLIENTS, REQUESTS = 50, 6_000
PAGE, SCRIPT = "/en/index.html", "/static/page.js"
QUERY = "/sdmx/v2/data/dataflow/TIPSTAT/DF_TIP/~/A.BRA.VIC_DETECT?format=csv&c[OBS_VALUE]=ne:{}"
NATIONAL = "/api/v1/national.csv?state=BRA"
TARGETS = (
    "Targets: a page at least 0.15 of nginx's, a new query 0.01 of it, a version opened in less "
    "than 1 s of processor time."
)
NGINX = """
daemon off; pid {home}/nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000; sendfile on;
  client_body_temp_path {home}; proxy_temp_path {home}; fastcgi_temp_path {home};
  uwsgi_temp_path {home}; scgi_temp_path {home};
  types {{ text/html html; text/javascript js; }}
  server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""
OPENED = """
import time
from pathlib import Path
from pipelines.serve.snapshot import open_version
from pipelines.lib import paths
before = time.process_time()
open_version(paths.current().resolve())
print(time.process_time() - before)
"""


ALONE = """
import time
from pipelines.serve.snapshot import open_version
from pipelines.lib import paths
cursor = open_version(paths.current().resolve()).connection.cursor()
rows = (
    "select * exclude (_first, _last, _place) from memory.sdmx.DF_TIP where \\"FREQ\\" = ? "
    "and \\"REF_AREA\\" = ? and \\"INDICATOR\\" = ? and \\"OBS_VALUE\\" <> ?"
)
for number in range(600):
    if number == 100:
        before = time.process_time()
    cursor.sql(rows, params=["A", "BRA", "VIC_DETECT", str(number)]).to_arrow_table()
print(500 / (time.process_time() - before))
"""


def main() -> None:
    """Publish, measure each server, print medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        asyncio.run(_bare(options.bare))
        return
    print(machine("starlette", "uvicorn", "duckdb"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        copy_shipped(ROOT, home)
        python("-m", "pipelines.cli.app", "run", home=home)
        opened = [_printed(OPENED, home) for _ in range(options.times)]
        alone = median(_printed(ALONE, home) for _ in range(options.times))
        ours = [*_ours(home, options.times), ("DuckDB alone: the rows of each", alone)]
        lines = [*ours, *_peer(home, options.times)]
    page = lines[-2][1]
    rows = [(name, f"{rate:,.0f}", f"{rate / page:.3f}") for name, rate in lines]
    headings = ("", "requests in a second of the processor", "ratio to the peer's page")
    print(f"\n{table(headings, rows)}\n\nMedians of {options.times}. {TARGETS}")
    print(f"a version opened: {median(opened):.2f} s of processor time")


def _printed(program: str, home: Path) -> float:
    python("-c", program, home=home)
    return float((home / "log.txt").read_text(encoding="utf-8").split()[-1])


def _ours(home: Path, times: int) -> Iterator[tuple[str, float]]:
    command = [sys.executable, "-m", "pipelines.cli.app", "serve", "--port", "0"]
    with _server(command, home, r"http://127.0.0.1:(\d+)/") as (process, port):
        new = (QUERY.format(year) for year in count(1))
        known = {"If-None-Match": _etag(port, NATIONAL)}
        yield "page", _rate(process, port, times, lambda: PAGE)
        yield "script", _rate(process, port, times, lambda: SCRIPT)
        yield "figures, asked before", _rate(process, port, times, lambda: NATIONAL)
        yield "the same, known (304)", _rate(process, port, times, lambda: NATIONAL, known)
        asked = QUERY.format(0)
        yield "SDMX-CSV, asked before", _rate(process, port, times, lambda: asked)
        yield "SDMX-CSV, each query new", _rate(process, port, times, lambda: next(new), share=0.1)


def _peer(home: Path, times: int) -> Iterator[tuple[str, float]]:
    """Yield the page and the script of nginx, or of a bare server."""
    site = (home / "data" / "published" / "site").resolve()
    command, name = [sys.executable, __file__, "--bare", str(site)], "a bare server"
    if nginx := shutil.which("nginx") or shutil.which("/usr/sbin/nginx"):
        file, port, name = home / "nginx.conf", _free_port(), "nginx"
        file.write_text(NGINX.format(home=home, port=port, site=site), encoding="utf-8")
        command = ["sh", "-c", f"echo port {port}; exec {nginx} -p {home} -c {file}"]
    with _server(command, home, r"port (\d+)") as (process, port):
        yield f"{name}: page", _rate(process, port, times, lambda: PAGE, share=3)
        yield f"{name}: script", _rate(process, port, times, lambda: SCRIPT, share=3)


@contextmanager
def _server(
    command: list[str], home: Path, where: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = os.environ | {"TIPSTAT_HOME": str(home), "COLUMNS": "200"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.search(where, process.stdout.readline())
        assert found
        try:
            asyncio.run(_answers(int(found[1])))
            yield process, int(found[1])
        finally:
            process.terminate()


async def _answers(port: int) -> None:
    """Wait until a server listens."""
    for _ in range(100):
        with suppress(ConnectionRefusedError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.1)


def _free_port() -> int:
    async def free() -> int:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        async with server:
            return int(server.sockets[0].getsockname()[1])

    return asyncio.run(free())


def _rate(
    process: subprocess.Popen[str],
    port: int,
    times: int,
    path: Callable[[], str],
    headers: dict[str, str] | None = None,
    share: float = 1.0,
) -> float:
    """Return the requests that a server answers in a second of the processor: the median."""
    number, rates = round(REQUESTS * share), []
    for _ in range(times + 1):
        before = _processor_time(process.pid)
        asyncio.run(_load(port, path, headers or {}, number))
        rates.append(number / (_processor_time(process.pid) - before))
    return median(rates[1:])


def _processor_time(pid: int) -> float:
    """Return the seconds that a process and its children have used (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_processor_time(int(each)) for each in children)


async def _load(port: int, path: Callable[[], str], headers: dict[str, str], number: int) -> None:
    """Ask a number of times, on many connections at once."""
    left = iter(range(number))
    sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        for _ in left:
            writer.write(f"GET {path()} HTTP/1.1\r\nHost: 127.0.0.1\r\n{sent}\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            assert head[9:12] in ("200", "304"), head
            length = re.search(r"content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
        writer.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))


def _etag(port: int, path: str) -> str:
    async def ask() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        writer.close()
        return re.findall(r"etag: (.+)\r", head)[0]

    return asyncio.run(ask())


async def _bare(site: Path) -> None:
    """Answer every request with the bytes of a file, until ended."""

    class Bare(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.WriteTransport)
            self._transport = transport

        def data_received(self, data: bytes) -> None:
            body = (site / data.split(b" ", 2)[1].decode()[1:]).read_bytes()
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            self._transport.write(head + body)

    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    main()
