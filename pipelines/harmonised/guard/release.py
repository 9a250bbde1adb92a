"""Compare a harmonised release with the releases before it."""

from collections.abc import Sequence

import pandas as pd

from pipelines.harmonised.guard import checks
from pipelines.harmonised.guard.pairs import Scope, pair, standing
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import manifest
from pipelines.sources import Publication
from schemas.contract import CONTRACTS


def doubts(
    publication: Publication, action: str, before: Sequence[pd.DataFrame], made: Harmonised
) -> list[str]:
    """Return what makes a release look wrong, a line each; none if it looks right.

    Args:
        publication: of which it is a release.
        action: what it does to the releases before it, as the manifest names it.
        before: the rows of the releases that stand, the newest first.
        made: what was harmonised of it.
    """
    source = publication.source
    cell = CONTRACTS[source.contract].cell
    scope = _scope(publication, action)
    pairs = beside(publication, action, before, made)
    lines = checks.doubts(pairs, made.quarantine, scope, is_typed=source.typed)
    return (
        lines
        or [
            f"says nothing that the release of {rows['release'].iloc[0]} did not say"
            for rows in before
            if checks.repeated(pair(rows, made.rows, cell, Scope.CELLS))
        ][:1]
    )


def beside(
    publication: Publication, action: str, before: Sequence[pd.DataFrame], made: Harmonised
) -> pd.DataFrame:
    """Return the release beside the figures that stand, as `pairs.pair` has them."""
    cell = CONTRACTS[publication.source.contract].cell
    return pair(standing(before, cell), made.rows, cell, _scope(publication, action))


def is_partial(publication: Publication, action: str) -> bool:
    """Return whether a release was declared to be a part of what its source publishes."""
    return action == manifest.MERGE and publication.source.default_action != manifest.MERGE


def _scope(publication: Publication, action: str) -> Scope:
    """Return what a release should have of the figures that stand."""
    if action == manifest.REPLACE:
        return Scope.ALL
    some = publication.source.typed or is_partial(publication, action)
    return Scope.CELLS if some else Scope.PERIODS
