"""Comparisons have only states with comparable figures, in alphabetical order; rates are exact."""

import re
from html import unescape

import pytest
from country_pages import edition, files
from country_pages import facts as facts_of
from panels import panels, table, words

from pipelines.published.i18n import interface_text
from pipelines.published.site.pages import compare
from schemas import codelists

VICTIMS = "compare/vic_detect-int_unodc_glotip.html"


@pytest.fixture(scope="module")
def facts(built) -> compare.Facts:
    return facts_of(built, compare)


@pytest.fixture
def pages(built) -> dict[str, str]:
    """The text of each file in English, by path below its language."""
    return {path.removeprefix("en/"): text for path, text in files(built, compare).items()}


def test_only_these_are_compared(facts):
    assert [compare.path(family) for family in facts.compared] == [
        "compare/off_recorded-int_unodc_glotip.html",
        "compare/per_contact-int_unodc_glotip.html",
        "compare/per_convict-int_unodc_glotip.html",
        "compare/per_prosec-int_unodc_glotip.html",
        "compare/vic_detect-int_unodc_glotip.html",
        "compare/vic_detect-int_unsd_sdg.html",
        "compare/vic_repatr-int_unodc_glotip.html",
    ]


def test_every_state_with_a_rate_has_a_panel_and_all_have_one_scale(query, facts, pages):
    rows = query(
        "select distinct source, indicator, time_basis, ref_area from published.rate where value "
        "is not null and sex = '_T' and age = '_T' and exploitation = '_T'"
    )
    for family in facts.compared:
        key = (family.source, family.indicator, family.basis)
        found = panels(pages[compare.path(family)], "rates")
        assert {panel.state for panel in found} == {area for *own, area in rows if (*own,) == key}
        assert len({panel.figure["layout"]["yaxis"]["range"][1] for panel in found}) <= 1


def test_known_rates(pages):
    page = pages[VICTIMS]
    rows = table(page, "rates")
    argentina = dict(zip(rows.years, rows.rows["ARG"], strict=True))
    assert argentina[2008] == ("0.46 (0.189–2.21)", "")
    bahamas = dict(zip(rows.years, rows.rows["BHS"], strict=True))
    assert bahamas[2017] == ("s", "")
    assert "s the count is suppressed to protect persons, so there is no rate" in words(page)


def test_the_key_of_rates_is_about_rates_and_that_of_counts_about_figures(pages):
    texts = interface_text.labels("site_text", "en")
    marks = {form: {texts[f"key_{mark}{form}"] for mark in ("observed", "gap")}
             for form in ("", "_rate")}  # fmt: skip
    page = unescape(pages[VICTIMS])
    for anchor, form, other in (("counts", "", "_rate"), ("rates", "_rate", "")):
        key = page.split(f'<figure id="{anchor}">')[1].split("</ul>")[0]
        meanings = set(re.findall(r"<span>([^<]*)</span>", key))
        assert marks[form] <= meanings
        assert marks[other].isdisjoint(meanings)


def test_a_panel_of_rates_names_the_years_without_a_rate_and_the_reason(pages):
    words = {panel.state: panel.words for panel in panels(pages[VICTIMS], "rates")}
    assert words["BHS"].endswith(
        "Without a rate in 15 of 16 years: 2007–2021. The count is suppressed to protect persons, "
        "so there is no rate: 2014, 2017."
    )


def test_a_suppressed_count_never_appears_as_a_rate(pages):
    for panel in panels(pages[VICTIMS], "rates"):
        assert "<" not in panel.last
        assert "Fewer than" not in panel.words


def test_each_state_is_drawn_or_set_aside_with_its_reason(built, facts, pages):
    names = {codelists.labels("area", "en")[area] for area in edition(built).states["en"]}
    for family in facts.compared:
        page = pages[compare.path(family)]
        aside = page.split('class="not-compared"')[1].split("</dl>")[0]
        named = unescape(", ".join(re.findall(r"<dd>(.*?)</dd>", aside))).split(", ")
        drawn = {panel.name for panel in panels(page, "counts")}
        assert drawn.isdisjoint(named)
        assert drawn | set(named) == names


def test_haiti_is_not_compared_and_the_reason_is_named(pages):
    reason = next(
        unescape(reason)
        for reason, names in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", pages[VICTIMS])
        if "Haiti" in names
    )
    assert "Way of collection mixed or not stated; Legal definition not stated" in reason
    assert "US Department of State" in reason


def test_the_list_links_to_each_comparison_and_names_what_is_not_compared(facts, pages):
    page = pages["compare/index.html"]
    listed = re.findall(r'href="[./]*en/(compare/\w+-[\w-]+\.html)"', page)
    assert listed == [compare.path(family) for family in facts.compared]
    assert interface_text.labels("site_text", "en")["compare_one_state"] in unescape(page)


def test_the_list_distinguishes_kinds_of_year(pages):
    page = pages["compare/index.html"].split('id="others"')[1].split("</ul>")[0]
    remarks = re.findall(r'indicator/(\w+)\.html">.*?class="remark">(.*?)</span></li>', page)
    kinds = codelists.labels("time_basis", "en")
    of_victims = [unescape(remark) for code, remark in remarks if code == "vic_detect"]
    assert [kinds["TIPR"] in remark for remark in of_victims] == [False, True]
    assert kinds["CY"] not in unescape(page)


def test_everything_is_shown_and_the_choice_hidden_without_scripts(pages):
    page = pages[VICTIMS]
    assert '<div class="chooser" hidden>' in page
    assert not re.findall(r"<(?:li|tr)[^>]* hidden[^>]* data-state", page)
    boxes = re.findall(r'<input type="checkbox" value="(\w+)" checked>', page)
    assert [box.upper() for box in boxes] == [panel.state for panel in panels(page, "counts")]
