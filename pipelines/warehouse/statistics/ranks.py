"""Rank statistics of series in which some figures are suppressed."""

from typing import NamedTuple

import numpy as np


class Order(NamedTuple):
    """Order of figures in time.

    Attributes:
        tau: Kendall's tau-b against time; NaN if all figures are equal.
        score: Mann and Kendall's S without its sign, on the scale of figures without ties.
    """

    tau: float
    score: float


def comparable(value: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Return figures that can be put in order, although some are suppressed.

    All that may lie at or below the greatest upper bound of a suppressed figure are tied, be they
    suppressed or not (D. R. Helsel, Statistics for censored environmental data, 2012: the highest
    reporting limit).

    Args:
        value: figures in order of time; NaN where suppressed.
        upper: the greatest that each may be.
    """
    is_suppressed = np.isnan(value)
    bound = upper[is_suppressed].max(initial=-1)
    return np.where(is_suppressed | (value <= bound), bound, value)


def mann_kendall(figures: np.ndarray) -> Order:
    """Return how strongly figures are ordered in time.

    Ties make S less variable; it is put on the scale of a series without any by the two standard
    deviations (M. G. Kendall, Rank correlation methods, 4th ed. 1970, ch. 4).
    """
    later_less_earlier = np.sign(np.subtract.outer(figures, figures))
    score = np.tril(later_less_earlier).sum()
    ties = np.unique(figures, return_counts=True)[1]
    if len(ties) == 1:
        return Order(np.nan, 0.0)
    pairs = len(figures) * (len(figures) - 1) / 2
    tied = (ties * (ties - 1) / 2).sum()
    spread = _variance(len(figures)) - _variance(ties).sum()
    return Order(
        tau=float(score / np.sqrt(pairs * (pairs - tied))),
        score=float(abs(score) * np.sqrt(_variance(len(figures)) / spread)),
    )


def _variance(count: int | np.ndarray) -> np.ndarray:
    """Return the variance of S for n figures in random order, or its reduction by n equal ones."""
    return np.asarray(count * (count - 1) * (2 * count + 5) / 18)
