"""Whether new figures are of the size that the source's own steps lead one to expect.

A step is the logarithm of a sum over that of the level before: the last figures of the same series,
of months the mean of twelve. It is tested at three levels, all areas, an area, a series, against
Student's distribution of the steps so far, to which a prior adds the weight of some years; so short
history widens it, and so does each year without a figure. Counts vary by Poisson's law besides; a
rate does not.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import scipy

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import MONTHS, History

WEIGHT: Final = 4.0
"""Years of history that the prior is worth."""
MOST: Final = 4.0
"""Largest squared step that the history learns from: a break is no habit."""
GROWTH: Final = 0.7
"""Power of the years between two figures with which the variance of their step grows; measured."""
NAMED: Final = 3
USUAL_SPREAD: Final = 1.5
"""Usual standard deviation of the logarithms of an indicator's figures."""
_DIVIDED: Final = ["sex", "age", "exploitation", "citizenship"]
FEWEST: Final = 10
"""Least number of figures of an indicator, for the first one of a series to be judged by them."""


class Level(NamedTuple):
    """A level of sums: what identifies one beside indicator and frequency, and its usual step."""

    name: str
    by: tuple[str, ...]
    usual: float  # standard deviation of the logarithm; measured over all shipped sources


LEVELS: Final = (
    Level("all", (), 0.30),
    Level("area", ("ref_area",), 0.45),
    Level("series", ("id",), 0.60),
)


def doubts(history: History) -> Iterator[Doubt]:
    """Name new sums whose step is too large for the history; the least likely of each level."""
    figures = with_levels(history)
    fresh = figures[~figures["is_new"] | figures["is_fresh"]]
    of_level = {"all": fresh[~fresh["is_late"]], "area": fresh, "series": figures}
    tested = {}
    for level in LEVELS if len(figures) else ():
        now = _judged(of_level[level.name], level)
        same = tuple(sorted(zip(now["now"].round(6), now["was"].round(6), strict=True)))
        if len(now) and same not in tested:
            tested[same] = level, now
    for level, now in tested.values():
        chance = now["chance"] * len(now) * len(tested)
        for place in chance[chance < SHARES["scale"]].nsmallest(NAMED).index:
            row = now.loc[place]
            what = words.parts_of(figures.loc[row["first"]]) if level.name == "series" else ""
            where = (row["area"] if level.by else "", row["indicator"], row["time_period"])
            yield Doubt("scale", *where, chance[place], row["found"], row["expected"], what)
    first = _first(history, figures)
    chance = first["chance"] * len(first)
    if len(first) and chance.min() < SHARES["scale"]:
        row = first.loc[chance.idxmin()]
        where = (row["ref_area"], row["indicator"], row["time_period"])
        usual = float(np.exp(row["mean"]) * row["unit"])
        yield Doubt("scale", *where, chance.min(), row["value"], usual, "the first of its series")


