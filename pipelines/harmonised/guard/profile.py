"""All families of tests of a release against the history of its source."""

from collections.abc import Iterator

from pipelines.harmonised.guard import scale
from pipelines.harmonised.guard.doubt import Doubt
from pipelines.harmonised.guard.history import History


def doubts(history: History, *, whole: bool = True) -> Iterator[Doubt]:
    """Name what looks wrong in a release.

    `whole` says that it has all figures of its periods, so that a category may be missed.
    """
    if history.before.empty:
        return
    yield from scale.doubts(history)
