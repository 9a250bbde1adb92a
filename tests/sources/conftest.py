"""What tests of a source share."""

import pytest

from pipelines.harmonised.harmonise import Harmonised


@pytest.fixture
def shipped(
    request: pytest.FixtureRequest, harmonised: dict[tuple[str, str], Harmonised]
) -> Harmonised:
    """The rows of the source that a file is named after, of the release that it calls RELEASE."""
    source = request.path.stem.removeprefix("test_")
    return harmonised[source, request.module.RELEASE]
