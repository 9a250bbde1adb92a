"""A small version, laid by hand, and a service that answers from it; one for each file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Published, Serving, serving

from pipelines.published.extracts.build import build_extracts


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
