"""Rates: the right population, the exact interval, and none where there should be none."""

import duckdb
import pytest
from conftest import suppressed
from scipy import stats
from small_warehouse import MISSING, Row, holding

MEXICO = {"ref_area": "MEX", "time_period": "2022"}
EVERYBODY, CHILDREN = 128_613_127, 39_258_480
POISSON = {5: (1.623486, 11.668332), 10: (4.795389, 18.390356)}


def rates(warehouse: duckdb.DuckDBPyConnection, columns: str, *rows: Row) -> list[tuple]:
    with holding(warehouse, *rows):
        return warehouse.execute(
            f"select {columns} from published.rate order by sex, age, indicator"
        ).fetchall()


@pytest.mark.parametrize("count", POISSON)
def test_the_interval_is_exact(warehouse, count: int) -> None:
    columns = "value, confidence_lower, confidence_upper, withholding, origin"
    [(value, *limits, withholding, origin)] = rates(warehouse, columns, {"value": count, **MEXICO})
    assert value == pytest.approx(100_000 * count / EVERYBODY)
    of_count = [limit * EVERYBODY / 100_000 for limit in limits]
    assert of_count == pytest.approx(POISSON[count], abs=1e-6)
    assert (withholding, origin) == (None, "FIGURE")


@pytest.mark.parametrize("count", POISSON)
def test_the_wider_interval_has_the_scatter_of_the_indicator(warehouse, count: int) -> None:
    columns = "dispersion, dispersed_lower, dispersed_upper"
    [(dispersion, *limits)] = rates(warehouse, columns, {"value": count, **MEXICO})
    assert warehouse.execute(
        "select dispersion from main.dispersion where indicator = 'VIC_DETECT'"
    ).fetchall() == [(dispersion,)]  # fmt: skip
    lower, upper = (limit * EVERYBODY / 100_000 for limit in limits)
    size = 1 / dispersion
    assert stats.nbinom.cdf(count, size, size / (size + upper)) == pytest.approx(0.025)
    assert stats.nbinom.sf(count - 1, size, size / (size + lower)) == pytest.approx(0.025)


def test_children_are_divided_by_children(warehouse) -> None:
    columns = "population, population_source, population_release, value"
    [(persons, *source, value)] = rates(warehouse, columns, {"value": 10, "age": "Y0T17", **MEXICO})
    assert (persons, *source) == (CHILDREN, "ref_wpp", "2024-07-11")
    assert value == pytest.approx(100_000 * 10 / CHILDREN)


def test_sexes_and_ages_have_the_populations_that_make_up_the_whole(warehouse) -> None:
    parts = [{"value": 10, "sex": sex, "age": age, **MEXICO}
             for sex in "FM" for age in ("Y0T17", "Y_GE18")]  # fmt: skip
    assert sum(persons for (persons,) in rates(warehouse, "population", *parts)) == EVERYBODY


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (suppressed(**MEXICO), "SUPPRESSED"),
        ({**MISSING, **MEXICO}, "NO_FIGURE"),
        ({"value": 30, "time_basis": "CUM", **MEXICO}, "PERIOD"),
        ({"value": 30, "obs_status": "U", **MEXICO}, "DOUBTFUL"),
        ({"value": 30, "obs_status": "U", "flags": "NOT_REPRESENTATIVE", **MEXICO}, "PARTIAL"),
        ({"value": 30, "ref_area": "MEX", "time_period": "1901"}, "NO_POPULATION"),
    ],
)
def test_a_rate_is_withheld_with_the_reason(warehouse, row: Row, why: str) -> None:
    columns = (
        "withholding, value, confidence_lower, confidence_upper, dispersed_lower, dispersed_upper"
    )
    assert rates(warehouse, columns, row) == [(why, None, None, None, None, None)]


def test_a_sum_of_part_of_a_country_has_no_rate(warehouse) -> None:
    part = {"value": 20, "source": "mex_sesnsp", "ref_area": "MX-JAL", "indicator": "VIC_RECORDED",
            "obs_status": "D", "def_scope": "EXPLOIT"}  # fmt: skip
    assert rates(warehouse, "origin, numerator, withholding, value, locator", part) == [
        ("SUM", 20, "PARTIAL", None, None)
    ]


def test_a_printed_rate_stands_as_printed_and_none_is_calculated_beside_it(warehouse) -> None:
    count = {"value": 10, **MEXICO}
    printed = {"value": 0.9, "indicator": "VIC_DETECT_RATE", **MEXICO}
    columns = "indicator, origin, value, numerator, confidence_lower"
    assert rates(warehouse, columns, count, printed) == [
        ("VIC_DETECT_RATE", "PUBLISHED", 0.9, None, None)
    ]


def test_another_source_of_the_same_count_has_its_own_rate(warehouse) -> None:
    other = {"value": 10, "source": "int_unsd_sdg", **MEXICO}
    printed = {"value": 0.9, "indicator": "VIC_DETECT_RATE", **MEXICO}
    assert rates(warehouse, "source, origin", other, printed) == [
        ("int_unsd_sdg", "FIGURE"), ("int_unodc_glotip", "PUBLISHED"),
    ]  # fmt: skip


def test_nationals_abroad_are_not_divided_by_residents(warehouse) -> None:
    assert rates(warehouse, "*", {"value": 10, "indicator": "VIC_NAT_ABROAD", **MEXICO}) == []


def test_citizens_of_one_state_have_no_rate(warehouse) -> None:
    """Nobody says how many of them live there."""
    assert rates(warehouse, "*", {"value": 10, "citizenship": "COL", **MEXICO}) == []
