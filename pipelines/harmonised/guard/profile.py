"""All families of tests of a release against the history of its source."""

from collections.abc import Iterator

from pipelines.harmonised.guard import categories, copied, exchanged, revised, scale, totals, zeros
from pipelines.harmonised.guard.doubt import Doubt
from pipelines.harmonised.guard.history import History


def doubts(history: History, *, whole: bool = True, is_proven: bool = False) -> Iterator[Doubt]:
    """Name what looks wrong in a release.

    Args:
        history: the figures of the source, and the release.
        whole: whether it has all figures of its periods, so that a category may be missed.
        is_proven: whether a certificate shows that no figure contradicts the current ones; then
            a single revision is not judged.
    """
    if history.before.empty:
        return
    for family in (scale, copied, exchanged, totals, zeros):
        yield from family.doubts(history)
    yield from revised.doubts(history, is_proven=is_proven)
    if whole:
        yield from categories.doubts(history)
