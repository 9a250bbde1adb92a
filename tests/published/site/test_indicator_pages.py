"""The pages of the indicators say what the warehouse holds, for each state, in four languages."""

import re
from html import unescape

import duckdb
import pytest
from panels import faults, panels, table, words

from pipelines.published.i18n import interface_text
from pipelines.published.site.figures import context
from pipelines.published.site.pages import indicator
from schemas import codelists

UNODC = "int_unodc_glotip"


@pytest.fixture(scope="module")
def warehouse(built):
    with duckdb.connect(built, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def site(warehouse):
    return context.read(warehouse)


@pytest.fixture(scope="module")
def facts(warehouse):
    return indicator.read(warehouse)


@pytest.fixture(scope="module")
def pages(site, facts):
    """The text of each file by its path."""
    return {
        path: text
        for language in site.languages
        for path, text in indicator.files(site, facts, language)
    }


def truth(warehouse, alphabet: list[str], source: str, code: str, basis: str = "CY"):
    """The totals by state, in that alphabet; None is suppressed."""
    rows = warehouse.execute(
        "select ref_area, year, value from published.headline"
        " where source = ? and indicator = ? and time_basis = ?",
        [source, code, basis],
    ).fetchall()
    known = {area: {} for area in alphabet}
    for area, year, value in rows:
        if area in known:
            known[area][year] = value
    return {area: figures for area, figures in known.items() if figures}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
@pytest.mark.parametrize(
    "code", ["VIC_DETECT", "OFF_RECORDED", "PER_CONTACT", "PER_PROSEC", "PER_CONVICT"]
)
def test_panels_and_table_of_every_state_are_the_warehouse(warehouse, site, pages, code, language):
    known = truth(warehouse, site.states[language], UNODC, code)
    page = pages[f"{language}/indicator/{code.lower()}.html"]
    assert faults(page, UNODC, known) == []
    assert {panel.state for panel in panels(page, UNODC)} == known.keys()
    assert len(known) >= 28


def test_known_figures(pages):
    page = pages["en/indicator/vic_detect.html"]
    argentina = next(p for p in panels(page, UNODC) if p.state == "ARG")
    assert argentina.last == "1\u202f186 (2022)"
    rows = table(page, UNODC)
    of = {year: dict(zip(rows.years, cells, strict=True))[year]
          for year, cells in ((2019, rows.rows["ARG"]), (2017, rows.rows["BHS"]),
                              (2008, rows.rows["ARG"]), (2007, rows.rows["ARG"]))}  # fmt: skip
    assert of == {2019: ("1590", ""), 2017: ("<5", ""), 2008: ("186", ""), 2007: ("–", "")}
    said = words(page)
    assert "States with a national figure in the sources read here: 32 of 35 (2005–2022)." in said
    silent = "Dominica, Grenada, Haiti, St. Kitts & Nevis"
    assert f"No yearly total of this kind in this source: {silent}" in said


# The saboteurs ------------------------------------------------------------------------------


def swapped(page: str) -> str:
    """Two states change places."""
    first, second = re.findall(r'<li id="int_unodc_glotip-\w+".*?</li>', page, re.S)[2:4]
    return page.replace(first, "@").replace(second, first).replace("@", second)


def ranked(page: str) -> str:
    """The state with most victims comes first."""
    items = re.findall(r'<li id="int_unodc_glotip-\w+".*?</li>', page, re.S)
    most = next(item for item in items if 'data-state="usa"' in item)
    return page.replace(most, "").replace(items[0], most + items[0])


def bridged(page: str) -> str:
    return page.replace('"connectgaps":false', '"connectgaps":true')


def gap_filled(page: str) -> str:
    return page.replace('"y":[36.0,270.0,58.0,24.0,null,', '"y":[36.0,270.0,58.0,24.0,0.0,')


def suppressed_as_number(page: str) -> str:
    return page.replace('<td class="suppressed">&lt;5', '<td class="suppressed">3', 1)


def suppressed_drawn_lower(page: str) -> str:
    return page.replace('"meta":"suppressed","x":[2014,2017],"y":[4,4]',
                        '"meta":"suppressed","x":[2014,2017],"y":[2,4]')  # fmt: skip


def cut_axis(page: str) -> str:
    return page.replace('"yaxis":{"range":[0,', '"yaxis":{"range":[20,', 1)


@pytest.mark.parametrize(
    "sabotage",
    [swapped, ranked, bridged, gap_filled, suppressed_as_number, suppressed_drawn_lower, cut_axis],
)
def test_the_saboteur_is_caught(warehouse, site, pages, sabotage):
    page = pages["en/indicator/vic_detect.html"]
    spoilt = sabotage(page)
    assert spoilt != page
    known = truth(warehouse, site.states["en"], UNODC, "VIC_DETECT")
    assert faults(spoilt, UNODC, known) != []


# What is on the pages -----------------------------------------------------------------------


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_indicator_has_a_page_and_stands_in_the_list_once(pages, language):
    listed = re.findall(r'indicator/(\w+)\.html">', pages[f"{language}/indicator/index.html"])
    assert sorted(code.upper() for code in listed if code != "index") == sorted(
        codelists.codes("indicator")
    )
    for code in codelists.codes("indicator"):
        name = codelists.labels("indicator", language)[code]
        assert f"<h1>{name}</h1>" in unescape(pages[f"{language}/indicator/{code.lower()}.html"])


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_states_stand_in_the_alphabet_of_the_language(pages, language):
    names = [p.name for p in panels(pages[f"{language}/indicator/vic_detect.html"], UNODC)]
    plain = str.maketrans("éÉèêáíóúâãçñô", "eEeeaiouaacno")
    assert names == sorted(names, key=lambda name: name.translate(plain).lower())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No source read here has a figure of this indicator; a state may publish one"),
        ("es", "Ninguna fuente leída aquí tiene cifras de este indicador; un Estado puede"),
        ("pt", "Nenhuma fonte lida aqui tem números deste indicador; um Estado pode"),
        ("fr", "Aucune source lue ici n’a de chiffre pour cet indicateur\u202f; un État"),
    ],
)
def test_an_indicator_that_nobody_reports_says_so_and_has_no_empty_axes(pages, language, said):
    page = pages[f"{language}/indicator/vic_ident.html"]
    text = words(page.replace("\u202f", "~")).replace("~", "\u202f")
    assert said in text
    assert interface_text.labels("site_text", language)["empty_meaning"] in text
    assert 'class="chart"' not in page
    assert "<table" not in page


