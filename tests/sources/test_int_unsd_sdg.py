"""The SDG database of the UN: known answers, small figures hidden everywhere, two forms as one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from source_tests import assert_quarantined
from unsd_document import TABLE, TOTAL, UNSD, document

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import File, FileRefusedError

RELEASE = "2019-06-30"
SERIES = ("DETV", "DETVSX", "DETVFL", "DETVOG", "DETVOP")


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["int_unsd_sdg", RELEASE]


def observed(rows: pd.DataFrame) -> pd.DataFrame:
    """The observations without their locators and comments, in an order of their own."""
    text = rows.drop(columns=["locator", "comment"]).astype(str)
    text["obs_status"] = text["obs_status"].replace("U", "A")  # doubts are found in whole files
    return text.sort_values(list(text)).reset_index(drop=True)


def test_detected_victims_of_28_states(shipped: Harmonised) -> None:
    rows = shipped.rows[shipped.rows["exploitation"] == "_T"]
    years = rows["time_period"].astype(str)
    assert (len(rows), rows["ref_area"].nunique()) == (213, 28)
    assert (years.min(), years.max()) == ("2005", "2017")
    mexico = rows[(rows["ref_area"] == "MEX") & (years == "2015")]
    assert (mexico["value"].item(), mexico["value_raw"].item()) == (2_015, "2015.0")


def test_series_become_forms(shipped: Harmonised) -> None:
    found = shipped.rows["exploitation"].value_counts()
    expected = {"_T": 213, "SX": 159, "FL": 125, "OG": 25, "OP": 74}
    assert found[found > 0].to_dict() == expected
    assert len(shipped.quarantine) == 0


def test_no_small_figure_is_shipped() -> None:
    files = [entry.path for entry in manifest.entries("int_unsd_sdg")]
    assert len(files) == len(SERIES)
    for file in files:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
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
    for file in (paths.raw() / "int_unsd_sdg").glob("*_detv??.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        parts = table[(table["sexCode"] != "_T") | (table["ageCode"] != "_T")]
        assert set(parts.filter(regex=r"^value_\d{4}$").melt()["value"]) == {"", "withheld"}
        assert set(table["value_2017"]) <= {"", "withheld"}


def test_no_small_figure_is_published(shipped: Harmonised) -> None:
    hidden = shipped.rows[shipped.rows["value_raw"] == "<5"]
    assert len(hidden) == 136
    assert hidden["value"].isna().all()
    codes = hidden[["lower", "upper", "obs_status", "conf_status"]].drop_duplicates()
    assert codes.to_numpy().tolist() == [[0, 4, "Q", "A"]]
    assert (shipped.rows["value"].dropna() >= 5).all()


def test_blank_cells_are_set_aside(shipped: Harmonised) -> None:
    account = shipped.account.set_index("reason")["rows"]
    assert account["no_figure_printed"] == (35 + 4 * 245) * 15 - 1_667
    assert account["would_tell_hidden_figures"] == 1_667 - 596


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


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"unitsCode": "PER_100000_POP"}, "unit_fits_the_indicator"),
        ({"unitmultiplierCode": "THOUSANDS"}, "unit_fits_the_indicator"),
        ({"reportingTypeCode": "N"}, "labels_are_known"),
        ({"nature": "E: Estimated"}, "labels_are_known"),
        ({"seriesCode": "VC_HTF_DETVR"}, "labels_are_known"),
        ({"sexCode": "X"}, "labels_are_known"),
        ({"ISO3": "PER"}, "labels_are_known"),
        ({"ISO3": ""}, "labels_are_known"),
    ],
)
def test_an_invalid_row_is_quarantined(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    assert_quarantined(from_table(tmp_path, {2012: 40.0}, **fault), rule)


def test_publishers_files_and_figure_tables_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    names = sorted(f"csv_Indicator_16.2.2_Series_VC_HTF_{series}.csv" for series in SERIES)
    files = [publisher_file(f"unsd_sdg/2019.Q2.G.01/{name}") for name in names]
    theirs = harmonise(UNSD, RELEASE, *(File(file, file.name) for file in files))
    doubts = ["obs_status", "comment"]  # found in whole files, not when they are read
    ours, others = (each.rows.drop(columns=doubts).astype(object) for each in (shipped, theirs))
    pd.testing.assert_frame_equal(ours, others)
    pd.testing.assert_frame_equal(shipped.quarantine, theirs.quarantine)


def test_publishers_document_and_table_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    name = "unsd_sdg/2019.Q2.G.01/Indicator_16.2.2_Series_VC_HTF_DETV.json"
    found = harmonise(UNSD, RELEASE, File(publisher_file(name)))
    totals = shipped.rows[shipped.rows["exploitation"] == "_T"]
    pd.testing.assert_frame_equal(observed(found.rows), observed(totals))
