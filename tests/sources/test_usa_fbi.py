"""The FBI's offences by state: known sums, rows that look the same, what takes offences back."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, FileRefusedError, discover

FBI = discover()["usa_fbi"]
RELEASE = "2021-09-06"
HEADER = FBI.source.layouts[0].header
FILE = "usa_fbi/HT_2013-2020.csv"


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["usa_fbi", RELEASE]


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """What becomes of a few rows in the FBI's columns; invented figures."""
    usual = {
        "DATA_YEAR": "2016", "STATE_ABBR": "OH", "OFFENSE_SUBCAT_ID": "81",
        "OFFENSE_NAME": "Human Trafficking", "OFFENSE_SUBCAT_NAME": "Commercial Sex Acts",
        "ACTUAL_COUNT": "1",
    }  # fmt: skip
    path = tmp_path / "HT.csv"
    frame = pd.DataFrame([{**usual, **row} for row in rows]).reindex(columns=list(HEADER))
    frame.to_csv(path, index=False)
    return harmonise(FBI, RELEASE, File(path))


def rows_of(account: pd.DataFrame, outcome: str) -> int:
    return int(account.loc[account["outcome"] == outcome, "rows"].sum())


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
    assert rows_of(shipped.account, "in") == 4_417
    assert rows_of(shipped.account, "published") == 385
    assert shipped.account.iloc[-1]["reason"] == "summed_into_one_figure"
    assert rows_of(shipped.account, "set_aside") == 4_417 - 385
    assert len(shipped.quarantine) == 0


def test_a_state_without_rows_is_not_zero(shipped: Harmonised) -> None:
    assert (shipped.rows["value"] > 0).all()
    pennsylvania = shipped.rows[shipped.rows["ref_area"] == "US-PA"]
    assert set(pennsylvania["time_period"]) == {"2020"}


def test_rows_that_look_the_same_all_count(tmp_path: Path) -> None:
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
        ({"ACTUAL_COUNT": "-2"}, "value_is_possible"),
        ({"ACTUAL_COUNT": "few"}, "figure_has_one_reading"),
        ({"STATE_ABBR": "FS"}, "labels_are_known"),
        ({"STATE_ABBR": ""}, "labels_are_readable"),
        ({"OFFENSE_SUBCAT_ID": "82"}, "labels_are_known"),
        ({"OFFENSE_NAME": "Prostitution"}, "labels_are_known"),
        ({"DATA_YEAR": "2022"}, "period_is_over_and_not_before_1990"),
    ],
)
def test_what_is_not_known_is_kept_out(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    found = made(tmp_path, fault)
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == [rule]


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "HT.csv"
    path.write_text("DATA_YEAR,STATE_ABBR,ACTUAL_COUNT\n2016,OH,1\n", encoding="utf-8")
    with pytest.raises(FileRefusedError, match="OFFENSE_NAME"):
        harmonise(FBI, RELEASE, File(path))


def test_the_file_repeats_rows_and_takes_offences_back(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    printed = pd.read_csv(publisher_file(FILE), dtype=str, keep_default_na=False)
    assert printed.duplicated().sum() == 927
    count = printed["ACTUAL_COUNT"].astype(int)
    assert (count < 0).sum() == 1
    assert count.sum() == shipped.rows["value"].sum()
    assert count[~printed.duplicated()].sum() < shipped.rows["value"].sum()


def test_file_and_figure_table_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    found = harmonise(FBI, RELEASE, File(publisher_file(FILE)))
    pd.testing.assert_frame_equal(shipped.rows.astype(object), found.rows.astype(object))
    pd.testing.assert_frame_equal(shipped.quarantine, found.quarantine)
    pd.testing.assert_frame_equal(shipped.account, found.account)