def test_figures_of_parts_only_are_no_national_figure(pages):
    said = words(pages["en/indicator/inc_recorded.html"])
    assert "No national figure; figures of parts only" in said
    assert "No source read here" not in said


def test_repatriated_victims_have_their_totals_though_they_stand_elsewhere(warehouse, pages):
    rows = table(pages["en/indicator/vic_repatr.html"], UNODC)
    argentina = dict(zip(rows.years, rows.rows["ARG"], strict=True))
    assert [argentina[year][0] for year in (2017, 2018, 2019, 2020)] == ["5", "<5", "<5", "10"]
    assert argentina[2017][1] == "", "the break of 2017 has no total before it"


def test_sums_of_subdivisions_are_said_to_be_ours(pages):
    said = words(pages["en/indicator/vic_recorded.html"])
    assert said.count("each figure here is the sum that tipstat made") == 1
    rows = table(pages["en/indicator/vic_recorded.html"], "mex_sesnsp")
    assert rows.rows.keys() == {"MEX"}


def test_the_states_counted_are_those_of_the_families(facts):
    for code, row in facts.indicators.items():
        families = facts.families.get(code, [])
        cumulative = {"CUM", "OTHER", "UNK"}
        known = {a for f in families if f.basis not in cumulative for a in f.known()}
        if code not in facts.treaties:
            assert len(known) == row["states"], code


def test_figures_that_do_not_compare_are_in_the_table_and_not_drawn(pages):
    page = pages["en/indicator/inv_opened.html"]
    assert [panel.state for panel in panels(page, "usa_tip_report")][:3] == ["ARG", "BRA", "PRY"]
    assert "Legal definition not stated or of something else Antigua & Barbuda, Belize" in words(
        page
    )
    assert table(page, "usa_tip_report").rows["DOM"][6] == ("withheld", "")


