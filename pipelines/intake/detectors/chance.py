"""Statistical decisions: sign tests, Holm's rule, chances of equal figures."""

from typing import Final

import numpy as np
import pandas as pd
import scipy

SIZES: Final = (10, 20, 50, 100, 500)
"""Lower limits of the size classes of figures, the first class beginning at five."""


def greater_half(successes: np.ndarray, failures: np.ndarray) -> np.ndarray:
    """Return P of at least so many successes if success and failure were equally likely."""
    return scipy.stats.binom.sf(successes - 1, successes + failures, 0.5)


def holm(p: np.ndarray, level: float = 0.05) -> np.ndarray:
    """Return the hypotheses that Holm's rule rejects at this family-wise error rate."""
    order = np.argsort(p, kind="stable")
    passed = p[order] * np.arange(len(p), 0, -1) <= level
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order] = np.logical_and.accumulate(passed)
    return rejected


def size_of(values: pd.Series) -> np.ndarray:
    """Return the size class of each figure."""
    return np.searchsorted(SIZES, values, side="right")


def chance_of_equal(pairs: pd.DataFrame, by: list[str]) -> pd.Series:
    """Return the chance that the figures of a pair are equal, for each group and size of figure.

    `pairs` has size, equal and the columns `by`. Defects among the pairs make the chance greater,
    and one more equal pair is counted than there is: both err on the safe side.
    """
    counted = pairs.groupby([*by, "size"])["equal"].agg(["sum", "size"])
    return ((counted["sum"] + 1) / (counted["size"] + 1)).rename("chance")
