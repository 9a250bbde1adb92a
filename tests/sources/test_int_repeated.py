"""Figures that only others repeat: known answers, and what was left out and why."""

from collections.abc import Callable

import pandas as pd
import pytest
from source_tests import figures, shipped_table

from pipelines.sources import discover

REPEATED = discover()["int_repeated"].source


@pytest.fixture
def printed() -> pd.DataFrame:
    return shipped_table("int_repeated", "2026-11-27")


def test_a_new_table_is_entered_as_repeated() -> None:
    assert REPEATED.default_provenance == "REPEATED"


@pytest.mark.parametrize(
    ("area", "indicator", "basis", "known"),
    [
        ("BOL", "INV_OPENED", "CY", {"2023": 989}),
        ("HND", "VIC_IDENT", "CY", {"2021": 101, "2022": 59}),
        ("TTO", "VIC_IDENT", "CUM", {"2022": 102}),
        ("CHL", "VIC_RECORDED", "CUM", {"2023": 653}),
        ("CRI", "VIC_IDENT", "CUM", {"2017": 167}),
        ("DOM", "CAS_PROSEC", "CUM", {"2022": 63}),
        ("ECU", "INC_RECORDED", "CY", {"2025": 176}),
        ("PER", "VIC_RECORDED", "CY", {"2022": 1_430}),
        ("PER", "COMPLAINTS", "CY", {"2023": 1_814, "2024": 1_900}),
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
    assert not {"1359", "1105"} & set(printed["value"]), "370 of the 1,359 are other offences"


def test_nothing_of_it_is_cited(query: Callable) -> None:
    assert query("select 1 from published.national_series where source = 'int_repeated'") == []
    [(marked,)] = query(
        "select count(*) from published.observation "
        "where source = 'int_repeated' and provenance = 'REPEATED'"
    )
    assert marked == 23