def test_a_kind_of_year_is_a_family_of_its_own(pages):
    page = pages["en/indicator/vic_detect.html"]
    assert 'id="usa_tip_report-tipr"' in page
    assert "Reporting period of the US Trafficking in Persons Report" in words(page)


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_panels_are_spoken_of_only_where_there_are_any(pages, language):
    said = interface_text.labels("site_text", language)
    page = unescape(pages[f"{language}/indicator/per_prosec.html"])
    for anchor, is_drawn in ((UNODC, True), ("usa_tip_report-tipr", False)):
        own = page.split(f'<figure id="{anchor}">')[1].split("</figure>")[0]
        assert ('class="panels"' in own) is is_drawn
        assert (said["multiples_counts_scale"] in own) is is_drawn
        assert (said["multiples_drawn"] in own) is is_drawn


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Persons prosecuted: figures that compare over time, except across a break; "
         "states: 0 of 35"),
        ("es", "Personas procesadas: cifras comparables en el tiempo, salvo entre los dos lados "
         "de una ruptura; Estados: 0 de 35"),
        ("pt", "Pessoas processadas: números comparáveis no tempo, exceto entre os dois lados de "
         "uma quebra; Estados: 0 de 35"),
        ("fr", "Personnes poursuivies\u202f: chiffres comparables dans le temps, sauf de part et "
         "d’autre d’une rupture\u202f; États\u202f: 0 sur 35"),
    ],
)  # fmt: skip
def test_a_headline_counts_the_states_in_words_that_fit_any_number(pages, language, said):
    page = unescape(pages[f"{language}/indicator/per_prosec.html"])
    assert f'id="usa_tip_report-tipr-headline">{said}</p>' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ", per 100,000 population ·"),
        ("es", ", por cada 100\u202f000 habitantes ·"),
        ("pt", ", por 100 mil habitantes ·"),
        ("fr", ", pour 100\u202f000 habitants ·"),
    ],
)
def test_the_measure_of_a_rate_stands_within_its_subtitle(pages, language, said):
    assert said in unescape(pages[f"{language}/indicator/inc_recorded_rate.html"])


def test_no_regional_total(pages):
    """Nothing on the page is the sum of a year over the states."""
    page = pages["en/indicator/vic_detect.html"]
    rows = table(page, UNODC)
    for at in range(len(rows.years)):
        total = sum(int(cells[at][0]) for cells in rows.rows.values() if cells[at][0].isdigit())
        assert f"{total:,}".replace(",", "\u202f") not in page


# Treaties -----------------------------------------------------------------------------------


def treaty(page: str) -> dict[str, str]:
    found = re.findall(r'<tr id="(\w+)"><th scope="row"><a[^>]*>.*?</th><td>(.*?)</td>', page)
    return {area.upper(): since for area, since in found}


def test_a_treaty_is_a_table_of_dates_and_no_chart(pages):
    page = pages["en/indicator/pol_protocol.html"]
    since = treaty(page)
    assert len(since) == 35
    assert since["ARG"] == "19 November 2002"
    assert since["KNA"] == "no date in the source"
    assert "States that are parties, as far as the source has a date: 34 of 35." in words(page)
    assert 'class="chart"' not in page


def test_a_date_before_the_first_year_of_the_data_is_the_date_of_the_source(pages):
    assert treaty(pages["es/indicator/pol_ilo_c029.html"])["ARG"] == "14 de marzo de 1950"


def test_dates_of_treaties_agree_with_the_flags(warehouse, pages):
    """The year of each date is the first of the flags that are 1, unless they begin with it."""
    flags = warehouse.execute(
        "select indicator, ref_area, min(year) filter (value = 1), min(year)"
        " from published.headline where indicator like 'POL_%' group by all"
    ).fetchall()
    assert len(flags) == 175
    for code, area, first, begin in flags:
        since = treaty(pages[f"en/indicator/{code.lower()}.html"])[area]
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


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_page_says_that_detected_is_not_prevalence(pages, language):
    said = interface_text.labels("site_text", language)["not_prevalence"]
    own = [text for path, text in pages.items()
           if path.startswith(f"{language}/") and path.endswith(".html")]  # fmt: skip
    assert len(own) == len(codelists.codes("indicator")) + 1
    for page in own:
        assert said in unescape(page)


def test_a_page_is_light(pages):
    heaviest = max(len(text.encode()) for path, text in pages.items() if path.endswith(".html"))
    assert heaviest < 250_000
