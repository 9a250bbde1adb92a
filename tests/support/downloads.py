"""Fixtures of the tests of downloads, from a server that misbehaves on request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from misbehaving_server import LIMITS, Server, make_certificate, near, serving
from portal import Portal

from pipelines.raw.download import download
from pipelines.raw.network_errors import FetchError
from pipelines.raw.transport import NetworkEnvironment


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.asked.clear()
    running.headers.clear()
    return running


@pytest.fixture
def waits() -> list[float]:
    """Seconds that a download would have waited."""
    return []


@pytest.fixture
def network(waits: list[float]) -> NetworkEnvironment:
    return NetworkEnvironment(public=near, wait=waits.append)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """Path for a CSV file; nothing else may be left beside it."""
    yield tmp_path / "table.csv"
    assert len([*tmp_path.iterdir()]) <= 1


@pytest.fixture
def get(target: Path, network: NetworkEnvironment) -> Callable:
    """Download the file at an address to the target."""
    usual = {"target": target, "limits": LIMITS, "network": network}
    return lambda address, **changed: download(address, **{**usual, **changed})


@pytest.fixture
def refused(get: Callable, target: Path) -> Callable:
    """Check that a download is refused in a line with these words, and leaves nothing behind."""

    def refused_with(words: str, address: str, **changed: object) -> None:
        with pytest.raises(FetchError, match=words) as caught:
            get(address, **changed)
        assert "\n" not in str(caught.value)
        assert list(target.parent.iterdir()) == []

    return refused_with


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "both.pem")


@pytest.fixture
def portal(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    with serving(certificate) as running:
        yield Portal(running, certificate, monkeypatch)
