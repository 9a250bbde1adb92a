"""Figures that only others repeat: known answers, and what was left out and why."""

from collections.abc import Callable

import pandas as pd
import pytest
from source_tests import figures, shipped_table

from pipelines.sources import discover

REPEATED = discover()["int_repeated"].source


@pytest.fixture
def printed() -> pd.DataFrame:
    return shipped_table("int_repeated", "2026-11-30")


def test_a_new_table_is_entered_as_repeated() -> None:
    assert REPEATED.default_provenance == "REPEATED"


@pytest.mark.parametrize(
    ("area", "indicator", "basis", "known"),
    [
        ("BOL", "INV_OPENED", "CY", {"2023": 989}),
        ("HND", "VIC_IDENT", "CY", {"2021": 101, "2022": 59, "2025": 96}),
        ("GTM", "VIC_IDENT", "CY", {"2024": 420}),
        ("GTM", "VIC_RECORDED", "CY", {"2019": 596}),
        ("COL", "AST_ASSISTED", "CY", {"2024": 416}),
        ("BRA", "COMPLAINTS", "CY", {"2024": 69}),
        (
            "PRY",
            "INV_OPENED",
            "CY",
            {"2019": 141, "2020": 103, "2021": 62, "2022": 71, "2023": 78},
        ),
        (
            "PRY",
            "VIC_RECORDED",
            "CY",
            {"2019": 234, "2020": 361, "2021": 245, "2022": 214, "2023": 185},
        ),
        ("TTO", "PER_PROSEC", "CY", {"2024": 9}),
        ("TTO", "COMPLAINTS", "CY", {"2023": 86}),
        ("CHL", "AST_ASSISTED", "CY", {"2018": 43}),
        ("TTO", "VIC_IDENT", "CUM", {"2022": 102}),
        ("CHL", "VIC_RECORDED", "CUM", {"2023": 653}),
        ("CRI", "VIC_IDENT", "CUM", {"2017": 167}),
        ("DOM", "CAS_PROSEC", "CUM", {"2022": 63}),
        ("ECU", "INC_RECORDED", "CY", {"2025": 176}),
        ("PER", "VIC_RECORDED", "CY", {"2022": 1_430}),
        ("PER", "COMPLAINTS", "CY", {"2021": 1_448, "2023": 1_814, "2024": 1_900}),
    ],
)
def test_known_answers(
    query: Callable, area: str, indicator: str, basis: str, known: dict[str, int]
) -> None:
    assert figures(query, "int_repeated", area, indicator, basis) == known


def test_the_police_of_bolivia_count_smuggling_too_until_the_break(query: Callable) -> None:
    found = query(
        "select year, value, def_scope, break_reason from published.headline "
        "where source = 'int_repeated' and ref_area = 'BOL' and indicator = 'COMPLAINTS' "
        "order by year"
    )
    until = [row for row in found if row[0] <= 2015]
    assert sum(row[1] for row in until) + 233 == 3_518
    assert {row[2] for row in until} == {"SMUG_MIX"}
    assert [row for row in found if row[0] > 2015] == [
        (2023, 649, "PALERMO", "BOL_TRAFFICKING_ALONE")
    ]


def test_what_contradicts_itself_or_mixes_offences_is_left_out(printed: pd.DataFrame) -> None:
    assert "PAN" not in set(printed["ref_area"]), "four years make 198, the page says 190"
    assert not {"49", "23", "258"} & set(printed["value"]), "other pages print other figures"
    assert "149" not in set(printed["value"]), "of one police force"
    assert not {"1359", "1105"} & set(printed["value"]), "370 of the 1,359 are other offences"


def test_the_years_of_paraguays_prosecution_add_up_as_the_page_says(printed: pd.DataFrame) -> None:
    paraguay = printed[printed["ref_area"] == "PRY"].astype({"value": int})
    sums = paraguay.groupby("indicator")["value"].sum().to_dict()
    assert sums == {"INV_OPENED": 455, "VIC_RECORDED": 1_239}


def test_nothing_of_it_is_cited(query: Callable) -> None:
    assert query("select 1 from published.national_series where source = 'int_repeated'") == []
    [(marked,)] = query(
        "select count(*) from published.observation "
        "where source = 'int_repeated' and provenance = 'REPEATED'"
    )
    assert marked == 42
