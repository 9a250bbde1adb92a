"""The FBI's offences by state: known sums, equal rows, and rows that take offences back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from source_tests import account, assert_quarantined, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover
from schemas import codelists

FBI = discover()["usa_fbi"]
RELEASE = "2021-09-06"


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in the FBI's columns; invented figures."""
    usual = {
        "DATA_YEAR": "2016", "STATE_ABBR": "OH", "OFFENSE_SUBCAT_ID": "81",
        "OFFENSE_NAME": "Human Trafficking", "OFFENSE_SUBCAT_NAME": "Commercial Sex Acts",
        "ACTUAL_COUNT": "1",
    }  # fmt: skip
    return harmonised_rows(FBI, RELEASE, tmp_path / "HT.csv", usual, *rows)


def test_offences_of_the_whole_country(query: Callable) -> None:
    found = query(
        "select year, value from published.national_sum where source = 'usa_fbi' "
        "and indicator = 'OFF_RECORDED' and country = 'USA' order by year"
    )
    assert dict(found) == {
        2013: 20, 2014: 468, 2015: 832, 2016: 1_280,
        2017: 1_298, 2018: 1_457, 2019: 2_084, 2020: 2_160,
    }  # fmt: skip


@pytest.mark.parametrize(("state", "offences"), [("US-AK", 12), ("US-MN", 235), ("US-TX", 259)])
def test_states_are_as_in_the_fbis_own_table(
    shipped: Harmonised, state: str, offences: int
) -> None:
    rows = shipped.rows
    chosen = rows[(rows["ref_area"] == state) & (rows["time_period"] == "2016")]
    assert chosen["value"].sum() == offences


def test_forms_and_places(shipped: Harmonised) -> None:
    rows = shipped.rows
    of_2016 = rows[rows["time_period"] == "2016"]
    by_form = of_2016.groupby("exploitation", observed=True)["value"].sum()
    assert by_form.to_dict() == {"SX": 1_090, "FL": 190}
    states = set(rows["ref_area"].astype(str))
    assert len(states) == 46
    assert "US-NE" in states, "the FBI writes NB for Nebraska"
    assert not {"US-CA", "US-NY", "US-_U"} & states


def test_every_row_of_an_agency_is_accounted_for(shipped: Harmonised) -> None:
    assert account(shipped) == {
        ("in", ""): 4_417,
        ("published", ""): 385,
        ("set_aside", "summed_into_one_figure"): 4_417 - 385,
    }
    assert len(shipped.quarantine) == 0


def test_a_state_without_rows_is_not_zero(shipped: Harmonised) -> None:
    assert (shipped.rows["value"] > 0).all()
    pennsylvania = shipped.rows[shipped.rows["ref_area"] == "US-PA"]
    assert set(pennsylvania["time_period"]) == {"2020"}


def test_equal_rows_all_count(tmp_path: Path) -> None:
    found = made(tmp_path, {}, {}, {}, {"ACTUAL_COUNT": "4"})
    assert found.rows["value"].tolist() == [7]
    assert found.rows["locator"].tolist() == ["HT_2013-2020.csv, row 2 and 3 more"]
    assert not (found.account["reason"] == "exact_repeat").any()


def test_a_correction_stays_in_the_sum(tmp_path: Path) -> None:
    found = made(tmp_path, {"ACTUAL_COUNT": "5"}, {"ACTUAL_COUNT": "-1"})
    assert found.rows["value"].tolist() == [4]


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"ACTUAL_COUNT": "few"}, "figure_has_one_reading"),
        ({"STATE_ABBR": "FS"}, "labels_are_known"),
        ({"STATE_ABBR": ""}, "labels_are_readable"),
        ({"OFFENSE_SUBCAT_ID": "82"}, "labels_are_known"),
        ({"OFFENSE_NAME": "Prostitution"}, "labels_are_known"),
    ],
)
def test_an_invalid_row_is_quarantined(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    assert_quarantined(made(tmp_path, fault), rule)


def test_the_file_repeats_rows_and_takes_offences_back(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    printed = codelists.read_list(publisher_file("usa_fbi/HT_2013-2020.csv"))
    assert printed.duplicated().sum() == 927
    count = printed["ACTUAL_COUNT"].astype(int)
    assert (count < 0).sum() == 1
    assert count.sum() == shipped.rows["value"].sum()
    assert count[~printed.duplicated()].sum() < shipped.rows["value"].sum()
