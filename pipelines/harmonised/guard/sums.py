"""Checks of the totals of a release against their own parts: by sex, by age, and by both.

A hidden figure is an interval, so a sum holds if its parts can make up the total. Persons of whom
neither sex nor age is known stand in one cell, which may be repeated in the others or not: the sum
may hold with it or without it. A part that is lacking or in quarantine may have any value.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.pairs import NEW, cell_columns, plain
from schemas import codelists
from schemas.observation import DISAGGREGATIONS

BROKEN: Final = 0.04
"""Share of the sums that held before that a release may break, if at least `FEWEST_BROKEN`.

UNODC's release of April 2025 broke 26 of 848 (3 %), that of October 2025 60 of 1,050 (6 %).
"""
FEWEST_BROKEN: Final = 12
EXCEEDED: Final = 0.1
"""Share of the new totals that their parts may exceed, if at least `FEWEST_EXCEEDED`.

Of UNODC's new totals of April 2025 one of 82 was, of those of October 2025 three of 23.
"""
FEWEST_EXCEEDED: Final = 2

_PERSONS: Final = ("sex", "age")
_TOTAL: Final = ["ref_area", "indicator", "freq", "time_basis", "time_period"]
_BOUNDS: Final = ["lower", "upper"]


def broken(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> Iterator[str]:
    """Name the sums that held before and do not now, if they are many."""
    cell = cell_columns(pairs)
    current = pairs[pairs["found"] != NEW]
    before = _sums(current[cell], current["lower_before"], current["upper_before"])
    now = _sums_now(pairs, quarantined)
    both = now[now.index.isin(before.index[before["holds"]])]
    no_more = both[~both["holds"]]
    if len(no_more) >= FEWEST_BROKEN and len(no_more) > BROKEN * len(both):
        yield (
            f"breaks {len(no_more):,} of the {len(both):,} sums of sexes or ages that made up "
            f"their totals before{words.above_all(_worst(no_more))}"
        )


def exceeded(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> Iterator[str]:
    """Name the new totals that some of their parts exceed and none can make up, if several."""
    is_new = (pairs["found"] == NEW) & pairs["is_total"]
    now = _sums_now(pairs, quarantined)
    new = now[now.index.droplevel("division").isin(pairs[is_new].set_index(_TOTAL).index)]
    by_total = new.groupby(_TOTAL)
    is_below = by_total["exceeded"].any() & ~by_total["holds"].any()
    if is_below.sum() >= FEWEST_EXCEEDED and is_below.mean() > EXCEEDED:
        below = new.index.droplevel("division").isin(is_below.index[is_below])
        yield (
            f"has {is_below.sum():,} new totals, of {len(is_below):,}, that are below the sum of "
            f"their own parts{words.above_all(_worst(new[below & new['exceeded']]))}"
        )


def _sums_now(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the release."""
    cell = cell_columns(pairs)
    # What is in quarantine comes last: it tells nothing of a cell that has a figure as well.
    kept_out = plain(quarantined[quarantined["indicator"].notna()], cell)
    now = pd.concat([pairs, kept_out], ignore_index=True).drop_duplicates(cell)
    return _sums(now[cell], now["lower"], now["upper"])


def _sums(cells: pd.DataFrame, lower: pd.Series, upper: pd.Series) -> pd.DataFrame:
    """Return one row per total of counted persons and division of it that can be tested.

    Index: division, and the columns of `_TOTAL`. Columns: lower and upper, bounds of the total;
    those of its parts together (`_of_parts`) and of persons of whom nothing is known (`_unknown`);
    exceeded, whether the parts are more than the total; holds, whether they can make it up.
    """
    is_count = cells["indicator"].map(codelists.column("indicator", "unit_measure")) == "NUMBER"
    others = [name for name in (*DISAGGREGATIONS, "counterpart_role") if name not in _PERSONS]
    is_whole = cells[others].isin(["_T", "_Z"]).all(axis=1)
    figures = cells.assign(lower=lower.fillna(0), upper=upper.fillna(np.inf))[is_count & is_whole]
    sex, age = figures["sex"], figures["age"]
    is_broad = age.isin(["Y0T17", "Y_GE18", "_U"])
    is_unknown = (sex == "_U") & (age == "_U")
    divisions = {
        "sex": (sex != "_T") & (age == "_T"),
        "age": (sex == "_T") & is_broad,
        "sex and age": (sex != "_T") & is_broad & ~is_unknown,
    }
    totals = figures[(sex == "_T") & (age == "_T")].set_index(_TOTAL)[_BOUNDS]
    unknown = figures[is_unknown].groupby(_TOTAL)[_BOUNDS].sum().add_suffix("_unknown")
    sums = {
        name: totals.join(_added(figures[here]), how="inner").join(unknown)
        for name, here in divisions.items()
    }
    return _judged(pd.concat(sums, names=["division"]).fillna(0))


def _added(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of each total together, and how many of those of a complete table."""
    is_main = parts["sex"].isin(["F", "M", "_T"]) & parts["age"].isin(["Y0T17", "Y_GE18", "_T"])
    added = parts.assign(main=is_main).groupby(_TOTAL)[[*_BOUNDS, "main"]].sum()
    return added.rename(columns={name: f"{name}_of_parts" for name in _BOUNDS})


def _judged(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the sums that can be tested: exceeded, or of two parts and more with known bounds."""
    lower, upper = sums["lower_of_parts"], sums["upper_of_parts"]
    with_unknown = lower + sums["lower_unknown"], upper + sums["upper_unknown"]
    exceeded = (lower > sums["upper"]) & (sums["main"] > 0)
    holds = [
        (least <= sums["upper"]) & (most >= sums["lower"])
        for least, most in ((lower, upper), with_unknown)
    ]
    is_bounded = np.isfinite(sums["upper"]) & np.isfinite(with_unknown[1])
    is_tested = exceeded | ((sums["main"] >= 2) & is_bounded)
    return sums.assign(exceeded=exceeded, holds=holds[0] | holds[1])[is_tested]


def _worst(sums: pd.DataFrame) -> list[str]:
    """Return each total in words with its parts, that with the greatest gap first."""
    above = sums["lower_of_parts"] - sums["upper"]
    below = sums["lower"] - sums["upper_of_parts"] - sums["upper_unknown"]
    widest = np.maximum(above, below).sort_values(ascending=False, kind="stable").index
    rows = sums.loc[widest].reset_index().drop_duplicates(_TOTAL)
    return [
        f"{words.labels(['ref_area', 'indicator'], [row.ref_area, row.indicator])} of "
        f"{row.time_period} ({words.interval(row.lower, row.upper)}, parts "
        f"{words.interval(row.lower_of_parts, row.upper_of_parts)})"
        for row in rows.itertuples()
    ]
