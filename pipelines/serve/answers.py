"""Answers that take work: made once for many who ask the same, and given up when nobody waits.

Queries wait in a line for one of two places; a file is read at once. Answers are kept until
another version is served.
"""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb

from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError

CACHE_BYTES: Final = 64 << 20
_LARGEST: Final = CACHE_BYTES // 8
"""The largest answer that is kept."""
SLOTS: Final = 2
"""Queries at a time."""
LINE: Final = 64
"""Queries that wait; the next gets 503."""
QUERY_SECONDS: Final = 5.0
"""Time after which a query is interrupted."""
_AGAIN_SECONDS: Final = 0.05
"""Time after which an interruption is repeated: one between two queries has no effect."""
_ZIP_LEVEL: Final = 4
_LEAST_ZIPPED: Final = 512
"""Bytes from which compression is worth its header."""

Receive = Callable[[], Awaitable[Any]]
Query = Callable[[duckdb.DuckDBPyConnection], Answer]


class KeptAnswers:
    """Answers by ETag, those least recently asked for dropped first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, etag: str) -> Answer | None:
        """Return an answer, if it is kept."""
        if found := self._answers.get(etag):
            self._answers.move_to_end(etag)
        return found

    def keep(self, etag: str, answer: Answer) -> None:
        """Keep an answer that is no error, unless it is too large."""
        if answer.status >= 500 or len(answer.body) > _LARGEST or etag in self._answers:
            return
        self._answers[etag] = answer
        self._bytes += _weight(answer)
        while self._bytes > CACHE_BYTES:
            _, dropped = self._answers.popitem(last=False)
            self._bytes -= _weight(dropped)


def _weight(answer: Answer) -> int:
    return len(answer.body) + 1024


@dataclass
class _Making:
    """An answer that is being made.

    Attributes:
        task: what makes it.
        clients: how many wait for it.
    """

    task: asyncio.Task[Answer]
    clients: int = 0


class Answers:
    """Answers that were given, and those in the making."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept = KeptAnswers()
        self._making: dict[str, _Making] = {}
        self._threads = ThreadPoolExecutor(SLOTS, thread_name_prefix="query")
        self._slots = asyncio.Semaphore(SLOTS)
        self._queries: set[asyncio.Task[Answer]] = set()

    @property
    def waiting(self) -> int:
        """The number of queries in line."""
        return max(0, len(self._queries) - SLOTS)

    def forget(self) -> None:
        """Drop all that is kept; what is being made goes to those who wait, and is not kept."""
        self._kept = KeptAnswers()

    def give_up(self) -> None:
        """Drop all that is kept or being made."""
        self.forget()
        for making in self._making.values():
            making.task.cancel()
        self._making.clear()

    async def of_query(
        self,
        etag: str,
        connection: duckdb.DuckDBPyConnection,
        query: Query,
        receive: Receive,
        *,
        zipped: bool,
    ) -> Answer:
        """Return the answer to a query, which runs on a cursor of its own when its turn comes.

        Raises:
            RefusedError: too many wait (503), or it takes too much time or memory (413).
        """

        def begin() -> asyncio.Task[Answer]:
            if self.waiting >= LINE:
                raise RefusedError(503, "too many queries wait; ask again in a few seconds")
            task = asyncio.create_task(self._run(connection, query, zipped=zipped))
            self._queries.add(task)
            task.add_done_callback(self._queries.discard)
            return task

        return await self._shared(etag, begin, receive)

    async def of_file(
        self, etag: str, read: Callable[[], Answer], receive: Receive, *, zipped: bool
    ) -> Answer:
        """Return what reading a file gives; it does not wait behind queries."""
        return await self._shared(
            etag,
            lambda: asyncio.create_task(asyncio.to_thread(_zipped if zipped else _as_it_is, read)),
            receive,
        )

    async def _shared(
        self, etag: str, begin: Callable[[], asyncio.Task[Answer]], receive: Receive
    ) -> Answer:
        """Return the answer that is kept or being made; without clients, give up making it."""
        if found := self._kept.get(etag):
            return found
        if etag not in self._making:
            self._making[etag] = self._begun(etag, begin())
        making = self._making[etag]
        making.clients += 1
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({making.task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if making.task.cancelled():
                raise RefusedError(
                    503, "the figures are being replaced; ask again in a few seconds"
                )
            if not making.task.done():
                raise RefusedError(503, "the client left")
            return making.task.result()
        finally:
            gone.cancel()
            making.clients -= 1
            if not making.clients and not making.task.done():
                making.task.cancel()
                self._drop(etag, making.task)

    def _begun(self, etag: str, task: asyncio.Task[Answer]) -> _Making:
        """Return the making of an answer; it is kept, unless all is forgotten in the meantime."""
        kept = self._kept

        def done(made: asyncio.Task[Answer]) -> None:
            self._drop(etag, made)
            if not made.cancelled() and not made.exception():
                kept.keep(etag, made.result())

        task.add_done_callback(done)
        return _Making(task)

    def _drop(self, etag: str, task: asyncio.Task[Answer]) -> None:
        if (making := self._making.get(etag)) and making.task is task:
            del self._making[etag]

    async def _run(
        self, connection: duckdb.DuckDBPyConnection, query: Query, *, zipped: bool
    ) -> Answer:
        """Run a query in a thread when its turn comes.

        It is interrupted when its time is over or nobody waits any more.
        """
        work = _zipped if zipped else _as_it_is
        async with self._slots:
            cursor = connection.cursor()
            running = asyncio.get_running_loop().run_in_executor(
                self._threads, work, lambda: query(cursor)
            )
            try:
                await asyncio.wait([running], timeout=QUERY_SECONDS)
            finally:
                while not running.done():
                    cursor.interrupt()
                    await asyncio.wait([running], timeout=_AGAIN_SECONDS)
                fault = running.exception()
        if isinstance(fault, duckdb.InterruptException):
            reason = f"the query took more than {QUERY_SECONDS:.0f} seconds; ask for less"
            raise RefusedError(413, reason) from fault
        if isinstance(fault, duckdb.OutOfMemoryException):
            raise RefusedError(413, "the query needs too much memory; ask for less") from fault
        return running.result()


async def _gone(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _as_it_is(make: Callable[[], Answer]) -> Answer:
    return make()


def _zipped(make: Callable[[], Answer]) -> Answer:
    """Return an answer compressed, if that is worth it."""
    made = make()
    if len(made.body) < _LEAST_ZIPPED:
        return made
    body = gzip.compress(made.body, _ZIP_LEVEL, mtime=0)
    return replace(made, body=body, headers={**made.headers, "content-encoding": "gzip"})
