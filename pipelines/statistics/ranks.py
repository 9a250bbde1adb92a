"""Whether figures rise or fall, and whether that can be judged, from their order alone."""

from functools import cache
from typing import Final

import numpy as np
from scipy import special, stats

LEAST_PAIRS: Final = 4
"""Pairs of neighbouring years below which no autocorrelation is worked out."""

_NOTHING: Final = 1e-9
"""Less than any difference of ranks: what rounding leaves of a straight line."""

_ONE_IN_TWENTY: Final = -special.ndtri(0.05)


def comparable(value: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Figures that can be put in order, although some are suppressed.

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


def mann_kendall(figures: np.ndarray) -> tuple[float, float]:
    """Kendall's tau-b of figures against time, and how probable one so far from 0 is by chance.

    The probability is two-sided, and exact if figures are tied or at most 33. The normal
    approximation for ties would claim too much in short series: 1 in 10 where 1 in 20 is meant.

    Returns:
        tau, NaN if all figures are equal; p.
    """
    ties = np.unique(figures, return_counts=True)[1]
    if len(ties) == 1:
        return np.nan, 1.0
    found = stats.kendalltau(np.arange(len(figures)), figures)
    if len(ties) == len(figures):
        return found.statistic, found.pvalue
    earlier_is_greater = np.triu(np.greater.outer(figures, figures))
    earlier_is_less = np.triu(np.less.outer(figures, figures))
    rarer = min(earlier_is_greater.sum(), earlier_is_less.sum())
    chances = _chances_of_falls(tuple(sorted(ties.tolist())))
    return found.statistic, min(1.0, 2 * float(chances[: rarer + 1].sum()))


def autocorrelation(years: np.ndarray, figures: np.ndarray) -> tuple[float, bool]:
    """How alike neighbouring years are beside the trend, and whether by more than chance.

    It is the lag-1 autocorrelation of what a straight line through the ranks leaves: nothing, if
    each figure is greater than the one before, by however much. Years with a gap between them are
    no neighbours. The limit is Anderson's, one-sided 5 % (R. L. Anderson, Distribution of the
    serial correlation coefficient, Annals of Mathematical Statistics 13 (1942), 1-13).

    Returns:
        The autocorrelation, NaN where neighbouring years are too few or the line leaves nothing;
        whether it exceeds the limit.
    """
    ranks, places = stats.rankdata(figures), np.arange(len(figures))
    left = ranks - np.polyval(np.polyfit(places, ranks, 1), places)
    is_next = np.diff(years) == 1
    before, after = left[:-1][is_next], left[1:][is_next]
    pairs, size = len(before), np.sqrt(before @ before * (after @ after))
    if pairs < LEAST_PAIRS or size < _NOTHING:
        return np.nan, False
    found = before @ after / size
    limit = (_ONE_IN_TWENTY * np.sqrt(pairs - 1) - 1) / pairs
    return float(found), bool(found > limit)


def allowed_for(p_value: float, autocorrelation: float) -> float:
    """A two-sided probability, for years of which only some tell something new.

    Of n years that follow each other with autocorrelation r, n (1 - r) / (1 + r) count as
    independent (G. V. Bayley and J. M. Hammersley, The "effective" number of independent
    observations in an autocorrelated time series, Supplement to the JRSS 8 (1946), 184-197).
    """
    independent = (1 - autocorrelation) / (1 + autocorrelation)
    return float(2 * special.ndtr(special.ndtri(p_value / 2) * np.sqrt(independent)))


@cache
def _chances_of_falls(ties: tuple[int, ...]) -> np.ndarray:
    """Chance of 0, 1, 2 ... pairs of which the earlier is greater, in a random order of figures.

    `ties` says how many are equal, group by group. The groups enter one after the other, each as
    the second sample of a rank-sum test enters the first (P. Robillard, Kendall's S distribution
    with ties in one ranking, Journal of the American Statistical Association 67 (1972), 453-455).
    """
    placed, chances = 0, np.ones(1)
    for group in ties:
        ways = _ways(placed, group)
        chances = np.convolve(chances, ways / ways.sum())
        placed += group
    return chances


@cache
def _ways(low: int, high: int) -> np.ndarray:
    """In how many orders of low and high figures 0, 1, 2 ... pairs have the high one earlier."""
    ways = np.zeros(low * high + 1)
    if low == 0 or high == 0:
        ways[0] = 1
        return ways
    ways[high:] += _ways(low - 1, high)  # a low one is last: all high ones are earlier
    ways[: low * (high - 1) + 1] += _ways(low, high - 1)  # a high one is last
    return ways
