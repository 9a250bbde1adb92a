"""Overdispersion of counts: their scatter from year to year beyond Poisson's law.

Why no quasi-Poisson factor: docs/decisions/statistics.md.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize

from pipelines.warehouse.statistics.series import Named
from schemas import parameters

_LEAST_SERIES: Final = parameters.whole("least_series_of_dispersion")
_COLUMNS: Final = ("indicator", "dispersion", "series")
_GREATEST: Final = 1e6


class Scatter(NamedTuple):
    """Counts of a series, and the line about which they scatter."""

    counts: np.ndarray
    means: np.ndarray


def dispersions(every: Named, indicators: Iterable[str]) -> pd.DataFrame:
    """Return the dispersion of each indicator, as in `main.dispersion`.

    Args:
        every: all series. Only those of states have inhabitants, hence a line.
        indicators: those that need a dispersion.
    """
    found: dict[str, list[Scatter]] = {}
    for (_, _, indicator, _), series in every.items():
        if series.line is not None:
            scatter = Scatter(series.value, series.line.fittedvalues)
            found.setdefault(indicator, []).append(scatter)
    rows = []
    for indicator in indicators:
        own = found.get(indicator, [])
        if len(own) < _LEAST_SERIES:
            own = [series for of_indicator in found.values() for series in of_indicator]
        rows.append((indicator, dispersion(own), len(own)))
    return pd.DataFrame(rows, columns=_COLUMNS)


def dispersion(scatters: Sequence[Scatter]) -> float:
    """Return the one number a for which the variance of counts of mean m is m + a m².

    It makes Pearson's chi-square of all series as great as its degrees of freedom (N. E. Breslow,
    Extra-Poisson variation in log-linear models, Applied Statistics 33 (1984), 38-44). Counts are
    some times more variable than Poisson's law says where they are small, and hundreds of times
    where they are great: so the factor grows with the mean.

    Returns:
        a; 0 if the counts vary no more than Poisson's law says.
    """
    if not scatters:
        return 0.0
    counts, means = map(np.concatenate, zip(*scatters, strict=True))
    freedom = len(counts) - 2 * len(scatters)

    def excess(size: float) -> float:
        return (
            float((np.square(counts - means) / (means + size * np.square(means))).sum()) - freedom
        )

    return float(optimize.brentq(excess, 0, _GREATEST)) if excess(0) > 0 else 0.0
