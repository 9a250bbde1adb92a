"""Governments' figures in the Trafficking in Persons Reports: a report is a release."""

from pathlib import Path

import pandas as pd
import pytest
from harmonised_releases import Releases
from source_tests import account, shipped_table

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, FileRefusedError, discover
from pipelines.sources.usa_tip_report import COUNTING_PERSONS, explained, units

SOURCE = "usa_tip_report"
TIP = discover()[SOURCE]
RELEASES = (
    "2006-06-05", "2015-07-27", "2016-06-30", "2017-06-27", "2018-06-28",
    "2019-06-20", "2020-06-25", "2021-07-01", "2022-07-19", "2023-06-15",
)  # fmt: skip
USUAL = {
    "iso3": "PER", "indicator": "victims identified", "count_unit": "victims",
    "period_label": "calendar year 2021", "period_start": "2021-01-01", "period_end": "2021-12-31",
    "value": "30", "note": "", "is_comparison": "0", "is_part": "0", "is_year_inferred": "0",
    "report_year": "2022", "url": "https://www.example.org/peru/",
}  # fmt: skip


@pytest.fixture
def shipped(harmonised: Releases) -> dict[str, Harmonised]:
    return {key[1]: each for key, each in harmonised.items() if key[0] == "usa_tip_report"}


@pytest.fixture
def rows(shipped: dict[str, Harmonised]) -> pd.DataFrame:
    return pd.concat([each.rows.astype(object) for each in shipped.values()])


def made(tmp_path: Path, **row: str) -> Harmonised:
    """Harmonise an invented figure, typed like those of the reports."""
    path = tmp_path / "figures.csv"
    others = [{**USUAL, "iso3": "ECU"}, {**USUAL, "iso3": "COL"}]
    pd.DataFrame([{**USUAL, **row}, *others]).to_csv(path, index=False)
    return harmonise(TIP, "2022-07-19", File(path))


def test_few_persons_are_hidden(rows: pd.DataFrame) -> None:
    of_persons = rows["indicator"].str.match("VIC_|AST_|PER_")
    assert not (rows.loc[of_persons, "value"] < 5).any()
    assert (rows.loc[rows["value_raw"] == "<5", "upper"] == 4).sum() == 54
    printed = pd.concat([shipped_table(SOURCE, release) for release in RELEASES])
    assert (
        not printed[printed["indicator"].isin(COUNTING_PERSONS)]["value"].isin(list("01234")).any()
    )


def test_no_note_splits_a_figure_into_persons() -> None:
    notes = pd.concat([shipped_table(SOURCE, release) for release in RELEASES])["note"]
    persons = r"(?i)wom[ae]n|\bm[ae]n\b|girl|boy|child|adult|female|\bsex|labou?r|foreign|three"
    assert not notes[notes.str.contains(persons)].tolist()
    assert (notes != "").sum() > 100


def test_parts_and_inferred_years_are_never_silent(shipped: dict[str, Harmonised]) -> None:
    found = 0
    for release, each in shipped.items():
        printed = shipped_table(SOURCE, release).set_index("row")
        rows = each.rows
        here = printed.loc[rows["locator"].str.rpartition(", row ")[2]]
        assert (here["iso3"] != "WHA").all()
        assert set(here.loc[here["is_part"] == "1", "count_unit"]) <= {"victims abroad"}
        inferred = (here["is_year_inferred"] == "1").to_numpy()
        marks = rows[["obs_status", "flags"]].astype(str)
        assert (marks["flags"].str.contains("YEAR_INFERRED") == inferred).all()
        assert not marks["obs_status"].str.contains("P").any(), "no figure is to be revised for it"
        found += inferred.sum()
    assert found == 75


def test_scopes_and_breaks(rows: pd.DataFrame) -> None:
    scopes = rows.groupby("def_scope")["indicator"].agg(set)
    assert scopes["FORCEDLAB"] == {"DEM_LAB_FOUND"}
    assert not {code for code in scopes["SMUG_MIX"] if code.startswith("VIC_")}
    assert set(rows.loc[rows["def_scope"] == "BROAD_SLAV", "ref_area"]) == {"BRA"}
    broken = rows[rows["obs_status"].str.split(";").map(lambda codes: "B" in codes)]
    assert set(broken["ref_area"] + " " + broken["time_period"]) == {
        "BLZ 2021",
        "ECU 2018",
        "MEX 2022",
    }


@pytest.mark.parametrize("figure", explained(), ids=lambda figure: figure["iso3"])
def test_what_another_report_explains_is_set_aside(tmp_path: Path, figure: dict) -> None:
    year, filter_ = figure["year"], figure["set_aside"]
    row = {name: figure[name] for name in ("iso3", "indicator", "value")} | {
        "period_start": f"{year}-01-01", "period_end": f"{year}-12-31",
    }  # fmt: skip
    same, other = (account(made(tmp_path, **row | each)) for each in ({}, {"value": "1000"}))
    assert same["set_aside", filter_] == 1
    assert not [outcome for outcome, _ in other if outcome == "set_aside"]


def test_two_reports_in_one_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="several releases in 'report_year'"):
        made(tmp_path, report_year="2021")


def test_no_words_accompany_a_hidden_count(query) -> None:
    """The words "did not identify any" reveal a hidden count as well as its figure would."""
    comments = query(
        "select distinct trim(text) from (select unnest(string_split(comment, ';')) as text "
        "from harmonised.observation where source = 'usa_tip_report' and conf_status <> 'F')"
    )
    known = {unit["unit"] for unit in units()}
    assert {text for (text,) in comments} <= known
