"""Compare a harmonised release with the current figures of its source."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pandas as pd

from pipelines.harmonised.guard import (
    categories,
    checks,
    copied,
    exchanged,
    other_source,
    proof,
    revised,
    scale,
    totals,
    zeros,
)
from pipelines.harmonised.guard.doubt import Doubt
from pipelines.harmonised.guard.history import History, history
from pipelines.harmonised.guard.pairs import GONE, Scope, pair, plain
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import manifest, stated_files
from pipelines.sources import Publication
from schemas.contract import CONTRACTS

UNATTENDED: Final = 2.9
"""Factor on all new figures that the profile must notice for a release to pass unattended."""


class Comparison(NamedTuple):
    """A release beside the current figures of its source."""

    pairs: pd.DataFrame  # one row per cell, as `pairs.pair` returns it
    history: History
    doubts: list[Doubt]  # reasons why the release looks wrong; none if it looks right

    @property
    def lines(self) -> list[str]:
        """Return what the doubts say, one line each."""
        return [doubt.says for doubt in self.doubts]

    def sheet(self) -> pd.DataFrame:
        """Return the proof sheet, as `proof.sheet` does."""
        return proof.sheet(self.history)

    def noticed(self) -> float:
        """Return the least factor on all new figures that would be noticed; infinite if none."""
        return scale.noticed(self.history)


def compare(
    publication: Publication,
    action: str,
    current: pd.DataFrame,
    made: Harmonised,
    *,
    attended: bool = True,
    other: pd.DataFrame | None = None,
) -> Comparison:
    """Return the comparison of a release with the current figures.

    Args:
        publication: the publication that it is a release of.
        action: its action on the releases before it, as in the manifest.
        current: the figures of the current releases, the newest first, as `pairs.stacked` returns
            them; no row if the release is the first of its source.
        made: the harmonised release.
        attended: whether a named person takes the release in, with the proof sheet in view. If
            not, it waits as well where the profile would notice large errors only, and where there
            is nothing to compare with.
        other: the current figures of the source that prints the same count, one row per cell, if
            the publication names one and it has any.
    """
    source, contract = publication.source, CONTRACTS[publication.source.contract]
    cell = contract.cell
    is_part = source.typed or is_partial(publication, action)
    scope = Scope.CELLS if is_part else Scope.PERIODS
    if action == manifest.REPLACE:
        scope = Scope.ALL
    before = current.drop_duplicates(list(cell))
    pairs = pair(before, made.rows, cell, scope)
    is_proven = source.id.endswith(stated_files.CASE_RECORDS)
    if is_proven:
        pairs = pairs.assign(is_lost=pairs["found"] == GONE)  # a total may become an interval
    measured = slice(None if contract.is_measured else 0)
    beside = history(before[measured], made.rows[measured], cell, made.quarantine, made.set_aside)
    doubts = [*checks.doubts(pairs, scope, is_typed=source.typed, is_proven=is_proven)]
    if not beside.before.empty:
        for family in (scale, copied, exchanged, totals, zeros):
            doubts += family.doubts(beside)
        doubts += revised.doubts(beside, is_proven=is_proven)
        if not source.typed and scope is not Scope.CELLS:  # all figures of its periods
            doubts += categories.doubts(beside)
    if other is not None:
        doubts += other_source.doubts(beside, other, source.same_count)
    doubts = doubts or [*_repeats(current, made.rows, cell)]
    return Comparison(pairs, beside, doubts + ([] if attended else [*_unseen(beside)]))


def _repeats(current: pd.DataFrame, rows: pd.DataFrame, cell: Sequence[str]) -> Iterator[Doubt]:
    """Name the newest current release that has all figures of another, if any."""
    printed = [*cell, "value_raw"]
    same = plain(current, ["release", *printed]).merge(plain(rows, printed), on=printed)
    found = same["release"].value_counts()
    whole = found.index[found == len(rows)]
    if len(whole):
        yield Doubt("again", detail=f"adds nothing to the release of {max(whole)}")


def _unseen(beside: History) -> Iterator[Doubt]:
    """Name what the profile cannot judge, so that a release waits where no person looks."""
    factor = scale.noticed(beside)
    if beside.before.empty:
        yield Doubt("first")
    elif len(beside.added) and factor > UNATTENDED:
        yield Doubt("unseen", found=factor, expected=UNATTENDED)


def is_partial(publication: Publication, action: str) -> bool:
    """Return whether a release was declared to be part of its publication."""
    return action == manifest.MERGE and publication.source.default_action != manifest.MERGE
