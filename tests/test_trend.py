"""Trends: known answers, verdicts, and what hidden figures do to them."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.datasets import nile

from pipelines.statistics import ranks, trend
from schemas import codelists

HIDDEN = None
YEAR_BY_YEAR = [12, 15, 9, 22, 30, 28, 41, 39, 55, 60]
MILLIONS = 1e6 + 1e4 * np.arange(10)


def points(
    values: list[float | None], years: list[int] | None = None, persons: object = np.nan, **row: str
) -> pd.DataFrame:
    """The points of one series from 2000 on; a hidden figure may be 0 to 4."""
    value = pd.Series(values, dtype=float)
    names = {"source": "a", "ref_area": "ARG", "indicator": "VIC_DETECT", "time_basis": "CY", **row}
    years = years or list(range(2000, 2000 + len(value)))
    return pd.DataFrame({"year": years, "value": value, "upper": value.fillna(4)}).assign(
        persons=persons, **names
    )


def trend_of(*arguments: object, **names: object) -> pd.Series:
    """What is said of one series alone."""
    [found] = trend.trends(points(*arguments, **names)).to_dict("records")
    return pd.Series(found)


# Known answers --------------------------------------------------------------------------------


def test_the_nile() -> None:
    flow = nile.load().data
    found = trend_of(flow["volume"].tolist(), flow["year"].astype(int).tolist())
    assert found["tau"] == pytest.approx(-0.2807413, abs=1e-7)
    assert found["slope"] == pytest.approx(-2.6, abs=0.05)
    assert (found["first_period"], found["last_period"], found["gaps"]) == ("1871", "1970", 0)
    volume = flow["volume"].to_numpy()
    tied = sum(size * (size - 1) / 2 for size in np.unique(volume, return_counts=True)[1])
    assert found["tau"] * np.sqrt(4950 * (4950 - tied)) == pytest.approx(-1387)


def test_a_regression_of_counts_on_years() -> None:
    found = trend_of(YEAR_BY_YEAR, persons=MILLIONS)
    assert np.log1p(found["annual_change"] / 100) == pytest.approx(0.1796926, abs=1e-7)
    assert found["annual_change_lower"] < found["annual_change"] < found["annual_change_upper"]
    assert found["trend_verdict"] == "rising"


@pytest.mark.parametrize(
    "figures",
    [[3, 1, 4, 7, 5], [3, 1, 4, 4, 5, 9, 5], [0, 0, 0, 1, 2, 3], [2, 2, 2, 1, 1, 1], [4, 4, 4, 6]],
)
def test_the_probability_is_that_of_all_orders(figures: list[int]) -> None:
    def score(order: tuple[int, ...]) -> int:
        return abs(sum(np.sign(b - a) for i, a in enumerate(order) for b in order[i + 1 :]))

    orders = list(permutations(figures))
    as_far = sum(score(order) >= score(tuple(figures)) for order in orders)
    p_value = ranks.mann_kendall(np.array(figures))[1]
    assert p_value == pytest.approx(as_far / len(orders))


def test_the_exact_probability_of_long_tied_series_is_near_the_normal_one() -> None:
    figures = np.random.default_rng(4).poisson(3, 60)
    approximate = stats.kendalltau(np.arange(60), figures).pvalue
    assert ranks.mann_kendall(figures)[1] == pytest.approx(approximate, abs=0.01)


def test_equal_figures_show_no_change() -> None:
    found = trend_of([7] * 12, persons=1e6)
    assert np.isnan(found["tau"])
    assert (found["p_value"], found["slope"], found["trend_verdict"]) == (1, 0, "no_clear_change")
    assert found["annual_change"] == pytest.approx(0, abs=1e-9)


def test_years_keep_their_distance() -> None:
    years = [2000, 2001, 2005, 2006, 2010, 2011]
    found = trend_of([3 * (year - 1990) for year in years], years)
    assert (found["points"], found["gaps"], found["slope"]) == (6, 6, 3)


def test_the_order_of_rows_does_not_matter() -> None:
    in_order = points(YEAR_BY_YEAR, persons=MILLIONS)
    shuffled = in_order.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(trend.trends(in_order), trend.trends(shuffled))


# Verdicts ---------------------------------------------------------------------------------------


def test_five_years_are_too_few_and_six_are_not() -> None:
    few = trend_of([10, 20, 30, 40, 50], persons=1e6)
    assert few["trend_verdict"] == "too_few_points"
    assert few[["tau", "p_value", "q_value", "slope", "annual_change"]].isna().all()
    assert trend_of([10, 20, 30, 40, 50, 60])["trend_verdict"] == "rising"
    assert trend_of([60, 50, 40, 30, 20, 10])["trend_verdict"] == "falling"


def test_one_claim_among_many_series_needs_more() -> None:
    rng = np.random.default_rng(3)
    noise = [points(list(rng.poisson(20, 8)), ref_area=f"A{number}") for number in range(200)]
    found = trend.trends(pd.concat([points([10, 20, 30, 40, 50, 60]), *noise]))
    assert found.set_index("ref_area").loc["ARG", "trend_verdict"] == "no_clear_change"
    assert found["q_value"].ge(found["p_value"]).all()


def test_a_change_that_is_not_straight_is_no_autocorrelation() -> None:
    years = [*range(2000, 2008), *range(2015, 2022)]
    found = trend_of([round(10 * 1.4**place) for place in range(15)], years)
    assert (found["is_autocorrelated"], found["trend_verdict"]) == (False, "rising")


def test_years_that_are_alike_count_as_fewer() -> None:
    waves = [20, 24, 30, 31, 27, 22, 20, 25, 33, 38, 39, 35, 30, 29, 34, 41]
    found = trend_of(waves)
    assert found["is_autocorrelated"]
    assert found["p_value"] > ranks.mann_kendall(np.array(waves))[1]


def test_every_verdict_has_a_name() -> None:
    said = {"rising", "falling", "no_clear_change", "too_few_points"}
    assert set(codelists.codes("trend_verdict")) == said


# Hidden figures -----------------------------------------------------------------------------------


def test_hidden_figures_are_tied_with_all_that_may_be_as_small() -> None:
    found = trend_of([HIDDEN, 2, HIDDEN, 0, 9, 14, 12, 20, 25, 31], persons=1e6)
    same = trend_of([4, 4, 4, 4, 9, 14, 12, 20, 25, 31])
    assert found[["tau", "p_value"]].tolist() == same[["tau", "p_value"]].tolist()
    assert (found["suppressed"], found["trend_verdict"]) == (2, "rising")


def test_no_size_is_worked_out_of_hidden_figures() -> None:
    found = trend_of([HIDDEN, 12, 15, 9, 22, 30, 28, 41, 39], persons=1e6)
    sizes = found.filter(regex="slope|annual_change")
    assert len(sizes) == 6
    assert sizes.isna().all()


def test_of_a_series_that_is_hidden_throughout_nothing_is_told() -> None:
    found = trend_of([HIDDEN] * 10)
    assert (found["suppressed"], found["trend_verdict"]) == (10, "too_few_points")
    assert np.isnan(found["q_value"])


@pytest.mark.parametrize("counts", [[0] * 8, [0, 0, 0, 0, 0, 0, 0, 3], [1_000_000, 5, 7, 2, 1]])
def test_no_percentage_that_says_nothing(counts: list[float]) -> None:
    assert np.isnan(trend_of(counts, persons=1e6)["annual_change"])


def test_no_percentage_without_population() -> None:
    assert np.isnan(trend_of(YEAR_BY_YEAR, persons=[np.nan, *MILLIONS[1:]])["annual_change"])
