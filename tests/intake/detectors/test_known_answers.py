"""Known defects of UNODC's releases of 2023 and 2025 are found, by the sheet's rows."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from detectors.invented import FIGURE, tables
from pipelines.intake.detectors import examine, figures_of
from pipelines.sources import File, discover
from schemas import codelists

pytestmark = pytest.mark.slow

OAS = codelists.oas_states()
FILE = "unodc_glotip/{}/data_glotip.xlsx"
PublisherFile = Callable[[str], Path]


@cache
def read(path: Path) -> pd.DataFrame:
    return figures_of(discover()["int_unodc_glotip"].tidy(File(path)))


@cache
def examined(path: Path, before: Path | None, published: tuple[str, ...] | None) -> pd.DataFrame:
    figures = read(path)
    findings = examine(figures, None if before is None else read(before), published)
    return findings.merge(figures, on=FIGURE, validate="many_to_one")


@pytest.fixture
def of_2023(publisher_file: PublisherFile) -> pd.DataFrame:
    return examined(publisher_file(FILE.format("2023-05-30")), None, OAS)


@pytest.fixture
def whole_2023(publisher_file: PublisherFile) -> pd.DataFrame:
    return examined(publisher_file(FILE.format("2023-05-30")), None, None)


@pytest.fixture
def of_2025(publisher_file: PublisherFile) -> pd.DataFrame:
    older, newer = (publisher_file(FILE.format(day)) for day in ("2023-05-30", "2025-04-14"))
    return examined(newer, older, OAS)


@pytest.fixture
def whole_2025(publisher_file: PublisherFile) -> pd.DataFrame:
    older, newer = (publisher_file(FILE.format(day)) for day in ("2023-05-30", "2025-04-14"))
    return examined(newer, older, None)


def rows(findings: pd.DataFrame, detector: str, reason: str = "") -> set[int]:
    here = (findings["detector"] == detector) & (findings["reason"] == reason)
    return set(findings.loc[here, "row"])


def area_years(findings: pd.DataFrame, detector: str) -> set[str]:
    here = findings[findings["detector"] == detector]
    return set(here["ref_area"] + " " + here["time_period"])


KEPT_OUT = {
    "COPIED_TABLE": [
        (indicator, kind, year)
        for indicator, kind in (
            ("PER_CONVICT", "exploitation"), ("PER_CONTACT", "sex"), ("PER_CONTACT", "sex x age"),
        )
        for year in range(2019, 2023)
    ],
    "MARGIN_IS_MARGIN": [
        (indicator, "age", year) for indicator in ("PER_CONTACT", "PER_PROSEC")
        for year in range(2019, 2023)
    ],
}  # fmt: skip


def test_the_false_tables_of_2025_are_kept_out_and_no_others(of_2025: pd.DataFrame) -> None:
    """D1, D2, D3: the questionnaire's new tables under a neighbour's label."""
    for detector, false in KEPT_OUT.items():
        found = of_2025[of_2025["detector"] == detector]
        assert tables(found) == set(false)
        assert set(found["effect"]) == {"KEEP_OUT"}


def test_a_false_table_is_kept_out_whole(
    of_2025: pd.DataFrame, publisher_file: PublisherFile
) -> None:
    figures = read(publisher_file(FILE.format("2025-04-14")))
    forms = figures[
        (figures["indicator"] == "PER_CONVICT") & (figures["exploitation"] != "_T")
        & (figures["time_period"] == "2021") & figures["ref_area"].isin(OAS)
    ]  # fmt: skip
    table = [("PER_CONVICT", "exploitation", 2021)]
    found = of_2025[pd.MultiIndex.from_frame(of_2025[["indicator", "kind", "year"]]).isin(table)]
    assert set(found["row"]) == set(forms["row"])
    assert found["value"].isna().any()


def test_the_tables_of_2023_are_not_kept_out(whole_2023: pd.DataFrame) -> None:
    assert not set(whole_2023["detector"]) & {"COPIED_TABLE", "MARGIN_IS_MARGIN", "DIGIT_SLIP"}


def test_no_table_of_these_releases_is_such_as_those_of_october(
    whole_2023: pd.DataFrame, whole_2025: pd.DataFrame
) -> None:
    late = {"OTHER_INDICATOR_BEFORE", "REFUTED_ZERO", "UNREPORTED_ZERO"}
    for found in (whole_2023, whole_2025):
        assert not set(found["detector"]) & late


def test_cells_of_filled_columns(of_2023: pd.DataFrame, of_2025: pd.DataFrame) -> None:
    cell = ["ref_area", "time_period", "exploitation", "age", "reason"]
    counts = [
        found[found["detector"] == "FILLED_COLUMN"].drop_duplicates(cell)["reason"].value_counts()
        for found in (of_2023, of_2025)
    ]
    assert counts[0].to_dict() == {"F1": 128, "F2": 24, "F3": 12, "F4": 44, "FA": 56}
    assert counts[1].to_dict() == {"F1": 113, "F2": 23, "F3": 6, "F4": 30, "FA": 56}


def spans(text: str) -> set[int]:
    """Row numbers, written `1903-1908 53610`."""
    pairs = [part.split("-") for part in text.split()]
    return {row for pair in pairs for row in range(int(pair[0]), int(pair[-1]) + 1)}


F1 = spans(
    "1903-1908 53610-53614 6749-6754 54094-54098 12376-12381 54657-54661 20311-20316 55505-55509 "
    "24609-24614 55971-55975 46432-46437 58675-58679 5087-5091 53915-53918 10236-10241 "
    "54485-54487 23195-23197 23199 23201 55806-55810 58686 46606-46607 58687 46608 36634 57438 "
    "36635 31893 56994 31905 56413 27670 25129 56053 39662 57853 54236 55427"
)
F2 = spans(
    "54086 6403 6445 54087 6446 54088 54089 54159 7439 7479 54160 7480 54161 54162 45287 58523 "
    "45288 46601 58685 46602 6607 43406 57455"
)
F3 = {6624, 6659, 13844, 43424, 13233, 5827}


@pytest.mark.parametrize(("reason", "expected"), [("F1", F1), ("F2", F2), ("F3", F3)])
def test_rows_of_filled_columns(of_2025: pd.DataFrame, reason: str, expected: set[int]) -> None:
    assert rows(of_2025, "FILLED_COLUMN", reason) == expected


def test_only_the_block_is_filled(whole_2025: pd.DataFrame, whole_2023: pd.DataFrame) -> None:
    """Eleven columns of forms in 2025, twelve in 2023, and two ages of 2012 to 2015 in both."""
    for found, forms in ((whole_2025, 11), (whole_2023, 12)):
        filled = found[found["detector"] == "FILLED_COLUMN"]
        columns = filled[["time_period", "exploitation", "age"]].drop_duplicates()
        assert len(columns) == forms + 8


def test_numbers_of_questions(of_2025: pd.DataFrame, whole_2025: pd.DataFrame) -> None:
    assert rows(of_2025, "QUESTION_NUMBER") == {39173}
    assert len(rows(whole_2025, "QUESTION_NUMBER")) == 128


def test_years_as_figures(
    of_2025: pd.DataFrame, of_2023: pd.DataFrame, whole_2023: pd.DataFrame
) -> None:
    effects = of_2025[of_2025["detector"] == "OWN_YEAR"].set_index("row")["effect"].to_dict()
    assert effects == {27557: "DOUBTFUL"} | dict.fromkeys((54756, 54765, 54778, 54788), "KEEP_OUT")
    assert rows(of_2023, "OWN_YEAR") == {22319}
    assert area_years(whole_2023, "OWN_YEAR") == {"MEX 2015", "PAK 2020"}


def test_years_that_repeat_the_year_before(
    of_2025: pd.DataFrame, whole_2025: pd.DataFrame, whole_2023: pd.DataFrame
) -> None:
    """D7: in the Dominican Republic 2018 is 2017, victims with the sexes exchanged."""
    assert area_years(of_2025, "COPIED_YEAR") == {"DOM 2018"}
    exchanged = of_2025[(of_2025["other_year"] == 2017) & of_2025["exchanged"].fillna(False)]
    assert {13216, 48970} <= set(exchanged["row"])
    assert len(exchanged) == 4
    real = {"ALB 2018", "DOM 2018", "NGA 2016", "ROU 2006", "ZAF 2012"}
    assert area_years(whole_2025, "COPIED_YEAR") == real
    assert area_years(whole_2023, "COPIED_YEAR") == real


def test_areas_that_are_another_area(of_2025: pd.DataFrame, whole_2025: pd.DataFrame) -> None:
    """D11: Denmark by form in 2021 is Germany."""
    assert area_years(of_2025, "COPIED_AREA") == set()
    assert area_years(whole_2025, "COPIED_AREA") == {
        "BLR 2017", "BLR 2019", "DEU 2021", "DNK 2021", "MDA 2017", "MDA 2019",
    }  # fmt: skip


def test_figures_that_moved_since_2023(of_2025: pd.DataFrame, whole_2025: pd.DataFrame) -> None:
    """D7, D8, D10, and girls and boys of Bolivia."""
    assert area_years(of_2025, "MOVED") == {
        "ARG 2019", "BOL 2019", "DOM 2019", "DOM 2020", "GUY 2020", "USA 2019", "USA 2020",
        "USA 2021",
    }  # fmt: skip
    assert area_years(whole_2025, "MOVED") >= {"BGR 2019", "ISR 2019"}
    assert set(of_2025.loc[of_2025["detector"] == "MOVED", "effect"]) == {"LIST"}


def test_contacts_of_bolivia_became_victims(of_2025: pd.DataFrame) -> None:
    """D13: 373 and 305."""
    restated = of_2025[of_2025["detector"] == "RESTATED"]
    assert restated["value"].tolist() == [373, 305]
    assert set(restated["indicator"]) == {"PER_CONTACT"}


def test_the_thousand_that_children_of_the_united_states_lost(whole_2025: pd.DataFrame) -> None:
    """D9."""
    assert rows(whole_2025, "DIGIT_SLIP") == {45852}


def test_the_shipped_table_of_the_release_before_is_enough(
    publisher_file: PublisherFile, of_2025: pd.DataFrame
) -> None:
    shipped = Path(__file__).parents[3] / "data/raw/int_unodc_glotip/2023-05-30.csv"
    newer = publisher_file(FILE.format("2025-04-14"))
    found = examined(newer, shipped, OAS)
    kept_out = (found["effect"] == "KEEP_OUT", of_2025["effect"] == "KEEP_OUT")
    assert set(found.loc[kept_out[0], "row"]) == set(of_2025.loc[kept_out[1], "row"])
    assert area_years(found, "MOVED") >= {"ARG 2019", "DOM 2020", "GUY 2020", "USA 2020"}
    assert area_years(found, "RESTATED") == {"BOL 2019", "BOL 2020"}
