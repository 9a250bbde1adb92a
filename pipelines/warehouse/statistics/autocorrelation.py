"""Autocorrelation of neighbouring years around a trend, for all series of a level together.

The years of one series are too few to estimate it, and the naive estimate is biased: a straight
line removes a part of the autocorrelation, more from eight years than from twenty. So the estimate
is corrected by comparison with simulated series whose autocorrelation is known.

What else was tried, such as pre-whitening, is in docs/decisions/statistics.md.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import special, stats

STEPS: Final = np.arange(20) / 20
"""Autocorrelations, from one year to the next, for which series are simulated."""


class Residuals(NamedTuple):
    """Residuals from a straight line, summed.

    Attributes:
        products: sum of the products of neighbouring years.
        squares: sum of the squares of all years.
    """

    products: np.ndarray
    squares: np.ndarray


def residuals(years: np.ndarray, figures: np.ndarray) -> Residuals:
    """Return the residuals of normal scores from a straight line, scaled to one variance.

    Years with a gap between them are not neighbours. Normal scores are those of B. L. van der
    Waerden, Order tests for the two-sample problem, Indagationes Mathematicae 14 (1952), 453-458.

    Args:
        years: in order; they need not follow each other.
        figures: one row per year; if there are several series, one column for each.
    """
    scores = special.ndtri(stats.rankdata(figures, axis=0) / (len(years) + 1))
    spread = scores.std(axis=0)
    scores = (scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1)
    distance = years - years.mean()
    left = scores - np.multiply.outer(distance, distance @ scores) / (distance @ distance)
    is_next = np.diff(years) == 1
    return Residuals(
        (left[:-1][is_next] * left[1:][is_next]).sum(axis=0), np.square(left).sum(axis=0)
    )


def estimated(found: Sequence[Residuals], expected: Sequence[Residuals]) -> float:
    """Return the autocorrelation of a level; 0 if no years of it are neighbours.

    It is that at which simulated series without trend, over the same years, have on average the
    same ratio of products and squares (indirect inference: C. Gouriéroux, A. Monfort and E.
    Renault, Journal of Applied Econometrics 8 (1993), S85-S118).

    Args:
        found: of each series.
        expected: of simulated series over the same years, for each of `STEPS`.
    """
    products, squares = np.sum(found, axis=0)
    of_chance, squares_of_chance = np.sum(expected, axis=0)
    if squares == 0 or not of_chance.any():
        return 0.0
    return float(np.interp(products / squares, of_chance / squares_of_chance, STEPS))
