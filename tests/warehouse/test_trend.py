"""Trends: known answers, verdicts, and what hidden figures do to them."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.datasets import nile

from pipelines.warehouse.statistics import ranks, shape, trend
from pipelines.warehouse.statistics.series import series_of
from schemas import codelists, parameters

HIDDEN = None
YEAR_BY_YEAR = [12, 15, 9, 22, 30, 28, 41, 39, 55, 60]
MILLIONS = 1e6 + 1e4 * np.arange(10)
UNEVEN = [10, 40, 20, 60, 30, 50, 80, 25, 90, 70, 100, 65]
"""A rise over twelve years, which chance alone makes once in fifty times."""
LEAST = parameters.whole("least_years_of_trend")


def points(
    values: list[float | None], years: list[int] | None = None, persons: object = np.nan, **row: str
) -> pd.DataFrame:
    """The points of one series from 2000 on; a hidden figure may be 0 to 4."""
    value = pd.Series(values, dtype=float)
    names = {"source": "a", "ref_area": "ARG", "indicator": "VIC_DETECT", "time_basis": "CY", **row}
    years = years or list(range(2000, 2000 + len(value)))
    bounds = {"lower": value.fillna(0), "upper": value.fillna(4)}
    return pd.DataFrame({"year": years, "value": value, **bounds}).assign(
        persons=persons, is_divided=False, **names
    )


def trend_of(*arguments: object, **names: object) -> pd.Series:
    """Return the trend of one series alone."""
    [found] = trend.trends(series_of(points(*arguments, **names))).to_dict("records")
    return pd.Series(found)


# Known answers --------------------------------------------------------------------------------


def test_the_nile() -> None:
    volume = nile.load().data["volume"].to_numpy()
    tau = ranks.mann_kendall(volume).tau
    assert tau == pytest.approx(-0.2807413, abs=1e-7)
    tied = sum(size * (size - 1) / 2 for size in np.unique(volume, return_counts=True)[1])
    assert tau * np.sqrt(4950 * (4950 - tied)) == pytest.approx(-1387)


def test_a_regression_of_counts_on_years() -> None:
    found = trend_of(YEAR_BY_YEAR, persons=MILLIONS)
    assert np.log1p(found["annual_change"] / 100) == pytest.approx(0.1796926, abs=1e-7)
    assert found["annual_change_lower"] < found["annual_change"] < found["annual_change_upper"]
    assert found["trend_verdict"] == "rising"


def test_the_score_of_tied_figures_is_put_on_the_scale_of_others() -> None:
    """Kendall's example of two groups of ties, with his formula for the variance."""
    figures = np.array([3, 1, 4, 4, 5, 9, 5])
    order = ranks.mann_kendall(figures)
    untied, tied = 7 * 6 * 19, 7 * 6 * 19 - 2 * (2 * 1 * 9)
    assert order.tau == pytest.approx(stats.kendalltau(range(7), figures).statistic)
    assert order.score == pytest.approx(15 * np.sqrt(untied / tied))


def test_equal_figures_show_no_change() -> None:
    found = trend_of([7] * 12, persons=1e6)
    assert np.isnan(found["tau"])
    assert found["p_value"] == pytest.approx(1)
    assert (found["slope"], found["trend_verdict"]) == (0, "no_clear_change")
    assert found["annual_change"] == pytest.approx(0, abs=1e-9)


def test_years_keep_their_distance() -> None:
    years = [2000, 2001, 2002, 2005, 2006, 2007, 2010, 2011, 2012, 2013, 2014, 2015]
    found = trend_of([3 * (year - 1990) for year in years], years)
    assert (found["points"], found["gaps"], found["slope"]) == (12, 4, 3)


def test_the_order_of_rows_does_not_matter() -> None:
    in_order = points(YEAR_BY_YEAR, persons=MILLIONS)
    shuffled = in_order.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        trend.trends(series_of(in_order)), trend.trends(series_of(shuffled))
    )


# Verdicts ---------------------------------------------------------------------------------------


def test_a_year_less_than_the_least_is_too_few() -> None:
    rise = [10 * year for year in range(1, LEAST + 1)]
    few = trend_of(rise[:-1], persons=1e6)
    assert few["trend_verdict"] == "too_few_points"
    assert few[["tau", "p_value", "q_value", "rho", "slope", "annual_change"]].isna().all()
    assert trend_of(rise)["trend_verdict"] == "rising"
    assert trend_of(rise[::-1])["trend_verdict"] == "falling"


