"""Checks of a release against the current figures, one function each.

A check returns lines that name the change, its place and its size; none if all looks right.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import pandas as pd

from pipelines.harmonised.guard import levels, words
from pipelines.harmonised.guard.likeness import pattern
from pipelines.harmonised.guard.pairs import GONE, KEPT, NEW, Scope

LACKING: Final = 0.1
"""Share of the current figures that a release may lack."""
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
FEWEST_IN_YEAR: Final = 5
"""Least number of figures that a category had in the last year, to be missed in a later one."""

CATEGORIES: Final = ("indicator", "sex", "age", "exploitation", "citizenship", "breakdown")
PLACES: Final = ("ref_area", "year")
_NAMED: Final = 3
"""Number of parts, and of sums, that are named one by one."""


def doubts(
    pairs: pd.DataFrame, quarantined: pd.DataFrame, scope: Scope, *, is_typed: bool = False
) -> list[str]:
    """Return the reasons why a release looks wrong, a line each; none if it looks right.

    Args:
        pairs: the release and the current figures, as `pairs.pair` returns them.
        quarantined: cells of the release that are in quarantine, which are not missed.
        scope: the part of the current figures that the release should have.
        is_typed: whether it was typed from prose, which covers other topics each year.
    """
    if not (pairs["found"] != NEW).any():
        return []
    lines = [*_lacking(pairs), *_changed(pairs)]
    if "indicator" in pairs:
        lines += islice(levels.same_periods(pairs), _NAMED)
        lines += levels.new_periods(pairs) if not is_typed else []
        lines += _missed(pairs, quarantined) if scope is not Scope.CELLS else []
        lines += [] if lines else levels.slips(pairs)
    return lines


def _lacking(pairs: pd.DataFrame) -> Iterator[str]:
    """Name the current figures that the release lacks: many of all, or nearly all of a part."""
    current = pairs[pairs["found"] != NEW]
    gone = current["found"] == GONE
    lost = [
        (name, part)
        for name in (*PLACES, *CATEGORIES)
        if name in current
        for part, of_part in gone.groupby(current[name], sort=True)
        if of_part.mean() >= LOST and len(of_part) >= FEWEST_LOST
    ]
    if gone.mean() > LACKING or lost:
        yield f"lacks {gone.sum():,} of the {len(current):,} current figures{_named(lost)}"


def _changed(pairs: pd.DataFrame) -> Iterator[str]:
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
            parts += [(share, name, part) for part, share in many["mean"].items()]
    if changed.mean() > CHANGED or parts:
        parts = sorted(parts, key=lambda each: -each[0])
        yield (
            f"changes {changed.sum():,} of the {len(both):,} figures in both"
            f"{_named([(name, part) for _, name, part in parts])}{pattern(pairs)}"
        )


def _missed(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> Iterator[str]:
    """Name the categories and subdivisions that the last year had and the years after it lack."""
    for (indicator, _), figures in pairs.groupby(["indicator", "freq"], sort=True):
        last = figures.loc[figures["found"] != NEW, "time_period"].max()
        later = figures[(figures["found"] == NEW) & (figures["time_period"] > last)]
        if later.empty:
            continue
        year = figures[(figures["found"] != NEW) & (figures["year"] == str(last)[:4])]
        printed = quarantined[quarantined["indicator"] == indicator]
        printed = printed[printed["time_period"].astype("str") > last]
        for name in ("sex", "age", "exploitation", "ref_area"):
            had = year[name].value_counts()
            had = had[had >= FEWEST_IN_YEAR]
            if name == "ref_area":  # states come and go in an international collection
                had = had[had.index.str.contains("-")]
            has = {*later[name], *printed[name]}
            if lost := [(name, part) for part in sorted(had.index) if part not in has]:
                what = words.label("indicator", indicator)
                yield f"{what} after {last} has no figures{_named(lost)}"


def is_repeated(pairs: pd.DataFrame) -> bool:
    """Return whether an earlier release has all figures of a release, unchanged."""
    own = pairs[pairs["found"] != GONE]
    return bool((own["found"] == KEPT).all()) and not own["changed"].any()


def _named(parts: list[tuple[str, str]]) -> str:
    """Return the first parts in words, and the number of the others."""
    if not parts:
        return ""
    named = [words.label(name, part) for name, part in parts[:_NAMED]]
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    return f", above all of {', '.join(named)}{more}"
