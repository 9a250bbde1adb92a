"""The pages of indicators have the figures of the warehouse, for each state."""

import re
from html import unescape

import pytest
from country_pages import facts as facts_of
from country_pages import files
from panels import panels, table, words

from pipelines.published.i18n import interface_text
from pipelines.published.site.pages import indicator
from schemas import codelists

UNODC = "int_unodc_glotip"


@pytest.fixture
def pages(built) -> dict[str, str]:
    """The HTML of each page in English, by the name of its file."""
    found = files(built, indicator).items()
    return {path.removeprefix("en/indicator/"): text for path, text in found}


def test_known_figures(pages):
    page = pages["vic_detect.html"]
    argentina = next(p for p in panels(page, UNODC) if p.state == "ARG")
    assert argentina.last == "1\u202f186 (2022)"
    rows = table(page, UNODC)
    of = {year: dict(zip(rows.years, cells, strict=True))[year]
          for year, cells in ((2019, rows.rows["ARG"]), (2017, rows.rows["BHS"]),
                              (2008, rows.rows["ARG"]), (2007, rows.rows["ARG"]))}  # fmt: skip
    assert of == {2019: ("1590", ""), 2017: ("<5", ""), 2008: ("186", ""), 2007: ("–", "")}
    text = words(page)
    assert "States with a national figure in the sources read here: 32 of 35 (2005–2022)." in text
    silent = "Dominica, Grenada, Haiti, St. Kitts & Nevis"
    assert f"No yearly total of this kind in this source: {silent}" in text


@pytest.mark.parametrize("code", ["VIC_DETECT", "PER_CONVICT"])
def test_every_state_with_a_figure_has_a_panel_and_a_row(query, pages, code):
    rows = query(
        "select distinct ref_area from published.headline join codelist.area on code = ref_area "
        f"where is_oas and source = '{UNODC}' and indicator = '{code}' and time_basis = 'CY'"
    )
    page, known = pages[f"{code.lower()}.html"], {area for (area,) in rows}
    assert {panel.state for panel in panels(page, UNODC)} == known
    assert table(page, UNODC).rows.keys() == known


def test_every_indicator_has_a_page_and_is_in_the_list_once(pages):
    listed = re.findall(r'indicator/(\w+)\.html">', pages["index.html"])
    assert sorted(code.upper() for code in listed if code != "index") == sorted(
        codelists.codes("indicator")
    )
    for code, name in codelists.labels("indicator", "en").items():
        assert f"<h1>{name}</h1>" in unescape(pages[f"{code.lower()}.html"])


def test_states_are_in_the_alphabetical_order_of_the_language(built):
    page = files(built, indicator, "fr")["fr/indicator/vic_detect.html"]
    names = [panel.name for panel in panels(page, UNODC)]
    plain = str.maketrans("éÉèêáíóúâãçñô", "eEeeaiouaacno")
    assert names == sorted(names, key=lambda name: name.translate(plain).lower())


def test_an_indicator_that_nobody_reports_has_a_text_and_no_empty_axes(pages):
    page = pages["vic_ident.html"]
    text = words(page)
    assert "No source read here has a figure of this indicator; a state may publish one" in text
    assert interface_text.labels("site_text", "en")["empty_meaning"] in text
    assert 'class="chart"' not in page
    assert "<table" not in page


def test_figures_of_parts_only_are_no_national_figure(pages):
    text = words(pages["inc_recorded.html"])
    assert "No national figure; figures of parts only" in text
    assert "No source read here" not in text


def test_repatriated_victims_have_their_totals_from_another_view(pages):
    rows = table(pages["vic_repatr.html"], UNODC)
    argentina = dict(zip(rows.years, rows.rows["ARG"], strict=True))
    assert [argentina[year][0] for year in (2017, 2018, 2019, 2020)] == ["5", "<5", "<5", "10"]
    assert argentina[2017][1] == "", "the break of 2017 has no total before it"


