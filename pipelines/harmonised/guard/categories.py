"""Whether new periods lack a category or an indicator that the periods before had.

What is hidden, in quarantine or set aside is there. The chance that a category is absent follows
from the periods that lacked it, and from its usual size where the source prints no zeros: few are
often none. Of areas it is at least the share of them that the source left out from one period to
the next.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History
from schemas.observation import DISAGGREGATIONS

PERIODS: Final = 8
"""Periods before that are looked at."""
FEWEST: Final = 1
FEWEST_OF_AREAS: Final = 2
FEWEST_OF_INDICATOR: Final = 3
"""Least number of them, for a category, an area and an indicator."""
SPREAD: Final = 3
"""How many times more than by chance alone a small figure varies."""
ABSENT: Final = 0.25
"""Share of the last year's totals whose states may be absent from the next; or what it ever was."""
FEWEST_STATES: Final = 5
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
    yield from _states(history, new, here)


def _lost(
    history: History, here: pd.DataFrame, new: pd.DataFrame, per_year: int
) -> Iterator[tuple[Any, ...]]:
    """Yield the categories of an indicator that a new period lacks, as columns of `doubts`."""
    indicator = new["indicator"].iloc[0]
    before = history.before
    past = before[(before["indicator"] == indicator) & (before["per_year"] == per_year)]
    periods = np.sort(past["at"].unique())[-PERIODS:]
    later = new[new["at"] > periods[-1]] if len(periods) >= FEWEST else new.head(0)
    last = past[past["at"].isin(periods)]
    prints_zeros = (past["value"] == 0).any()
    for name in DIVISIONS:
        is_area = name == "ref_area"
        if is_area and (len(periods) < FEWEST_OF_AREAS or not last[name].str.contains("-").any()):
            continue  # states come and go in an international collection
        figures, there = (
            last.pivot_table(index=name, columns="at", values=values, aggfunc=how, observed=True)
            for values, how in (("value", "max"), ("per_year", "size"))
        )
        figures = figures.reindex(index=there.index, columns=there.columns)
        tests = len(figures) / PERIODS if is_area else 1
        dropped = 0.0  # share of areas that are left out in the period after one that has them
        if is_area:
            has = there.notna().to_numpy()
            dropped = float((has[:, :-1] & ~has[:, 1:]).sum() / max(1, has[:, :-1].sum()))
        for _, now in later.groupby("at"):
            period = now["time_period"].max()
            printed = here.loc[here["time_period"] == period, name]
            for code in figures.index[~figures.index.isin(printed)]:
                usual = float(figures.loc[code].fillna(0).median())
                absent = (there.loc[code].isna().sum() + 0.05) / (len(periods) + 2)
                few = 0.0 if prints_zeros else float(np.exp(-min(usual, 50) / SPREAD))
                yield max(absent, few, dropped), name, code, indicator, period, usual, tests


def _indicators(history: History, new: pd.DataFrame, here: pd.DataFrame) -> Iterator[Doubt]:
    """Name the indicators that all periods before had, and a new one lacks."""
    had = history.before.groupby(["indicator", "at"], observed=True).size()
    had = had.reset_index(name="cells")
    had = had.pivot_table(index="indicator", columns="at", values="cells", fill_value=0)
    for _, of in new.groupby("per_year"):
        period = of["time_period"].max()
        before = [at for at in had.columns if at < of["at"].max()][-PERIODS:]
        printed = here.loc[here["time_period"] == period, "indicator"]
        absent = ((had[before] == 0).sum(axis=1) + 0.05) / (len(before) + 2)
        is_gone = (absent < SHARES["category"]) & ~had.index.isin(printed)
        for indicator in had.index[is_gone] if len(before) >= FEWEST_OF_INDICATOR else []:
            label = words.label("indicator", indicator)
            yield Doubt("category", "", "", period, float(absent[indicator]), 0, detail=label)


def _states(history: History, new: pd.DataFrame, here: pd.DataFrame) -> Iterator[Doubt]:
    """Name the states that a new year of an international collection lacks, if more than ever."""
    old = history.old[(history.old["per_year"] == 1) & ~history.old["ref_area"].str.contains("-")]
    totals = old[old[[*DISAGGREGATIONS]].isin(["_T", "_Z"]).all(axis=1)]
    sums = totals.pivot_table(index="ref_area", columns="at", values="size", aggfunc="sum")
    if len(sums) < FEWEST_STATES or len(sums.columns) < FEWEST_OF_AREAS:
        return
    had, has = sums.iloc[:, :-1], sums.iloc[:, 1:].notna().to_numpy()
    most = max(ABSENT, float((had.where(~has).sum() / had.sum()).max()))
    last = sums.iloc[:, -1].dropna()
    for period, _ in new[new["at"] > sums.columns[-1]].groupby("time_period"):
        printed = here.loc[here["time_period"] == period, "ref_area"]
        absent = last[~last.index.isin(printed)].sort_values(ascending=False)
        if absent.sum() > most * last.sum():
            chance = 1 / (len(sums.columns) + 1)
            names = words.some([words.label("ref_area", area) for area in absent.index])
            yield Doubt("category", "", "", period, chance, 0, float(absent.sum()), names)
