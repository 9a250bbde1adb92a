"""Compare a harmonised release with the current figures of its source."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pipelines.harmonised.guard import checks
from pipelines.harmonised.guard.pairs import GONE, Scope, pair, plain
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import manifest, stated_files
from pipelines.sources import Publication
from schemas.contract import CONTRACTS


class Comparison(NamedTuple):
    """A release and the current figures of its source."""

    pairs: pd.DataFrame  # one row per cell, as `pairs.pair` returns it
    doubts: list[str]  # reasons why the release looks wrong, one line each; none if it looks right


def compare(
    publication: Publication, action: str, current: pd.DataFrame, made: Harmonised
) -> Comparison:
    """Return the comparison of a release with the current figures.

    Args:
        publication: the publication that it is a release of.
        action: its action on the releases before it, as in the manifest.
        current: the figures of the current releases, the newest first, as `pairs.stacked` returns
            them.
        made: the harmonised release.
    """
    cell = CONTRACTS[publication.source.contract].cell
    scope = _scope(publication, action)
    pairs = pair(current.drop_duplicates(list(cell)), made.rows, cell, scope)
    is_proven = publication.source.id.endswith(stated_files.CASE_RECORDS)
    if is_proven:
        pairs = pairs.assign(is_lost=pairs["found"] == GONE)  # a total may become an interval
    doubts = checks.doubts(
        pairs, made.quarantine, scope, is_typed=publication.source.typed, is_proven=is_proven
    )
    return Comparison(pairs, doubts or _repeats(current, made.rows, cell))


def _repeats(current: pd.DataFrame, rows: pd.DataFrame, cell: Sequence[str]) -> list[str]:
    """Return a line naming the newest current release that has all figures of another, if any."""
    printed = [*cell, "value_raw"]
    same = plain(current, ["release", *printed]).merge(plain(rows, printed), on=printed)
    found = same["release"].value_counts()
    whole = found.index[found == len(rows)]
    return [f"adds nothing to the release of {max(whole)}"] if len(whole) else []


def is_partial(publication: Publication, action: str) -> bool:
    """Return whether a release was declared to be part of its publication."""
    return action == manifest.MERGE and publication.source.default_action != manifest.MERGE


def _scope(publication: Publication, action: str) -> Scope:
    """Return the current figures that a release is expected to have."""
    if action == manifest.REPLACE:
        return Scope.ALL
    some = publication.source.typed or is_partial(publication, action)
    return Scope.CELLS if some else Scope.PERIODS
