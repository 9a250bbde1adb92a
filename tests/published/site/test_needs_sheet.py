"""Needs sheets: what is known of a state and what is missing, in the order of the warehouse."""

import re

import pytest
from country_pages import files
from parsed_page import Page

from pipelines.published.site.pages import needs
from pipelines.words.language import spans
from schemas import codelists

AREAS = codelists.oas_states()


def sheet(built, area: str, code: str = "en") -> Page:
    return Page(files(built, needs, code)[f"{code}/needs/{area.lower()}.html"])


def test_every_state_has_a_sheet_in_each_language(built):
    for code in codelists.LANGUAGES:
        assert files(built, needs, code).keys() == {
            f"{code}/needs/{area.lower()}.html" for area in AREAS
        }


@pytest.mark.parametrize("code", codelists.LANGUAGES)
def test_steps_are_in_the_order_of_priority(built, query, code):
    names = codelists.labels("need_step", code)
    for area in AREAS:
        steps = query(
            "select need_step from published.need "
            f"where ref_area = '{area}' group by all order by min(priority)"
        )
        heads = [row[0].split(". ", 1)[1] for row in sheet(built, area, code).tables()[0][1:]]
        assert len(heads) == len(steps)
        assert all(head.startswith(names[step]) for head, (step,) in zip(heads, steps, strict=True))


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
    first = sheet(built, "BRA").tables()[0][1]
    assert first[0].startswith("1. Newer years")
    assert first[1] == "".join(expected)  # an item of a list each


def test_what_is_known_is_what_coverage_has(built, query):
    for area in AREAS:
        [(known, newest)] = query(
            "select count(distinct indicator), "
            "max(year) filter (coverage_status <> 'partial') from published.coverage "
            "join codelist.indicator on code = indicator "
            f"where ref_area = '{area}' and core and unit_measure = 'NUMBER' "
            "and coverage_status in ('reported', 'suppressed', 'partial')"
        )
        text = sheet(built, area).text
        if newest:
            ending = f"have a figure; the newest total is of {newest}."
            assert f"{known} of 20 core indicators {ending}" in text
        elif known:
            assert f"{known} of 20 core indicators have a figure, but no yearly total." in text
        else:
            assert "None of 20 core indicators has a figure in this database." in text


def test_a_year_of_some_months_is_named_as_parts_only(built):
    """The investigations of 2026 are our sum of three months."""
    assert "2026: parts only" in sheet(built, "MEX").text


@pytest.mark.parametrize("code", codelists.LANGUAGES)
def test_what_is_known_and_missing_adds_up_to_all_core_indicators(built, code):
    """Chile knows 7 of 20; 7 are to begin, and 6 no state has."""
    found = files(built, needs, code)
    for area in AREAS:
        sheet = Page(found[f"{code}/needs/{area.lower()}.html"])
        calm = [text for _, text in sheet.all("p", **{"class": "calm"})]
        [numbers] = [each for text in calm if len(each := re.findall(r"\b\d+\b", text)) == 4]
        missing, core, begin, unknown = map(int, numbers)
        assert (core, missing) == (20, begin + unknown)
        known = len(re.findall("<li><span>", sheet.text.split('id="treaties"')[0]))
        assert known + missing == core


def test_a_year_that_another_source_has_stands_apart_and_is_asked_for(built):
    """UNODC is cited for Chile until 2021; the US Department of State has 2022, nobody 2023."""
    items = [text for _, text in sheet(built, "CHL").all("li")]
    lines = [text for text in items if "detected victims" in text.lower()]
    assert lines[:2] == [
        "Detected victims 2008, 2010–2021; 2022: not to cite",
        "detected victims 2022–2023",
    ]


@pytest.mark.parametrize(
    ("area", "line"),
    [
        ("BRA", "Investigations 2016: doubtful"),
        ("BRA", "Detected victims 2015–2022; 2023: doubtful; 2009–2012: parts only"),
        ("HTI", "Persons convicted 2017; 2019: doubtful"),
    ],
)
def test_a_year_whose_every_figure_is_doubtful_is_marked(built, area, line):
    items = [text for _, text in sheet(built, area).all("li")]
    assert any(item.startswith(line) for item in items), items
