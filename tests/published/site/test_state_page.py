"""A state's page: sentence, cards, charts and tables say the same, and what the warehouse says."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from country_pages import facts, state_of
from parsed_page import Page
from state_pages import (
    LANGUAGES,
    SPACE,
    STATES,
    about,
    card,
    charts,
    headlines,
    page,
    printed,
    rows,
    sentence,
    texts,
)

from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.pages import country
from pipelines.published.site.pages.state.common import State
from schemas import codelists

NEWEST = """
select ref_area, year, coalesce(value::varchar, '<')
from published.newest where indicator = 'VIC_DETECT'
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_tabs_have_figures(built, language):
    for area in STATES:
        html = page(built, area, language)
        tabs = html.xpath("//button[@role='tab']/@aria-controls")
        assert tabs == html.xpath("//div[@role='tabpanel']/@id")
        for tab in tabs:
            assert tab in charts(built, area, language) or rows(html, tab), (area, tab)


def test_the_number_is_the_same_everywhere(built, query):
    """First card, last point of the chart, last cell of the table, and the warehouse."""
    newest = query(NEWEST)
    assert len(newest) > 30
    for area, year, value in newest:
        html = page(built, area)
        cell = rows(html, "trend")[str(year)][0]
        if value == "<":
            assert cell.startswith("<") or "–" in cell
        else:
            assert float(cell) == float(value)
        years = f"(?:{year}|{year - 1}/{year % 100:02})"  # a year that ends in June
        assert re.match(f"Detected victims {cell} in {years}", card(html, 0))
        chart = charts(built, area).get("trend")
        if chart:
            points = chart["spec"]["panels"][0]["series"][0]["points"]
            last = [each for each in points if each[0] <= year][-1]
            assert (last[0], printed(last)) == (year, cell)
            assert all("U" in each[2] for each in points if each[0] > year), area


