"""Dagster's history in SQLite, opened once for all events of a run from the command line.

Dagster makes an engine for each transaction, so that it opens the file and compiles its statements
some three times for each of several hundred events: more than half of what these cost.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Connection, Engine, create_engine


def keep_open(instance: dg.DagsterInstance) -> None:
    """Keep the history open until the instance is left; one in PostgreSQL stays as it is."""
    if type(instance.event_log_storage) is SqliteEventLogStorage:
        instance.event_log_storage.__class__ = _OpenStorage


class _OpenStorage(SqliteEventLogStorage):
    """A storage with an engine for each of its files, that of all runs and that of each run."""

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        engines: dict[str, Engine] = self.__dict__.setdefault("engines", {})
        with self._db_lock:
            if shard not in engines:
                engines[shard] = create_engine(
                    self.conn_string_for_shard(shard),
                    connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS},
                )
                self._initdb(engines[shard])
            with engines[shard].begin() as connection:
                yield connection

    def dispose(self) -> None:
        super().dispose()
        for engine in self.__dict__.pop("engines", {}).values():
            engine.dispose()
