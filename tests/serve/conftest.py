"""A version of the shipped figures with what SDMX is answered from, and answers to addresses."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.published.extracts.sdmx import extract
from pipelines.published.versions import row_since
from pipelines.serve import refusal, sdmx
from pipelines.serve.message import Answer, Ask

PUBLISHED = "2026-11-01T00:00:00+00:00"
Answers = Callable[..., Answer]


@pytest.fixture(scope="session")
def sdmx_version(built: Path, once) -> Path:
    """The folder of a version: its warehouse and SDMX extracts; not to be changed."""

    def make(folder: Path) -> None:
        (folder / "warehouse").mkdir()
        (folder / "extracts" / "sdmx").mkdir(parents=True)
        shutil.copy(built, folder / "warehouse" / "tipstat.duckdb")
        with duckdb.connect(built, read_only=True) as connection:
            extract.write(connection, folder / "extracts" / "sdmx")
        row_since.write(folder, None, PUBLISHED)

    return once("sdmx_version", make)


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


@pytest.fixture(scope="module")
def ask(sdmx_version: Path) -> Iterator[Answers]:
    """Ask SDMX of the shipped figures."""
    with opened(sdmx_version) as connection:
        yield answers_of(connection)
