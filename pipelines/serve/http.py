"""Answers as HTTP: validators, compression, caches, and bodies that are sent in parts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError

FOR_MINUTES: Final = "public, max-age=300, must-revalidate"
"""For what the next version changes."""
FOR_A_DAY: Final = "public, max-age=86400"
"""For a kept version; never longer, since a recall ends it."""
SENDING_BYTES: Final = 32 << 20
"""Bytes of large answers that are being sent."""
_PART: Final = 1 << 18
"""Bytes that are sent at once: a client that reads some of them is not taken for one that left."""
_NO_GZIP: Final = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)")


class Sending:
    """The large bodies that are being sent; one that several clients read counts once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._clients: Counter[int] = Counter()
        self._bytes = 0

    @contextmanager
    def of(self, body: bytes) -> Iterator[None]:
        """Count a body until it is sent; one alone may be of any size.

        Raises:
            RefusedError: clients that read slowly hold too many others (503).
        """
        weight = 0 if self._clients[id(body)] else len(body)
        if self._bytes and self._bytes + weight > SENDING_BYTES:
            raise RefusedError(503, "too many large answers are being sent; ask again")
        self._bytes += weight
        self._clients[id(body)] += 1
        try:
            yield
        finally:
            self._clients[id(body)] -= 1
            if not self._clients[id(body)]:
                del self._clients[id(body)]
                self._bytes -= len(body)


_SENDING: Final = Sending()


class _InParts(Response):
    """A response whose body is sent as fast as the client reads it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it, unless too much is being sent."""
        body = bytes(self.body)
        with _SENDING.of(body):
            start = {"type": "http.response.start", "status": self.status_code}
            await send({**start, "headers": self.raw_headers})
            for place in range(0, len(body), _PART):
                part = body[place : place + _PART]
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def takes_gzip(request: Request) -> bool:
    """Return whether the client takes a compressed body."""
    accepted = request.headers.get("accept-encoding", "")
    return "gzip" in accepted and not _NO_GZIP.search(accepted)


def has(request: Request, etag: str) -> bool:
    """Return whether the client says that it has the answer of an ETag."""
    known = request.headers.get("if-none-match", "")
    return bool(known) and etag in (each.strip().removeprefix("W/") for each in known.split(","))


def not_modified(etag: str, cache: str, vary: str) -> Response:
    """Return the answer to a client that has it."""
    return Response(status_code=304, headers={"etag": etag, "cache-control": cache, "vary": vary})


def response(answer: Answer, etag: str, cache: str, vary: str) -> Response:
    """Return an answer as a response; ETag and time in caches are for good ones alone."""
    headers = {"vary": vary, "cache-control": "no-store"}
    if answer.status < 400:
        headers |= {"cache-control": cache}
    if answer.status == 200:
        headers |= {"etag": etag}
    return plain_response(answer, headers)


def plain_response(answer: Answer, more: Mapping[str, str]) -> Response:
    """Return an answer as a response with more headers."""
    kind = Response if len(answer.body) <= _PART else _InParts
    return kind(
        answer.body,
        answer.status,
        headers={**more, **answer.headers},
        media_type=answer.media_type or None,
    )
