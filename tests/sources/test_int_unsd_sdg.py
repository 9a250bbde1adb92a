"""The SDG database of the UN: known answers, small figures hidden everywhere, two forms as one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from harmonised_releases import Releases
from unsd_document import RATES, TABLE, TOTAL, UNSD, document

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import File, FileRefusedError
from pipelines.sources._int_unsd_sdg_rates import _population
from schemas import codelists

RELEASE, OF_RATES = "2019-06-30", "2026-10-08"
SERIES = ("DETV", "DETVSX", "DETVFL", "DETVOG", "DETVOP")


def observed(rows: pd.DataFrame) -> pd.DataFrame:
    """The observations without their locators and comments, in an order of their own."""
    text = rows.drop(columns=["locator", "flags", "correction"]).astype(str)
    text["obs_status"] = text["obs_status"].replace(
        {"U": "A", "Q;U": "Q"}
    )  # doubts are found in whole files
    return text.sort_values(list(text)).reset_index(drop=True)


def test_no_small_figure_is_shipped() -> None:
    files = [entry.path for entry in manifest.entries("int_unsd_sdg", RELEASE)]
    assert len(files) == len(SERIES)
    for file in files:
        table = codelists.read_list(file)
        printed = table.filter(regex=r"^value_\d{4}$").melt()["value"]
        exact = pd.to_numeric(printed[~printed.str.match("<|$|withheld")])
        assert len(exact) + (printed == "<5").sum() > 20
        assert (exact >= 5).all(), file
        assert "value_latest_year" not in table


def test_sexes_and_ages_of_forms_and_the_forms_of_2017_are_withheld(shipped: Harmonised) -> None:
    """Together with UNODC's own files they would reveal hidden figures."""
    forms = shipped.rows[shipped.rows["exploitation"] != "_T"]
    assert set(forms["sex"]) == set(forms["age"]) == {"_T"}
    assert forms["time_period"].astype(str).max() == "2016"
    assert shipped.rows["time_period"].astype(str).max() == "2017"


def test_no_withheld_figure_is_shipped() -> None:
    files = [*(paths.raw() / "int_unsd_sdg").glob("*_detv??.csv")]
    assert len(files) == 4
    for file in files:
        table = codelists.read_list(file)
        parts = table[(table["sexCode"] != "_T") | (table["ageCode"] != "_T")]
        assert set(parts.filter(regex=r"^value_\d{4}$").melt()["value"]) == {"", "withheld"}
        assert set(table["value_2017"]) <= {"", "withheld"}


def test_years_whose_totals_would_reveal_a_hidden_figure_are_withheld(shipped: Harmonised) -> None:
    """That of a form, or one that UNODC hides in its release of 2023."""
    places = shipped.rows["ref_area"].astype(str) + " " + shipped.rows["time_period"].astype(str)
    assert {"BOL 2008", "CRI 2012", "PER 2013"} <= set(places)
    assert not {"BOL 2005", "BOL 2006", "CRI 2013", "GUY 2011", "PER 2014"} & set(places)


def from_document(tmp_path: Path, points: dict[int, dict], **area: str | None) -> Harmonised:
    """Harmonise such a document."""
    path = tmp_path / "series.json"
    path.write_text(document(points, **area))
    return harmonise(UNSD, RELEASE, File(path))


def from_table(tmp_path: Path, figures: dict[int, float], **other: str) -> Harmonised:
    """Harmonise a table with a column for each year and a footnote of two lines."""
    cells = {f"value_{year}": str(figure) for year, figure in figures.items()}
    place = {"seriesCode": "VC_HTF_DETV", "geoAreaCode": "152", "ISO3": "CHL"}
    usual = {**TOTAL, **place, "nature": "C: Country data", "footnotes": "two\nlines", **cells}
    path = tmp_path / "series.csv"
    frame = pd.DataFrame([{**usual, **other}], columns=list(TABLE.header))
    frame.to_csv(path, sep="\t", index=False)
    return harmonise(UNSD, RELEASE, File(path))


def test_document_and_table_are_one(tmp_path: Path) -> None:
    figures = {2010: 0.0, 2011: 4.0, 2012: 5.0, 2015: 1_021.0}
    points = {year: {"value_numeric_part": figure} for year, figure in figures.items()}
    found = from_document(tmp_path, points)
    assert found.rows["value_raw"].astype(str).tolist() == ["<5", "<5", "5.0", "1021.0"]
    expected = from_table(tmp_path, figures)
    pd.testing.assert_frame_equal(observed(found.rows), observed(expected.rows))


