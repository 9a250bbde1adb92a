"""Figures that only others repeat: known answers, and what was left out and why."""

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


def test_what_contradicts_itself_or_mixes_offences_is_left_out(printed: pd.DataFrame) -> None:
    assert "PAN" not in set(printed["ref_area"]), "four years make 198, the page says 190"
    assert not {"49", "23", "258"} & set(printed["value"]), "other pages print other figures"
    assert "149" not in set(printed["value"]), "of one police force"
    assert not {"1359", "1105"} & set(printed["value"]), "370 of the 1,359 are other offences"


def test_the_years_of_paraguays_prosecution_add_up_as_the_page_says(printed: pd.DataFrame) -> None:
    paraguay = printed[printed["ref_area"] == "PRY"].astype({"value": int})
    sums = paraguay.groupby("indicator")["value"].sum().to_dict()
    assert sums == {"INV_OPENED": 455, "VIC_RECORDED": 1_239}
