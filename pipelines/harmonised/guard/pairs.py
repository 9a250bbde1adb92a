"""Pair the figures of a release with the current figures, cell by cell."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from schemas import codelists
from schemas.observation import DISAGGREGATIONS

KEPT: Final = "both"
GONE: Final = "left_only"
NEW: Final = "right_only"
"""Values of the column `found`: both have the cell, or only one of them."""

RATE_SHIFT: Final = 0.02
"""Relative shift of a rate that does not count as a change: a new population estimate moves all."""

FIGURE: Final = ("value_raw", "value", "lower", "upper", "obs_status")
_TOTAL: Final = (*DISAGGREGATIONS, "counterpart_role")


class Scope(StrEnum):
    """Part of the current figures that a release is expected to repeat.

    All of them; those of its own indicators and periods; or only those of its own cells.
    """

    ALL = "all"
    PERIODS = "periods"
    CELLS = "cells"


def stacked(frames: Sequence[pd.DataFrame], cell: Sequence[str]) -> pd.DataFrame:
    """Return the cells and figures of releases below each other, in their order."""
    columns = ["release", *cell, *(name for name in FIGURE if name in frames[0])]
    return pd.concat([plain(frame, columns) for frame in frames], ignore_index=True)


def pair(
    before: pd.DataFrame, after: pd.DataFrame, cell: Sequence[str], scope: Scope
) -> pd.DataFrame:
    """Return one row per cell of a release, and per current cell in its scope.

    Columns: those of `cell`; `printed_before`, `printed` (the texts), `value_before`, `value` and
    the same of bounds and status; `found`; `year`; `month`, for monthly figures; `is_total`,
    whether the cell is broken down by nothing; `changed`, whether both have it and the figure does
    not lie within the bounds before; `is_lost`, whether the release lacks the cell, or no longer
    has the number of a total; `is_telling`, false for a figure that both have alike and that is 0
    or hidden.
    """
    columns = [*cell, *(name for name in FIGURE if name in after)]
    old, new = (
        plain(frame, columns).rename(columns={"value_raw": "printed"}) for frame in (before, after)
    )
    pairs = old.merge(
        new, on=list(cell), how="outer", suffixes=("_before", ""), indicator="found",
        validate="one_to_one",
    )  # fmt: skip
    if scope is Scope.CELLS:
        pairs = pairs[pairs["found"] != GONE]
    elif scope is Scope.PERIODS:
        table = [name for name in ("indicator", "freq", "time_period") if name in pairs]
        own = pd.MultiIndex.from_frame(new[table])
        pairs = pairs[(pairs["found"] != GONE) | pd.MultiIndex.from_frame(pairs[table]).isin(own)]
    changed = (pairs["found"] == KEPT) & ~lies_within(pairs)
    is_total = (pairs[[name for name in _TOTAL if name in pairs]].isin(["_T", "_Z"])).all(axis=1)
    has_no_number = pairs["value_before"].notna() & pairs["value"].isna()
    return pairs.assign(
        year=pairs["time_period"].str[:4],
        month=pairs["time_period"].where(pairs["freq"] == "M").str[5:] if "freq" in pairs else None,
        is_total=is_total,
        changed=changed,
        is_lost=(pairs["found"] == GONE) | (is_total & has_no_number),
        is_telling=changed | (pairs["value"].fillna(0) != 0),
    ).reset_index(drop=True)


def plain(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return columns of a frame with texts in place of the frame's own categories."""
    categories = (name for name in columns if isinstance(frame[name].dtype, pd.CategoricalDtype))
    return frame[[*columns]].astype(dict.fromkeys(categories, "str"))


def lies_within(pairs: pd.DataFrame) -> pd.Series:
    """Return whether each figure lies within the bounds before, so that both can be true.

    An exact figure must be the same; `<5` may become `0`, or 1 to 4: it is narrowed, not revised.
    Where neither has bounds, the reason for none must be the same. The warehouse's macro of this
    name has the same meaning for counts.
    """
    shift = pd.Series(0.0, pairs.index)
    if "indicator" in pairs:
        unit = pairs["indicator"].map(codelists.column("indicator", "unit_measure"))
        shift = unit.str.startswith("PER_") * RATE_SHIFT
    bounds = ("lower", "upper") if "lower" in pairs else ("value", "value")
    lower, upper = (pairs[name] for name in bounds)
    lower_before, upper_before = (pairs[f"{name}_before"] for name in bounds)
    within = (lower >= lower_before * (1 - shift)) & (
        upper.fillna(np.inf) <= upper_before.fillna(np.inf) * (1 + shift)
    )
    is_missing = lower.isna() & lower_before.isna()
    if "obs_status" in pairs:
        is_missing &= pairs["obs_status"] == pairs["obs_status_before"]
    return within | is_missing
