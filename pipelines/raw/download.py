"""Downloads one file from a publisher, or says why not: the only code that uses the network.

What comes is distrusted: the address and every redirect, how long and how large the answer gets,
and whether it is the data asked for. A file is at its place whole, or not at all.
"""

import hashlib
import os
import random
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpcore
import httpx

from pipelines.raw.transport import Deadline, NetworkEnvironment, RefusedError, client, judged

_PIECE: Final = 65_536
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_PASSING: Final = {429, 500, 502, 503, 504}
"""Answers that may be others when asked again."""
_ADVICE: Final = {
    401: "it asks for a login; download by hand",
    403: "the publisher refuses automated access; download by hand with a browser",
    404: "no such file; look for the new address on the publisher's page",
    410: "the publisher withdrew it; look for a successor on the publisher's page",
    451: "withheld for legal reasons; ask the publisher",
}
_FORMATS: Final = {
    ".csv": re.compile(rb"(?!\s*(?:PK[\x03\x05\x07]|%PDF))[^\0]+"),
    ".json": re.compile(rb"\s*[{\[][^\0]*"),
    ".xlsx": re.compile(rb"PK\x03\x04.*", re.DOTALL),
    ".zip": re.compile(rb"PK\x03\x04.*", re.DOTALL),
}
"""How the first thousand bytes look, after a byte order mark."""


class FetchError(Exception):
    """A file that was not downloaded."""


class _PassingError(Exception):
    """What another attempt may change; `after` are the seconds that the server asks to wait."""

    def __init__(self, words: str, after: float = 0) -> None:
        super().__init__(words)
        self.after = after


