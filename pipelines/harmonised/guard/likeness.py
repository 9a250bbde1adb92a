"""Patterns in changed figures: those of the other sex or of a neighbouring year, or tenfold."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipelines.harmonised.guard.pairs import KEPT

_MOST: Final = 0.5
"""Share of the changed figures that must follow a pattern for it to be named."""
_CELLS: Final = slice(None, "printed_before")
_OTHER_SEX: Final = {"F": "M", "M": "F"}


def pattern(pairs: pd.DataFrame) -> str:
    """Return the pattern of most changed figures, as the end of a sentence; "" if there is none."""
    changed = pairs[pairs["changed"]]
    if changed.empty:
        return ""
    alike, description = max(_candidates(pairs, changed))
    return f"; {alike:,} of them {description}" if alike > _MOST * len(changed) else ""


def _candidates(pairs: pd.DataFrame, changed: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield each pattern, with the number of changed figures that follow it."""
    ratio = changed["value"] / changed["value_before"]
    for power in (10, 100, 1000):
        yield int((ratio == power).sum()), f"are {power:,} times the current figures"
        yield int((ratio == 1 / power).sum()), f"are a {power:,}th of the current figures"
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
            "stood under the other sex",
        )


def _columns(pairs: pd.DataFrame) -> list[str]:
    return list(pairs.loc[:, _CELLS].columns)


def _equal(changed: pd.DataFrame, before: pd.DataFrame) -> int:
    """Return the number of changed figures that `before` has in the same cell."""
    return len(
        changed.drop(columns="printed_before").merge(
            before, left_on=[*_columns(before)[:-1], "printed"], right_on=_columns(before)
        )
    )
