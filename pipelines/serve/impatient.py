"""The protocol of uvicorn with limits of its own for clients that send slowly, or without end.

Uvicorn never closes a connection that has not sent a whole head, and its parser takes a head of any
size; nor does it close one whose client does not read its answer.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS: Final = 10.0
"""Time in which a connection must have sent a whole head, from its beginning or its first byte."""
HEAD_BYTES: Final = 16_384
"""Bytes that a request may have; none has a body."""
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)
READ_SECONDS: Final = 30.0
"""Time in which a client must have read some of its answer."""


class Impatient(HttpToolsProtocol):
    """A connection that is closed when its client takes too long, or sends too much."""

    _late: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _bytes = 0

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # as in the library
        """Wait for the first head."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, self._close)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, unless it has too much; begin to wait for the rest of it."""
        self._bytes += len(data)
        if self._bytes > HEAD_BYTES:
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(_TOO_LARGE)  # if it arrives before the client sees the end
            self._close()
            return
        if self._late is None and self.cycle.response_complete:
            self._late = self.loop.call_later(HEAD_SECONDS, self._close)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Stop waiting: the head is whole."""
        _stop(self._late)
        self._late, self._bytes = None, 0
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """Wait for a client that does not read."""
        super().pause_writing()
        self._unread = self.loop.call_later(READ_SECONDS, self._close)

    def resume_writing(self) -> None:
        """Stop waiting: the client reads."""
        super().resume_writing()
        _stop(self._unread)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: the connection is closed."""
        _stop(self._late)
        _stop(self._unread)
        super().connection_lost(exc)

    def _close(self) -> None:
        self.transport.abort()


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()
