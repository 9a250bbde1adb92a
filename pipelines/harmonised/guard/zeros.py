"""Whether new figures of an old period are all 0, as where states did not report.

The chance is that of a 0 among the current figures of the same column, once for each area.
"""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History

FEWEST: Final = 5
"""Least number of areas."""


def doubts(history: History) -> Iterator[Doubt]:
    """Name the column of an old period whose new figures of several areas are all 0."""
    column = [name for name in history.series if name != "ref_area"]
    new = history.after[history.after["is_new"]]
    periods = [pd.MultiIndex.from_frame(rows[["indicator", "time_period"]])
               for rows in (new, history.before)]  # fmt: skip
    late = new[periods[0].isin(periods[1])]
    is_zero = (late["value"] == 0).groupby([late[name] for name in (*column, "time_period")])
    found = is_zero.agg(["all", "size"]).reset_index()
    usual = (history.old["value"] == 0).groupby([history.old[name] for name in column])
    usual = usual.agg(zeros="sum", figures="size")
    found = found[found["all"] & (found["size"] >= FEWEST)].join(usual, on=column).fillna(0)
    chance = ((found["zeros"] + 1) / (found["figures"] + 2)) ** found["size"] * len(found)
    if len(found) and chance.min() < SHARES["zeros"]:
        row = found.loc[chance.idxmin()]
        where = ("", row["indicator"], row["time_period"])
        yield Doubt("zeros", *where, chance.min(), row["size"], 0, words.parts_of(row))
