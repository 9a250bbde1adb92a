"""Limits of a count: known answers, and the cover that 95 % promises."""

from collections.abc import Callable
from typing import Final

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines.warehouse.statistics import dispersion, limits
from pipelines.warehouse.statistics.dispersion import Scatter
from pipelines.warehouse.statistics.series import series_of

KNOWN = {
    0: (0, 3.688879), 1: (0.025318, 5.571643), 5: (1.623486, 11.668332), 10: (4.795389, 18.390356),
}  # fmt: skip
WIDER = {
    # with a variance of m + 0.3 m²
    0: (0, 6.747507), 5: (1.254073, 29.195905), 103: (43.161423, 455.215372),
}  # fmt: skip
DISPERSIONS: Final = (0, 1e-6, 0.05, 0.3, 2)


def of_counts(counts: list[int], size: float = 0) -> pd.DataFrame:
    scatter = pd.DataFrame({"indicator": ["VIC_DETECT"], "dispersion": [size], "series": [9]})
    frame = pd.DataFrame({"indicator": "VIC_DETECT", "count": counts})
    return limits.of_counts(frame.astype({"count": int, "indicator": str}), scatter)


@pytest.mark.parametrize("count", KNOWN)
def test_limits_of_small_counts(count: int) -> None:
    found = of_counts([count], 0.3)
    assert found[["lower", "upper"]].to_numpy()[0] == pytest.approx(KNOWN[count], abs=1e-6)


@pytest.mark.parametrize("count", WIDER)
def test_limits_with_more_scatter(count: int) -> None:
    """The upper limit is the mean of which so low a count is rare, the lower that of a high one."""
    found = of_counts([count], 0.3)[["dispersed_lower", "dispersed_upper"]].to_numpy()[0]
    assert found == pytest.approx(WIDER[count], abs=1e-6)
    size = 1 / 0.3
    assert stats.nbinom.cdf(count, size, size / (size + found[1])) == pytest.approx(0.025)
    if count:
        assert stats.nbinom.sf(count - 1, size, size / (size + found[0])) == pytest.approx(0.025)


@pytest.mark.parametrize("size", [0, 1e-12])
def test_without_scatter_they_are_those_of_poisson(size: float) -> None:
    found = of_counts([0, 1, 7, 4_000_000], size)
    assert found["dispersed_lower"].tolist() == found["lower"].tolist()
    assert found["dispersed_upper"].tolist() == found["upper"].tolist()


@pytest.mark.parametrize("size", DISPERSIONS)
def test_they_hold_the_mean_at_least_as_often_as_they_say(size: float) -> None:
    counts = np.arange(5000)
    found = of_counts(list(counts), size)
    for mean in (0.1, 1, 3.7, 20, 150):
        holds = found["dispersed_lower"].le(mean) & found["dispersed_upper"].ge(mean)
        law = stats.nbinom(1 / size, 1 / (1 + size * mean)) if size else stats.poisson(mean)
        assert law.pmf(counts[holds]).sum() >= 0.95 - 1e-9, mean


@pytest.mark.parametrize("size", DISPERSIONS)
def test_a_greater_count_has_greater_limits(size: float) -> None:
    found = of_counts([0, 1, 4, 5, 99, 10_000, 25_000_000], size)
    for least, greatest in (("lower", "upper"), ("dispersed_lower", "dispersed_upper")):
        assert found[least].is_monotonic_increasing
        assert found[greatest].is_monotonic_increasing
        assert (found[least] <= found["count"]).all()
        assert (found[greatest] > found["count"]).all()
    assert (found["dispersed_lower"] <= found["lower"]).all()
    assert (found["dispersed_upper"] >= found["upper"]).all()


# Scatter ------------------------------------------------------------------------------------------


def test_the_dispersion_of_counts_is_found() -> None:
    random = np.random.default_rng(31)
    means = [mean * 1.05 ** np.arange(14) for mean in np.geomspace(50, 2000, 600)]
    for size in (0.1, 0.4):
        drawn = [random.negative_binomial(1 / size, 1 / (1 + size * mean)) for mean in means]
        found = dispersion.dispersion([Scatter(*pair) for pair in zip(drawn, means, strict=True)])
        # The true line is known here, and takes no degrees of freedom away.
        assert found * (14 - 2) / 14 == pytest.approx(size, rel=0.1)


def test_counts_that_vary_by_chance_alone_have_no_dispersion() -> None:
    means = np.full(14, 50.0)
    assert dispersion.dispersion([Scatter(means.round(), means)]) == 0
    assert dispersion.dispersion([]) == 0


def by_mean(random: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return random.negative_binomial(4, 4 / (4 + mean))


def by_log_normal(random: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return random.poisson(mean * np.exp(random.normal(-0.08, 0.4, len(mean))))


@pytest.mark.parametrize("law", [by_mean, by_log_normal])
def test_the_limits_hold_the_means_of_counts_that_scatter(law: Callable[..., np.ndarray]) -> None:
    """Forty series that rise or fall; the dispersion is estimated of them, as in a run."""
    random = np.random.default_rng(32)
    years = np.arange(2008, 2022)
    frames, means = [], []
    for number, mean in enumerate(np.geomspace(5, 2000, 40)):
        means.append(mean * (1 + random.uniform(-0.1, 0.1)) ** (years - 2014))
        counts = law(random, means[-1]).astype(float)
        frames.append(pd.DataFrame({"ref_area": f"A{number:02}", "year": years, "value": counts}))
    points = pd.concat(frames, ignore_index=True)
    points = points.assign(lower=points["value"], upper=points["value"], persons=1e6)
    points = points.assign(source="a", indicator="VIC_DETECT", time_basis="CY", is_divided=False)
    scatter = dispersion.dispersions(series_of(points), ["VIC_DETECT"])
    counts = points[["indicator"]].assign(count=points["value"].astype(int))
    found = limits.of_counts(counts, scatter)
    holds = (found["dispersed_lower"] <= np.concatenate(means)) & (
        found["dispersed_upper"] >= np.concatenate(means)
    )
    alone = (found["lower"] <= np.concatenate(means)) & (found["upper"] >= np.concatenate(means))
    assert holds.mean() >= 0.93
    assert alone.mean() < 0.7


def test_the_limits_of_shipped_counts_hold_the_line_of_their_series(built) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        points = connection.execute("from judged.trend_point order by all").df()
        known = connection.execute("from count_limit").df().set_index(["indicator", "count"])
    held, narrowly_held = [], []
    for (_, _, indicator, _), each in series_of(points).items():
        if each.line is not None:
            of_years = known.loc[[(indicator, int(count)) for count in each.value]]
            means = each.line.fittedvalues
            held += list(
                of_years["dispersed_lower"].le(means) & (of_years["dispersed_upper"] >= means)
            )
            narrowly_held += list(of_years["lower"].le(means) & (of_years["upper"] >= means))
    assert np.mean(held) >= 0.93
    assert np.mean(narrowly_held) < 0.5