@dataclass(frozen=True)
class Limits:
    """How long, how often and how much.

    Attributes:
        connect_seconds: until a server takes the connection.
        read_seconds: until the next bytes come.
        total_seconds: for all attempts and the waiting between them.
        attempts: how often it is tried.
        largest_bytes: size of the file, also after unpacking.
        redirects: how many are followed.
    """

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 600
    attempts: int = 4
    largest_bytes: int = 1_000_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Seen:
    """What the server said of the file when it was last downloaded."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Download:
    """A file that was downloaded.

    Attributes:
        path: where it is.
        sha256: its checksum.
        address: where it came from, after redirects.
        etag: what the server calls this version, or empty.
        last_modified: since when the server has it, or empty.
        moment: when it had been downloaded, UTC, ISO 8601.
    """

    path: Path
    sha256: str
    address: str
    etag: str
    last_modified: str
    moment: str


_USUAL: Final = Limits()
_NOTHING: Final = Seen()
_WORLD: Final = NetworkEnvironment()


def download(
    address: str,
    target: Path,
    seen: Seen = _NOTHING,
    limits: Limits = _USUAL,
    *,
    around: NetworkEnvironment = _WORLD,
) -> Download | None:
    """Downloads a file to `target`, in a folder that exists; the suffix says what it must be.

    Returns None if the server has nothing newer than `seen`. Nothing of a failed or interrupted
    download remains.

    Raises:
        FetchError: there is a file at `target` already, or none can be written; the address, a
            redirect, the answer or the content is refused; the server fails again and again;
            a limit is reached.
    """
    if target.suffix.lower() not in _FORMATS:
        raise FetchError(f"{target}: must end in {', '.join(_FORMATS)}; name it so")
    if os.path.lexists(target):
        raise FetchError(f"{target}: is there already, and is not overwritten; move it away")
    deadline = Deadline(limits.total_seconds)
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    attempt = 0
    try:
        with client(deadline, timeout, around) as asking:
            while True:
                attempt += 1
                try:
                    return _attempt(asking, address, target, seen, limits)
                except _PassingError as error:
                    around.wait(_pause(error, attempt, limits, deadline))
    except RefusedError as error:
        raise FetchError(f"{_shown(address)}: {error}") from error


def _pause(error: _PassingError, attempt: int, limits: Limits, deadline: Deadline) -> float:
    """Seconds to wait before the next attempt: twice as long each time, or as the server asks."""
    if attempt >= limits.attempts:
        raise RefusedError(f"{error}, {attempt} times; try again later") from error
    backoff = 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311  # keeps no secret
    pause = max(backoff, error.after)
    if pause > deadline.left:
        raise RefusedError(
            f"{error}; the next attempt is due in {pause:,.0f} s, beyond the "
            f"{limits.total_seconds:,.0f} s that all may take; try again later"
        ) from error
    return pause


def _attempt(
    asking: httpx.Client, address: str, target: Path, seen: Seen, limits: Limits
) -> Download | None:
    try:
        with _answer(asking, address, seen, limits) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return None
            return Download(
                path=target,
                sha256=_save(answer, target, limits),
                address=str(answer.url),
                etag=_plain(answer.headers.get("ETag", "")),
                last_modified=_plain(answer.headers.get("Last-Modified", "")),
                moment=datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            )
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as error:
        raise RefusedError(f"no sound address, or leads to none ({_line(error)})") from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _PassingError(f"no whole answer ({_line(error) or type(error).__name__})") from error


@contextmanager
def _answer(
    asking: httpx.Client, address: str, seen: Seen, limits: Limits
) -> Iterator[httpx.Response]:
    """The answer at the end of all redirects, each of them judged like the first address."""
    url = judged(httpx.URL(address))
    known = {"If-None-Match": _plain(seen.etag), "If-Modified-Since": _plain(seen.last_modified)}
    conditions = {name: value for name, value in known.items() if value}
    for _ in range(limits.redirects + 1):
        with asking.stream("GET", url, headers=conditions) as answer:
            if answer.next_request is None:
                _refuse_status(answer, conditional=bool(conditions))
                yield answer
                return
        url = judged(answer.next_request.url, url)
    raise RefusedError(
        f"more than {limits.redirects} redirects, perhaps in a circle; correct the address"
    )


def _refuse_status(answer: httpx.Response, *, conditional: bool) -> None:
    status = answer.status_code
    if status == httpx.codes.OK or (conditional and status == httpx.codes.NOT_MODIFIED):
        return
    words = f"answers {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in _PASSING:
        raise _PassingError(words, _retry_after(answer.headers.get("Retry-After", "")))
    advice = _ADVICE.get(status, "not a file; look at the address in a browser")
    raise RefusedError(f"{words}: {advice}")


def _retry_after(text: str) -> float:
    """Seconds, from a number or an HTTP date; 0 where it is neither."""
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        # An HTTP date is always UTC; one of its forms does not say so.
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(tz=UTC)).total_seconds()
    except (ValueError, OverflowError):
        return 0


def _save(answer: httpx.Response, target: Path, limits: Limits) -> str:
    """Writes the content to a file beside, and gives it its name once it is whole and sound."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    digest = hashlib.sha256()
    try:
        with beside.open("xb") as file:
            for piece in _content(answer, limits.largest_bytes):
                file.write(piece)
                digest.update(piece)
            file.flush()
            os.fsync(file.fileno())
        _refuse_content(beside, target.suffix.lower())
        target.hardlink_to(beside)  # unlike a renaming, it fails where there is a file
    except FileExistsError as error:
        raise FetchError(f"{target}: has come meanwhile, and is not overwritten") from error
    except OSError as error:
        raise FetchError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def _content(answer: httpx.Response, largest: int) -> Iterator[bytes]:
    """The body in pieces, unpacked if the server packs what was asked for unpacked."""
    length = answer.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > largest:
        _refuse_size(largest)
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    raw = _within(largest, answer.iter_raw())
    if encoding == "identity":
        return raw
    if encoding in {"gzip", "x-gzip"}:
        return _within(largest, _unpacked(raw))
    raise RefusedError(f"packed as {encoding[:40]!r}, which was not asked for; download by hand")


def _within(largest: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > largest:
            _refuse_size(largest)
        yield piece


def _refuse_size(largest: int) -> None:
    raise RefusedError(f"larger than {largest:,} bytes; see what it is, or raise the limit")


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks gzip in small steps: a few bytes may hold gigabytes."""
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            packed = piece
            while packed:
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unconsumed_tail
    except zlib.error as error:
        raise _PassingError(f"damaged gzip ({error})") from error
    if not unpack.eof or unpack.unused_data:
        raise _PassingError("gzip that ends too early or too late")


def _refuse_content(path: Path, suffix: str) -> None:
    with path.open("rb") as file:
        head = file.read(1024).removeprefix(_BYTE_ORDER_MARK)
    if not head.strip():
        raise RefusedError("the file is empty; try again later, or download by hand")
    if head.lstrip().startswith(b"<"):
        raise RefusedError("a web page instead of data; look at the address in a browser")
    if not _FORMATS[suffix].fullmatch(head):
        what = "text in UTF-16 or no text" if b"\0" in head else "something else"
        raise RefusedError(f"not {suffix} but {what}; look at the address in a browser")


def _plain(text: str) -> str:
    """A header's value as it may be kept and sent back, or nothing."""
    return text if text.isascii() and text.isprintable() else ""


def _line(words: object) -> str:
    return " ".join(str(words).split())[:300]


def _shown(address: str) -> str:
    """An address for an error, without a password."""
    return re.sub(r"//[^/?#]*@", "//...@", _line(address))
