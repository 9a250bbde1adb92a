"""Shares: exact where everything is exact, intervals beside suppressed parts, else withheld."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import suppressed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_warehouse import Row, emptied, holding

TOTAL = {"value": 100}


@pytest.fixture(scope="module")
def warehouse(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    with duckdb.connect(emptied(built, tmp_path_factory.mktemp("share"))) as connection:
        yield connection


def shares(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> dict[str, tuple]:
    """Value, bounds and reason by the codes of the part."""
    with holding(warehouse, *rows):
        found = warehouse.execute(
            "select concat_ws(' ', nullif(sex, '_T'), nullif(age, '_T'), "
            "nullif(exploitation, '_T')), value, lower, upper, withholding from published.share"
        ).fetchall()
    return {part: tuple(rest) for part, *rest in found}


def test_women_and_children_of_the_printed_total(warehouse) -> None:
    found = shares(
        warehouse, TOTAL, {"value": 75, "sex": "F"}, {"value": 25, "sex": "M"},
        {"value": 30, "age": "Y0T17"}, {"value": 20, "sex": "F", "age": "Y0T17"},
    )  # fmt: skip
    assert found == {
        "F": (75, 75, 75, None), "M": (25, 25, 25, None), "Y0T17": (30, 30, 30, None),
        "F Y0T17": (20, 20, 20, None),
    }  # fmt: skip


def test_it_says_how_much_of_the_total_the_parts_tell(warehouse) -> None:
    with holding(warehouse, TOTAL, {"value": 20, "sex": "F"}, {"value": 30, "sex": "M"}):
        found = warehouse.execute("select distinct told from published.share").fetchall()
    assert found == [(50,)]


def test_forms_may_exceed_one_hundred_together(warehouse) -> None:
    found = shares(
        warehouse, TOTAL, {"value": 80, "exploitation": "SX"}, {"value": 60, "exploitation": "FL"}
    )
    assert {part: value for part, (value, *_) in found.items()} == {"SX": 80, "FL": 60}


def test_beside_a_suppressed_part_a_share_is_an_interval_of_the_parts(warehouse) -> None:
    found = shares(warehouse, TOTAL, {"value": 97, "sex": "F"}, suppressed(sex="M"))
    assert found["F"] == (None, pytest.approx(100 * 97 / 101), 100, None)
    assert found["M"] == (None, 0, pytest.approx(100 * 4 / 101), None)


def test_parts_that_do_not_make_up_the_total_beside_a_suppressed_one_are_withheld(
    warehouse,
) -> None:
    found = shares(warehouse, TOTAL, {"value": 80, "sex": "F"}, suppressed(sex="M"))
    assert found == dict.fromkeys("FM", (None, None, None, "WOULD_REVEAL"))


def test_sexes_that_exceed_the_total_have_no_shares(warehouse) -> None:
    found = shares(warehouse, TOTAL, {"value": 70, "sex": "F"}, {"value": 40, "sex": "M"})
    assert found == dict.fromkeys("FM", (None, None, None, "CONTRADICTED"))


@pytest.mark.parametrize(
    ("total", "part", "why"),
    [
        (suppressed(), {"value": 3, "sex": "F"}, "SUPPRESSED"),
        ({"value": 0}, {"value": 0, "sex": "F"}, "NO_FIGURE"),
        (TOTAL, {"value": 130, "exploitation": "SX"}, "CONTRADICTED"),
        (
            TOTAL,
            {"value": None, "lower": None, "upper": None, "obs_status": "O", "sex": "F"},
            "NO_FIGURE",
        ),
    ],
)
def test_it_is_withheld_with_the_reason(warehouse, total: Row, part: Row, why: str) -> None:
    [found] = shares(warehouse, total, part).values()
    assert found == (None, None, None, why)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.integers(5, 300), hidden=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_a_share_is_the_same_whatever_is_hidden(warehouse, known: int, hidden: tuple) -> None:
    """Bounds tell nothing: two tables that differ in the hidden part have the same ones."""
    first, second = (
        shares(warehouse, {"value": known + man}, {"value": known, "sex": "F"}, suppressed(sex="M"))
        for man in hidden
    )
    assert first == second
    assert first["F"][3] is None


def test_no_shipped_share_is_exact_beside_a_suppressed_part(query: Callable) -> None:
    [(exact, intervals, outside)] = query(
        "select count(value), count(*) filter (value is null and lower < upper), "
        "count(*) filter (lower < 0 or upper > 100) from published.share"
    )
    assert exact > 1000
    assert intervals > 1000
    assert outside == 0