def test_one_claim_among_many_series_needs_more() -> None:
    random = np.random.default_rng(3)
    noise = [points(list(random.poisson(20, 12)), ref_area=f"A{number}") for number in range(200)]
    found = trend.trends(series_of(pd.concat([points(UNEVEN), *noise])))
    claimed = found.set_index("ref_area").loc["ARG"]
    assert claimed["p_value"] < parameters.number("false_claims_of_trends")
    assert claimed["trend_verdict"] == "no_clear_change"
    assert found["q_value"].ge(found["p_value"]).all()


def test_memory_of_other_series_counts_against_a_series() -> None:
    """States that remember the year before make a rise less of a surprise; subdivisions do not."""
    random = np.random.default_rng(5)
    rise = points(UNEVEN)
    walks = [random.normal(size=16).cumsum() for _ in range(40)]
    remembering = [
        points(list(walk - walk.min()), ref_area=f"A{number}") for number, walk in enumerate(walks)
    ]
    alone = trend_of(UNEVEN)
    for is_divided in (False, True):
        others = pd.concat(remembering).assign(is_divided=is_divided)
        found = trend.trends(series_of(pd.concat([rise, others]))).set_index("ref_area").loc["ARG"]
        assert found["rho"] == alone["rho"] if is_divided else found["rho"] > 0.7
        assert found["p_value"] == alone["p_value"] if is_divided else found["p_value"] > 0.05


def test_no_verdict_where_one_jump_explains_more() -> None:
    found = trend_of([20, 21, 19, 22, 23, 22, 160, 150, 170, 180, 181, 190])
    assert (found["trend_verdict"], found["jump_period"]) == ("no_verdict_across_jump", "2006")
    assert found["q_value"] <= parameters.number("false_claims_of_trends")


@pytest.mark.parametrize("figures", [YEAR_BY_YEAR, [round(10 * 1.4**place) for place in range(10)]])
def test_a_steady_change_is_no_jump(figures: list[float]) -> None:
    found = trend_of(figures)
    assert (found["trend_verdict"], found["jump_period"]) == ("rising", None)


def test_a_jump_is_where_the_figures_are_far_apart() -> None:
    hidden = np.array([0, 0, 0, 40, 50, 45]), np.array([4, 4, 4, 40, 50, 45])
    assert shape.better_than_steady(np.arange(2001, 2007), *hidden) == ("jump", 2004)


def test_no_verdict_where_the_figures_turn() -> None:
    rise = [10, 14, 19, 27, 38, 52, 70, 98, 130, 180, 240, 330]
    found = trend_of([*rise, 300, 260, 230, 200])
    assert (found["trend_verdict"], found["turn_period"]) == ("no_verdict_across_turn", "2011")
    assert found["q_value"] <= parameters.number("false_claims_of_trends")
    for steady in (rise, [*rise, 300, 260], [2, 4, 7, 11, 17, 25, 36, 50, 56, 60, 63]):
        assert trend_of(steady)["trend_verdict"] == "rising"


def test_every_verdict_has_a_name() -> None:
    verdicts = {"rising", "falling", "no_clear_change", "too_few_points"}
    across = {f"no_verdict_across_{change}" for change in ("jump", "turn")}
    assert set(codelists.codes("trend_verdict")) == verdicts | across


# Hidden figures -----------------------------------------------------------------------------------


def test_hidden_figures_are_tied_with_all_that_may_be_as_small() -> None:
    found = trend_of([HIDDEN, 2, 6, HIDDEN, 9, 14, 20, 33, 60, 80], persons=1e6)
    same = trend_of([4, 4, 6, 4, 9, 14, 20, 33, 60, 80])
    assert found[["tau", "p_value"]].tolist() == same[["tau", "p_value"]].tolist()
    assert (found["suppressed"], found["trend_verdict"]) == (2, "rising")


def test_no_size_is_worked_out_of_hidden_figures() -> None:
    found = trend_of([HIDDEN, 12, 15, 9, 22, 30, 28, 41, 39], persons=1e6)
    sizes = found.filter(regex="slope|annual_change")
    assert len(sizes) == 6
    assert sizes.isna().all()


def test_a_series_hidden_throughout_has_no_verdict() -> None:
    found = trend_of([HIDDEN] * 10)
    assert (found["suppressed"], found["trend_verdict"]) == (10, "too_few_points")
    assert np.isnan(found["q_value"])


@pytest.mark.parametrize("counts", [[0] * 12, [0] * 11 + [3], [10_000, *[5, 7, 2, 1] * 3]])
def test_no_percentage_that_says_nothing(counts: list[float]) -> None:
    assert np.isnan(trend_of(counts, persons=1e6)["annual_change"])


def test_no_percentage_without_population() -> None:
    assert np.isnan(trend_of(YEAR_BY_YEAR, persons=[np.nan, *MILLIONS[1:]])["annual_change"])
