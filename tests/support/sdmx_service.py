"""SDMX of a version, without a server, from a connection as the service has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.serve import refusal, sdmx
from pipelines.serve.message import Answer, Ask

FIRST_PUBLISHED = "2026-11-01T00:00:00+00:00"
Answers = Callable[..., Answer]


@contextmanager
def opened(folder: Path) -> Iterator[Answers]:
    """Answer addresses below `/sdmx/`, written as a client sends them, from a version."""
    with duckdb.connect(":memory:", config={"memory_limit": "160MB", "threads": "1"}) as connection:
        warehouse = folder / "warehouse" / "tipstat.duckdb"
        connection.execute(f"attach '{warehouse}' as version (read_only)")
        made = sdmx.load(connection, folder)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")

        def answer(address: str, accept: str = "") -> Answer:
            path, _, query = f"/sdmx/{address}".partition("?")
            try:
                return sdmx.respond(connection.cursor(), Ask(path, query, accept), made)
            except refusal.RefusedError as refused:
                return refusal.answer(path, refused.status, refused.reason)

        yield answer
