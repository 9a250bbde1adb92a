"""A version of the shipped figures with what SDMX is answered from, and answers to addresses."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sdmx_service import FIRST_PUBLISHED, Answers, answers_of, opened

from pipelines.published.extracts.sdmx import extract
from pipelines.published.versions import row_since


@pytest.fixture(scope="session")
def sdmx_version(built: Path, once) -> Path:
    """The folder of a version: its warehouse and SDMX extracts; not to be changed."""

    def make(folder: Path) -> None:
        (folder / "warehouse").mkdir()
        (folder / "extracts" / "sdmx").mkdir(parents=True)
        shutil.copy(built, folder / "warehouse" / "tipstat.duckdb")
        with duckdb.connect(built, read_only=True) as connection:
            extract.write(connection, folder / "extracts" / "sdmx")
        row_since.write(folder, None, FIRST_PUBLISHED)

    return once("sdmx_version", make)


@pytest.fixture(scope="module")
def ask(sdmx_version: Path) -> Iterator[Answers]:
    """Ask SDMX of the shipped figures."""
    with opened(sdmx_version) as connection:
        yield answers_of(connection)
