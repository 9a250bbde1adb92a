"""Figures that only others repeat: known answers, and what was left out and why."""

from collections.abc import Callable

import pandas as pd
import pytest
from source_tests import shipped_table

from pipelines.sources import discover

REPEATED = discover()["int_repeated"].source


@pytest.fixture
def printed() -> pd.DataFrame:
    return shipped_table("int_repeated", "2026-11-30")


def test_a_new_table_is_entered_as_repeated() -> None:
    assert REPEATED.default_provenance == "REPEATED"


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
