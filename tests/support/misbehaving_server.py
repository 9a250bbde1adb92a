"""A publisher's server on this machine, honest under some addresses and vicious under others."""

import _thread
import contextlib
import gzip
import io
import shutil
import ssl
import subprocess
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.raw.download import Limits
from pipelines.raw.network_address import is_public

LIMITS = Limits(connect_seconds=5, read_seconds=5, total_seconds=60, attempts=3)
CSV = b"iso3,year,value\r\nBRA,2023,<5\r\n" * 200
JSON = b'\xef\xbb\xbf\n {"value": [1, 2]}'
ETAG = '"2025-04-14"'
MODIFIED = "Mon, 14 Apr 2025 12:00:00 GMT"


def workbook() -> bytes:
    """Return as much of a workbook as shows what it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            container.writestr(zipfile.ZipInfo(name), "<empty/>")
    return file.getvalue()


GOOD = {"good.csv": CSV, "good.json": JSON, "good.xlsx": workbook()}


class Server(ThreadingHTTPServer):
    """Answers by the requested address; counts the requests and keeps their headers."""

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.names: list[str | None] = []
        self.closing = threading.Event()
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            context.sni_callback = lambda _, name, __: self.names.append(name)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a file."""
        return f"{self.scheme}://{host}:{self.server_port}/{path}"

    def handle_error(self, request, client_address) -> None:
        """Ignore a client that hangs up: that is tested."""


