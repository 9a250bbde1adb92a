"""Trends in the warehouse: where a series begins."""

import duckdb
import numpy as np
import pytest
from small_warehouse import cells, holding
from tables import table


@pytest.fixture(scope="module")
def warehouse(warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The emptied warehouse with a break of a series."""
    warehouse.execute(
        "insert into series_break values ('int_unodc_glotip', 'ARG', 'PER_PROSEC', '2015', 'X')"
    )
    return warehouse


@pytest.mark.parametrize(("rows", "years", "why"), table(__file__, "trend_years.csv"))
def test_which_years_are_compared(warehouse, rows: str, years: str, why: str) -> None:
    with holding(warehouse, *cells(rows)):
        found = warehouse.execute("select year from judged.trend_point order by all").fetchall()
    assert " ".join(f"{year}" for (year,) in found) == years, why


@pytest.mark.parametrize(
    ("years", "marked"),
    [((2013, 2014, 2016, 2017), [2016]), ((2014, 2015, 2016), [2015]), ((2016, 2017), [])],
)
def test_a_break_stands_at_the_first_figure_since(warehouse, years, marked: list[int]) -> None:
    with holding(warehouse, *cells("; ".join(f"PER_PROSEC {year} 10" for year in years))):
        found = warehouse.execute(
            "select year from published.headline where break_reason is not null"
        ).fetchall()
    assert found == [(year,) for year in marked]


def test_inhabitants_are_those_of_the_year(warehouse) -> None:
    with holding(warehouse, *cells("MEX 2022 10; MX-JAL 2022 10")):
        found = warehouse.execute("from judged.trend_point order by all").df()
    assert found["persons"].tolist() == pytest.approx([128_613_127, np.nan], nan_ok=True)
