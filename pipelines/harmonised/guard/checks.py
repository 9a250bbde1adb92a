"""What a release lacks, and what it changes, of the current figures: shares, not chances."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import Doubt
from pipelines.harmonised.guard.pairs import KEPT, NEW, Scope

LACKING: Final = 0.1
"""Share of the current figures that a release may lack."""
LACKING_TOTALS: Final = 0.05
"""The same for totals, if at least `FEWEST_PART` are lost; UNODC's release of 2025 lacks 1 %."""
CHANGED: Final = 0.2
"""Share of the figures in both that a release may change."""
CHANGED_PART: Final = 0.5
"""The same for an area, year, month or category with at least `FEWEST_PART` figures."""
CHANGED_COLUMN: Final = 1 / 3
"""The same for a month or category with at least `FEWEST_COLUMN` figures."""
FEWEST_PART: Final = 12
FEWEST_COLUMN: Final = 60

LOST: Final = 0.8
"""Lost share of its figures from which an area, year or category counts as lost."""
FEWEST_LOST: Final = 5
"""Least number of figures of such an area, year or category."""
LOST_OF_AREA: Final = 0.95
"""Lost share of the at least `FEWEST_PART` figures of a category in one area."""

CATEGORIES: Final = ("indicator", "sex", "age", "exploitation", "citizenship", "breakdown")
PLACES: Final = ("ref_area", "year")


def doubts(
    pairs: pd.DataFrame, scope: Scope, *, is_typed: bool = False, is_proven: bool = False
) -> Iterator[Doubt]:
    """Name what a release lacks, and what it changes, of the current figures.

    Args:
        pairs: the release and the current figures, as `pairs.pair` returns them.
        scope: the part of the current figures that the release should have.
        is_typed: whether it was typed from prose, which covers other topics each year.
        is_proven: whether a certificate shows that no figure contradicts the current ones, as of
            case records: late cases then turn many figures into intervals, and others back.
    """
    if not (pairs["found"] != NEW).any():
        return
    # Single figures are printed again because they changed: among a few, the share means nothing.
    is_few = is_typed and scope is Scope.CELLS and (pairs["found"] == KEPT).sum() < FEWEST_PART
    yield from _lacking(pairs)
    if not is_few and not is_proven:
        yield from _changed(pairs)


def _lacking(pairs: pd.DataFrame) -> Iterator[Doubt]:
    """Name the current figures that the release lacks: many of all, or nearly all of a part."""
    current = pairs[pairs["found"] != NEW]
    totals = current[current["is_total"]]
    categories = [name for name in CATEGORIES if name in current]
    whole = [[name] for name in (*PLACES, *categories)]
    of_area = [["ref_area", name] for name in categories]
    lost = (
        [*_lost_parts(current, whole, LOST, FEWEST_LOST)]
        or [f"{area}, totals" for area in _lost_parts(totals, [["ref_area"]], LOST, FEWEST_LOST)]
        or [*_lost_parts(current, of_area, LOST_OF_AREA, FEWEST_PART)]
    )
    few_totals = totals["is_lost"].sum() < FEWEST_PART
    is_much = not few_totals and totals["is_lost"].mean() > LACKING_TOTALS
    if current["is_lost"].mean() > LACKING or is_much or lost:
        lacks, of_all = current["is_lost"].sum(), len(current)
        says = (
            f"lacks {lacks:,} of the {of_all:,} current figures, "
            f"{totals['is_lost'].sum():,} of them totals{words.above_all(lost)}"
        )
        yield Doubt("lacking", found=of_all - lacks, expected=of_all, detail=says)


def _lost_parts(
    current: pd.DataFrame, groups: list[list[str]], share: float, fewest: int
) -> Iterator[str]:
    """Yield the labels of the parts of which the release lacks at least a share of the figures."""
    for names in groups:
        counts = current.groupby(names, sort=True)["is_lost"].agg(["size", "mean"])
        lost = counts[(counts["mean"] >= share) & (counts["size"] >= fewest)]
        yield from (words.labels(names, part) for part in lost.index.to_frame().to_numpy())


def _changed(pairs: pd.DataFrame) -> Iterator[Doubt]:
    """Name the figures in both that differ: many of all, or many of a part."""
    both = pairs[(pairs["found"] == KEPT) & pairs["is_telling"]]
    if both.empty:
        return
    changed = both["changed"]
    parts = []
    for name in (*PLACES, "month", *CATEGORIES):
        if name in both:
            counts = changed.groupby(both[name], sort=True).agg(["size", "mean"])
            is_column = (counts["size"] >= FEWEST_COLUMN) & (name not in PLACES)
            most = is_column.map({True: CHANGED_COLUMN, False: CHANGED_PART})
            many = counts[(counts["size"] >= FEWEST_PART) & (counts["mean"] > most)]
            parts += [(share, words.label(name, part)) for part, share in many["mean"].items()]
    if changed.mean() > CHANGED or parts:
        parts = sorted(parts, key=lambda each: -each[0])
        says = (
            f"changes {changed.sum():,} of the {len(both):,} figures in both"
            f"{words.above_all([part for _, part in parts])}"
        )
        yield Doubt("changed", found=changed.sum(), expected=0, detail=says)
