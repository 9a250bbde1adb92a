"""Compare one sudden jump with a steady change as explanations of a series."""

from typing import NamedTuple

import numpy as np


class Fit(NamedTuple):
    """The best single step through the logarithms of figures, beside a line.

    Attributes:
        year: the first year after the step that fits best.
        is_better: whether that step leaves less than a straight line over the years.
    """

    year: int
    is_better: bool


def best_step(years: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> Fit:
    """Fit a step and a line to the logarithms of figures, by least squares.

    Both have a level and a change. A suppressed figure counts as the middle of its bounds.

    Args:
        years: in order, two or more.
        lower: the least that each figure may be.
        upper: the greatest that each may be.
    """
    sizes = np.log((lower + upper) / 2 + 0.5)
    distance = years - years.mean()
    line = _left(sizes - distance * (distance @ sizes) / (distance @ distance))
    steps = [_left(sizes[:place]) + _left(sizes[place:]) for place in range(1, len(years))]
    best = int(np.argmin(steps))
    return Fit(int(years[best + 1]), steps[best] < line)


def _left(sizes: np.ndarray) -> float:
    """Return the sum of squares that one level leaves."""
    return float(np.square(sizes - sizes.mean()).sum())