def test_sums_of_subdivisions_are_labelled_as_ours(pages):
    page = pages["vic_recorded.html"]
    assert words(page).count("each figure here is the sum that tipstat made") == 1
    assert table(page, "mex_sesnsp").rows.keys() == {"MEX"}


def test_the_states_counted_are_those_of_the_families(built):
    facts = facts_of(built, indicator)
    for code, row in facts.indicators.items():
        families = facts.families.get(code, [])
        cumulative = {"CUM", "OTHER", "UNK"}
        known = {a for f in families if f.basis not in cumulative for a in f.known()}
        if code not in facts.treaties:
            assert len(known) == row["states"], code


def test_figures_that_do_not_compare_are_in_the_table_and_not_drawn(pages):
    page = pages["inv_opened.html"]
    assert [panel.state for panel in panels(page, "usa_tip_report")][:3] == ["ARG", "BRA", "PRY"]
    assert "Legal definition not stated or of something else Antigua & Barbuda, Belize" in words(
        page
    )
    assert table(page, "usa_tip_report").rows["DOM"][6] == ("withheld", "")


def test_a_kind_of_year_is_a_family_of_its_own(pages):
    page = pages["vic_detect.html"]
    assert 'id="usa_tip_report-tipr"' in page
    assert "Reporting period of the US Trafficking in Persons Report" in words(page)


def test_panels_are_mentioned_only_if_there_are_any(pages):
    texts = interface_text.labels("site_text", "en")
    page = unescape(pages["per_prosec.html"])
    for anchor, is_drawn in ((UNODC, True), ("usa_tip_report-tipr", False)):
        own = page.split(f'<figure id="{anchor}">')[1].split("</figure>")[0]
        assert ('class="panels"' in own) is is_drawn
        assert (texts["multiples_counts_scale"] in own) is is_drawn
        assert (texts["multiples_drawn"] in own) is is_drawn


def test_a_headline_counts_the_states_and_a_subtitle_names_the_measure_of_a_rate(pages):
    assert (
        'id="usa_tip_report-tipr-headline">Persons prosecuted: figures that compare over time, '
        "except across a break; states: 0 of 35</p>" in pages["per_prosec.html"]
    )
    assert ", per 100,000 population ·" in pages["inc_recorded_rate.html"]


# Treaties -----------------------------------------------------------------------------------


def treaty(page: str) -> dict[str, str]:
    found = re.findall(r'<tr id="(\w+)"><th scope="row"><a[^>]*>.*?</th><td>(.*?)</td>', page)
    return {area.upper(): since for area, since in found}


def test_a_treaty_is_a_table_of_dates_and_no_chart(pages):
    page = pages["pol_protocol.html"]
    since = treaty(page)
    assert len(since) == 35
    assert since["ARG"] == "19 November 2002"
    assert since["KNA"] == "no date in the source"
    assert "States that are parties, as far as the source has a date: 34 of 35." in words(page)
    assert 'class="chart"' not in page


def test_a_date_before_the_first_year_of_the_data_is_the_date_of_the_source(pages):
    assert treaty(pages["pol_ilo_c029.html"])["ARG"] == "14 March 1950"


def test_dates_of_treaties_agree_with_the_flags(query, pages):
    """The year of each date is the first of the flags that are 1, unless they begin with it."""
    flags = query(
        "select indicator, ref_area, min(year) filter (value = 1), min(year)"
        " from published.headline where indicator like 'POL_%' group by all"
    )
    assert len(flags) == 175
    for code, area, first, begin in flags:
        since = treaty(pages[f"{code.lower()}.html"])[area]
        if first is None:
            assert since == "no date in the source"
        else:
            year = int(since[-4:])
            assert year == first or first == begin > year


# Words --------------------------------------------------------------------------------------


def test_a_definition_in_english_is_that_of_the_code_list():
    texts = interface_text.labels("site_text", "en")
    listed = codelists.load("indicator")
    for code, definition in zip(listed["code"], listed["definition"], strict=True):
        assert texts[f"definition_{code.lower()}"] == definition
