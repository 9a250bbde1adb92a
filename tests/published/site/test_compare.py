"""Comparisons have only states with comparable figures, in alphabetical order; rates are exact."""

import re
from html import unescape

import pytest
from country_pages import edition, files
from country_pages import facts as facts_of
from drawn import drawn_bars, drawn_figures, lines
from panels import faults, panels, table, words

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


def counts(query, alphabet: list[str], family) -> dict[str, dict[int, float | None]]:
    """Return the comparable figures, by state in that order; None is suppressed."""
    rows = query(
        f"""
        select ref_area, headline.year, value
        from published.headline
        join published.comparability as level using (
            source, release, ref_area, indicator, time_basis, time_period
        )
        where
            {of(family)}
            and (comparability <= '2' or contains(comparability_reason, 'UNRELIABLE'))
            and is_headline(
                level.freq, level.sex, level.age, level.exploitation, level.citizenship,
                level.counterpart_role, level.breakdown
            )
        """
    )
    known = {area: {} for area in alphabet}
    for area, year, value in rows:
        if area in known:
            known[area][year] = value
    return {area: figures for area, figures in known.items() if figures}


def of(family) -> str:
    return (
        f"source = '{family.source}' and indicator = '{family.indicator}' "
        f"and time_basis = '{family.basis}'"
    )


def rates(query, family) -> dict[str, dict[int, tuple[float, float, float]]]:
    rows = query(
        "select ref_area, time_period::integer, value, dispersed_lower, dispersed_upper "
        f"from published.rate where {of(family)} and value is not null "
        "and sex = '_T' and age = '_T' and exploitation = '_T'"
    )
    found = {}
    for area, year, *rate in rows:
        found.setdefault(area, {})[year] = tuple(rate)
    return found


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


@pytest.mark.parametrize("language", ["en", "es"])
def test_counts_in_panels_and_table_are_the_warehouse_in_the_alphabet(
    built, query, facts, language
):
    pages = files(built, compare, language)
    for family in facts.compared:
        if family.indicator != "VIC_REPATR":  # another view has its totals
            known = counts(query, edition(built).states[language], family)
            page = pages[f"{language}/{compare.path(family)}"]
            assert faults(page, "counts", known) == [], family
            assert [panel.state for panel in panels(page, "counts")] == list(known)


def rate_faults(page: str, family, known) -> list[str]:
    """Return the differences between the panels of rates and the warehouse."""
    found = []
    hidden = {
        area: {point.year for point in each.points if point.kind == "suppressed"}
        for area, each in family.series.items()
    }
    tops = set()
    for panel in panels(page, "rates"):
        own = known[panel.state]
        drawn = drawn_figures(panel.figure)
        if drawn != {year: float(f"{rate[0]:.3g}") for year, rate in own.items()}:
            found.append(f"{panel.name}: draws {drawn}")
        found += [f"{panel.name}: a bar" for _ in drawn_bars(panel.figure)]
        for trace in lines(panel.figure):
            for at, (year, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
                if value is None or "error_y" not in trace:
                    continue
                rate, lower, upper = own.get(year, (0, 0, 0))
                up, down = (trace["error_y"][side][at] for side in ("array", "arrayminus"))
                ends = (rate + (up or 0), rate - (down or 0))
                if ends != pytest.approx((upper, lower)):
                    found.append(f"{panel.name} {year}: interval")
        shaded = {round(s["x1"]) for s in panel.figure["layout"]["shapes"] if s["type"] == "rect"}
        if shaded != hidden[panel.state]:
            found.append(f"{panel.name}: shaded {shaded}")
        tops.add(panel.figure["layout"]["yaxis"]["range"][1])
    return found + ([] if len(tops) <= 1 else [f"scales: {tops}"])


def test_rates_and_their_intervals_are_the_warehouse_on_one_scale(query, facts, pages):
    for family in facts.compared:
        page = pages[compare.path(family)]
        known = rates(query, family)
        assert rate_faults(page, family, known) == [], family
        assert {panel.state for panel in panels(page, "rates")} == known.keys()


def own_scale(page: str) -> str:
    at = page.index('"rates-arg":')
    return page[:at] + page[at:].replace('"yaxis":{"range":[0,', '"yaxis":{"range":[0,1', 1)


def rate_of_suppressed(page: str) -> str:
    at = page.index('"rates-bhs":')
    return page[:at] + page[at:].replace('"y":[null,', '"y":[0.9,', 1)


def narrow_interval(page: str) -> str:
    at = page.index('"rates-arg":')
    return page[:at] + re.sub(r'"array":\[null,[\d.]+', '"array":[null,0.01', page[at:], count=1)


def no_shade(page: str) -> str:
    kind = '"shapes suppressed":{"type":'
    return page.replace(f'{kind}"rect"', f'{kind}"line"', 1)


@pytest.mark.parametrize("sabotage", [own_scale, rate_of_suppressed, narrow_interval, no_shade])
def test_the_saboteur_of_a_rate_is_caught(query, facts, pages, sabotage):
    family = next(family for family in facts.compared if compare.path(family) == VICTIMS)
    page = pages[VICTIMS]
    spoilt = sabotage(page)
    assert spoilt != page
    assert rate_faults(spoilt, family, rates(query, family)) != []


def test_known_rates(pages):
    page = pages[VICTIMS]
    rows = table(page, "rates")
    argentina = dict(zip(rows.years, rows.rows["ARG"], strict=True))
    assert argentina[2008] == ("0.46 (0.189–2.21)", "")
    bahamas = dict(zip(rows.years, rows.rows["BHS"], strict=True))
    assert bahamas[2017] == ("s", "")
    assert "s the count is suppressed to protect persons, so there is no rate" in words(page)


def test_the_key_of_rates_is_about_rates_and_that_of_counts_about_figures(pages):
    texts = codelists.labels("site_text", "en")
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
    assert codelists.labels("site_text", "en")["compare_one_state"] in unescape(page)


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
