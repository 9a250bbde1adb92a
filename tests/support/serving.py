"""A folder of versions laid by hand, and the service that answers from it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import duckdb
import httpx

from pipelines.published.versions import checksum
from pipelines.published.versions.version import WAREHOUSE, Version

COMMAND = [sys.executable, "-m", "pipelines.cli.app", "serve", "--port", "0"]
PAGE = "<!DOCTYPE html><html><title>{}</title>" + "<p>Figures of the Americas.</p>" * 100


@dataclass(frozen=True)
class Published:
    """A project folder with nothing but versions."""

    home: Path
    parts: Path  # a folder with `extracts` and the warehouse `tipstat.duckdb`

    def folder(self, identity: str) -> Path:
        """Return the folder of a version."""
        return self.home / "data" / "published" / "versions" / identity

    def lay(self, number: int, change: Callable[[Path], object] = lambda _: None) -> str:
        """Lay a version, changed before it is sealed; return its id."""
        identity = f"2026-01-{number:02}T000000.000Z-{number:08x}"
        folder = self.folder(identity)
        copytree(self.parts / "extracts", folder / "extracts", copy_function=os.link)
        (folder / WAREHOUSE).parent.mkdir()
        os.link(self.parts / "tipstat.duckdb", folder / WAREHOUSE)
        for name in ("", "en/"):
            (folder / "site" / name).mkdir()
            page = PAGE.format(f"page of {identity}")
            (folder / "site" / name / "index.html").write_text(page, encoding="utf-8")
        change(folder)
        self.seal(identity)
        return identity

    def seal(self, identity: str) -> None:
        """Write the manifest of a version, for the files that it has now."""
        folder = self.folder(identity)
        made = f"{identity[:10]}T00:00:00+00:00"
        (folder / "manifest.json").unlink(missing_ok=True)
        Version(identity, made, "", 1, checksum.of_files(folder)).write(folder)

    def lead(self, identity: str) -> None:
        """Let readers see a version."""
        new = self.home / "data" / "published" / ".current.new"
        new.symlink_to(Path("versions") / identity)
        new.replace(self.home / "data" / "published" / "current")


def in_warehouse(statement: str) -> Callable[[Path], None]:
    """Return a change of a version before it is sealed: a statement in its warehouse."""

    def change(folder: Path) -> None:
        file = folder / WAREHOUSE
        content = file.read_bytes()
        file.unlink()  # a hard link to that of all versions
        file.write_bytes(content)
        with duckdb.connect(file) as connection:
            connection.execute(statement)

    return change


@dataclass(frozen=True)
class Serving:
    """A service that runs."""

    process: subprocess.Popen[str]
    url: str
    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a path; headers are given with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def connected(self) -> socket.socket:
        """Open a connection, to send what no library sends."""
        host, port = self.url.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), timeout=30)

    def until(self, is_so: Callable[[], bool], seconds: float) -> float:
        """Ask until something is so; return how long it took."""
        start = time.monotonic()
        while not is_so():
            took = time.monotonic() - start
            assert took < seconds, f"not so after {took:.1f} s"
        return time.monotonic() - start


def is_closed(line: socket.socket) -> bool:
    """Wait until the service closes a connection without an answer."""
    with line:
        try:
            return line.recv(1) == b""
        except ConnectionResetError:
            return True


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Serving]:
    """Run the service in a process of its own, on a free port."""
    environment = {**os.environ, "TIPSTAT_HOME": str(home), "COLUMNS": "200"}
    with subprocess.Popen(
        [*COMMAND, *options],
        env=environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            [url] = re.findall(r"http://\S+(?=/ )", said)
            with httpx.Client(base_url=url, timeout=30) as client:
                yield Serving(process, url, client)
        finally:
            process.send_signal(signal.SIGINT)
