"""What tests of a source share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harmonised_releases import Releases
from source_tests import harmonised_text

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover


@pytest.fixture
def shipped(request: pytest.FixtureRequest, harmonised: Releases) -> Harmonised:
    """The rows of the source that a file is named after, of the release that it calls RELEASE."""
    return harmonised[_source(request), request.module.RELEASE]


@pytest.fixture
def of_lines(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Harmonised]:
    """Harmonise lines of invented figures in the columns of that source."""
    publication = discover()[_source(request)]
    layout = publication.source.layouts[0]

    def harmonise(*lines: str) -> Harmonised:
        header = ",".join(layout.header)
        path = tmp_path / layout.file
        return harmonised_text(publication, request.module.RELEASE, path, header, *lines)

    return harmonise


def _source(request: pytest.FixtureRequest) -> str:
    return request.path.stem.removeprefix("test_")
