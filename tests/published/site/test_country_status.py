"""The box at the top of a country page, and the table of treaties, of the shipped figures."""

import posixpath
import re
from pathlib import Path

import duckdb
import pytest
from country_pages import column, country_page, edition, facts, shown, speaker
from invented_site import Page

from pipelines.published.site import context
from pipelines.published.site.figures import treaties
from pipelines.published.site.pages import country, country_status


def box(built: Path, area: str) -> country_status.Box:
    sources = len(edition(built).sources)
    return country_status.status_box(facts(built)["status"], area, sources, speaker(built))


def test_sources_of_argentina(built):
    assert [
        (row["source"], row["first_year"], row["last_year"], row["comparability"])
        for row in box(built, "ARG").sources
    ] == [
        ("arg_linea145", 2020, 2021, "Not comparable across countries"),
        ("int_reported", 2021, 2021, "Not comparable over time or place"),
        ("int_unodc_glotip", 2008, 2022, "Comparable with caveats"),
        ("int_unsd_sdg", 2005, 2017, "Comparable with caveats"),
        ("usa_tip_report", 2015, 2021, "Not comparable across countries"),
    ]


def test_breaks_and_parts_are_named(built):
    known = {row["source"]: row for row in box(built, "USA").sources}
    assert known["usa_sdg"]["breaks"] == "2021"
    assert known["int_unodc_glotip"]["breaks"] == "none"
    assert (
        known["usa_fbi"]["comparability"] == "parts only, no total count of the country read here"
    )


def test_a_source_with_parts_alone_is_among_the_sources(built):
    """Complaints of Lambayeque, by month."""
    (row,) = [row for row in box(built, "PER").sources if row["source"] == "per_pnp"]
    assert (row["first_year"], row["last_year"], row["indicators"]) == (2017, 2022, 1)
    assert row["comparability"].startswith("parts only")


def test_a_break_of_a_subdivision_is_a_break(built):
    known = {row["source"]: row["breaks"] for row in box(built, "CAN").sources}
    assert known["can_statcan"] == "2018"


def test_an_indicator_with_parts_only_is_not_absent(built):
    """Guyana's suspects: adults of 2017 and 2018, and no total."""
    words = "Suspects in formal contact with the authorities: parts only, 2017–2018"
    assert words in country_page(built, "GUY")


def test_a_source_without_a_day_of_release_has_no_days_to_it(built):
    days = {row["source"]: row["days_to_release"] for row in box(built, "ARG").sources}
    assert days["int_reported"] == -1, "a dash on the page"
    assert days["int_unodc_glotip"] == 835


def test_repatriated_victims_count_as_an_indicator(built):
    """They are the sixth indicator; their break of 2017 has no total before it."""
    known = {row["source"]: row for row in box(built, "ARG").sources}
    assert known["int_unodc_glotip"]["indicators"] == 6
    assert known["int_unodc_glotip"]["breaks"] == "none"


def test_lead(built):
    assert box(built, "HTI").lead == (
        "Yearly totals of the whole country in 2 of the 15 sources read here, the newest of 2022. "
        "Core indicators with a figure: 5 of 20."
    )


def test_a_rate_and_a_sum_of_years_are_no_yearly_totals(built):
    """Jamaica's figure of 2022 is a rate; Argentina's of 2015 counts all years since 2008."""
    assert box(built, "JAM").lead.startswith("Yearly totals of the whole country in 3 of the 15 ")
    assert max(row["last_year"] for row in box(built, "JAM").sources) == 2021
    (gathered,) = [r for r in box(built, "ARG").sources if r["source"] == "int_reported"]
    assert (gathered["first_year"], gathered["indicators"]) == (2021, 1)


def test_months_of_one_state_do_not_make_other_states_late(built):
    """Investigations opened: three months of 2026 of Mexico, totals of others until 2022."""
    assert "No newer release" not in box(built, "BOL").core


def test_the_counts_of_core_indicators_add_up(built):
    status = facts(built)["status"]
    assert {sum(counts.values()) for counts in status.core.values()} == {status.core_of_all}


def test_a_state_without_any_figure(built):
    nothing = country_status.Facts({}, {}, {}, {}, 20, {})
    made = country_status.status_box(nothing, "DMA", 15, speaker(built))
    assert (made.sources, made.core, made.revised) == ([], "", 0)
    assert made.lead == speaker(built).say("status_none", all_sources=15)


def test_a_page_links_to_the_workbook_of_its_state(built):
    """The link ends at the extract, as seen from the folder of the site."""
    links = [attrs["href"] or "" for attrs, _ in Page(country_page(built, "PER", "es")).all("a")]
    (workbook,) = (link for link in links if re.fullmatch(r"\.\./.*\.xlsx", link))
    place = posixpath.normpath(posixpath.join("published/site/es/country", workbook))
    assert place == "published/extracts/excel/es/PER.xlsx"


def test_every_section_is_in_the_list_of_contents(built):
    page = Page(country_page(built, "HTI"))
    anchors = {attrs.get("id") for _, attrs, _ in page.elements}
    links = {attrs["href"] for attrs, _ in page.all("a")}
    parts = {section.CODE for section in country._SECTIONS}
    assert parts <= anchors
    assert {f"#{part}" for part in parts} <= links


def test_treaties_of_the_united_states(built):
    (figure,) = shown(built, "USA", "treaties")
    assert figure.figure is None
    assert figure.headline == "United States: party to at least 3 of 5 treaties (end of 2025)"
    assert figure.table.columns == ["Party", "Ratification or accession"]
    party, since = column(figure), column(figure, 1)
    assert party["State party to the Palermo Protocol"] == "yes"
    assert since["State party to the Palermo Protocol"] == "3 November 2005"
    unknown = "State party to the ILO Forced Labour Convention, 1930 (No. 29)"
    assert party[unknown] == "no date found in the copies read"


@pytest.mark.parametrize(
    ("area", "headline"),
    [
        ("ARG", "Argentina: party to all 5 treaties (end of 2025)"),
        ("KNA", "St. Kitts & Nevis: no date of joining found for any of 5 treaties (end of 2025), "
                "which does not mean that it is no party"),
    ],
)  # fmt: skip
def test_all_treaties_and_none(area, headline, built):
    assert shown(built, area, "treaties")[0].headline == headline


def test_not_a_party_is_not_the_same_as_no_date(built):
    """A 0 in the last year means that the state is not a party."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = context.query(connection, "treaty")
    own = rows[(rows["ref_area"] == "USA") & (rows["indicator"] == "POL_PROTOCOL")]
    (figure,) = treaties.figures(
        edition(built), "USA", [own.assign(is_party=False)], speaker(built)
    )
    assert column(figure) == {"State party to the Palermo Protocol": "not a party"}
