"""Patterns in changed figures: those of the other sex or of a neighbouring year, or a factor."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.pairs import KEPT, cell_columns, moved

_MOST: Final = 0.5
"""Share of the changed figures that must follow a pattern for it to be named."""
_MOST_OF_PART: Final = 2 / 3
"""The same for a pattern that is a reason by itself; of a state's year, UNODC once moved 57 %."""
_FEWEST: Final = 6
"""Least number of figures that make such a pattern."""
LEAST: Final = 5
"""Smaller figures are alike by chance."""
_LEAST_FACTOR: Final = 1.2
_ROUNDING: Final = 0.01
_OTHER_SEX: Final = {"F": "M", "M": "F"}


def pattern(pairs: pd.DataFrame) -> str:
    """Return the pattern of most changed figures, as the end of a sentence; "" if there is none."""
    alike = _pattern_of(_numbers(pairs), _MOST)
    return f"; {alike}" if alike else ""


def patterns(pairs: pd.DataFrame) -> Iterator[str]:
    """Name the first part whose changed figures follow a pattern: all, an area, a year of one."""
    numbers = _numbers(pairs)
    large = numbers[numbers[["value_before", "value"]].min(axis=1) >= LEAST]
    for by in ([], ["ref_area"], ["ref_area", "year"]):
        for part, figures in large.groupby(by or (lambda _: ""), sort=True):
            if alike := _pattern_of(figures, _MOST_OF_PART, _FEWEST):
                place = words.labels(by, part) if by else "all areas"
                yield f"changes {len(figures):,} figures of {place}; {alike}"
                return


def _pattern_of(figures: pd.DataFrame, share: float, fewest: int = 1) -> str:
    """Return the pattern of a share of figures, and at least of `fewest`; "" if there is none."""
    alike, description = max(_candidates(figures))
    if alike < max(fewest, share * len(figures)):
        return ""
    return f"{alike:,} of them {description}"


def _candidates(figures: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield each pattern, with the number of figures that follow it."""
    for column, description in _PATTERNS.items():
        yield int(figures[column].sum()), description
    counted = figures[figures["value_before"] > 0]
    factor = (counted["value"] / counted["value_before"]).median()
    if factor > 0 and abs(np.log(factor)) >= np.log(_LEAST_FACTOR):
        off = (counted["value"] - factor * counted["value_before"]).abs()
        alike = off <= _ROUNDING * counted["value"] + (counted["value"] % 1 == 0) / 2
        yield int(alike.sum()), f"are about {factor:.3g} times the current figures"


_PATTERNS: Final = {
    "is_year_before": "stood in the year before",
    "is_year_after": "stood in the year after",
    "is_other_sex": "stood under the other sex",
}


def _numbers(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the changed figures that are numbers; a column for each of `_PATTERNS`."""
    cell = cell_columns(pairs)
    before = pairs.loc[pairs["found"] == KEPT, [*cell, "value_before"]].dropna()
    changed = pairs[pairs["changed"]].dropna(subset=["value", "value_before"])
    return changed.assign(
        is_year_before=_is_in(changed, moved(before, 1)),
        is_year_after=_is_in(changed, moved(before, -1)),
        is_other_sex=_is_in(changed, before.assign(sex=before["sex"].map(_OTHER_SEX)).dropna()),
    )


def _is_in(changed: pd.DataFrame, before: pd.DataFrame) -> np.ndarray:
    """Return whether `before` has each changed figure, in the same cell."""
    keys = [*before.columns[:-1], "value"]
    had = before.rename(columns={"value_before": "value"})[keys]
    found = changed[keys].merge(had, on=keys, how="left", indicator="found")
    return (found["found"] == "both").to_numpy()
