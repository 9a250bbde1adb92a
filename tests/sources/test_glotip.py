"""UNODC's figures: known answers on the shipped releases, and labels that become codes."""

from pathlib import Path

import pytest
import xlsxwriter
from glotip_rows import GLOTIP, made
from harmonised_releases import Releases

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File


@pytest.fixture
def newest(harmonised: Releases) -> Harmonised:
    return harmonised["int_unodc_glotip", "2025-04-14"]


def test_question_numbers_and_years_in_place_of_figures_are_kept_out(newest: Harmonised) -> None:
    found = newest.quarantine.set_index("rule")["found"]
    assert found["QUESTION_NUMBER"] == "6,112,019"
    assert sorted(found["OWN_YEAR"]) == ["2,019", "2,020", "2,021", "2,022"]
    assert not (newest.rows["value"] == 6_112_019).any()


def test_mexicos_victims_of_2015_are_doubtful_since_they_equal_the_year(newest: Harmonised) -> None:
    mexico = newest.rows[(newest.rows["ref_area"] == "MEX") & (newest.rows["value"] == 2015)]
    assert mexico[["obs_status", "flags"]].to_numpy().tolist() == [["U", "OWN_YEAR"]]


@pytest.mark.parametrize("label", ["Colombia", "Colombian", "COLOMBIANA", "Columbia", "Colombie"])
def test_spellings_of_one_citizenship(tmp_path: Path, label: str) -> None:
    found = made(tmp_path, {"Dimension": "by citizenship", "Category": label})
    assert found.rows["citizenship"].tolist() == ["COL"]


@pytest.mark.parametrize(
    ("year", "country", "category", "home", "away"),
    [
        ("2016", "ARG", "Paraguay", "PRY", "ARG"),
        ("2017", "ARG", "Paraguay", "ARG", "PRY"),
        ("2018", "COL", "Abroad", "COL", "_T"),
    ],
)
def test_repatriation_changes_direction(
    tmp_path: Path, year: str, country: str, category: str, home: str, away: str
) -> None:
    row = {"Iso3_code": country, "Year": year, "Category": category}
    found = made(tmp_path, {"Dimension": "by country of repatriation", **row}).rows
    assert found["indicator"].tolist() == ["VIC_REPATR"]
    assert found["counterpart_role"].tolist() == ["REPAT"]
    assert (found["ref_area"].item(), found["counterpart_area"].item()) == (home, away)


def test_the_message_of_an_unknown_label_names_where_to_add_it(tmp_path: Path) -> None:
    found = made(tmp_path, {"Sex": "Outro"}).quarantine["message"].item()
    assert (
        found
        == "unknown label 'Outro': add it to the labels in pipelines/sources/int_unodc_glotip.py"
    )


def test_a_row_with_two_faults_counts_once(tmp_path: Path) -> None:
    found = made(tmp_path, {"Sex": "Outro", "txtVALUE": "6,112,019"})
    assert sorted(found.quarantine["rule"]) == ["labels_are_known", "no_stand_in_for_no_answer"]
    quarantined_rows = found.account.loc[found.account["outcome"] == "quarantined", "rows"]
    assert quarantined_rows.sum() == 1


def test_the_workbook_may_lack_the_rows_above_its_header(tmp_path: Path) -> None:
    """UNODC's workbook was seen without publisher and day; the rows are then two higher."""
    rows = [GLOTIP.source.layouts[0].header, *glotip_lines()]
    for title in ([], [("UNODC",), ("14/04/2025",)]):
        path = tmp_path / f"{len(title)}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("data_glotip_1")
            for number, row in enumerate([*title, *rows]):
                sheet.write_row(number, 0, row)
        found = harmonise(GLOTIP, "2025-04-14", File(path)).rows
        assert found["value"].tolist() == [12, 30]
        assert found["locator"].iloc[0].endswith(f"row {len(title) + 2}")


def glotip_lines() -> list[tuple[str, ...]]:
    """Two rows of invented figures in UNODC's columns."""
    usual = ("Detected trafficking victims", "Total", "Total", "Total", "Total")
    place = ("ARG", "Argentina", "Americas", "Latin America and the Caribbean")
    return [
        (*place, *usual, year, "Counts", figure, "GLOTIP")
        for year, figure in (("2019", "12"), ("2020", "30"))
    ]