class Answer(BaseHTTPRequestHandler):
    """One answer, after which the connection ends."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A body, a bare status, or a behaviour, by the name asked for."""
        name = self.path.lstrip("/").split("?")[0]
        self.server.asked[name] += 1
        self.server.headers.append(dict(self.headers))
        self.close_connection = True
        if name in BODIES:
            self.send(200, *BODIES[name])
        elif name.isdigit():
            self.send(int(name))
        else:
            BEHAVIOURS.get(name, absent)(self)

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer whole; an empty header is left out."""
        self.send_response(status)
        for header, value in {"Content_Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def absent(to: Answer) -> None:
    to.send(404, b"<html>Not found</html>")


def once(status: int, **headers: Callable[[], str]) -> Callable[[Answer], None]:
    """Fail the first time, and then send the file."""

    def answer(to: Answer) -> None:
        if to.server.asked[to.path.lstrip("/")] == 1:
            to.send(status, **{name: value() for name, value in headers.items()})
        else:
            to.send(200, CSV)

    return answer


def cached(to: Answer) -> None:
    same = to.headers["If-None-Match"] == ETAG or to.headers["If-Modified-Since"] == MODIFIED
    to.send(304 if same else 200, b"" if same else CSV, ETag=ETAG, Last_Modified=MODIFIED)


def drip(to: Answer) -> None:
    to.send(200, Content_Length="1000000")
    while not to.server.closing.wait(0.01):
        to.wfile.write(b"x")


def interrupt(to: Answer) -> None:
    """Send the signal of Ctrl-C while a file arrives."""
    to.send(200, b"x" * 99, Content_Length="1000000")
    to.server.closing.wait(0.05)
    _thread.interrupt_main()
    while not to.server.closing.wait(0.01):
        to.wfile.write(b"x")


def drip_header(to: Answer) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not to.server.closing.wait(0.01):
        to.wfile.write(b"x")


def endless(to: Answer) -> None:
    to.send(200, Content_Length="", Connection="close")
    while not to.server.closing.is_set():
        to.wfile.write(CSV)


def chunks_cut_off(to: Answer) -> None:
    to.send(200, Transfer_Encoding="chunked", Content_Length="")
    to.wfile.write(b"%x\r\n%b\r\n" % (len(CSV), CSV))


def redirect(location: str, status: int = 302) -> Callable[[Answer], None]:
    return lambda to: to.send(status, Location=location)


def in_seconds(seconds: float) -> Callable[[], str]:
    return lambda: formatdate(time.time() + seconds, usegmt=True)


BOMB = gzip.compress(bytes(50_000_000))
PACKED = gzip.compress(CSV)
BODIES: dict[str, tuple] = {
    **{name: (content,) for name, content in GOOD.items()},
    "empty.csv": (b"",), "blank.csv": (b"\xef\xbb\xbf \r\n",),
    "page.csv": (b"\xef\xbb\xbf\n\t<!-- moved --><!DOCTYPE html><html></html>",),
    "utf16.csv": (CSV.decode().encode("utf-16"),), "pdf.csv": (b"%PDF-1.7\n",),
    "words.json": (b"Not found",),
}  # fmt: skip
BEHAVIOURS: dict[str, Callable[[Answer], None]] = {
    "once-500": once(500), "once-502": once(502), "once-503": once(503), "once-504": once(504),
    "once-429": once(429), "wait-7": once(429, Retry_After=lambda: "7"),
    "wait-date": once(503, Retry_After=in_seconds(30)),
    "wait-old-date": once(503, Retry_After=lambda: time.asctime(time.gmtime(time.time() + 30))),
    "wait-past": once(503, Retry_After=in_seconds(-3600)),
    "wait-nonsense": once(503, Retry_After=lambda: "soon"),
    "wait-long": once(429, Retry_After=lambda: "9" * 400),
    "wait-far": once(429, Retry_After=in_seconds(86_400)),
    "silent": lambda to: to.server.closing.wait(), "hang-up": lambda _: None,
    "not-http": lambda to: to.wfile.write(b"\x1b[2J hello\r\n\r\n"),
    "drip": drip, "drip-header": drip_header, "endless": endless,
    "interrupt": interrupt,
    "announces-much": lambda to: to.send(200, b"x", Content_Length="5000000000"),
    "cut-off": lambda to: to.send(200, CSV, Content_Length="999999"),
    "chunks-cut-off": chunks_cut_off, "cached": cached,
    "gzip": lambda to: to.send(200, PACKED, Content_Encoding="gzip"),
    "gzip-cut-off": lambda to: to.send(200, PACKED[:-9], Content_Encoding="gzip"),
    "gzip-and-more": lambda to: to.send(200, PACKED + b"x", Content_Encoding="gzip"),
    "gzip-none": lambda to: to.send(200, CSV, Content_Encoding="gzip"),
    "gzip-bomb": lambda to: to.send(200, BOMB, Content_Encoding="gzip"),
    "gzip-twice": lambda to: to.send(200, gzip.compress(BOMB), Content_Encoding="gzip, gzip"),
    "moved": redirect("/moved-again", 301), "moved-again": redirect("good.csv?year=2025", 307),
    "circle": redirect("/circle"), "to-file": redirect("file:///etc/passwd"),
    "to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "to-loopback": redirect("http://localhost:1/"), "to-password": redirect("//u:secret@host/"),
    "to-nowhere": redirect("http://data.example:x/"), "to-no-name": redirect("http://xn--a/"),
    "to": lambda to: to.send(302, Location=to.path.split("?")[1]),
    "to-ftp": redirect("ftp://data.example/x.csv"), "to-no-place": lambda to: to.send(302),
}  # fmt: skip


@contextlib.contextmanager
def serving(certificate: Path | None = None) -> Iterator[Server]:
    """Run a server in a thread of its own."""
    with Server(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


def make_certificate(path: Path) -> Path:
    """Key and certificate of two hosts and 127.0.0.1, which no authority signed."""
    openssl = shutil.which("openssl") or pytest.skip("needs the command openssl")
    names = "subjectAltName=DNS:data.example,DNS:old.example,IP:127.0.0.1"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=data.example", "-addext", names]
    key, signed = path.with_suffix(".key"), path.with_suffix(".crt")
    subprocess.run([*command, "-keyout", key, "-out", signed], check=True, capture_output=True)
    path.write_bytes(key.read_bytes() + signed.read_bytes())
    return path


def near(address: str) -> bool:
    """Count the test's server as public; check every other address as usual."""
    return address == "127.0.0.1" or is_public(address)
