"""Printed periods: years, quarters and months of four languages, and fiscal years; none guessed."""

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.reader.rows import Rows
from pipelines.sources import discover


def periods(printed: str, basis: str = "CY", **part: str) -> dict:
    rows = Rows.__new__(Rows)
    rows.source = replace(discover()["pry_ine"].source, time_basis=basis)
    cells = {"Periodo": printed, **part}
    columns = {name: pd.Categorical([cell]) for name, cell in cells.items()}
    rows._start(pd.DataFrame({**columns, "row": [1]}))
    return rows.periods(tuple(cells))


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2019", "2019"), ("2019-Q1", "2019-Q1"), ("2019Q1", "2019-Q1"), ("Q1 2019", "2019-Q1"),
        ("1T2019", "2019-Q1"), ("T1-2019", "2019-Q1"), ("2019 T4", "2019-Q4"),
        ("I trimestre 2019", "2019-Q1"), ("IV Trim. 2019", "2019-Q4"),
        ("Tercer trimestre de 2020", "2020-Q3"), ("2.º trimestre 2019", "2019-Q2"),
        ("Enero-Marzo 2019", "2019-Q1"), ("julho a setembro de 2021", "2021-Q3"),
        ("2019-03", "2019-03"), ("marzo 2019", "2019-03"), ("Sept. 2019", "2019-09"),
        ("2019 Total", "2019"), ("2e trimestre 2019", "2019-Q2"), ("Total 2019", "2019"),
    ],
)  # fmt: skip
def test_a_printed_period_is_read(printed: str, period: str) -> None:
    rows = periods(printed)
    assert (rows["time_period"][0], rows["freq"][0]) == (
        period,
        "Q" if "Q" in period else "M" if "-" in period else "A",
    )


@pytest.mark.parametrize("printed", ["19-03", "2019 S1", "2019-2020", "5T2019", "mayo", "2019-13"])
def test_a_period_without_one_reading_is_refused(printed: str) -> None:
    assert pd.isna(periods(printed)["time_period"][0])


@pytest.mark.parametrize(
    ("basis", "printed", "year"),
    [
        ("FY0401", "2010/11", "2010"), ("FY0401", "2022-2023", "2022"), ("TIPR", "2011/12", "2011"),
        ("FY0701", "2010-11", "2011"), ("FY1001", "FY 2022/23", "2023"),
        ("FY1001", "FY2023", "2023"), ("FY0401", "Año fiscal 1999-00", "1999"),
        ("FY0401", "FY2023", ""), ("FY0401", "2022-03", ""), ("FY0401", "2022-2024", ""),
        ("FY0401", "marzo 2022", "2022-03"), ("CY", "2012/13", ""), ("CY", "FY2023", ""),
    ],
)  # fmt: skip
def test_two_years_are_a_fiscal_year_where_the_source_has_such(
    basis: str, printed: str, year: str
) -> None:
    [found] = periods(printed, basis=basis)["time_period"]
    assert (found == year) if year else pd.isna(found)


def test_a_number_beside_a_year_is_read_by_the_name_of_its_column() -> None:
    assert periods("2020", Trimestre="3")["time_period"][0] == "2020-Q3"
    assert periods("2020", Mes="3")["time_period"][0] == "2020-03"
    assert periods("2020", Mes="Total")["freq"][0] == "A"
    assert pd.isna(periods("2020", Parte="3")["time_period"][0])
