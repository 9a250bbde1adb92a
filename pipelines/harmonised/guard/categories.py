"""Whether new periods lack a category or an indicator that the periods before had.

What is hidden, in quarantine or set aside is there. The chance that a category is absent follows
from the periods that lacked it (with half a period's doubt) and from its usual size: few are often
none.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History

PERIODS: Final = 8
"""Periods before that are looked at."""
FEWEST: Final = 2
FEWEST_OF_INDICATOR: Final = 3
"""Least number of them, for a category and for an indicator."""
SPREAD: Final = 3
"""How many times more than by chance alone a small figure varies."""
DIVISIONS: Final = ("sex", "age", "exploitation", "ref_area")


def doubts(history: History) -> Iterator[Doubt]:
    """Name the category that is least likely to be absent from the new periods, and indicators."""
    new = history.after[history.after["is_new"]]
    here = pd.concat([history.after, history.quarantined, history.set_aside])
    found = pd.DataFrame(
        [
            row
            for (indicator, per_year), of in new.groupby(["indicator", "per_year"], observed=True)
            for row in _lost(history, here[here["indicator"] == indicator], of, int(per_year))
        ],
        columns=["chance", "name", "code", "indicator", "time_period", "usual", "tests"],
    )
    if len(found):
        first = found.loc[found["chance"].idxmin()]
        alike = (found["chance"] <= first["chance"] * 1.01).sum()
        chance = float(first["chance"]) * max(1, first["tests"]) / alike
        if chance < SHARES["category"]:
            area = first["code"] if first["name"] == "ref_area" else ""
            label = words.label(first["name"], first["code"])
            place = (area, first["indicator"], first["time_period"])
            yield Doubt("category", *place, chance, 0, first["usual"], label)
    yield from _indicators(history, new, here)


def _lost(
    history: History, here: pd.DataFrame, new: pd.DataFrame, per_year: int
) -> Iterator[tuple]:
    """Yield the categories of an indicator that a new period lacks, as columns of `doubts`."""
    indicator = new["indicator"].iloc[0]
    before = history.before
    past = before[(before["indicator"] == indicator) & (before["per_year"] == per_year)]
    periods = np.sort(past["at"].unique())[-PERIODS:]
    later = new[new["at"] > periods[-1]] if len(periods) >= FEWEST else new.head(0)
    last = past[past["at"].isin(periods)]
    for name in DIVISIONS:
        if name == "ref_area" and not last[name].str.contains("-").any():
            continue  # states come and go in an international collection
        had = last.groupby([name, "at"], observed=True)["value"].max().unstack()
        times = last.groupby(name, observed=True)["at"].nunique()
        for _, now in later.groupby("at"):
            period = now["time_period"].max()
            printed = here.loc[here["time_period"] == period, name]
            tests = len(had) / PERIODS if name == "ref_area" else 1
            for code, seen in had[~had.index.isin(printed)].iterrows():
                usual = float(seen.reindex(periods).fillna(0).median())
                absent = (len(periods) - times[code] + 0.05) / (len(periods) + 2)
                chance = max(absent, float(np.exp(-min(usual, 50) / SPREAD)))
                yield chance, name, code, indicator, period, usual, tests


def _indicators(history: History, new: pd.DataFrame, here: pd.DataFrame) -> Iterator[Doubt]:
    """Name the indicators that all periods before had, and a new one lacks."""
    had = history.before.groupby(["indicator", "at"], observed=True).size().unstack(fill_value=0)
    for _, of in new.groupby("per_year"):
        period = of["time_period"].max()
        before = [at for at in had.columns if at < of["at"].max()][-PERIODS:]
        printed = here.loc[here["time_period"] == period, "indicator"]
        absent = ((had[before] == 0).sum(axis=1) + 0.05) / (len(before) + 2)
        is_gone = (absent < SHARES["category"]) & ~had.index.isin(printed)
        for indicator in had.index[is_gone] if len(before) >= FEWEST_OF_INDICATOR else []:
            label = words.label("indicator", indicator)
            yield Doubt("category", "", "", period, float(absent[indicator]), 0, detail=label)
