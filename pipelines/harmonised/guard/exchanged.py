"""Whether two labels of new figures were exchanged: women and men, children and adults, two forms.

The logarithm of the ratio of two labels is compared with that of the periods before, once as
printed and once exchanged; the odds of the two readings follow from Student's distribution. Odds of
areas and indicators are multiplied, since a whole table is exchanged at once; each has a limit, so
that no single area decides for all. Rates beside their counts are multiplied among themselves only.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History
from pipelines.harmonised.guard.scale import WEIGHT

DIVISIONS: Final = ("sex", "age", "exploitation")
LABELS: Final = 4
"""Number of the largest labels of a division whose exchange is looked for."""
USUAL: Final = 0.3
"""Usual step of the logarithm of the ratio."""
LAST: Final = 5
"""Periods whose median is the ratio that the next one is compared with."""
MOST: Final = 1.5
MOST_OF_AREA: Final = 12.0
"""Limit of the logarithm of the odds of one area and indicator, among others and alone."""
TELLING: Final = 1.0
"""Logarithm of the odds from which a test counts as one."""
_LEVELS: Final[tuple[list[str], ...]] = ([], ["indicator"], ["ref_area"], ["ref_area", "indicator"])
_WHOLE: Final = ("_T", "_Z", "_U")
_PLACE: Final = ["ref_area", "indicator", "freq"]


def doubts(history: History) -> Iterator[Doubt]:
    """Name the exchange of labels that is most likely, of each division of figures."""
    for name in DIVISIONS:
        past, now = (_sums(rows, name) for rows in (history.old, history.fresh))
        sums = past.sum().nlargest(LABELS)
        tests = []  # odds together, number of columns of the level, place, and the two labels
        for one, other in combinations(sums[sums > 0].index.intersection(now.columns), 2):
            odds = _odds(*(_ratios(sums, one, other) for sums in (past, now)))
            for by in _LEVELS:
                most = MOST_OF_AREA if "ref_area" in by else MOST
                told = odds if "indicator" in by else odds[~odds["is_beside_count"]]
                for _, group in told.groupby([*by, "time_period"], observed=True):
                    first = group.iloc[0]
                    area = first["ref_area"] if "ref_area" in by else ""
                    indicator = first["indicator"] if "indicator" in by else ""
                    place = area, indicator, first["time_period"]
                    together = float(group["odds"].clip(-most, most).sum())
                    tests.append((together, len(by), place, one, other))
        if not tests:
            continue
        # Where both readings fit alike, nothing is tested (Tarone 1990).
        number = {n: sum(t[1] == n and abs(t[0]) > TELLING for t in tests) for n in (0, 1, 2)}
        chances = [np.exp(-test[0]) * max(1, number[test[1]]) for test in tests]
        at = int(np.argmin(chances))
        if chances[at] < SHARES["exchanged"]:
            _, _, place, one, other = tests[at]
            labels = f"{words.label(name, one)} and {words.label(name, other)}"
            yield Doubt("exchanged", *place, chance=float(chances[at]), detail=labels)


def _sums(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the sums of figures by label of a division, a row per place and period, in order."""
    rows = rows[~rows[name].isin(_WHOLE)].assign(is_beside_count=rows["count"].notna())
    place = [*_PLACE, "at", "time_period", "is_beside_count"]
    sums = rows.pivot_table("size", place, name, "sum", observed=True)
    return sums.sort_index(level="at", kind="stable", sort_remaining=False)


def _ratios(sums: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Return the logarithm of the ratio of two labels, and the noise of counts in it."""
    sums = sums[[one, other]].dropna()
    noise = 1 / (sums[one] + 1) + 1 / (sums[other] + 1)
    ratio = np.log((sums[one] + 0.5) / (sums[other] + 0.5))
    return pd.DataFrame({"noise": noise, "ratio": ratio}).reset_index()


def _odds(past: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the new ratios, where there are some before, with the odds of the exchanged one."""
    by_place = past.groupby(_PLACE, observed=True)["ratio"]
    away = past["ratio"] - by_place.transform("median")
    known = pd.DataFrame(
        {
            "centre": by_place.agg(lambda ratios: float(ratios.tail(LAST).median())),
            "squares": (away**2).groupby([past[key] for key in _PLACE], observed=True).sum(),
            "number": by_place.size(),
        }
    )
    now = now.join(known, on=_PLACE, how="inner").reset_index(drop=True)
    freedom = WEIGHT + now["number"]
    scale = np.sqrt((WEIGHT * USUAL**2 + now["squares"]) / freedom + now["noise"])
    as_printed, exchanged = (
        scipy.stats.t.logpdf((reading - now["centre"]) / scale, freedom)
        for reading in (now["ratio"], -now["ratio"])
    )
    return now.assign(odds=exchanged - as_printed)
