"""A state's page: what it says and draws is what the warehouse has, and nothing more."""

import json
import re
from dataclasses import replace

import pytest
from country_pages import facts, files, speaker, spoken
from parsed_page import Page
from state_pages import (
    BLOCKS,
    SPACE,
    STATES,
    figures,
    page,
    remarks,
    rows,
    sentence,
    words,
)

from pipelines.published.site.pages import country
from pipelines.warehouse import remarks as known_remarks

WITHOUT_ANY_FIGURE = ("DMA", "KNA", "GRD")
LANGUAGES = ("en", "fr")
"""Their words differ most in length; pages are made alike in each."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_that_of_the_warehouse(built, query, language):
    said = query(
        "select area, question, text from published.sentence "
        f"where area <> 'AMERICAS' and language = '{language}'"
    )
    assert {area for area, _, _ in said} == {*STATES}
    for area, question, text in said:
        html = page(built, area, language)
        if question in BLOCKS:
            assert sentence(html, BLOCKS[question]) == text, (area, question)
        else:  # evidence, newer elsewhere, the first ask
            block = "justice" if question in ("NEED", "RECOMMENDED") else "happened"
            assert text in words(html, block), (area, question)
        if question == "HAPPENED":
            assert html.xpath("//meta[@name='description']/@content") == [text]


def test_a_page_has_the_remarks_of_the_newest_figures(built, connection, query):
    """Those that stand beside a figure in workbook and JSON; the newer one has its own sentence.

    What a sentence says is not said again: a newer figure of police or prosecution with which it
    begins, that there is no source, and that no total is newer where another figure is.
    """
    begins = query("select area from published.answer where indicator = 'VIC_RECORDED'")
    known = known_remarks.of_last(connection)
    newer = {
        area: said.form
        for (area, question, _), said in facts(built).sentences.items()
        if question == "OTHER_NEWEST"
    }
    for area in STATES:
        html = page(built, area)
        of = {
            indicator: [
                row["remark"] for row in known_remarks.shown(known.get((area, indicator), []))
            ]
            for indicator in ("VIC_DETECT", "PER_PROSEC", "PER_CONVICT")
        }
        expected = {*of["VIC_DETECT"], newer.get(area)} - {None, "NO_SOURCE"}
        if (area,) in begins:
            expected.discard("RECORDED_NEWER")
        if area in newer:
            expected.discard("LATE")
        assert {*remarks(html, "happened")} == expected, area
        of_justice = {*of["PER_PROSEC"], *of["PER_CONVICT"]} - {"NO_SOURCE"}
        assert {*remarks(html, "justice")} == of_justice, area


@pytest.mark.parametrize("area", WITHOUT_ANY_FIGURE)
def test_a_state_without_a_figure_says_so_in_sentences(built, area):
    html = page(built, area)
    assert not {"happened", "who", "justice"} & {*figures(built, area)}
    assert html.xpath("//div[@class='blocks few']")
    for block in BLOCKS.values():
        assert sentence(html, block)
    assert html.xpath("//section[@id='justice']//*[@class='ask']/p")
    assert html.xpath(f"//nav[@class='onward']/a[@href='{area.lower()}-figures.html#needs']")


def test_forms_that_exceed_the_total_are_told_and_not_drawn(built):
    assert "732" in words(page(built, "BRA"), "who")
    assert "Forced labour" not in str(figures(built, "BRA")["who"])


def test_two_figures_of_one_year_stand_with_a_reason(built, query):
    """Each that is further off than a tenth, and only these, the newest in sight."""
    expected = query(
        "select ref_area, year, value, preference from published.point other "
        "where drawn_as = 'OTHER' and indicator = 'VIC_DETECT' "
        "and exists (from published.point own "
        "where own.drawn_as = 'SERIES' and own.ref_area = other.ref_area "
        "and own.indicator = other.indicator and own.year = other.year) order by all"
    )
    assert len(expected) > 30
    squares = [
        (area, trace["x"][0], trace["y"][0])
        for area in STATES
        for trace in figures(built, area).get("happened", {"data": []})["data"]
        if trace.get("marker", {}).get("symbol") == "square"
        and trace["marker"]["line"]["color"] == "--warm"
    ]
    assert {(area, year, value) for area, year, value, _ in expected} <= {*squares}
    for area, year, value, _ in expected:
        text = page(built, area).xpath("string(//section[@id='happened'])").replace(SPACE, "")
        assert str(year) in text
        assert f"{value:g}" in text


@pytest.mark.parametrize(
    ("area", "anchor", "first", "second", "other"),
    [
        ("USA", "justice", 310, 1656, "int_reported"),
        ("MEX", "who", 115, 744, "usa_tip_report"),
    ],
)
def test_figures_that_disagree_stand_with_both_sources(built, area, anchor, first, second, other):
    """Persons prosecuted; and the year of groups, which the first block does not name."""
    text = words(page(built, area), anchor).replace(SPACE, "")
    own, other = (spoken(built).short_name(each) for each in ("int_unodc_glotip", other))
    assert re.search(f"{first}[^.]*{own}[^.]*{second}[^.]*{other}", text)


def test_a_remark_has_one_colon_at_most(built):
    """Also behind the name of what it is about."""
    found = [
        (area, each.get("data-remark"), each.text_content())
        for area in STATES
        for each in page(built, area).xpath("//span[@data-remark]")
    ]
    assert len(found) > 100
    assert [each for each in found if each[2].count(":") > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_line_is_that_of_its_chart_or_names_the_block_that_has_it(built, language):
    for area in STATES:
        html = page(built, area, language)
        lines = {
            block.get("id"): block.xpath("string(p[@class='source'])")
            for block in html.xpath("//section[@class='block']")
        }
        known = list(lines.values())
        for anchor, chart in json.loads(html.xpath("string(//*[@id='drawn'])"))["charts"].items():
            line = lines[anchor]
            if block := re.fullmatch(r"\w+\s?: [\w ]+ (\d)(\s?;.*)?\.", line):
                line = f"{known[int(block[1]) - 1].removesuffix('.')}{block[2] or ''}."
            assert line == chart["source"], (area, anchor)


def test_the_source_lines_name_every_source_that_is_drawn(built):
    """Also where the sentence has the newest figure of another source than the series."""
    known, questions = facts(built), {"HAPPENED": "happened", "WHO": "who", "JUSTICE": "justice"}
    sentences = dict(known.sentences)
    for question in questions:
        key = ("PRY", question, "en")
        sentences[key] = replace(sentences[key], origins=(("pry_ine", "2023-10-31"),))
    made = country.files(spoken(built), replace(known, sentences=sentences), speaker(built))
    html = Page(dict(made)["en/country/pry.html"]).root
    for anchor in questions.values():
        [line] = html.xpath(f"//section[@id='{anchor}']/p[@class='source']")
        assert re.search(r"INE.*; UNODC|as in 1", line.text_content()), anchor


STRUCK = {
    "en": ("read in a copy", "testable", "no clear change", "verdict", "contradicted"),
    "es": ("leída en copia", "sin cambio claro", "veredicto", "contradicha"),
    "pt": ("lida em cópia", "sem mudança clara", "veredicto", "contradito"),
    "fr": ("lue dans une copie", "pas de changement net", "verdict", "contredit"),
}


@pytest.mark.parametrize("language", STRUCK)
def test_no_page_has_a_word_that_was_struck_out(built, language):
    for area in STATES:
        text = page(built, area, language).text_content().lower()
        assert not [word for word in STRUCK[language] if word in text], area


def test_every_doubtful_figure_has_a_reason(query):
    assert query(
        "select count(*) from published.observation where has_status(obs_status, 'U') "
        "and not list_has_any(flags, (select list(code) from codelist.remark "
        "where severity = 'doubt'))"
    ) == [(0,)]


def test_a_stated_nil_is_named_and_is_no_figure_of_a_year(built):
    """Grenada's authorities reported to UNODC that there was none until 2017."""
    html = page(built, "GRD")
    assert "2017" in sentence(html, "happened")
    assert rows(html, "happened") == []


def test_a_page_weighs_little(built):
    """60 KB at most: it opens on a phone while one waits."""
    for language in LANGUAGES:
        for path, text in files(built, country, language).items():
            if path.endswith(".html"):
                assert len(text.encode()) < 60_000, path
