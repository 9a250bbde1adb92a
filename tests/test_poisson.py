"""Limits of a count: known answers, and the cover that 95 % promises."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines.statistics import poisson

KNOWN = {
    0: (0, 3.688879), 1: (0.025318, 5.571643), 5: (1.623486, 11.668332), 10: (4.795389, 18.390356),
}  # fmt: skip


def limits(counts: list[int]) -> pd.DataFrame:
    return poisson.limits(pd.DataFrame({"count": counts}))


@pytest.mark.parametrize("count", KNOWN)
def test_limits_of_small_counts(count: int) -> None:
    [(lower, upper)] = limits([count])[["lower", "upper"]].itertuples(index=False)
    assert (lower, upper) == pytest.approx(KNOWN[count], abs=1e-6)


@pytest.mark.parametrize("mean", [0.1, 1, 3.7, 20, 150])
def test_they_hold_the_mean_at_least_as_often_as_they_say(mean: float) -> None:
    counts = np.arange(1000)
    found = limits(list(counts))
    holds = found["lower"].le(mean) & found["upper"].ge(mean)
    assert stats.poisson.pmf(counts[holds], mean).sum() >= 0.95


def test_a_greater_count_has_greater_limits() -> None:
    found = limits([0, 1, 4, 5, 99, 10_000, 25_000_000])
    assert found["lower"].is_monotonic_increasing
    assert found["upper"].is_monotonic_increasing
    assert (found["lower"] <= found["count"]).all()
    assert (found["upper"] > found["count"]).all()


def test_no_counts_have_no_limits() -> None:
    assert limits([]).empty


def test_every_printed_count_has_limits(query) -> None:
    assert query(
        "select distinct value from published.observation "
        "anti join poisson_limit on poisson_limit.count = value "
        "where value is not null and unit_measure = 'NUMBER'"
    ) == []  # fmt: skip


def test_every_sum_of_ours_has_limits(query) -> None:
    assert query(
        "select distinct value from published.national_sum "
        "anti join poisson_limit on poisson_limit.count = value where value is not null"
    ) == []  # fmt: skip


def test_no_limits_are_kept_of_what_is_hidden(query) -> None:
    [(counts,)] = query("select count(*) from poisson_limit")
    [(exact,)] = query(
        "select count(distinct value) from (select value from published.observation "
        "where unit_measure = 'NUMBER' union all select value from published.national_sum)"
    )
    assert counts == exact
