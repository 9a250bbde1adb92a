"""UNODC's figures: known answers on the shipped releases, and labels that become codes."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from glotip_rows import GLOTIP, made, rows_of
from source_tests import assert_same_rows, headlines

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import paths
from pipelines.sources import File

RELEASES = ("2023-05-30", "2025-04-14")
PARTIAL = "2025-10-28"


@pytest.fixture
def newest(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["int_unodc_glotip", "2025-04-14"]


def table(release: str) -> pd.DataFrame:
    """The shipped figure table, as text."""
    path = paths.raw() / "int_unodc_glotip" / f"{release}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def test_suppressed_cells_are_intervals(newest: Harmonised) -> None:
    printed = table("2025-04-14")["txtVALUE"]
    assert (printed == "<5").sum() == 5_184
    rows = newest.rows[newest.rows["value_raw"] == "<5"]
    assert len(rows) == 4_375
    assert rows["value"].isna().all()
    assert (rows["lower"] == 0).all()
    assert (rows["upper"] == 4).all()
    assert rows["obs_status"].isin(["Q", "Q;B", "Q;U"]).all()
    assert (rows["conf_status"] == "A").all()
    assert not len(newest.rows[newest.rows["value"] < 5]), "a small figure that UNODC hides"


def test_question_numbers_and_years_in_place_of_figures_are_kept_out(newest: Harmonised) -> None:
    found = newest.quarantine.set_index("rule")["found"]
    assert found["QUESTION_NUMBER"] == "6,112,019"
    assert sorted(found["OWN_YEAR"]) == ["2,019", "2,020", "2,021", "2,022"]
    assert not (newest.rows["value"] == 6_112_019).any()


def test_mexicos_victims_of_2015_are_doubtful_since_they_equal_the_year(newest: Harmonised) -> None:
    mexico = newest.rows[(newest.rows["ref_area"] == "MEX") & (newest.rows["value"] == 2015)]
    assert mexico[["obs_status", "comment"]].to_numpy().tolist() == [["U", "OWN_YEAR"]]


SERIES = {
    "ARG": (2008, "186 422 263 150 303 374 375 243 414 1200 1531 1590 933 1404 1186"),
    "USA": (2007, "303 317 380 541 564 469 2315 3308 3885 5582 8003 8913 8375 9854 10070 16390"),
    "COL": (2007, "78 53 53 53 23 35 60 72 38 76 98 113 124 104 181 162 264"),
    "BRA": (2015, "1228 1054 35 101 66 19 142 539 371"),
}


@pytest.mark.parametrize("area", SERIES)
def test_headline(query: Callable, area: str) -> None:
    first, figures = SERIES[area]
    found = headlines(query, "int_unodc_glotip", "VIC_DETECT", area)
    since = {year: victims for year, victims in found.items() if year >= first}
    assert since == dict(enumerate(map(float, figures.split()), start=first))


def test_states_with_a_headline(query: Callable) -> None:
    [(states, cells)] = query(
        "select count(distinct ref_area), count(*) from published.headline "
        "where source = 'int_unodc_glotip' and indicator = 'VIC_DETECT'"
    )
    assert (states, cells) == (30, 344)


def test_revisions_of_the_headline(query: Callable) -> None:
    found = query(
        "select change, count(*) from published.revision "
        "where source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' and sex = '_T' "
        "and age = '_T' and exploitation = '_T' and citizenship = '_T' "
        "and counterpart_role = '_Z' group by change"
    )
    assert dict(found) == {"changed": 29, "new": 31, "withdrawn": 3}
    [(equal,)] = query(
        "select count(*) from harmonised.total as a join harmonised.total as b using "
        "(source, ref_area, indicator, time_period) where a.release < b.release "
        "and source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' "
        "and a.value is not distinct from b.value"
    )
    assert equal == 272


def test_withdrawn_figures_are_named(query: Callable) -> None:
    """Beside the parts of the same release they would tell hidden ones: years, no numbers."""
    found = query(
        "select ref_area, time_period, previous_value_raw from published.revision "
        "where change = 'withdrawn' and indicator = 'VIC_DETECT' and sex = '_T' and age = '_T' "
        "and exploitation = '_T' and citizenship = '_T' order by all"
    )
    assert found == [("PAN", year, "withheld") for year in ("2019", "2020", "2021")]


@pytest.mark.parametrize("release", RELEASES)
def test_workbook_and_figure_table_are_one(
    publisher_file: Callable[[str], Path], release: str
) -> None:
    """Both as published, without our corrections."""
    workbook = publisher_file(f"unodc_glotip/{release}/data_glotip.xlsx")
    from_workbook = harmonise(GLOTIP, release, File(workbook))
    table = paths.raw() / "int_unodc_glotip" / f"{release}.csv"
    shipped = harmonise(GLOTIP, release, File(table))
    assert_same_rows(shipped, from_workbook)


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


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"Sex": "Outro"}, "labels_are_known"),
        ({"Indicator": "Persons acquitted"}, "labels_are_known"),
        ({"Iso3_code": "XYZ"}, "labels_are_known"),
        ({"Dimension": "by citizenship", "Category": "Atlantis"}, "labels_are_known"),
        ({"Dimension": "by citizenship", "Category": ""}, "labels_are_readable"),
        ({"Dimension": "by citizenship", "Category": "145"}, "labels_are_readable"),
        ({"Dimension": "by citizenship", "Category": "Espa\ufffda"}, "labels_are_readable"),
        ({"Dimension": "by country of repatriation", "Category": "Nationals"}, "labels_are_known"),
        (
            {"Dimension": "by country of repatriation", "Category": "Abroad", "Year": "2012"},
            "labels_are_known",
        ),
        ({"Unit of measurement": "Rate"}, "unit_fits_the_indicator"),
        ({"txtVALUE": "-3"}, "value_is_possible"),
        ({"txtVALUE": "12.5"}, "value_is_possible"),
        ({"txtVALUE": "twelve"}, "figure_has_one_reading"),
        ({"txtVALUE": "9,999"}, "no_stand_in_for_no_answer"),
        ({"Year": "1800"}, "period_is_over_and_not_before_1990"),
        ({"Year": "2100"}, "period_is_over_and_not_before_1990"),
        ({"Year": "2019.5"}, "period_is_well_formed"),
        ({"Dimension": "by means of control"}, "labels_are_known"),
    ],
)
def test_an_invalid_row_is_quarantined(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    found = made(tmp_path, {"txtVALUE": "30"}, {"Sex": "Female", **fault})
    assert found.quarantine["rule"].tolist() == [rule]
    assert found.quarantine["locator"].item().endswith("row 5")
    assert len(found.rows) == 1
    assert rows_of(found.account, "quarantined", rule) == 1


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


def test_a_row_without_a_country_code_is_not_set_aside_in_silence(tmp_path: Path) -> None:
    found = made(tmp_path, {"Iso3_code": ""}, {"Iso3_code": "", "Country": "Sark"})
    assert found.quarantine["rule"].tolist() == ["labels_are_readable"]
    assert rows_of(found.account, "set_aside", "not_an_oas_state") == 1


def test_other_states_are_set_aside_under_a_name(tmp_path: Path) -> None:
    found = made(tmp_path, {}, {"Iso3_code": "ESP", "Country": "Spain", "Sex": "Outro"})
    assert rows_of(found.account, "set_aside", "not_an_oas_state") == 1
    assert len(found.quarantine) == 0


def test_a_known_break_is_marked(newest: Harmonised) -> None:
    brazil = newest.rows[
        (newest.rows["ref_area"] == "BRA") & (newest.rows["time_period"] == "2017")
    ]
    victims = brazil[brazil["indicator"] == "VIC_DETECT"]
    assert victims["obs_status"].astype(str).str.split(";").map(lambda codes: "B" in codes).all()
    assert (victims["comment"] == "BRA_LAW_13344_2016").all()


@pytest.fixture
def partial(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["int_unodc_glotip", PARTIAL]


KNOWN = {
    "BOL 2023": 708, "BRA 2023": 371, "CAN 2023": 452, "COL 2023": 264, "CRI 2023": 56,
    "DOM 2023": 76, "HND 2023": 105, "MEX 2023": 226, "SUR 2023": 26, "URY 2023": 30,
    "PAN 2022": 8, "GUY 2021": 174,
}  # fmt: skip


def test_victims_of_the_latest_release(partial: Harmonised) -> None:
    names = ["sex", "age", "exploitation"]
    totals = partial.rows[
        (partial.rows["indicator"] == "VIC_DETECT") & (partial.rows[names] == "_T").all(axis=1)
    ]
    places = totals["ref_area"].astype(str) + " " + totals["time_period"].astype(str)
    found = dict(zip(places, totals["value"], strict=True))
    assert len(found) == 27
    assert {place: found[place] for place in KNOWN} == KNOWN


def test_each_kind_of_figure_has_its_own_year(partial: Harmonised) -> None:
    """Guyana's victims are those of 2021, the persons prosecuted those of 2016."""
    guyana = partial.rows[partial.rows["ref_area"] == "GUY"]
    years = guyana.groupby("indicator", observed=True)["time_period"].unique()
    assert {code: list(found) for code, found in years.items()} == {
        "PER_CONVICT": ["2016"],
        "PER_PROSEC": ["2016"],
        "VIC_DETECT": ["2021"],
    }