@pytest.mark.parametrize(("detail", "upper"), [("<5", 4), ("<3", 4), ("<10", 9)])
def test_a_censored_figure_is_a_bound(tmp_path: Path, detail: str, upper: float) -> None:
    point = {"value_numeric_part": 5.0, "value_is_censored": True, "value_detail": detail}
    row = from_document(tmp_path, {2012: point}).rows.iloc[0]
    assert pd.isna(row["value"])
    assert (row["obs_status"], row["lower"], row["upper"]) == ("Q", 0, upper)


def test_a_document_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text(
        document({2012: {"value_detail": 0}}).replace(": 0", f": {'[' * 300}{']' * 300}")
    )
    with pytest.raises(FileRefusedError, match="not a JSON document of int_unsd_sdg"):
        UNSD.tidy(File(path))


def test_publishers_document_and_table_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    name = "unsd_sdg/2019.Q2.G.01/Indicator_16.2.2_Series_VC_HTF_DETV.json"
    found = harmonise(UNSD, RELEASE, File(publisher_file(name)))
    totals = shipped.rows[shipped.rows["exploitation"] == "_T"]
    pd.testing.assert_frame_equal(observed(found.rows), observed(totals))


@pytest.fixture
def rates(harmonised: Releases) -> Harmonised:
    return harmonised["int_unsd_sdg", OF_RATES]


def test_a_rate_of_fewer_than_five_persons_is_up_to_that_of_four(rates: Harmonised) -> None:
    hidden = rates.rows[rates.rows["value"].isna()]
    assert len(hidden) == 42
    assert set(hidden["lower"]) == {0}
    people = population()
    keys = zip(hidden["ref_area"], hidden["time_period"], strict=True)
    for (area, year), upper in zip(keys, hidden["upper"], strict=True):
        # In Brazil a zero may be ten persons, and in Colombia 0.01 three to seven.
        printed = {"BRA": 0.005, "COL": 0.015}.get(area, 0)
        assert upper == pytest.approx(
            max(400_000 / people[str(area), str(year)], printed), abs=0.0001
        )
    exact = rates.rows.dropna(subset="value")
    keys = zip(exact["ref_area"], exact["time_period"], exact["value"], strict=True)
    assert min((v - 0.005) * people[str(a), str(y)] / 100_000 for a, y, v in keys) > 4


def population() -> dict[tuple[str, str], int]:
    """Residents of each state and year, of the shipped reference."""
    table = pd.read_csv(paths.raw() / "ref_wpp" / "2024-07-11.csv", dtype={"year": str})
    return table.groupby(["ref_area", "year"])["population"].sum().to_dict()


def test_the_population_beside_the_source_is_that_of_the_reference() -> None:
    assert _population() == {
        place: people for place, people in population().items() if "2000" <= place[1] <= "2030"
    }


def test_zeros_of_forms_without_a_total_are_kept_out(rates: Harmonised) -> None:
    assert len(rates.quarantine) == 70
    assert set(rates.quarantine["rule"]) == {"no_stand_in_for_no_answer"}
    assert set(rates.quarantine["exploitation"]) == {"SX", "FL"}
    assert rates.quarantine["found"].str.match(r"<=\d").all(), "no zero is shown"


def test_no_rate_of_few_persons_is_shipped() -> None:
    [entry] = manifest.entries("int_unsd_sdg", OF_RATES)
    assert entry.action == manifest.MERGE
    table = codelists.read_list(entry.path)
    assert len(table) == 749
    assert not (pd.to_numeric(table["value"], errors="coerce") == 0).any()


def test_the_copy_gives_the_shipped_rates(publisher_file: Callable[[str], Path], rates) -> None:
    file = publisher_file("int_unsd_sdg/rates_2026-10-08.csv")
    found = harmonise(UNSD, OF_RATES, File(file)).rows
    pd.testing.assert_frame_equal(observed(found), observed(rates.rows))


@pytest.mark.parametrize(
    ("rate", "area", "shown"),
    [
        ("0.0", "ATG", "<=4.3530"),
        ("1.09", "ATG", "<=4.3530"),  # one person
        ("4.35", "ATG", "<=4.3550"),  # four: printed to two decimals it may be a little more
        ("5.44", "ATG", "5.44"),
        ("0.0", "BRA", "<=0.0050"),
        ("-1", "ATG", "unreadable"),
        ("few", "ATG", "unreadable"),
        ("3.0", "USB", "unreadable"),  # no population, so nobody can tell
        ("", "ATG", ""),
    ],
)
def test_what_is_shown_of_a_rate(tmp_path: Path, rate: str, area: str, shown: str) -> None:
    lines = [f"VC_HTF_DETVR,{area},2020,{rate}", "VC_HTF_DETVR,ARG,2020,2.0"]
    path = tmp_path / RATES.file
    path.write_text("\n".join(["seriesCode,iso3,year,value", *lines]) + "\n", encoding="utf-8")
    assert UNSD.tidy(File(path)).table["value"].astype(str).tolist() == [shown, "2.0"]
