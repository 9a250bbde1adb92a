"""SDMX of a version, without a server: a connection as the service has it, and answers."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines.serve import refusal, sdmx
from pipelines.serve.message import Answer, Ask

FIRST_PUBLISHED = "2026-11-01T00:00:00+00:00"
Answers = Callable[..., Answer]


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a version, as the service has it."""
    connection = duckdb.connect(":memory:", config={"memory_limit": "160MB", "threads": "2"})
    connection.execute(f"attach '{folder / 'warehouse' / 'tipstat.duckdb'}' as version (read_only)")
    sdmx.load(connection, folder)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def answers_of(connection: duckdb.DuckDBPyConnection) -> Answers:
    """Answer an address below `/sdmx/`, written as a client sends it."""

    def answer(address: str, accept: str = "") -> Answer:
        path, _, query = f"/sdmx/{address}".partition("?")
        try:
            return sdmx.respond(connection.cursor(), Ask(path, query, accept))
        except refusal.RefusedError as refused:
            return refusal.answer(path, refused.status, refused.reason)

    return answer
