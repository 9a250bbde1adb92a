"""Patterns in changed figures: the other sex's, a neighbouring year's, ten times as many."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipelines.harmonised.guard.pairs import KEPT

_MOST: Final = 0.5
"""Share of the changed figures from which they are said to look like others."""
_CELLS: Final = slice(None, "printed_before")
_OTHER_SEX: Final = {"F": "M", "M": "F"}


def what_it_is(pairs: pd.DataFrame) -> str:
    """Return what most changed figures look like, as the end of a sentence; "" if nothing."""
    changed = pairs[pairs["changed"]]
    if changed.empty:
        return ""
    alike, what = max(_candidates(pairs, changed))
    return f"; {alike:,} of them {what}" if alike > _MOST * len(changed) else ""


def _candidates(pairs: pd.DataFrame, changed: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield how many changed figures look like others, and like which."""
    ratio = changed["value"] / changed["value_before"]
    for power in (10, 100, 1000):
        yield int((ratio == power).sum()), f"are {power:,} times what stands"
        yield int((ratio == 1 / power).sum()), f"are a {power:,}th of what stands"
    before = pairs.loc[pairs["found"] == KEPT, _columns(pairs)]
    for years in (-1, 1):
        moved = before.assign(
            time_period=(before["time_period"].str[:4].astype(int) - years).astype(str)
            + before["time_period"].str[4:]
        )
        side = "before" if years < 0 else "after"
        yield _equal(changed, moved), f"stood in the year {side}"
    if "sex" in before:
        turned = before[before["sex"].isin(_OTHER_SEX)]
        yield (
            _equal(changed, turned.assign(sex=turned["sex"].map(_OTHER_SEX))),
            ("stood under the other sex"),
        )


def _columns(pairs: pd.DataFrame) -> list[str]:
    return list(pairs.loc[:, _CELLS].columns)


def _equal(changed: pd.DataFrame, before: pd.DataFrame) -> int:
    """Return how many changed figures are printed as `before` has them in the same cell."""
    return len(
        changed.drop(columns="printed_before").merge(
            before, left_on=[*_columns(before)[:-1], "printed"], right_on=_columns(before)
        )
    )
