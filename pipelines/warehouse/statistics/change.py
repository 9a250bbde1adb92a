"""Annual change of a count, relative to the population."""

import warnings
from typing import Final, NamedTuple

import numpy as np
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM, GLMResults
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from schemas import parameters

_TELLING: Final = np.log(parameters.number("largest_annual_change"))
"""Logarithm of the widest limit that is reported, up or down."""


class AnnualChange(NamedTuple):
    """Percent a year, with 95 % limits; NaN where it cannot be computed."""

    annual_change: float = np.nan
    annual_change_lower: float = np.nan
    annual_change_upper: float = np.nan


def annual_change(fit: GLMResults | None) -> AnnualChange:
    """Return the change a year of counts per person, of the line through them.

    Counts vary more than Poisson's law says: the limits are wider by the root of Pearson's
    chi-square per degree of freedom, if that exceeds 1, and Student's t takes the place of the
    normal distribution (P. McCullagh and J. A. Nelder, Generalized linear models, 1989, ch. 6.2).
    """
    if fit is None:
        return AnnualChange()
    slope = fit.params[1]
    spread = np.sqrt(max(1.0, fit.pearson_chi2 / fit.df_resid))
    lower, upper = slope + spread * (fit.conf_int()[1] - slope)
    if max(-lower, upper) > _TELLING:
        return AnnualChange()
    return AnnualChange(*(100 * np.expm1([slope, lower, upper])).tolist())


def line(years: np.ndarray, counts: np.ndarray, persons: np.ndarray) -> GLMResults | None:
    """Return the regression of counts per person on the year, or None.

    Log-linear Poisson regression, with the logarithm of the persons as offset.

    Args:
        years: as numbers, in order; they need not follow each other.
        counts: the figures.
        persons: inhabitants in these years; NaN where not known.
    """
    if np.isnan(persons).any() or np.count_nonzero(counts) < 2:
        return None
    design = np.column_stack([np.ones(len(years)), years - years.mean()])
    with warnings.catch_warnings():
        # A line that meets all counts does not mean here that there are too many parameters.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(counts, design, Poisson(), offset=np.log(persons)).fit(scale=1.0, use_t=True)
    return fit if fit.converged else None
