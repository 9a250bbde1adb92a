"""Yearly figures of a source, area and indicator, as arrays."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from statsmodels.genmod.generalized_linear_model import GLMResults

from pipelines.warehouse.statistics import change
from schemas import parameters

NAMES: Final = ("source", "ref_area", "indicator", "time_basis")
"""Columns that identify a series."""
_LEAST_OF_TREND: Final = parameters.whole("least_years_of_trend")
_LEAST_OF_CHANGE: Final = parameters.whole("least_years_of_change")
_FIGURES: Final = ("year", "value", "lower", "upper", "persons", "is_divided")


@dataclass(frozen=True, eq=False)
class JudgedSeries:
    """The figures of a series, in order of time.

    Attributes:
        years: as numbers; they need not follow each other.
        value: NaN where suppressed.
        lower: the least that each may be.
        upper: the greatest that each may be.
        persons: inhabitants in these years; NaN where not known.
        is_divided: whether the series is one of subdivisions and what they add up to.
    """

    years: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    persons: np.ndarray
    is_divided: np.ndarray

    @property
    def is_judged(self) -> bool:
        """Return whether there are enough figures for a verdict."""
        return len(self.years) >= _LEAST_OF_TREND and not np.isnan(self.value).all()

    @property
    def is_measured(self) -> bool:
        """Return whether there are enough figures for the size of a change, and none is hidden."""
        return len(self.years) >= _LEAST_OF_CHANGE and not np.isnan(self.value).any()

    @cached_property
    def line(self) -> GLMResults | None:
        """Return the line of `change.line`; None if figures are too few or hidden."""
        if not self.is_measured:
            return None
        return change.line(self.years, self.value, self.persons)


Named = dict[tuple[str, ...], JudgedSeries]
"""Series by their `NAMES`."""


def series_of(points: pd.DataFrame) -> Named:
    """Return the series by their names, in the order of these.

    Args:
        points: one row per year of a series: the columns of `NAMES` and of `_FIGURES`.
    """
    ordered = points.sort_values([*NAMES, "year"])
    columns = [ordered[name].to_numpy() for name in _FIGURES]
    # Positions instead of groups: a frame for each group would take as long as its test.
    places = ordered.groupby(list(NAMES), observed=True).indices
    return {
        names: JudgedSeries(*(column[at] for column in columns)) for names, at in places.items()
    }