def _first(history: History, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the first figures of series, with the chance of one as large among their like.

    Totals are like totals, parts like parts, areas of a state like such areas.
    """
    cell = [*history.series, "time_period"]
    has_level = pd.MultiIndex.from_frame(figures[cell])
    added = history.added
    first = added[~pd.MultiIndex.from_frame(added[cell]).isin(has_level)]
    by = ["indicator", "freq", "is_area", "is_part"]
    old, first = (
        rows.assign(
            is_area=rows["ref_area"].str.contains("-"),
            is_part=~rows[_DIVIDED].isin(["_T", "_Z"]).all(axis=1),
            log=np.log(rows["size"] + 0.5),
        )
        for rows in (history.old, first)
    )
    known = old.groupby(by, observed=True)["log"].agg(mean="mean", variance="var", number="size")
    first = first.join(known[known["number"] >= FEWEST], on=by, how="inner").reset_index(drop=True)
    freedom = WEIGHT + first["number"] - 1
    squares = WEIGHT * USUAL_SPREAD**2 + first["variance"] * (first["number"] - 1)
    above = (first["log"] - first["mean"]) / np.sqrt(squares / freedom)
    return first.assign(chance=scipy.stats.t.sf(above, freedom))


def with_levels(history: History) -> pd.DataFrame:
    """Return the figures that have others of their series before, with the level of those.

    Columns besides: id, number of the series; is_new; is_fresh, whether its table is (see
    `History.fresh`); is_late, whether its indicator has the period for other areas; level, mean of
    the last figure, of months of the last twelve; of a new figure after other new ones it is that
    of the first; years, between the figure and the last one, at least 1.
    """
    old, new = history.old, history.added
    period = ["indicator", "time_period"]
    current = pd.MultiIndex.from_frame(old[period])
    marked = new.assign(
        is_new=True,
        is_fresh=new.index.isin(history.fresh.index),
        is_late=pd.MultiIndex.from_frame(new[period]).isin(current),
    )
    rows = pd.concat([old.assign(is_new=False, is_fresh=False, is_late=False), marked])
    rows = rows.sort_values("at", kind="stable").reset_index(drop=True)
    rows["id"] = rows.groupby([*history.series, "per_year"], observed=True, sort=False).ngroup()
    known = rows["size"].where(~rows["is_new"])
    last = known.groupby(rows["id"]).shift(1)
    is_month = rows["per_year"] == MONTHS
    if is_month.any():
        of_year = last[is_month].groupby(rows["id"]).rolling(MONTHS, min_periods=1).mean()
        last = last.mask(is_month, of_year.droplevel(0))
    rows["level"] = last.groupby(rows["id"]).ffill()
    printed = rows["at"].where(~rows["is_new"]).groupby(rows["id"])
    since = rows["at"] - printed.shift(1).groupby(rows["id"]).ffill()
    # Without any figure the columns hold texts.
    rows["years"] = (since.astype(float) / rows["per_year"].astype(float)).clip(lower=1)
    return rows.dropna(subset=["level"])


def _judged(figures: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Return the new sums with the chance of a step as large, and what it depends on."""
    by = [*level.by, "indicator", "freq"]
    figures = figures.assign(expected=figures["level"] * figures["unit"], place=figures.index)
    # A line names the totals, if there are any: nobody printed the sum of totals and parts.
    is_part = (figures[_DIVIDED] != "_T").any(axis=1)
    groups = [figures[name] for name in [*by, "time_period", "is_new"]]
    is_told = ~is_part | is_part.groupby(groups, observed=True).transform("all")
    told = figures[["value", "expected"]].where(is_told, 0)
    figures = figures.assign(told=told["value"], expected=told["expected"])
    sums = figures.groupby([*by, "time_period", "is_new"], observed=True, as_index=False).agg(
        now=("size", "sum"),
        was=("level", "sum"),
        rate=("is_rate", "first"),
        area=("ref_area", "first"),
        found=("told", "sum"),
        expected=("expected", "sum"),
        first=("place", "first"),
        years=("years", "mean"),
    )
    step = np.log((sums["now"] + 0.5) / (sums["was"] + 0.5))
    noise = np.where(sums["rate"], 0, 1 / (sums["was"] + 1))
    # Of a step's square only what is beyond the chance of counts is learnt from.
    wider = sums["years"] ** GROWTH
    z2 = ((step**2 - noise) / wider).clip(0, MOST)
    sums = sums.assign(step=step, noise=noise, wider=wider, z2=z2)
    so_far = sums[~sums["is_new"]].groupby(by, observed=True)["z2"].agg(["sum", "size"])
    now = sums[sums["is_new"]]
    # Pandas joins no index of Arrow's texts that is empty: a first period has no steps so far.
    now = now.join(so_far, on=by) if len(so_far) else now.assign(sum=0, size=0)
    now = now.fillna({"sum": 0, "size": 0})
    freedom = WEIGHT + now["size"]
    usual = (WEIGHT * level.usual**2 + now["sum"]) / freedom
    spread = np.sqrt(usual * now["wider"] + now["noise"])
    chance = 2 * scipy.stats.t.sf(now["step"].abs() / spread, freedom)
    return now.assign(chance=chance, freedom=freedom, spread=spread)


def noticed(history: History) -> float:
    """Return the least factor on all new figures that would be noticed; infinite if none would."""
    figures = with_levels(history)
    if not len(figures) or not figures["is_new"].any():
        return float("inf")
    now = _judged(figures, LEVELS[0])
    width = scipy.stats.t.isf(SHARES["scale"] / 2, now["freedom"]) * now["spread"]
    return float(np.exp(width.min()))


def noticed_by_series(history: History) -> pd.Series:
    """Return the factor on each new figure alone that would be noticed, by cell.

    Figures without one before are left out.
    """
    cell = [*history.series, "time_period"]
    figures = with_levels(history)
    if not len(figures) or not figures["is_new"].any():
        return history.added.head(0).set_index(cell)["value"].rename("noticed")
    now = _judged(figures, LEVELS[-1])
    width = (
        scipy.stats.t.isf(SHARES["scale"] / 2 / max(1, len(now)), now["freedom"]) * now["spread"]
    )
    factors = now.assign(noticed=np.exp(width)).set_index(["id", "time_period"])["noticed"]
    new = figures[figures["is_new"]].join(factors, on=["id", "time_period"])
    return new.set_index(cell)["noticed"]
