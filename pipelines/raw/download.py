"""Download one file from a publisher, or report why not: the only code that uses the network.

Nothing from outside is trusted: the address and every redirect are checked, the time and size of
the response are limited, and its content must be data. A file is put in place whole, or not at all.
"""

import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpcore
import httpx

from pipelines.lib import clock
from pipelines.raw import response_body
from pipelines.raw.network_address import checked_url
from pipelines.raw.network_errors import (
    AbsentError,
    ExhaustedError,
    FetchError,
    ForbiddenError,
    RefusedError,
    TransientError,
)
from pipelines.raw.transport import Deadline, NetworkEnvironment, client

_TRANSIENT: Final = {429, 500, 502, 503, 504}
"""Status codes after which another attempt may succeed."""
_ADVICE: Final = {
    401: "it asks for a login; download by hand",
    403: "the publisher refuses automated access; download by hand with a browser",
    404: "no such file; look for the new address on the publisher's page",
    410: "the publisher withdrew it; look for a successor on the publisher's page",
    451: "withheld for legal reasons; ask the publisher",
}
_KINDS: Final = {
    401: ForbiddenError, 403: ForbiddenError, 451: ForbiddenError,
    404: AbsentError, 410: AbsentError,
}  # fmt: skip
"""Errors by status code; another code says neither, and is a `RefusedError`."""


@dataclass(frozen=True)
class Limits:
    """Limits of time, attempts and size."""

    connect_seconds: float = 10  # until a server accepts the connection
    read_seconds: float = 30  # until the next bytes arrive
    total_seconds: float = 600  # for all attempts and the pauses between them
    attempts: int = 4
    largest_bytes: int = 1_000_000_000  # size of the file, also once decompressed
    redirects: int = 5  # number of redirects that are followed


