"""Error rates of the trend test: false claims, and trends that are found.

A small sample is drawn each time; `make simulations` draws a hundred collections of each kind.
"""

import numpy as np
import pandas as pd
import pytest
from trend_simulation import (
    FAMILY,
    alike,
    as_the_shipped,
    claims_of_kendall,
    claims_of_tipstat,
    collections,
    errors,
)

from pipelines.warehouse.statistics import trend
from pipelines.warehouse.statistics.change import annual_change, line

pytestmark = pytest.mark.slow

SAMPLE = 8
"""Collections in the ordinary tests."""
MANY = 100
"""Collections in `make simulations`."""
SEED = 1
REAL = "as the shipped"

HELD = [
    # counts vary by, likeness, false claims at most, trends found at least
    (10, 0, 0.05, 0.38),
    (10, 0.3, 0.05, 0.32),
    (10, 0.5, 0.05, 0.25),
    (10, 0.7, 0.05, 0.18),
    (25, 0.5, 0.06, 0.14),
    (25, 0.7, 0.06, 0.06),
    (10, REAL, 0.075, 0.33),
]


def drawn(number: int, dispersion: float, likeness: object, steps: float = 0):
    of_series = as_the_shipped if likeness == REAL else alike(likeness)
    return collections(number, SEED, of_series, dispersion, steps)


def test_a_sample_of_series_that_remember() -> None:
    found = errors(drawn(SAMPLE, 10, 0.5), claims_of_tipstat)
    assert found.false <= 0.10
    assert found.found >= 0.20
    assert errors(drawn(SAMPLE, 10, 0.5), claims_of_kendall).false >= 0.15


@pytest.mark.exhaustive
@pytest.mark.parametrize(("dispersion", "likeness", "most_false", "least_found"), HELD)
def test_false_claims_are_few_and_trends_are_found(
    dispersion, likeness, most_false, least_found
) -> None:
    found = errors(drawn(MANY, dispersion, likeness), claims_of_tipstat)
    assert found.false <= most_false
    assert found.found >= least_found


@pytest.mark.exhaustive
def test_a_jump_is_hardly_ever_called_a_trend() -> None:
    assert errors(drawn(MANY, 10, 0.3, steps=0.15), claims_of_tipstat).jumps <= 0.035


@pytest.mark.exhaustive
@pytest.mark.parametrize(("rho", "within"), [(0, 0.05), (0.3, 0.05), (0.5, 0.05), (0.7, 0.07)])
def test_the_likeness_is_found(rho: float, within: float) -> None:
    levels = [trend.verdicts(each.series).groupby(FAMILY["is_divided"])["rho"].mean()
              for each in drawn(MANY, 10, rho)]  # fmt: skip
    assert pd.DataFrame(levels).mean().to_numpy() == pytest.approx([rho, rho], abs=within)


@pytest.mark.exhaustive
def test_more_years_find_more() -> None:
    """The power by number of years is that of the method page."""
    years = FAMILY["years"].str.split().str.len()
    kinds = pd.cut(years, [7, 8, 11, 14, np.inf])
    claims = [(each.slope, claims_of_tipstat(each.series)) for each in drawn(2 * MANY, 10, 0.5)]
    found = pd.concat(
        pd.Series(claimed == np.sign(slope))[slope != 0].groupby(kinds).agg(["sum", "count"])
        for slope, claimed in claims
    )
    total = found.groupby(level=0).sum()
    assert (total["sum"] / total["count"]).to_numpy() == pytest.approx(
        [0.1, 0.2, 0.3, 0.4], abs=0.05
    )


def test_the_limits_of_the_annual_change_hold_it() -> None:
    """Counts vary three to thirty times as much as Poisson's law says; they grow by 5 % a year."""
    random = np.random.default_rng(24)
    years = np.arange(12)
    means = [mean * 1.05**years for mean in np.geomspace(20, 200, 400)]
    counts = [random.negative_binomial(3, 3 / (3 + mean)).astype(float) for mean in means]
    found = [annual_change(line(years, each, np.full(12, 1e6))) for each in counts]
    holds = [each.annual_change_lower <= 5 <= each.annual_change_upper for each in found]
    assert np.mean(holds) >= 0.9
