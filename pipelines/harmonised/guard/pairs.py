"""Pair the figures of a release with the current figures, cell by cell."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import pandas as pd

KEPT: Final = "both"
GONE: Final = "left_only"
NEW: Final = "right_only"
"""Values of the column `found`: both have the cell, or only one of them."""


class Scope(StrEnum):
    """Part of the current figures that a release is expected to repeat.

    All of them; those of its own indicators and periods; or only those of its own cells.
    """

    ALL = "all"
    PERIODS = "periods"
    CELLS = "cells"


def current_figures(frames: Sequence[pd.DataFrame], cell: Sequence[str]) -> pd.DataFrame:
    """Return the newest figure of each cell; `frames` are the current releases, newest first."""
    columns = [*cell, "value_raw", "value"]
    texts = [frame[columns].astype(dict.fromkeys(columns[:-1], "str")) for frame in frames]
    return pd.concat(texts, ignore_index=True).drop_duplicates(list(cell))


def pair(
    before: pd.DataFrame, after: pd.DataFrame, cell: Sequence[str], scope: Scope
) -> pd.DataFrame:
    """Return one row per cell of a release, and per current cell in its scope.

    Columns: those of `cell`, `year`; `printed_before`, `printed` (the texts), `value_before`,
    `value`; `found`; `changed`, whether both have it with different texts; `month`, for monthly
    figures; `is_telling`, false for a figure that both have alike and that is 0 or hidden.
    """
    old, new = (_plain(frame, cell) for frame in (before, after))
    pairs = old.merge(
        new, on=list(cell), how="outer", suffixes=("_before", ""), indicator="found",
        validate="one_to_one",
    )  # fmt: skip
    pairs = pairs[(pairs["found"] != GONE) | _is_expected(pairs, new, scope)]
    both = pairs["found"] == KEPT
    changed = both & (pairs["printed_before"] != pairs["printed"])
    return pairs.assign(
        year=pairs["time_period"].str[:4],
        month=pairs["time_period"].where(pairs["freq"] == "M").str[5:] if "freq" in pairs else None,
        changed=changed,
        is_telling=changed | (pairs["value"].fillna(0) != 0),
    ).reset_index(drop=True)


def _plain(frame: pd.DataFrame, cell: Sequence[str]) -> pd.DataFrame:
    """Return cells, texts and values, without the frame's own categories."""
    texts = frame[[*cell, "value_raw"]].astype("str").rename(columns={"value_raw": "printed"})
    return texts.assign(value=frame["value"])


def _is_expected(pairs: pd.DataFrame, after: pd.DataFrame, scope: Scope) -> pd.Series:
    """Return whether the release should have each cell."""
    if scope is not Scope.PERIODS:
        return pd.Series(scope is Scope.ALL, index=pairs.index)
    table = [name for name in ("indicator", "freq", "time_period") if name in pairs]
    keys = pd.MultiIndex.from_frame(pairs[table])
    return pd.Series(keys.isin(pd.MultiIndex.from_frame(after[table])), index=pairs.index)