def test_the_newest_years_are_marked_as_repeated_and_not_cited(query: Callable) -> None:
    of_2023 = "source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' and time_period = '2023'"
    newest = query(
        f"select ref_area, value, provenance from published.observation where {of_2023} "
        "and sex = '_T' and age = '_T' and exploitation = '_T' order by all"
    )
    assert len(newest) == 11
    assert ("BOL", 708, "REPEATED") in newest
    assert query(f"select * from published.national_series where {of_2023}") == []


def test_a_partial_release_loses_no_cell_of_the_one_before(query: Callable, newest) -> None:
    """Each cell of April has a figure that holds, and it is April's own."""
    of_april = f"source = 'int_unodc_glotip' and release = '{RELEASES[1]}'"
    assert len(newest.rows) == 9_701
    assert query(f"select count(*) from harmonised.current where {of_april}") == [(9_701,)]
    of_october = of_april.replace(RELEASES[1], PARTIAL)
    assert query(f"select count(*) from harmonised.current where {of_october}") == [(88,)]
    changes = query(f"select change, count(*) from published.revision where release = '{PARTIAL}'"
                    " group by all")  # fmt: skip
    assert changes == [("changed", 1)]
    [(withdrawn,)] = query(
        "select count(*) from published.withdrawn where source = 'int_unodc_glotip'"
    )
    assert withdrawn == 8, "those that April withdrew, Panama's"


