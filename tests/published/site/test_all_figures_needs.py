"""Needs of a state on its page: what is known, and what is missing first."""

import re

import pytest
from all_figures_pages import page
from lxml.html import HtmlElement

from pipelines.words.language import spans
from schemas import codelists

AREAS = codelists.oas_states()


def section(built, area: str, anchor: str, code: str = "en") -> HtmlElement:
    """Return a section of a state's page by the id of its heading."""
    [found] = page(built, area, code).root.xpath(f"//section[h2/@id='{anchor}']")
    return found


def texts(within: HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in within.xpath(path)]


def test_steps_are_in_the_order_of_priority(built, query):
    code = "fr"
    names = codelists.labels("need_step", code)
    for area in AREAS:
        steps = query(
            "select need_step from published.need "
            f"where ref_area = '{area}' group by all order by min(priority)"
        )
        heads = texts(section(built, area, "needs", code), ".//tbody//th/b")
        heads = [head.split(". ", 1)[1] for head in heads]
        assert len(heads) == len(steps)
        assert all(head == names[step] for head, (step,) in zip(heads, steps, strict=True))


def test_the_years_of_a_need_are_those_of_the_view(built, query):
    phrases = {
        "PER_PROSEC": "persons prosecuted",
        "PER_CONVICT": "persons convicted",
        "INV_OPENED": "investigations",
    }
    rows = query(
        "select indicator, periods from published.need "
        "where ref_area = 'BRA' and need = 'UPDATE' order by priority"
    )
    expected = [f"{phrases[code]} {spans(map(int, years))}" for code, years in rows]
    first = section(built, "BRA", "needs").xpath(".//tbody/tr")[0]
    assert texts(first, "th/b") == ["1. Newer years"]
    assert texts(first, ".//li") == expected


def test_what_is_known_is_what_coverage_has(built, query):
    for area in AREAS:
        [(known, newest)] = query(
            "select count(distinct indicator), "
            "max(year) filter (coverage_status <> 'partial') from published.coverage "
            "join codelist.indicator on code = indicator "
            f"where ref_area = '{area}' and core and unit_measure = 'NUMBER' "
            "and coverage_status in ('reported', 'suppressed', 'partial')"
        )
        text = section(built, area, "needs").text_content()
        if newest:
            ending = f"have a figure; the newest total is of {newest}."
            assert f"{known} of 9 core indicators {ending}" in text
        elif known:
            assert f"{known} of 9 core indicators have a figure, but no yearly total." in text
        else:
            assert "None of 9 core indicators has a figure in this database." in text


def test_what_is_known_and_missing_adds_up_to_all_core_indicators(built):
    """Chile knows 7 of 20; 7 are to begin, and 6 no state has."""
    for area in AREAS:
        needs = section(built, area, "needs", "es")
        calm = texts(needs, "p[@class='calm']")
        [numbers] = [each for text in calm if len(each := re.findall(r"\b\d+\b", text)) == 4]
        missing, core, begin, unknown = map(int, numbers)
        assert (core, missing) == (9, begin + unknown)
        assert len(needs.xpath("details//li")) + missing == core


def test_a_year_that_another_source_has_stands_apart_and_is_asked_for(built):
    """UNODC is cited for Chile until 2021; the US Department of State has 2022, nobody 2023."""
    items = texts(section(built, "CHL", "needs"), ".//li")
    lines = [text for text in items if "detected victims" in text.lower()]
    assert lines[:2] == [
        "Detected victims 2008, 2010–2021; 2022: not to cite",
        "detected victims 2022–2023",
    ]


@pytest.mark.parametrize(
    ("area", "line"),
    [
        ("BRA", "Detected victims 2015–2022; 2023: doubtful; 2009–2012: parts only"),
        ("HTI", "Persons convicted 2017; 2019: doubtful"),
    ],
)
def test_a_year_whose_every_figure_is_doubtful_is_marked(built, area, line):
    items = texts(section(built, area, "needs"), ".//li")
    assert any(item.startswith(line) for item in items), items
