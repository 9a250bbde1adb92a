"""Whether printed figures were changed as a slip changes them.

One figure: two digits exchanged, a power of ten, or a jump beyond what revisions are (Student, 3
degrees of freedom, spread of 15 %). Many figures: most stood under another label or in another
year, or have the same factor; the chance of each to be equal is that of `copied.EQUAL`.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.harmonised.guard.copied import chances
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History

SPREAD: Final = 0.15
FREEDOM: Final = 3
POWER_OF_TEN: Final = 0.002
"""Chance that a revision of a figure of `LEAST` and more is a power of ten."""
LEAST: Final = 5
FEWEST_DIGITS: Final = 10
MOST_LIKE: Final = 0.6
"""Share of the changed figures of a part that follow one pattern, to be told."""
FEWEST: Final = 6
"""Least number of such figures; an earlier release may have been the false one."""
LEAST_FACTOR: Final = 1.2
ROUNDING: Final = 0.01
WIDTH: Final = 0.05
"""Chance that a revised figure is within the rounding of a factor."""
OTHERS: Final = {
    "sex": {"F": "M", "M": "F"},
    "age": {"Y0T17": "Y_GE18", "Y_GE18": "Y0T17"},
    "exploitation": {"SX": "FL", "FL": "SX"},
}
_PARTS: Final[tuple[list[str], ...]] = ([], ["ref_area"], ["indicator"], ["ref_area", "year"])


def doubts(history: History, *, is_proven: bool = False) -> Iterator[Doubt]:
    """Name the least likely change of a figure, and the first part that follows a pattern.

    Late cases let a count from records grow, which `is_proven`: only patterns tell there.
    """
    new = history.new
    changed = new[(new["was"] - new["value"]).abs() > 0]
    changed = changed.assign(year=changed["time_period"].str[:4])
    if len(changed):
        yield from () if is_proven else _figures(changed)
        yield from _patterns(history, changed)


def _figures(changed: pd.DataFrame) -> Iterator[Doubt]:
    """Name the figure whose change is least likely, if it is too unlikely for a revision."""
    unit = np.where(changed["is_rate"], 0.01, 1.0)
    was, now = (changed["was"] / unit).round(), (changed["value"] / unit).round()
    step = np.log((now + 0.5) / (was + 0.5)).abs()
    jump = 2 * scipy.stats.t.sf(step / np.sqrt(SPREAD**2 + 1 / (was + 1)), FREEDOM)
    slip = [_slip(int(old), int(new)) for old, new in zip(was, now, strict=True)]
    chance = pd.Series(np.minimum(jump, slip), changed.index) * len(changed)
    place = chance.idxmin()
    if chance[place] < SHARES["revised"]:
        row = changed.loc[place]
        old, new = int(was[place]), int(now[place])
        how = ": a power of ten" if _is_power(old, new) else ""
        if new in exchanges(old):
            how = ": the same digits in another order"
        where = (row["ref_area"], row["indicator"], row["time_period"])
        yield Doubt("revised", *where, chance[place], row["value"], row["was"], how)


def _slip(was: int, now: int) -> float:
    """Return the chance that a revision looks like exchanged digits or a power of ten."""
    swaps = exchanges(was)
    size = abs(now - was)
    if was >= FEWEST_DIGITS and now in swaps:
        return sum(abs(each - was) <= size for each in swaps) / (2 * size)
    return POWER_OF_TEN if was >= LEAST and _is_power(was, now) else 1.0


def exchanges(figure: int) -> set[int]:
    """Return the figures that differ from one by two exchanged neighbouring digits."""
    text = str(figure)
    found = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
    return {int(each) for each in found} - {figure}


def _is_power(was: int, now: int) -> bool:
    return (
        now > 0 and now != was and any(now == was * 10**n or was == now * 10**n for n in (1, 2, 3))
    )


def _patterns(history: History, changed: pd.DataFrame) -> Iterator[Doubt]:
    """Name the first part of which most changed figures stood elsewhere, or have one factor."""
    large = changed[(changed["digits"] >= LEAST) & (changed["was"] > 0)]
    patterns = _stood_elsewhere(history, large)
    for by in _PARTS:
        keys = [large[name] for name in by] or [pd.Series("", large.index)]
        groups = [group for _, group in large.groupby(keys, observed=True)]
        for group in groups:
            for detail, (is_alike, chance) in {**patterns, **_factor(group)}.items():
                alike = group[is_alike.reindex(group.index)]
                alike = alike.drop_duplicates(["ref_area", "indicator", "value"])
                share = is_alike.reindex(group.index).mean()
                unlikely = float(chance.reindex(alike.index).prod()) * len(groups) * len(patterns)
                number = is_alike.reindex(group.index).sum()
                if number >= FEWEST and share >= MOST_LIKE and unlikely < SHARES["moved"]:
                    area, indicator, year = (
                        group[name].iloc[0] if (group[name] == group[name].iloc[0]).all() else ""
                        for name in ("ref_area", "indicator", "year")
                    )
                    where = area, indicator, year
                    yield Doubt("moved", *where, unlikely, number, len(group), detail)
                    return


def _stood_elsewhere(
    history: History, changed: pd.DataFrame
) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return by pattern which changed figures stood elsewhere before, and the chance of that."""
    old = history.old
    moved = {
        **{f"stood under the other {name}": old.assign(**{name: old[name].map(labels)})
           for name, labels in OTHERS.items()},
        "stood in the year before": old.assign(at=old["at"] + old["per_year"]),
        "stood in the year after": old.assign(at=old["at"] - old["per_year"]),
    }  # fmt: skip
    keys = [*history.series, "per_year", "at", "value"]
    chance = pd.Series(chances(changed["digits"]), changed.index)
    there = pd.MultiIndex.from_frame(changed[keys])
    return {
        name: (pd.Series(there.isin(pd.MultiIndex.from_frame(each[keys])), changed.index), chance)
        for name, each in moved.items()
    }


def _factor(changed: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return which figures have the common factor, and the chance of that; the first makes it."""
    factor = (changed["value"] / changed["was"]).median()
    if abs(np.log(factor)) < np.log(LEAST_FACTOR):
        return {}
    rounding = np.where(changed["value"] % 1 == 0, 0.5, 0)
    off = (changed["value"] - factor * changed["was"]).abs()
    is_alike = off <= ROUNDING * changed["value"] + rounding
    chance = (WIDTH + 1 / changed["digits"]).where(~is_alike.cumsum().eq(1), 1)
    return {f"are about {factor:.3g} times the current figures": (is_alike, chance)}