@dataclass(frozen=True)
class Validators:
    """The server's validators of the file that was last downloaded (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        """Return the headers of a request for a newer version only."""
        known = {
            "If-None-Match": _plain(self.etag), "If-Modified-Since": _plain(self.last_modified)
        }  # fmt: skip
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class Download:
    """A downloaded file."""

    path: Path
    sha256: str
    address: str  # where it came from, after redirects
    etag: str  # the server's ETag for this version, or empty
    last_modified: str  # its Last-Modified, or empty
    moment: str  # time at which the download was complete, UTC, ISO 8601


_DEFAULT: Final = Limits()
_NONE: Final = Validators()
_WORLD: Final = NetworkEnvironment()


def download(
    address: str,
    target: Path,
    known: Validators = _NONE,
    limits: Limits = _DEFAULT,
    *,
    network: NetworkEnvironment = _WORLD,
) -> Download | None:
    """Download a file to `target`, in an existing folder; the suffix names its expected format.

    Returns None if the server has nothing newer than the `known` version. Nothing of a failed or
    interrupted download remains.

    Raises:
        FetchError: there is a file at `target` already, or none can be written; the address, a
            redirect, the response or the content is refused; the server fails again and again;
            a limit is reached.
    """
    if target.suffix.lower() not in response_body.FORMATS:
        raise FetchError(f"{target}: must end in {', '.join(response_body.FORMATS)}; name it so")
    if os.path.lexists(target):
        raise FetchError(f"{target}: is there already, and is not overwritten; move it away")
    deadline = Deadline(limits.total_seconds)
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    attempt = 0
    try:
        with client(deadline, timeout, network) as http:
            while True:
                attempt += 1
                try:
                    return _attempt(http, address, target, known, limits)
                except TransientError as error:
                    network.wait(_pause(error, attempt, limits, deadline))
    except RefusedError as error:
        raise _failure(address, error) from error


def read_text(
    address: str, limits: Limits = _DEFAULT, *, network: NetworkEnvironment = _WORLD
) -> tuple[str, str]:
    """Return the text of a page, which is asked for once, and its address after redirects.

    Raises:
        FetchError: the address, a redirect or the response is refused; the server fails; a limit
            is reached.
    """
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    try:
        with (
            client(Deadline(limits.total_seconds), timeout, network) as http,
            _explained(),
            _response(http, address, {}, limits) as response,
        ):
            return response_body.text(response, limits.largest_bytes), str(response.url)
    except (RefusedError, TransientError) as error:
        raise _failure(address, error) from error


def _failure(address: str, error: RefusedError | TransientError) -> FetchError:
    shown = re.sub(r"//[^/?#]*@", "//...@", _line(address))  # without a password
    return FetchError(
        f"{shown}: {error}",
        may_pass=isinstance(error, (ExhaustedError, TransientError)),
        absent=isinstance(error, AbsentError),
        forbidden=isinstance(error, ForbiddenError),
    )


def _pause(error: TransientError, attempt: int, limits: Limits, deadline: Deadline) -> float:
    """Return the seconds until the next attempt: doubled each time, or as the server asks."""
    if attempt >= limits.attempts:
        raise ExhaustedError(f"{error}, {attempt} times; try again later") from error
    backoff = 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311  # keeps no secret
    pause = max(backoff, error.wait_seconds)
    if pause > deadline.left:
        raise ExhaustedError(
            f"{error}; the next attempt is due in {pause:,.0f} s, beyond the "
            f"{limits.total_seconds:,.0f} s that all may take; try again later"
        ) from error
    return pause


def _attempt(
    http: httpx.Client, address: str, target: Path, known: Validators, limits: Limits
) -> Download | None:
    with _explained(), _response(http, address, known.conditions(), limits) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return None
        return Download(
            path=target,
            sha256=response_body.save(response, target, limits.largest_bytes),
            address=str(response.url),
            etag=_plain(response.headers.get("ETag", "")),
            last_modified=_plain(response.headers.get("Last-Modified", "")),
            moment=clock.now(),
        )


@contextmanager
def _explained() -> Iterator[None]:
    """Raise our errors in place of those of the libraries."""
    try:
        yield
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as error:
        raise RefusedError(f"no sound address, or leads to none ({_line(error)})") from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        reason = _line(error) or type(error).__name__
        raise TransientError(f"incomplete response ({reason})") from error


@contextmanager
def _response(
    http: httpx.Client, address: str, conditions: dict[str, str], limits: Limits
) -> Iterator[httpx.Response]:
    """Give the response at the end of all redirects, each checked like the first address."""
    url = checked_url(httpx.URL(address))
    for _ in range(limits.redirects + 1):
        with http.stream("GET", url, headers=conditions) as response:
            if response.next_request is None:
                _refuse_status(response, conditional=bool(conditions))
                yield response
                return
        url = checked_url(response.next_request.url, url)
    raise RefusedError(
        f"more than {limits.redirects} redirects, perhaps in a circle; correct the address"
    )


def _refuse_status(response: httpx.Response, *, conditional: bool) -> None:
    status = response.status_code
    if status == httpx.codes.OK or (conditional and status == httpx.codes.NOT_MODIFIED):
        return
    message = f"answers {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in _TRANSIENT:
        raise TransientError(message, _retry_after(response.headers.get("Retry-After", "")))
    advice = _ADVICE.get(status, "not a file; look at the address in a browser")
    raise _KINDS.get(status, RefusedError)(f"{message}: {advice}")


def _retry_after(text: str) -> float:
    """Return the seconds that the header states, as a number or a date; 0 if it is neither."""
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        # An HTTP date is always UTC; one of its forms does not say so.
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(tz=UTC)).total_seconds()
    except (ValueError, OverflowError):
        return 0


def _plain(text: str) -> str:
    """Return the value of a header if it is safe to keep and send back, else nothing."""
    return text if text.isascii() and text.isprintable() else ""


def _line(text: object) -> str:
    return " ".join(str(text).split())[:300]
