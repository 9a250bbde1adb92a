"""Null distributions of the trend test: the shipped table, and years that it lacks."""

import duckdb
import numpy as np
import pytest
from scipy import stats

from pipelines.warehouse.statistics import autocorrelation, chance, trend
from pipelines.warehouse.statistics.series import series_of
from schemas import parameters

FEWEST = parameters.whole("least_years_of_trend")
WHOLE = tuple(range(FEWEST))
PAIRS = FEWEST * (FEWEST - 1) // 2
"""Pairs of years, and the greatest score."""
SOME = [WHOLE, max(years for years in chance.shipped() if len(years) == FEWEST + 1)]
"""Years of shipped series: without gaps, and with some."""


def test_the_shipped_table_is_what_the_command_makes(tmp_path) -> None:
    chance.write(SOME, tmp_path / "chance.csv")
    head, *drawn = (tmp_path / "chance.csv").read_text().splitlines()
    kept = chance.TABLE.read_text().splitlines()
    assert kept[0] == head
    assert len(drawn) == len(SOME) * len(autocorrelation.STEPS)
    assert set(drawn) <= set(kept)


def test_years_that_are_not_in_the_table_have_the_same_answer() -> None:
    for years in SOME:
        kept, drawn = chance.shipped()[years], chance.drawn(years)
        assert (kept.at_least == drawn.at_least).all()
        assert np.array_equal(kept.residuals, drawn.residuals)
        assert kept.p_value(20.3, 0.46) == drawn.p_value(20.3, 0.46)
    assert (0, 2, 4, 6, 8, 10, 12, 14) not in chance.shipped()
    assert 0 < chance.distribution(np.arange(2001, 2017, 2)).p_value(28, 0.46) < 0.001


def test_the_table_is_small_and_has_the_years_of_every_shipped_series(built) -> None:
    """Else a run draws them anew, half a second each: `make chance` puts them in."""
    with duckdb.connect(built, read_only=True) as connection:
        points = connection.execute("from judged.trend_point order by all").df()
    assert trend.judged_years(series_of(points)) - chance.shipped().keys() == set(), "make chance"
    assert min(map(len, chance.shipped())) == FEWEST, "make chance"
    assert chance.TABLE.stat().st_size < 1_000_000


@pytest.mark.parametrize("score", range(2 + PAIRS % 2, PAIRS, 8))
def test_without_likeness_it_is_the_exact_test(score: int) -> None:
    """Of all orders of the fewest figures as many have this score as of those drawn."""
    swaps = (PAIRS - score) // 2
    order = [*range(FEWEST)]
    while swaps:
        place = next(at for at in range(FEWEST - 1) if order[at] < order[at + 1])
        order[place : place + 2] = order[place + 1], order[place]
        swaps -= 1
    exact = stats.kendalltau(order, sorted(order)).pvalue
    share = chance.shipped()[WHOLE].at_least[0, score // 2] / chance.DRAWS
    assert share == pytest.approx(exact, abs=4 * np.sqrt(exact / chance.DRAWS))


def test_a_probability_grows_with_the_likeness_and_falls_with_the_score() -> None:
    by_chance = chance.shipped()[WHOLE]
    of_scores = [by_chance.p_value(score, 0.4) for score in range(PAIRS + 1)]
    assert of_scores == sorted(of_scores, reverse=True)
    of_likeness = [by_chance.p_value(20, rho) for rho in (0, 0.2, 0.4, 0.6, 0.8)]
    assert of_likeness == sorted(of_likeness)
    assert by_chance.p_value(0, 0.4) == 1
    assert 0 < by_chance.p_value(99, 0.4) < 1 / chance.DRAWS


@pytest.mark.parametrize("rho", [0, 0.3, 0.6])
def test_the_likeness_of_series_is_found_across_gaps(rho: float) -> None:
    """400 series over years of which some are missing; a trend in each is taken away."""
    random = np.random.default_rng(8)
    found, expected = [], []
    for years in SOME:
        every = random.normal(size=(20, 200))
        for year in range(1, 20):
            every[year] = rho * every[year - 1] + np.sqrt(1 - rho**2) * every[year]
        for series in every[list(years)].T:
            found.append(autocorrelation.residuals(np.array(years), series))
            expected.append(chance.shipped()[years].residuals)
    assert autocorrelation.estimated(found, expected) == pytest.approx(rho, abs=0.07)


def test_no_likeness_where_no_years_are_neighbours() -> None:
    years = np.arange(2000, 2016, 2)
    found = autocorrelation.residuals(years, np.arange(8.0) ** 2)
    assert autocorrelation.estimated([found], [chance.distribution(years).residuals]) == 0
