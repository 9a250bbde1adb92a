"""Checks of the size of a release's figures against the current figures of the same cells."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.pairs import KEPT

SAME_PERIOD: Final = 2.0
"""Factor between a period's sum in the release and the current one, all areas together."""
SAME_YEAR_OF_AREA: Final = 8.0
"""The same for one area and year: a state may correct its figures."""
LEAST_SUM: Final = 50
"""Smaller sums vary by chance."""
LEAST_SLIP: Final = 5
"""Least figure that is a slip if it becomes ten times as large."""


def same_periods(pairs: pd.DataFrame) -> Iterator[str]:
    """Name the periods whose sum over the cells in both changed by a large factor."""
    both = pairs[pairs["found"] == KEPT].dropna(subset=["value", "value_before"])
    by_period = factors(both, ["indicator", "time_period"], SAME_PERIOD)
    yield from (_in_words(of_indicator) for _, of_indicator in by_period.groupby("indicator"))
    rest = both[~both["time_period"].isin(by_period["time_period"])]
    for row in factors(rest, ["ref_area", "indicator", "year"], SAME_YEAR_OF_AREA).itertuples():
        area, indicator = (
            words.label(name, getattr(row, name)) for name in ("ref_area", "indicator")
        )
        yield f"{area}, {indicator} of {row.year}: {times(row.factor)} the current figures"


def slips(pairs: pd.DataFrame) -> Iterator[str]:
    """Name the figures that changed by a factor of ten, a hundred or a thousand, up or down.

    None of the 532 figures that UNODC changed did.
    """
    both = pairs[(pairs["found"] == KEPT) & (pairs["value_before"] > 0)]
    several = both[(both["value_before"] >= LEAST_SLIP) | (both["value_before"] % 1 > 0)]
    power = np.log10((several["value"] / several["value_before"]).where(several["value"] > 0))
    slipped = several[power.round(6).isin([-3, -2, -1, 1, 2, 3])]
    if len(slipped):
        first = slipped.iloc[0]
        place = words.label("ref_area", first["ref_area"])
        yield (
            f"has {len(slipped):,} figures that are 10, 100 or 1,000 times the current ones, or "
            f"such a fraction of them ({place}, {first['time_period']}: {first['printed_before']}, "
            f"now {first['printed']})"
        )


def factors(pairs: pd.DataFrame, by: list[str], most: float) -> pd.DataFrame:
    """Return the groups whose sum changed by a factor of `most` or more, up or down.

    Columns: those of `by`, before, now, factor, series.
    """
    sums = pairs.groupby(by, as_index=False, sort=True).agg(
        before=("value_before", "sum"), now=("value", "sum"), series=("value", "size")
    )
    sums = sums[sums[["before", "now"]].max(axis=1) >= LEAST_SUM]
    sums = sums.assign(factor=sums["now"] / sums["before"].where(sums["before"] > 0, 0.5))
    return sums[~sums["factor"].between(1 / most, most, inclusive="neither")]


def _in_words(periods: pd.DataFrame) -> str:
    """Return the periods of an indicator, runs as first to last, and the common factor."""
    indicator = words.label("indicator", periods["indicator"].iloc[0])
    factor = periods["now"].sum() / max(periods["before"].sum(), 0.5)
    return (
        f"{indicator} of {words.runs(periods['time_period'])}: {times(factor)} the current figures"
    )


def times(factor: float) -> str:
    """Return a factor in words."""
    return f"{factor:,.2g} times" if factor < 1 else f"{factor:,.1f} times"
