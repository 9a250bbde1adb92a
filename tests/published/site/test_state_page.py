"""A state's page: what it says and draws is what the warehouse has, and nothing more."""

import json
import re

import pytest
from country_pages import facts, files
from state_pages import (
    BLOCKS,
    LANGUAGES,
    SPACE,
    STATES,
    figures,
    page,
    remarks,
    rows,
    sentence,
    words,
)

from pipelines.published.charts.drawing import PALETTE
from pipelines.published.site.pages import country
from pipelines.warehouse import remarks as known_remarks
from pipelines.words.disclosure import bounds

WITHOUT_ANY_FIGURE = ("DMA", "KNA", "GRD")


def numbers(text: str) -> set[float]:
    """Return the numbers of a text without its years; `2021/22` is a year."""
    text = re.sub(r"\b(19|20)\d\d(/\d\d)?\b", " ", text.replace(SPACE, ""))
    return {float(each) for each in re.findall(r"\d+(?:\.\d+)?", text)}


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
            block = "justice" if question == "NEED" else "happened"
            assert text in words(html, block), (area, question)
        if question == "HAPPENED":
            assert html.xpath("//meta[@name='description']/@content") == [text]


def test_every_number_of_a_sentence_stands_in_the_table_of_its_block(built, query):
    """But for levels, which are medians of the table, and counts of other states."""
    shown = {"HAPPENED": ("newest", "extreme_value"), "JUSTICE": ("prosecuted", "convicted"),
             "WHO": ("person_figure", "form_figure", "citizenship_figure")}  # fmt: skip
    answers = query(
        "select area, question, args from published.answer "
        "where area <> 'AMERICAS' and question in ('HAPPENED', 'WHO', 'JUSTICE')"
    )
    checked = 0
    for area, question, args in answers:
        cells = {cell for _, own in rows(page(built, area), BLOCKS[question]) for cell in own}
        for name in shown[question]:
            figure = json.loads(args).get(name) or {}
            value = figure.get("value", figure.get("number"))
            if value is not None:
                checked += 1
                assert f"{value:g}" in cells, (area, question, name)
    assert checked > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_the_remarks_of_the_newest_figures(built, connection, language):
    """Those that stand beside a figure in workbook and JSON; the newer one has its own sentence."""
    known = known_remarks.of_last(connection)
    newer = {area for area, question, _ in facts(built).sentences if question == "OTHER_NEWEST"}
    for area in STATES:
        html = page(built, area, language)
        of = {
            indicator: [
                row["remark"] for row in known_remarks.shown(known.get((area, indicator), []))
            ]
            for indicator in ("VIC_DETECT", "PER_PROSEC", "PER_CONVICT")
        }
        expected = [
            code for code in of["VIC_DETECT"] if area not in newer or not code.startswith("NEWER_")
        ]
        assert remarks(html, "happened") == expected, area
        assert {*remarks(html, "justice")} == {*of["PER_PROSEC"], *of["PER_CONVICT"]}, area


@pytest.mark.parametrize("area", WITHOUT_ANY_FIGURE)
def test_a_state_without_a_figure_says_so_in_sentences(built, area):
    html = page(built, area)
    assert not {"happened", "who", "justice"} & {*figures(built, area)}
    assert html.xpath("//div[@class='blocks few']")
    for block in BLOCKS.values():
        assert sentence(html, block)
    assert html.xpath("//section[@id='justice']//*[@class='ask']/p")
    assert html.xpath(f"//nav[@class='onward']/a[@href='{area.lower()}-figures.html#needs']")


def test_no_line_crosses_a_gap_a_break_or_a_suppressed_figure(built, query):
    points = {
        (area, indicator, year): (value, is_break)
        for area, indicator, year, value, is_break in query(
            "select ref_area, indicator, year, value, is_break from published.point "
            "where role in ('SERIES', 'DOUBTED', 'NEWEST', 'NEWER') and of_indicator = indicator"
        )
    }
    drawn = 0
    for area in STATES:
        for trace in figures(built, area).get("happened", {"data": []})["data"]:
            if trace.get("mode") != "lines":
                continue
            (before, after), ends = trace["x"], trace["y"]
            drawn += 1
            assert after == before + 1
            assert not points[area, "VIC_DETECT", after][1]
            assert [points[area, "VIC_DETECT", year][0] for year in (before, after)] == ends
    assert drawn > 200


