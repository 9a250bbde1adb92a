"""Whether new figures are those of another period, as where a file was filled from the last one.

The chance that two neighbouring periods print the same figure falls with its size; UNODC's file
gives it (as the detectors have it), and how often the source itself repeats one corrects it. Of
several figures that differ from each other the chances are multiplied. A rate that follows its
count, which is printed beside it, is not one of them.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History
from pipelines.harmonised.guard.pairs import RATE_SHIFT

EQUAL: Final = pd.Series(
    [0.5, 0.27, 0.07, 0.03, 0.02, 0.008], index=[0.0, 5.0, 10.0, 20.0, 50.0, 100.0]
)
"""Chance that a neighbouring period prints the same figure, by the least size it holds for."""
WEIGHT: Final = 10
"""Figures of its own that a source needs to weigh as much as `EQUAL`."""
LEAST: Final = 5
"""Smaller figures are alike by chance."""
MOST_UNLIKE: Final = 0.2
"""Share of the figures of `LEAST` and more that may differ in a copy."""


class Group(NamedTuple):
    """New figures that may be copied together, and from where."""

    ref_area: str
    indicator: str
    time_period: str
    origin: str
    figures: pd.DataFrame  # with `is_equal`


def doubts(history: History) -> Iterator[Doubt]:
    """Name the groups of new figures, all, of an indicator, or of an area, that are copies."""
    habits = _habits(history)
    groups = [*_groups(history)]
    areas = max(1, len({group[:2] for group in groups if group.ref_area}))
    indicators = max(1, len({group.indicator for group in groups}) - 1)
    for group in groups:
        large = group.figures[group.figures["digits"] >= LEAST]
        equal = large[large["is_equal"]].drop_duplicates(["ref_area", "indicator", "value"])
        if equal.empty or large["is_equal"].mean() < 1 - MOST_UNLIKE:
            continue
        places = areas if group.ref_area else indicators if group.indicator else 1
        chance = float(chances(equal["digits"], habits).prod()) * places
        if chance < SHARES["copied"]:
            yield Doubt("copied", *group[:3], chance, len(equal), len(large), group.origin)
            return


def _groups(history: History) -> Iterator[Group]:
    """Yield all new figures of a period (of months: a block), of an indicator, of an area of it."""
    for both, origin in _beside(history):
        period = both["time_period"]
        if not both["per_year"].eq(1).all():
            period = pd.Series(period.max(), both.index)
        for by in ([], ["indicator"], ["ref_area", "indicator"]):
            keys = [both[name] for name in by]
            for _, figures in both.groupby([*keys, period], observed=True):
                place = {name: figures[name].iloc[0] for name in by}
                area, indicator = place.get("ref_area", ""), place.get("indicator", "")
                yield Group(area, indicator, figures["time_period"].max(), origin, figures)


def _beside(history: History) -> Iterator[tuple[pd.DataFrame, str]]:
    """Yield the new figures beside those that they may be copied from, and where these are from.

    Years may be from the last one there, months and quarters from the period before, from as many
    periods before as are new, and from a year before.
    """
    known = pd.concat([history.old, history.added])
    known = known[[*history.series, "per_year", "at", "value", "count"]]
    known = known.rename(columns={"value": "there", "count": "count_there"})
    for per_year, new in history.fresh.groupby("per_year"):
        there = known[known["per_year"] == per_year].drop(columns="per_year")
        block = new["at"].nunique()
        lags = {1: "one period before", block: f"{block} periods before", per_year: "a year before"}
        if per_year == 1:
            lags = {0: "the last period before"}
        for back, origin in sorted(lags.items()):
            if back:
                both = new.merge(there.assign(at=there["at"] + back), on=[*history.series, "at"])
            else:
                last = there[there["at"] < new["at"].min()].sort_values("at")
                last = last.drop_duplicates(history.series, keep="last").drop(columns="at")
                both = new.merge(last, on=history.series)
            follows = (both["count"] / both["count_there"] - 1).abs() <= RATE_SHIFT
            both = both[(both["digits"] >= 1) & ~follows]
            yield both.assign(is_equal=np.isclose(both["value"], both["there"])), origin


def _habits(history: History) -> pd.Series:
    """Return the chance that neighbouring periods of the source print the same, by `EQUAL`."""
    rows = history.old.sort_values("at", kind="stable")
    last = rows.groupby([*history.series, "per_year"], observed=True)["value"].shift(1)
    known = rows[last.notna() & (rows["digits"] >= 1)]
    equal = np.isclose(known["value"], last[known.index])
    counted = (
        pd.Series(equal, dtype=float).groupby(_size_class(known["digits"])).agg(["sum", "size"])
    )
    counted = counted.reindex(range(len(EQUAL)), fill_value=0)
    chance = (counted["sum"] + WEIGHT * EQUAL.to_numpy()) / (counted["size"] + WEIGHT)
    return chance.clip(upper=1)


def _size_class(digits: pd.Series) -> np.ndarray:
    return np.searchsorted(EQUAL.index.to_numpy()[1:], digits.to_numpy(), side="right")


def chances(digits: pd.Series, habits: pd.Series | None = None) -> np.ndarray:
    """Return the chance of each figure to be equal to another; by `EQUAL` without habits."""
    by_class = EQUAL.to_numpy() if habits is None else habits.to_numpy()
    return by_class[_size_class(digits)]
