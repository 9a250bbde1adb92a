"""How often trends are claimed where there are none, and found where there are."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
import pytest

from pipelines.statistics import ranks, trend

pytestmark = pytest.mark.slow

Counts = np.ndarray


def trends(series: Iterable[Counts], persons: float = np.nan, chance: float = 0) -> pd.DataFrame:
    """What is said of each series; `chance` is that of a year to be missing."""
    rng = np.random.default_rng(11)
    frames = []
    for number, counts in enumerate(series):
        here = rng.random(len(counts)) >= chance
        years = 2000 + np.flatnonzero(here)
        frames.append(
            pd.DataFrame({"ref_area": f"A{number:04}", "year": years, "value": counts[here]})
        )
    points = pd.concat(frames).assign(source="a", indicator="VIC_DETECT", time_basis="CY")
    return trend.trends(points.assign(upper=points["value"], persons=persons))


def alone(found: pd.DataFrame) -> pd.Series:
    """Whether a trend is claimed of each series that can be judged, as if it were the only one."""
    verdicts = pd.Series(trend.verdicts(found.assign(q_value=found["p_value"])))
    return verdicts[verdicts != "too_few_points"].isin(["rising", "falling"])


def poisson(rng: np.random.Generator, mean: float, years: int) -> Counts:
    return rng.poisson(mean, years).astype(float)


def over_dispersed(rng: np.random.Generator, mean: float, years: int) -> Counts:
    return rng.negative_binomial(3, 3 / (3 + mean), years).astype(float)


@pytest.fixture(scope="module")
def without_trend() -> pd.DataFrame:
    """2,000 series of 5 to 20 years that only chance moves, with gaps; means from 2 to 500."""
    rng = np.random.default_rng(20)
    means = np.geomspace(2, 500, 1000)
    series = [
        law(rng, mean, int(rng.integers(5, 21)))
        for law in (poisson, over_dispersed)
        for mean in means
    ]
    return trends(series, chance=0.1)


def test_few_false_claims_series_by_series(without_trend: pd.DataFrame) -> None:
    claimed = alone(without_trend)
    assert len(claimed) > 1700
    assert 0.02 < claimed.mean() <= 0.05


@pytest.mark.parametrize("law", [0, 1], ids=["Poisson", "over-dispersed"])
def test_few_false_claims_whatever_the_law(without_trend: pd.DataFrame, law: int) -> None:
    assert alone(without_trend.iloc[law * 1000 : law * 1000 + 1000].reset_index()).mean() <= 0.05


def test_few_false_claims_in_short_and_small_series() -> None:
    """Where ties are many the normal approximation of the test would claim too much."""
    rng = np.random.default_rng(21)
    found = trends(poisson(rng, 1.5, 6 + number % 3) for number in range(800))
    assert alone(found).mean() <= 0.05


def test_hardly_a_false_claim_among_all_series(without_trend: pd.DataFrame) -> None:
    claimed = without_trend["trend_verdict"].isin(["rising", "falling"])
    assert claimed.mean() <= 0.001


@pytest.mark.parametrize("law", [poisson, over_dispersed])
def test_no_false_claims_of_hidden_figures(law: Callable[..., Counts]) -> None:
    rng = np.random.default_rng(22)
    points = pd.concat(
        pd.DataFrame({"ref_area": f"A{n:04}", "year": range(2000, 2012), "value": law(rng, 6, 12)})
        for n in range(800)
    ).assign(source="a", indicator="VIC_DETECT", time_basis="CY", persons=np.nan)
    hidden = points["value"] < 5
    shown = points.assign(upper=points["value"].mask(hidden, 4), value=points["value"].mask(hidden))
    assert alone(trend.trends(shown)).mean() <= 0.05


@pytest.mark.parametrize(("growth", "verdict"), [(0.2, "rising"), (-0.2, "falling")])
def test_a_steep_trend_of_ten_years_is_found(growth: float, verdict: str) -> None:
    rng = np.random.default_rng(23)
    means = 40 * (1 + growth) ** np.arange(10)
    found = trends(rng.poisson(means).astype(float) for _ in range(200))
    assert found["trend_verdict"].eq(verdict).mean() >= 0.95


def test_the_limits_of_the_annual_change_hold_it() -> None:
    """Counts vary three to thirty times as much as Poisson's law says; they grow by 5 % a year."""
    rng = np.random.default_rng(24)
    means = [mean * 1.05 ** np.arange(12) for mean in np.geomspace(20, 200, 400)]
    found = trends((over_dispersed(rng, mean, 12) for mean in means), persons=1e6)
    holds = found["annual_change_lower"].le(5) & found["annual_change_upper"].ge(5)
    assert holds.mean() >= 0.9


def autoregressive(rng: np.random.Generator, correlation: float, years: int) -> Counts:
    """Counts about 60, whose logarithm follows a stationary AR(1) process."""
    noise = rng.normal(size=years)
    noise[1:] *= np.sqrt(1 - correlation**2)
    for year in range(1, years):
        noise[year] += correlation * noise[year - 1]
    return rng.poisson(60 * np.exp(0.4 * noise)).astype(float)


@pytest.mark.parametrize(("correlation", "share"), [(0.3, 0.12), (0.5, 0.18), (0.7, 0.25)])
def test_what_is_claimed_of_series_that_remember(correlation: float, share: float) -> None:
    """Not held to 5 %, since twenty years hide much of their memory; but to less than without."""
    rng = np.random.default_rng(25)
    series = [autoregressive(rng, correlation, 20) for _ in range(400)]
    taken_as_independent = np.mean([ranks.mann_kendall(counts)[1] <= 0.05 for counts in series])
    claimed = alone(trends(series)).mean()
    assert claimed <= share
    assert claimed < taken_as_independent
