"""The box at the top of a country page, and the table of treaties: true of the shipped figures."""

import posixpath
import re
from pathlib import Path

import duckdb
import pytest
from country_pages import LANGUAGES, column, pages, shown
from invented_site import Page

from pipelines.published.site.figures import context
from pipelines.published.site.pages import country, country_status


def box(built: Path, area: str, language: str = "en") -> country_status.Box:
    site, facts = pages(built)
    (speaker,) = (each for each in site.languages if each.code == language)
    return country_status.status_box(facts["status"], area, len(site.sources), speaker)


def test_sources_of_argentina(built):
    said = [
        (row["source"], row["first_year"], row["last_year"], row["comparability"])
        for row in box(built, "ARG").sources
    ]
    assert said == [
        ("arg_linea145", 2020, 2021, "Not comparable across countries"),
        ("int_reported", 2021, 2021, "Not comparable over time or place"),
        ("int_unodc_glotip", 2008, 2022, "Comparable with caveats"),
        ("int_unsd_sdg", 2005, 2017, "Comparable with caveats"),
        ("usa_tip_report", 2015, 2021, "Not comparable across countries"),
    ]


def test_breaks_and_parts_are_said(built):
    known = {row["source"]: row for row in box(built, "USA").sources}
    assert known["usa_sdg"]["breaks"] == "2021"
    assert known["int_unodc_glotip"]["breaks"] == "none"
    assert (
        known["usa_fbi"]["comparability"] == "parts only, no total count of the country read here"
    )


@pytest.mark.parametrize(
    ("area", "source", "first", "last"),
    [
        ("PER", "per_pnp", 2017, 2022),  # complaints of Lambayeque, by month
    ],
)
def test_a_source_with_parts_alone_is_among_the_sources(built, area, source, first, last):
    (row,) = [row for row in box(built, area).sources if row["source"] == source]
    assert (row["first_year"], row["last_year"], row["indicators"]) == (first, last, 1)
    assert row["comparability"].startswith("parts only")


def test_a_break_of_a_subdivision_is_a_break(built):
    known = {row["source"]: row["breaks"] for row in box(built, "CAN").sources}
    assert known["can_statcan"] == "2018"


def test_an_indicator_of_which_parts_are_there_is_not_said_to_be_absent(built):
    """Guyana's suspects: adults of 2017 and 2018, and no total."""
    site, facts = pages(built)
    (english,) = (each for each in site.languages if each.code == "en")
    _, text = next(country.page_files(site, facts, "GUY", english))
    assert "Suspects in formal contact with the authorities: parts only, 2017–2018" in text


def test_what_was_read_on_a_day_has_no_days_to_its_release(built):
    days = {row["source"]: row["days_to_release"] for row in box(built, "ARG").sources}
    assert days["int_reported"] == -1, "a dash on the page"
    assert days["int_unodc_glotip"] == 835


def test_who_came_back_counts_as_an_indicator(built):
    """The page shows it as a sixth; its break of 2017 has no total before it."""
    known = {row["source"]: row for row in box(built, "ARG").sources}
    assert known["int_unodc_glotip"]["indicators"] == 6
    assert known["int_unodc_glotip"]["breaks"] == "none"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Yearly totals of the whole country in 2 of the 15 sources read here, the newest of "
               "2022. Core indicators with a figure: 5 of 20."),
        ("es", "Totales anuales de todo el país en 2 de las 15 fuentes leídas aquí, el más "
               "reciente de 2022. Indicadores básicos con cifra: 5 de 20."),
        ("pt", "Totais anuais de todo o país em 2 das 15 fontes lidas aqui, o mais recente de "
               "2022. Indicadores básicos com número: 5 de 20."),
        ("fr", "Totaux annuels du pays entier dans 2 des 15 sources lues ici, le plus récent de "
               "2022. Indicateurs de base avec un chiffre\u202f: 5 sur 20."),
    ],
)  # fmt: skip
def test_lead(language, said, built):
    assert box(built, "HTI", language).lead == said


