"""The FBI's offences by state: known sums, equal rows, and rows that take offences back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harmonised_releases import Releases
from source_tests import account, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover

FBI = discover()["usa_fbi"]
RELEASE = "2021-09-06"
"""The release by month, whose figures the FBI's own tables confirm."""
NEWEST = "2023-12-31"


@pytest.fixture
def newest(harmonised: Releases) -> Harmonised:
    return harmonised["usa_fbi", NEWEST]


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in the FBI's columns; invented figures."""
    usual = {
        "DATA_YEAR": "2016", "STATE_ABBR": "OH", "OFFENSE_SUBCAT_ID": "81",
        "OFFENSE_NAME": "Human Trafficking", "OFFENSE_SUBCAT_NAME": "Commercial Sex Acts",
        "ACTUAL_COUNT": "1",
    }  # fmt: skip
    return harmonised_rows(FBI, RELEASE, tmp_path / "HT.csv", usual, *rows)


def test_offences_of_all_agencies_that_report(query: Callable) -> None:
    found = query(
        "select year, sum(value) from published.observation where source = 'usa_fbi' "
        "and indicator = 'OFF_RECORDED' group by year order by year"
    )
    assert dict(found) == {
        2013: 14, 2014: 465, 2015: 797, 2016: 1_240, 2017: 1_335, 2018: 1_484, 2019: 2_133,
        2020: 2_416, 2021: 2_547, 2022: 3_072, 2023: 3_258,
    }  # fmt: skip


def test_agencies_that_grow_in_number_are_no_country(query: Callable) -> None:
    for table in ("trend", "national_series", "national_sum"):
        assert query(f"select 1 from published.{table} where source = 'usa_fbi'") == []


def test_states_federal_agencies_and_guam_join_in_the_newest(newest: Harmonised) -> None:
    rows = newest.rows
    by_area = rows[rows["time_period"] == "2023"].groupby("ref_area", observed=True)["value"].sum()
    known = {"US-AL": 68, "US-CA": 293, "US-IA": 17, "US-NY": 38, "US-_U": 21}
    assert by_area[list(known)].to_dict() == known
    guam = rows[rows["ref_area"] == "US-GU"]
    assert guam[["time_period", "value"]].to_numpy().tolist() == [["2021", 1]]
    assert account(newest) == {
        ("in", ""): 5_231,
        ("published", ""): 675,
        ("set_aside", "summed_into_one_figure"): 5_231 - 675,
    }
    assert len(newest.quarantine) == 0


def test_equal_rows_all_count(tmp_path: Path) -> None:
    found = made(tmp_path, {}, {}, {}, {"ACTUAL_COUNT": "4"})
    assert found.rows["value"].tolist() == [7]
    assert found.rows["locator"].tolist() == ["HT_2013-2020.csv, row 2 and 3 more"]
    assert not (found.account["reason"] == "exact_repeat").any()


@pytest.mark.parametrize(
    ("code", "name", "form"),
    [
        ("81", "Commercial Sex Acts", "SX"),
        ("HTCSA", "Commercial Sex Acts", "SX"),
        ("82", "Involuntary Servitude", "FL"),
        ("HTIS", "Involuntary Servitude", "FL"),
    ],
)
def test_numbers_and_codes_of_offences(tmp_path: Path, code: str, name: str, form: str) -> None:
    found = made(tmp_path, {"OFFENSE_SUBCAT_ID": code, "OFFENSE_SUBCAT_NAME": name})
    assert found.rows["exploitation"].tolist() == [form]


def test_a_correction_stays_in_the_sum(tmp_path: Path) -> None:
    found = made(tmp_path, {"ACTUAL_COUNT": "5"}, {"ACTUAL_COUNT": "-1"})
    assert found.rows["value"].tolist() == [4]
