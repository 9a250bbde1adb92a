"""Versions to answer from: a small one behind a service, and SDMX of the shipped figures."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sdmx_service import FIRST_PUBLISHED, Answers, opened
from serving import Published, Serving, serving

from pipelines.published.extracts.build import build_extracts
from pipelines.published.extracts.sdmx import extract
from pipelines.published.versions import row_since


@pytest.fixture(scope="session")
def parts(small: Path, once) -> Path:
    """Warehouse and extracts of a few small sources, made once."""

    def make(folder: Path) -> None:
        (folder / "tipstat.duckdb").hardlink_to(small)
        build_extracts(small, folder / "extracts", ("csv", "json", "sdmx"))

    return once("parts", make)


@pytest.fixture(scope="module")
def versions(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A project folder with one version, which readers see."""
    home = tmp_path_factory.mktemp("served")
    (home / "data" / "published" / "versions").mkdir(parents=True)
    found = Published(home, parts)
    found.lead(found.lay(1))
    return found


@pytest.fixture(scope="module")
def service(versions: Published) -> Iterator[Serving]:
    """The service of that project folder."""
    with serving(versions.home) as running:
        yield running


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
    with opened(sdmx_version) as answer:
        yield answer
