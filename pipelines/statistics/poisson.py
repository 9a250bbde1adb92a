"""How far a count may be from what was to be expected by chance alone."""

from typing import Final

import pandas as pd
from scipy import stats

_TAIL: Final = 0.025


def limits(counts: pd.DataFrame) -> pd.DataFrame:
    """Exact 95 % limits of the mean of a Poisson distribution, given one count.

    Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936), 437-442.

    Args:
        counts: one row per count, column `count`: whole, not negative.

    Returns:
        The same rows with the columns `lower` and `upper`, in the unit of the count.
    """
    count = counts["count"]
    return counts.assign(
        lower=stats.chi2.ppf(_TAIL, 2 * count.where(count > 0)) / 2,
        upper=stats.chi2.isf(_TAIL, 2 * (count + 1)) / 2,
    ).fillna({"lower": 0.0})
