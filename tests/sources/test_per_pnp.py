"""Complaints of the Peruvian police: known answers, totals among parts, rows printed twice."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from source_tests import harmonised_text

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import paths
from pipelines.sources import File, discover

PNP = discover()["per_pnp"]
RELEASE = "2025-07-03"
HEADER = (
    "\ufeffANIO;MES;CCDD;DEPARTAMENTO;PROVINCIA;DISTRITO;COMISARIA;categoria;"
    "Denuncias por comision;Valor"
)
EACH_ROW = {2017: 6, 2018: 78, 2019: 112, 2020: 50, 2021: 60, 2022: 98}
"""Sums of the rows of F1_TOTAL, including those printed twice."""

COUNTED_ONCE = {2017: 3, 2018: 39, 2019: 56, 2020: 25, 2021: 33, 2022: 49}


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["per_pnp", RELEASE]


def by_year(rows: pd.DataFrame, year: str, value: str) -> dict[int, int]:
    return (
        rows[value].astype(int).groupby(rows[year].astype(str).str[:4].astype(int)).sum().to_dict()
    )


def of_form(shipped: Harmonised, form: str) -> pd.DataFrame:
    return shipped.rows[shipped.rows["exploitation"] == form]


def made(tmp_path: Path, *lines: str) -> Harmonised:
    """Harmonise a few lines in the file's own columns; invented figures."""
    return harmonised_text(PNP, RELEASE, tmp_path / "ds.csv", HEADER, *lines)


def line(purpose: str, value: str, station: str = "A", month: str = "4", region: str = "14") -> str:
    return f"2019;{month};{region};R;P;D;{station};C;{purpose};{value}"


def test_rows_printed_twice_are_counted_once(shipped: Harmonised) -> None:
    table = pd.read_csv(paths.raw() / "per_pnp" / f"{RELEASE}.csv", encoding="utf-8")
    totals = table[table["Denuncias por comision"] == "F1_TOTAL"]
    assert by_year(totals, "ANIO", "Valor") == EACH_ROW
    assert by_year(of_form(shipped, "_T"), "time_period", "value") == COUNTED_ONCE


def test_a_month_that_is_printed_once_is_whole(shipped: Harmonised) -> None:
    total = of_form(shipped, "_T").set_index("time_period")
    assert total.loc["2021-11", "value"] == 6
    assert pd.isna(total.loc["2021-11", "comment"])
    assert total.loc["2021-01", "value"] == 22
    assert total.loc["2021-01", "comment"] == "rows printed twice are counted once"


def test_totals_are_not_summed_with_their_parts(shipped: Harmonised) -> None:
    parts = shipped.rows[shipped.rows["exploitation"] != "_T"]
    assert by_year(parts, "time_period", "value") == COUNTED_ONCE
    assert by_year(of_form(shipped, "SX"), "time_period", "value")[2019] == 40
    assert by_year(of_form(shipped, "FL"), "time_period", "value")[2021] == 21


def test_complaints_of_one_region_and_no_victims(shipped: Harmonised) -> None:
    rows = shipped.rows
    assert set(rows["indicator"]) == {"COMPLAINTS"}
    assert set(rows["ref_area"]) == {"PE-LAM"}
    assert set(rows["freq"]) == {"M"}
    assert len(shipped.quarantine) == 0
    assert "2019-02" not in set(rows["time_period"]), "no rows, so missing and not zero"


def test_every_row_of_the_publishers_file_is_accounted_for(publisher_file: Callable) -> None:
    file = publisher_file("per_pnp/ds_tratasdp_2017-2023.csv")
    found = harmonise(PNP, RELEASE, File(file))
    rows = found.account.set_index(["outcome", "reason"])["rows"].to_dict()
    assert rows == {
        ("in", ""): 6_563,
        ("published", ""): 287,
        ("set_aside", "other_lines"): 5_948,
        ("set_aside", "printed_twice"): 286,
        ("set_aside", "summed_into_one_figure"): 42,
    }


def test_nothing_that_describes_a_complaint_is_shipped() -> None:
    table = pd.read_csv(paths.raw() / "per_pnp" / f"{RELEASE}.csv", encoding="utf-8")
    assert table["Denuncias por comision"].str.startswith("F1_").all()
    assert not {"PROVINCIA", "DISTRITO", "COMISARIA"} & set(table)


def test_stations_with_the_same_count_are_summed(tmp_path: Path) -> None:
    found = made(tmp_path, line("F1_TOTAL", "3", "A"), line("F1_TOTAL", "3", "B")).rows
    assert found["value"].tolist() == [6]
    assert found["locator"].item().endswith("row 2 and 1 more")


def test_two_kinds_of_labour_are_one_form(tmp_path: Path) -> None:
    labour = line("F1_EXPLOTACION LABORAL", "4"), line("F1_TRABAJOS Y SERVICIOS FORZADOS", "3")
    found = made(tmp_path, *labour).rows
    assert found[["exploitation", "value"]].to_numpy().tolist() == [["FL", 7]]


def test_a_sum_with_a_blank_is_refused(tmp_path: Path) -> None:
    found = made(tmp_path, line("F1_TOTAL", "3", "A"), line("F1_TOTAL", "", "B"))
    assert len(found.rows) == 0
    assert found.quarantine[["rule", "found"]].to_numpy().tolist() == [
        ["figure_has_one_reading", "3 and 1 unreadable"]
    ]


def test_the_message_of_an_unknown_purpose_names_where_to_add_it(tmp_path: Path) -> None:
    found = made(tmp_path, line("F1_MATRIMONIO SERVIL", "1")).quarantine["message"].item()
    assert found.endswith("add it to the labels in pipelines/sources/per_pnp.py")


def test_regions_go_by_their_number(tmp_path: Path) -> None:
    found = made(tmp_path, line("F1_TOTAL", "3", region="7"), line("F1_TOTAL", "2", region="15"))
    assert found.rows["ref_area"].tolist() == ["PE-CAL", "PE-LIM"]
