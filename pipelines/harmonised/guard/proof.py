"""The proof sheet: each new figure beside the last one, for the person who takes a file in."""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import scale
from pipelines.harmonised.guard.history import History

COLUMNS: Final = (
    "last_period", "last", "now", "factor", "least_step", "most_step", "steps", "noticed",
)  # fmt: skip
"""Columns of the sheet beside those of the cell."""


def sheet(history: History) -> pd.DataFrame:
    """Return one row per new figure, the greatest step first.

    Columns: those of the cell; last_period and last, the figure of its series before it; now, the
    new figure; factor between the two; least_step, most_step and steps, the least and greatest
    factor between neighbouring figures of the series so far, and their number; noticed, the factor
    by which this figure alone would have to differ from `last` to be noticed. Columns are NaN
    where the series has no figure before; such rows come first.
    """
    cell = [*history.series, "time_period"]
    added = history.added.assign(now=history.added["value"])
    rows = pd.concat([history.old, added]).sort_values("at", kind="stable")
    by_series = rows.groupby([*history.series, "per_year"], observed=True, sort=False)
    before = by_series[["value", "time_period"]].shift(1)
    rows = rows.assign(last=before["value"], last_period=before["time_period"])
    rows["factor"] = rows["value"] / rows["last"].where(rows["last"] > 0)
    steps = rows.loc[rows["now"].isna() & rows["factor"].notna()]
    of_series = steps.groupby(history.series, observed=True)["factor"].agg(["min", "max", "size"])
    of_series.columns = ["least_step", "most_step", "steps"]
    found = rows[rows["now"].notna()].join(of_series, on=history.series)
    found = found.join(scale.noticed_by_series(history), on=cell)
    order = np.log(found["factor"].where(found["factor"] > 0)).abs().fillna(np.inf)
    found = found.assign(steps=found["steps"].fillna(0).astype(int), order=-order)
    return found.sort_values("order", kind="stable")[[*cell, *COLUMNS]].reset_index(drop=True)