def test_known_answers(built):
    assert headlines(page(built, "BRA"))["forms"] == (
        "2022: forced labour 732 exceeds all detected victims, 539; the source does not say why"
    )
    assert "No citable total after 2013" in card(page(built, "BRA"), 3)
    doubt = "2017–2018, 2021: parts exceed their total or subtotal; the source does not say why."
    assert doubt in page(built, "PAN").xpath("string(//*[@id='forms']//figure/p[@class='calm'])")
    assert card(page(built, "BRA"), 4).startswith("Missing 11 of 20 core indicators")
    assert card(page(built, "MEX"), 1) == (
        "Women and girls · children 128 · 9 in 2023 Children: doubtful figure"
    )
    assert headlines(page(built, "MEX"))["sex_age"].endswith("sex is recorded for 72%")
    text = "UNODC: no total after 2016; US Department of State: 106 in 2018"
    assert text in card(page(built, "ARG"), 2)
    assert "Police or prosecution files: 669 in 2024" in card(page(built, "PER"), 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_is_that_of_the_warehouse(built, query, language):
    """With its caution behind it; the page's description says the same."""
    said = query(
        "select area, text, caution_text from published.sentence where question = 'HAPPENED' "
        f"and area <> 'AMERICAS' and language = '{language}'"
    )
    assert len(said) == 35
    for area, text, caution in said:
        whole = f"{text} {caution}." if caution else text
        parsed_page = page(built, area, language)
        [description] = parsed_page.xpath("//meta[@name='description']/@content")
        [shown] = parsed_page.xpath("//p[@class='sentence']")
        assert shown.text_content() == description == whole
        [copied] = parsed_page.xpath("//p[@class='cite']/button/@data-copy")
        assert copied.startswith(whole)


def test_every_figure_of_the_first_sentence_is_in_its_answer(built, query):
    """Only a caution may say more: it is of published.remark."""
    answers = query(
        "select area, args, caution_text from published.answer "
        "join published.sentence using (area, question) "
        "where question = 'HAPPENED' and area <> 'AMERICAS' and language = 'en'"
    )
    for area, args, caution in answers:
        known = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", args)} | {5}
        text = sentence(page(built, area)).removesuffix(f" {caution}.".replace(SPACE, ""))
        text = re.sub(r"(\d{4})/(\d\d)", r"20\2", text)  # a year that ends in June
        assert {float(number) for number in re.findall(r"\d+", text)} <= known, (area, text)


@pytest.mark.parametrize("area", ["KNA", "DMA"])
def test_a_state_without_any_figure_has_a_sentence_and_a_way_on(built, area):
    html = page(built, area)
    assert sentence(html).startswith("No source in this database has a yearly total")
    assert not html.xpath("//div[@role='tabpanel'] | //div[@data-chart]")
    assert html.xpath("//div[@class='framed']//a[contains(@href, 'gaps.html')]")
    assert "No yearly total" in card(html, 0)


def without_total(built, area: str) -> State:
    """Return a state of which the source prints parts but no total of detected victims."""
    known = facts(built, country)
    totals = {
        key: own for key, own in known.totals.by_indicator.items() if key != (area, "VIC_DETECT")
    }
    return state_of(built, area, totals=Totals(totals))


def test_parts_without_a_total_are_a_grid_with_empty_cells(built):
    html = Page(country.page(without_total(built, "BLZ"))[1]).root
    cells = [cell for row in rows(html, "grid").values() for cell in row]
    assert {"<5", ""} <= set(cells)
    assert headlines(html)["grid"] == "UNODC prints parts of detected victims, but no total"


def test_the_test_and_the_doubts_are_in_the_account_of_the_figure(built, query):
    mexico = about(page(built, "MEX"), "trend")
    assert re.search(
        r"Tested over \d+ years, 2008–2023: a trend is named only where chance rarely", mexico
    )
    assert codelists.labels("remark", "en")["OWN_YEAR"] in mexico
    for area in ("COL", "PER"):  # they rise to the eye, and each has its own reason
        [(p_value, q_value)] = query(
            "select p_value, q_value from published.trend where indicator = 'VIC_DETECT' "
            f"and source = 'int_unodc_glotip' and ref_area = '{area}'"
        )
        text = about(page(built, area), "trend")
        assert f"as clear an order in about {round(100 * p_value)} of 100 cases." in text
        assert f"q = {q_value:.2g}, above 0.05." in text
    assert "Breaks, revisions and doubts." in mexico
    brazil = about(page(built, "BRA"), "trend")
    assert codelists.labels("break_reason", "en")["BRA_LAW_13344_2016"] in brazil


def test_every_doubtful_figure_has_a_reason(query):
    assert query(
        "select count(*) from published.observation where has_status(obs_status, 'U') "
        "and not list_has_any(flags, (select list(code) from codelist.remark "
        "where severity = 'doubt'))"
    ) == [(0,)]


def test_citizenships_are_nationals_first_then_in_the_order_of_the_alphabet(built):
    names = list(rows(page(built, "ARG", "es"), "citizenship"))
    assert names[0] == "Nacionales"
    assert all(a < b for a, b in pairwise(names[1:]) if a.isascii() and b.isascii())
    more = page(built, "ARG", "es").xpath(
        "//div[@id='citizenship']//details[@class='more']//tbody/tr"
    )
    assert len(names) - len(more) == 12


def test_numbers_have_the_decimal_sign_of_the_state(built):
    assert "1,19" not in headlines(page(built, "MEX", "es"))["rates"]
    assert re.search(r"\d\.\d", headlines(page(built, "MEX", "es"))["rates"])
    assert re.search(r"\d,\d", headlines(page(built, "ARG", "es"))["rates"])


def test_the_code_of_an_embedded_figure_has_the_address_of_the_site(built, monkeypatch):
    here = state_of(built)
    assert 'src="/en/country/bra.html?embed=trend"' in country.tabs(here)[0].embed
    there = replace(here, site=replace(here.site, base_url="https://tip.example"))
    assert (
        'src="https://tip.example/en/country/bra.html?embed=trend"' in country.tabs(there)[0].embed
    )


def test_what_one_release_hides_no_other_gives_away(built):
    """Mexico, 2021: what the release before printed is not repeated beside what is hidden now."""
    [known] = re.findall(
        r"Sex and age not recorded · 2021: revised\. ([^.]*\.)",
        about(page(built, "MEX"), "sex_age"),
    )
    assert known.endswith("is not repeated: a small one could be worked out from it.")
    assert not re.search(r"had \d", known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stated_nil_is_named_and_is_no_figure_of_a_year(built, language):
    """Grenada's authorities reported to UNODC that there was none until 2017."""
    html = page(built, "GRD", language)
    words = {
        "en": ("until 2017", "read in a copy"),
        "es": ("hasta 2017", "leída en copia"),
        "pt": ("até 2017", "lida em cópia"),
        "fr": ("jusqu’en 2017", "lue dans une copie"),
    }
    until, read = words[language]
    assert until in sentence(html)
    assert f"0 {until}" in card(html, 0)
    cited, *_ = texts(html, "//p[@class='cite']/span")
    assert not cited.startswith(("To cite", "Para citar", "À citer"))
    assert read in cited
