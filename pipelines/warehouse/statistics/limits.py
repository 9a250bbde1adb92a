"""Confidence limits of the mean of a count."""

from typing import Final

import numpy as np
import pandas as pd
from scipy import special, stats

_TAIL: Final = 0.025
_LEAST: Final = 1e-9
"""Dispersion below which the distribution is Poisson's, and the formulas lose their digits."""


def of_counts(counts: pd.DataFrame, scatter: pd.DataFrame) -> pd.DataFrame:
    """Return exact 95 % limits of the mean, given one count: Poisson's, and with more scatter.

    Sources: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936),
    437-442. With more scatter the count is negative binomial, variance m + a m² (J. F. Lawless,
    Negative binomial and mixed Poisson regression, Canadian Journal of Statistics 15 (1987),
    209-225), whose distribution function is an incomplete beta function of the mean. The wider
    limits enclose those of Poisson's law, also at a count of 1, where the formula would not.

    Args:
        counts: one row per `indicator` and `count`, whole, not negative.
        scatter: one row per `indicator`, with the number a as `dispersion`.

    Returns:
        The same rows, as in `main.count_limit`, in the unit of the count.
    """
    found = counts.merge(scatter[["indicator", "dispersion"]], on="indicator", validate="m:1")
    count, dispersion = (found[name].to_numpy(float) for name in ("count", "dispersion"))
    lower = np.where(count > 0, stats.chi2.ppf(_TAIL, 2 * np.maximum(count, 1)) / 2, 0)
    upper = stats.chi2.isf(_TAIL, 2 * (count + 1)) / 2
    size, is_wider = 1 / np.maximum(dispersion, _LEAST), dispersion > _LEAST
    with_scatter = _mean(size, np.maximum(count, 1), 1 - _TAIL)
    return found.assign(
        lower=lower,
        upper=upper,
        dispersed_lower=np.where(is_wider, np.minimum(lower, with_scatter), lower),
        dispersed_upper=np.where(is_wider, _mean(size, count + 1, _TAIL), upper),
    )


def _mean(size: np.ndarray, count: np.ndarray, chance: float) -> np.ndarray:
    """Return the mean at which a smaller count than this has that chance."""
    part = special.betaincinv(size, count, chance)
    return size * (1 - part) / part