def test_a_suppressed_figure_is_a_bar_over_all_that_it_may_be(built, query):
    hidden = {
        (area, year): bounds(lower, upper)
        for area, year, lower, upper in query(
            "select ref_area, year, lower, upper from published.point "
            "where role = 'SERIES' and indicator = 'VIC_DETECT' and value is null"
        )
    }
    found = {
        (area, trace["x"][0]): (trace["base"][0], trace["base"][0] + trace["y"][0])
        for area in STATES
        for trace in figures(built, area).get("happened", {"data": []})["data"]
        if trace["type"] == "bar"
    }
    assert found == hidden
    assert len(found) > 20


def test_no_bar_of_a_group_is_longer_than_what_is_known(built, query):
    """Nor is a way of dividing drawn that adds up to more than its total, or tells too little."""
    states = {
        (area, facet): shown
        for area, facet, shown in query(
            "select distinct ref_area, facet, shown from published.victim_group"
        )
    }
    known = query(
        "select ref_area, value / total_upper, upper / total_upper from published.victim_group "
        "where shown = 'DRAWN' and place <= 5"
    )
    lengths = {(area, round(100 * (value or 0), 6)) for area, value, _ in known}
    hidden = {
        (area, round(100 * min(1, top or 1), 6)) for area, value, top in known if value is None
    }
    for area in STATES:
        for trace in figures(built, area).get("who", {"data": []})["data"]:
            length = (area, round(trace["x"][0], 6))
            is_outlined = trace["marker"]["color"] == "--paper"
            assert length in (lengths | hidden if is_outlined else lengths), (area, trace)
    assert set(states.values()) == {"DRAWN", "UNTOLD", "EXCEEDS"}
    assert states["BRA", "form"] == "EXCEEDS"
    assert "732" in words(page(built, "BRA"), "who")
    assert not any("Forced labour" in str(trace) for trace in figures(built, "BRA")["who"]["data"])


def test_two_figures_of_one_year_stand_with_a_reason(built, query):
    """Each that is further off than a tenth, and only these, the newest in sight."""
    expected = query(
        "select ref_area, year, value, preference from published.point other "
        "where role = 'OTHER' and indicator = 'VIC_DETECT' and exists (from published.point own "
        "where own.role = 'SERIES' and own.ref_area = other.ref_area "
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


def test_the_dots_of_the_neighbours_fit_and_add_up(built, query):
    answers = query("select area, form, args from published.answer where question = 'NEIGHBOURS'")
    for area, form, args in answers:
        figure = figures(built, area)["neighbours"]
        dots = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
        highest = max(x for trace in dots for x in trace["x"])
        assert highest * 1.3 <= figure["layout"]["xaxis"]["range"][1] * 1.001
        solid = sum(fill != "--paper" for trace in dots for fill in trace["marker"]["color"])
        if form == "COMPARED":
            told = json.loads(args)
            assert told["above"] + told["below"] + told["level"] == solid - 1, area


def test_figures_hold_names_of_the_palette_alone(built):
    names = {f"--{name}" for name in PALETTE}
    for area in STATES:
        text = json.dumps(figures(built, area))
        assert not re.search(r'"(#[0-9a-fA-F]{3,8}|rgba?\(|[a-z]+gr[ae]y)"', text), area
        assert {*re.findall(r'"(--[\w-]+)"', text)} <= names


def test_numbers_have_the_decimal_sign_of_the_state(built):
    assert "," not in sentence(page(built, "MEX", "es"), "neighbours").split("por")[0]
    assert re.search(r"\d,\d", sentence(page(built, "ARG", "es"), "neighbours"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_word_that_was_struck_out(built, language):
    struck = {
        "en": ("read in a copy", "testable", "no clear change", "verdict", "contradicted"),
        "es": ("leída en copia", "sin cambio claro", "veredicto", "contradicha"),
        "pt": ("lida em cópia", "sem mudança clara", "veredicto", "contradito"),
        "fr": ("lue dans une copie", "pas de changement net", "verdict", "contredit"),
    }
    for area in STATES:
        text = page(built, area, language).text_content().lower()
        assert not [word for word in struck[language] if word in text], area


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