def test_a_rate_and_a_sum_of_years_are_no_yearly_totals(built):
    """Jamaica's figure of 2022 is a rate; Argentina's of 2015 counts from a law of 2008 on."""
    assert box(built, "JAM").lead.startswith("Yearly totals of the whole country in 3 of the 15 ")
    assert max(row["last_year"] for row in box(built, "JAM").sources) == 2021
    (gathered,) = [r for r in box(built, "ARG").sources if r["source"] == "int_reported"]
    assert (gathered["first_year"], gathered["indicators"]) == (2021, 1)


def test_months_of_one_state_make_no_year_in_which_others_are_late(built):
    """Investigations opened: three months of 2026 of Mexico, totals of others until 2022."""
    assert "No newer release" not in box(built, "BOL").core


def test_the_counts_of_core_indicators_add_up(built):
    site, facts = pages(built)
    for area in site.states["en"]:
        assert sum(facts["status"].core[area].values()) == facts["status"].core_of_all


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_of_which_nothing_is_known(language, built):
    site, _ = pages(built)
    (speaker,) = (each for each in site.languages if each.code == language)
    nothing = country_status.Facts({}, {}, {}, {}, 20, {})
    made = country_status.status_box(nothing, "DMA", 15, speaker)
    assert (made.sources, made.core, made.revised) == ([], "", 0)
    assert made.lead == speaker.say("status_none", all_sources=15)


def test_a_page_leads_to_the_workbook_of_its_state(built, tmp_path):
    """The link ends at the extract, seen from where the site lies."""
    site, facts = pages(built)
    (spanish,) = (each for each in site.languages if each.code == "es")
    path, text = next(country.page_files(site, facts, "PER", spanish))
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    links = [attrs["href"] or "" for attrs, _ in Page(file).all("a")]
    (workbook,) = (link for link in links if re.fullmatch(r"\.\./.*\.xlsx", link))
    place = posixpath.normpath(posixpath.join("published/site", posixpath.dirname(path), workbook))
    assert place == "published/extracts/excel/es/PER.xlsx"


def test_every_section_is_in_the_list_of_contents(built, tmp_path):
    site, facts = pages(built)
    _, text = next(country.page_files(site, facts, "HTI", site.languages[0]))
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    page = Page(file)
    anchors = {attrs.get("id") for _, attrs, _ in page.elements}
    links = {attrs["href"] for attrs, _ in page.all("a")}
    parts = {part.code for part in country.sections(site, facts, "HTI", site.languages[0])}
    assert parts <= anchors
    assert {f"#{part}" for part in parts} <= links


def test_yearly_figures_leave_room_for_the_others(built):
    """Without victims by sex, age, form and citizenship a page stays below 190 KB."""
    site, facts = pages(built)
    left = facts | {code: {} for code in ("sex_age", "forms", "citizenship")}
    for area in ("ARG", "DOM", "USA"):
        _, text = next(country.page_files(site, left, area, site.languages[-1]))
        assert len(text.encode()) < 190_000, area


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
    ("area", "said"),
    [
        ("ARG", "Argentina: party to all 5 treaties (end of 2025)"),
        ("KNA", "St. Kitts & Nevis: no date of joining found for any of 5 treaties (end of 2025), "
                "which does not mean that it is no party"),
    ],
)  # fmt: skip
def test_all_treaties_and_none(area, said, built):
    assert shown(built, area, "treaties")[0].headline == said


def test_not_a_party_is_not_the_same_as_no_date(built):
    """A 0 in the last year says that the state is no party."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = context.query(connection, "treaty")
    own = rows[(rows["ref_area"] == "USA") & (rows["indicator"] == "POL_PROTOCOL")]
    site, facts = pages(built)
    left = facts | {"treaties": {"USA": [own.assign(is_party=False)]}}
    parts = country.sections(site, left, "USA", site.languages[0])
    ((figure,),) = (part.figures for part in parts if part.code == "treaties")
    assert column(figure) == {"State party to the Palermo Protocol": "not a party"}
