"""The second page of a state: known answers in totals, notes, sums, rates and sources."""

from pathlib import Path

import pytest
from all_figures_pages import blocks, column, words
from country_pages import facts, speaker, spoken

from pipelines.published.site.pages import all_figures
from pipelines.published.site.pages.figures_of_state import calculated

UNODC = "UNODC"


def test_mexico_2022_in_each_source_with_the_cited_one_first(built: Path) -> None:
    block = blocks(built, "MEX", "VIC_DETECT")["vic_detect-totals"]
    assert [column(block, at)["2022"] for at in range(3)] == ["247", "–", "440"]
    assert block.lines[0].name == UNODC
    assert [bool(line.cite) for line in block.lines] == [True, False, False]
    assert column(block, 3)["2017"] == "(2) ÷ (1) = 0.747; (3) ÷ (1) = 0.688; (3) ÷ (2) = 0.92"
    assert column(block, 3)["2019"] == "–"
    assert column(blocks(built, "MEX", "VIC_NAT_ABROAD")["vic_nat_abroad-totals"])["2019"] == "933"


def test_a_national_source_that_others_repeat_comes_after_the_cited_one_and_says_so(
    built: Path,
) -> None:
    block = blocks(built, "BRA", "DEM_LAB_FOUND")["dem_lab_found-totals"]
    assert [column(block, at)["2020"] for at in range(2)] == ["942", "944"]
    assert [bool(line.cite) for line in block.lines] == [True, False]
    assert any("known only as others repeat them" in note for note in block.notes)


def test_the_answer_counts_figures_indicators_and_sources(built: Path) -> None:
    answer = (
        "This database has 10 figures on 5 indicators for Haiti, parts included, from 2 sources."
    )
    assert answer in words(built, "HTI")


@pytest.mark.parametrize(
    ("area", "table", "note"),
    [
        ("BRA", "vic_detect-totals", "(1) · 2017: break in the series"),
        ("URY", "vic_detect-totals", "(1) · 2021: revised. The release of 14 April 2025 had 29."),
        ("GUY", "vic_detect-totals", "(3) · 2020: kept out by a check"),
        ("MEX", "vic_detect-totals", "(1) · 2015: doubtful"),
        ("BOL", "vic_detect-totals", "the same numbers as: Offences recorded"),
        ("USA", "per_prosec-totals", "What may explain the others: Collection ("),
        ("LCA", "vic_detect-totals", "Yet these differ: "),
        ("USA", "vic_detect-sex_age", "Sex and age unknown · 2017–2022: "),
        (
            "USA",
            "vic_detect-form",
            "Sexual exploitation · 2020–2021: the printed figure is smaller",
        ),
        ("CRI", "vic_detect-form", "Other forms of exploitation · 2017–2018: kept out by a check"),
        (
            "PER",
            "vic_detect-citizenship",
            "Peru · 2020: the publisher now prints this figure under",
        ),
        ("BOL", "vic_detect-citizenship", "Citizenship unknown · 2022: withdrawn by the publisher"),
        (
            "GUY",
            "vic_detect-citizenship",
            "2017–2018: what the publisher prints under a citizenship",
        ),
        ("CAN", "vic_detect-citizenship", "exceed their total or subtotal: 2008–2009"),
        ("BRA", "vic_detect-form", "exceed their total or subtotal: 2018–2022"),
    ],
)
def test_a_note_says_of_which_years_it_is(built: Path, area: str, table: str, note: str) -> None:
    """On totals, why sources differ, and on parts, which UNODC alone has."""
    of_unodc = "" if table.endswith("-totals") else "-int_unodc_glotip-"
    indicator = table.partition("-")[0].upper()
    found = blocks(built, area, indicator).items()
    notes = [n for at, block in found if at.startswith(f"{table}{of_unodc}") for n in block.notes]
    assert any(note in each for each in notes), notes


def test_nationals_under_another_name_are_not_withdrawn(built: Path) -> None:
    """Peru, 2020: nationals by the country's name before, as a group now."""
    block = blocks(built, "PER", "VIC_DETECT")["vic_detect-citizenship-int_unodc_glotip-cy"]
    own = dict(block.table.rows)["Peru"]
    cell = own[[*block.table.columns].index("2020")]
    assert cell.remarks == ["now in another row"]
    assert not any("withdrawn" in note for note in block.notes)


def test_whole_tables_that_checks_keep_out_are_named(built: Path) -> None:
    assert "UNODC, by age: checks keep out all figures of 2022" in words(built, "GTM")
    kept_out = facts(built, all_figures).kept_out["GTM"]
    [row] = [row for row in kept_out if row["indicator"] == "PER_PROSEC"]
    assert (row["dimensions"], list(row["whole"]), row["rows"]) == ("age", [2022], 2)


def test_sums_are_labelled_as_ours_and_give_their_coverage(built: Path) -> None:
    block = blocks(built, "MEX", "VIC_RECORDED")["sum-vic_recorded-mex_sesnsp-m"]
    rows = dict(block.table.rows)
    assert [cell.text for cell in rows["2024"]] == ["790", "32 of 32", "12 of 12"]
    assert [cell.text for cell in rows["2025"]] == ["392", "32 of 32", "6 of 12"]
    assert rows["2025"][2].remarks == ["not the whole year"]
    assert block.lines[0].cite


def test_a_sum_of_some_departments_says_so(built: Path) -> None:
    known = facts(built, all_figures)
    [months, *_] = known.sums["MEX", "VIC_RECORDED", "mex_sesnsp", "M", "CY"]
    row = {**months, "areas": 6, "areas_of_country": 18, "is_whole_country": False}
    block = calculated.sums([row], "", spoken(built), speaker(built))
    [(_, [_, areas, _])] = block.table.rows
    assert (areas.text, areas.remarks) == ("6 of 18", ["not the whole country"])


def test_rates_are_of_the_source_to_cite_and_none_of_a_suppressed_count(built: Path) -> None:
    block = blocks(built, "MEX", "VIC_DETECT")["rate-vic_detect-int_unodc_glotip-cy"]
    figures = [cell.text for cell in dict(block.table.rows)["2022"]]
    assert figures[:3] == ["0.192", "0.0794 to 0.918", "247"]
    hidden = blocks(built, "JAM", "VIC_DETECT")["rate-vic_detect-int_unodc_glotip-cy"]
    for year in ("2007", "2008"):
        rate, interval, count, _ = dict(hidden.table.rows)[year]
        assert (rate.text, interval.text, count.text) == ("no rate", "–", "–")
        assert rate.remarks == ["the figure is suppressed to protect persons"]


def test_victims_repatriated_from_all_countries(built: Path) -> None:
    block = blocks(built, "ARG", "VIC_REPATR")["vic_repatr-totals"]
    assert column(block) == {
        "2017": "5", "2018": "0", "2019": "<5", "2020": "10", "2021": "5", "2022": "<5",
    }  # fmt: skip


def test_what_nobody_read_is_not_to_cite(built: Path) -> None:
    """UNODC's newest release was read in a copy; Haiti's government comes first."""
    cited = (
        "UNODC Research, Data Portal - Trafficking in Persons, "
        "release of 28 October 2025, unchecked copy"
    )
    for area in ("MEX", "BRA"):
        assert f"How to cite{cited}" in words(built, area)
    assert "How to citeGovernment of Haiti, in: US Department of State" in words(built, "HTI")