def test_zeros_beside_small_figures_are_hidden_as_these(partial: Harmonised) -> None:
    shipped = pd.read_csv(
        paths.raw() / "int_unodc_glotip" / f"{PARTIAL}.csv", dtype=str, keep_default_na=False
    )
    assert not shipped.drop(columns="row").isin(["0", "1", "2", "3", "4"]).any(axis=None)
    hidden = partial.rows[partial.rows["value"].isna()]
    assert set(hidden["value_raw"]) == {"<5"}
    assert hidden[["lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[0, 4]]
    account = partial.account.set_index("reason")["rows"]
    assert account["not_in_the_extract"] == 21


def test_perus_total_of_2023_is_doubtful_and_not_cited(query: Callable) -> None:
    """308 is the figure of sexual exploitation; women, men, girls and boys come to 583."""
    peru = "ref_area = 'PER' and indicator = 'VIC_DETECT' and time_period = '2023'"
    of_unodc = f"source = 'int_unodc_glotip' and {peru}"
    assert query(f"select value, obs_status from published.headline where {of_unodc}") == [
        (308, "U")
    ]
    assert query(f"select * from published.national_series where {peru}") == []


def test_parts_above_their_total_are_found(query: Callable) -> None:
    found = query(
        "select ref_area, detail from main.rule_result where verdict = 'exceeds' "
        f"and rule = 'women_men_girls_and_boys_add_up_to_the_total' and release = '{PARTIAL}' "
        "order by all"
    )
    assert found == [
        ("BRA", "total 371, parts 377"),
        ("CRI", "total 56, parts 59 to 63"),
        ("PER", "total 308, parts 583"),
    ]


def test_what_others_repeat_does_not_take_the_place_of_unodcs_own(query: Callable) -> None:
    """Brazil's persons prosecuted in 2022: the one figure of 134 that is not that of April."""
    prosecuted = "ref_area = 'BRA' and indicator = 'PER_PROSEC' and time_period = '2022'"
    assert query(f"select value, release from published.headline where {prosecuted}") == [
        (21, RELEASES[1])
    ]


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
