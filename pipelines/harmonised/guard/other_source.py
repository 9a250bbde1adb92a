"""Whether new figures keep the ratio that they had to those of a source that counts the same.

Of a count and its rate the ratio is learnt as well, so units need not agree. The logarithm of the
ratio is compared with its median so far by Student's distribution.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import RATE, History
from pipelines.harmonised.guard.scale import WEIGHT

USUAL: Final = 0.15
"""Usual step of the logarithm of the ratio."""
_SAME: Final = ["ref_area", "sex", "age", "exploitation"]


def doubts(history: History, other: pd.DataFrame, name: str) -> Iterator[Doubt]:
    """Name the new figure whose ratio to that of the other source is least likely.

    `other` has the other source's current figures, one row per cell; `name` is its id.
    """
    there = other[other["value"] > 0].rename(columns={"value": "there"})
    there = there.assign(stem=there["indicator"].str.removesuffix(RATE))
    both = pd.concat(
        [history.old.assign(is_new=False), history.added.assign(is_new=True)], ignore_index=True
    )
    both = both[both["value"] > 0].assign(stem=both["indicator"].str.removesuffix(RATE))
    keys = [*_SAME, "stem", "time_period"]
    both = both.merge(there[[*keys, "indicator", "there"]], on=keys, suffixes=("", "_there"))
    both["ratio"] = both["value"] / both["there"]
    both["step"] = np.log(both["ratio"])
    series = [*_SAME, "indicator", "indicator_there"]
    so_far = both[~both["is_new"]].groupby(series, observed=True)["step"]
    known = so_far.agg(centre="median", variance="var", number="size")
    now = both[both["is_new"]].join(known.fillna({"variance": 0}), on=series, how="inner")
    if now.empty:
        return
    freedom = WEIGHT + now["number"]
    noise = np.where(now["is_rate"], 0, 1 / (now["value"] + 1))
    squares = WEIGHT * USUAL**2 + now["variance"] * (now["number"] - 1)
    away = (now["step"] - now["centre"]).abs() / np.sqrt(squares / freedom + noise)
    chance = pd.Series(2 * scipy.stats.t.sf(away, freedom) * len(now), now.index)
    if chance.min() < SHARES["other_source"]:
        row = now.loc[chance.idxmin()]
        where = (row["ref_area"], row["indicator"], row["time_period"])
        yield Doubt("other_source", *where, chance.min(), row["ratio"], np.exp(row["centre"]), name)
