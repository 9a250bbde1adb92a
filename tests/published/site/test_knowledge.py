"""Assessments: each statement stands on the pages of its state and its code, with its address."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from country_pages import facts as facts_of
from country_pages import files, speaker, spoken
from parsed_page import Page, tidy
from test_item26 import RECENT

from pipelines.published.site.pages import knowledge, knowledge_of_state
from schemas import codelists
from schemas.assessment import HIDDEN

WITHOUT = ("DMA", "GRD", "KNA")
"""States on which the reports have no chapter."""


def of_state(built, area: str, code: str = "en") -> Page:
    return Page(
        files(built, knowledge_of_state, code)[f"{code}/country/{area.lower()}-knowledge.html"]
    )


def of_code(built, name: str, code: str = "en") -> Page:
    return Page(files(built, knowledge, code)[f"{code}/knowledge/{name}.html"])


@cache
def anchors(built) -> set[str]:
    return {
        f"{area.lower()}-knowledge.html#{anchor}"
        for area in codelists.oas_states()
        for anchor in of_state(built, area).anchors()
    }


@pytest.mark.parametrize("code", ["en", "fr"])
def test_each_report_has_its_statements_and_addresses(built, query, code):
    words = speaker(built, code)
    for area in codelists.oas_states():
        page = of_state(built, area, code)
        reports = query(
            "select report_year, tier, list(distinct address), count(statement.code) "
            "from published.assessment left join published.assessment_statement as statement "
            f"using (source, ref_area, report_year, address) where ref_area = '{area}' group by all"
        )
        statements = Counter(dict(query(
            "select report_year, count(*) from published.assessment_statement "
            f"where ref_area = '{area}' group by all"
        )))  # fmt: skip
        assert len(page.root.xpath("//div[@class='fold report']")) == len(reports)
        for year, tier, _, _ in reports:
            [fold] = page.root.xpath(f"//details[@id='y{year}']")
            assert len(fold.xpath(".//li")) == statements[year], (area, year)
            assert codelists.labels("tier", code)[tier] in fold.xpath("summary")[0].text_content()
            addresses = query(
                "select address, is_weak from published.assessment_statement "
                f"where (ref_area, report_year) = ('{area}', {year}) union "
                "select address, is_weak from published.assessment "
                f"where (ref_area, report_year, is_read) = ('{area}', {year}, false)"
            )
            linked = {*fold.xpath(".//p/a/@href")}
            assert linked == {url for url, is_weak in addresses if not is_weak}, (area, year)
            told = fold.text_content().count(words.say("knowledge_weak_place"))
            assert (told > 0) == any(is_weak for _, is_weak in addresses), (area, year)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_each_subject_of_a_state_has_its_years(built, query, code):
    """Of what is recommended, credited and criticised; in brackets what answers do not count."""
    names = codelists.labels("assessment_code", code)
    for area in ("GTM", "HND", "SLV", "USA"):
        expected: dict[str, dict[str, tuple[set[int], set[int]]]] = {}
        for subject, kind, year, is_counted in query(
            "select code, kind, report_year, bool_or(is_counted) "
            f"from published.assessment_statement where ref_area = '{area}' group by all"
        ):
            of_kind = expected.setdefault(names[subject], {}).setdefault(kind, (set(), set()))
            of_kind[not is_counted].add(year)
        [table] = of_state(built, area, code).root.xpath("//table[@class='subjects']")
        found = {
            tidy(row.xpath("th")[0].text_content()): [
                (years_of(cell.text or ""), years_of(" ".join(cell.xpath("small/text()"))))
                for cell in row.xpath("td")
            ]
            for row in table.xpath(".//tbody/tr")
        }
        assert found == {
            subject: [
                kinds.get(kind, (set(), set()))
                for kind in ("RECOMMENDATION", "EFFORT", "SHORTFALL")
            ]
            for subject, kinds in expected.items()
        }


def years_of(text: str) -> set[int]:
    """The years of a text such as `2015–2017, 2020`."""
    spans = re.findall(r"(\d{4})(?:–(\d{4}))?", text)
    return {year for first, last in spans for year in range(int(first), int(last or first) + 1)}


def test_lists_of_summaries_say_once_that_these_are_english_and_are_marked_so(built):
    words = speaker(built, "fr")
    for page in (
        of_code(built, "data", "fr"),
        of_code(built, "demand", "fr"),
        of_state(built, "HND", "fr"),
    ):
        sections = page.root.xpath("//section[.//ul[@class='statements']]")
        assert sections
        for section in sections:
            assert section.text_content().count(words.say("knowledge_english")) == 1
            lines = section.xpath(".//ul[@class='statements']/li")
            marked = section.xpath(".//li/span[@class='said' and @lang='en'] | .//li/em")
            assert len(marked) == len(lines) > 0


def test_summaries_that_are_hidden_or_not_counted_are_told(built, query):
    [(hidden, every)] = query(
        f"select count(*) filter (summary = '{HIDDEN}'), count(*) "
        "from published.assessment_statement"
    )
    [(uncounted,)] = query(
        "select count(*) from published.assessment_statement where not is_counted"
    )
    words, text = speaker(built, "en"), of_code(built, "index").root.text_content()
    every = words.number(every)
    assert words.say("knowledge_hidden_count", count=hidden, all=every) in text
    assert words.say("knowledge_not_counted", count=uncounted, all=every) in text


def test_a_state_without_a_chapter_says_so_and_the_united_states_judge_themselves(built):
    for area in WITHOUT:
        page = of_state(built, area)
        assert "have no chapter on" in page.root.xpath("//p[@class='sentence']")[0].text_content()
        assert not page.root.xpath("//*[@id='assessments' or @id='law']")
    index = of_code(built, "index").root.text_content()
    assert "no chapter on: Dominica, Grenada and St. Kitts & Nevis." in index
    for area in codelists.oas_states():
        assert ("self-assessment" in of_state(built, area).root.text_content()) == (area == "USA")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_summaries_are_marked_as_english_and_hidden_ones_are_not_shown(built, query, code):
    page = of_state(built, "HND", code)
    shown = [
        tidy(each.text_content()) for each in page.root.xpath("//details//li/span[@lang='en']")
    ]
    expected = query(
        "select upper(summary[1]) || summary[2:] from published.assessment_statement "
        f"where ref_area = 'HND' and summary <> '{HIDDEN}'"
    )
    assert Counter(shown) == Counter(tidy(text) for (text,) in expected)
    hidden = speaker(built, code).say("knowledge_hidden")
    [(count,)] = query(
        "select count(*) from published.assessment_statement "
        f"where ref_area = 'HND' and summary = '{HIDDEN}'"
    )
    assert count
    assert len(page.root.xpath(f"//details//li/em[.='{hidden}']")) == count
    assert HIDDEN not in page.root.text_content().lower()


def test_the_index_counts_what_the_view_has(built, query):
    rows = of_code(built, "index").root.xpath("//table//tr[@id]")
    found = {
        row.get("id").upper(): [*map(int, (c.text for c in row.xpath("td")[:5]))] for row in rows
    }
    counted = query(
        "select code, count(*) filter (kind = 'EFFORT'), count(*) filter (kind = 'SHORTFALL'), "
        "count(*) filter (kind = 'RECOMMENDATION') from published.assessment_statement "
        "where is_counted group by all"
    )
    recent = {
        code: (asked, credited)
        for code, asked, credited in query(
            "select code, count(distinct ref_area) filter (standing in ('RECOMMENDED', 'BOTH')), "
            "count(distinct ref_area) filter (standing in ('CREDITED', 'BOTH')) "
            f"from published.assessment_state where {RECENT} and not is_self group by all"
        )
    }
    assert found == {code: [*kinds, *recent[code]] for code, *kinds in counted}
    assert len(found) == 26 - ("_Z" in found)


def test_the_page_of_a_code_has_each_statement_and_leads_to_its_report(built, query):
    """One line for what several reports say alike, with a link to each."""
    for name in ("data", "complicity", "demand"):
        shown = ("DEMAND", "LABOUR_INSPECTION") if name == "demand" else (name.upper(),)
        page = of_code(built, name)
        links = page.root.xpath("//ul[@class='statements']//a/@href")
        found = Counter(
            tuple(re.findall(r"country/(\w+)-knowledge.html#y(\d+)$", each)[0]) for each in links
        )
        listed = ", ".join(f"'{code}'" for code in shown)
        expected = query(
            "select distinct lower(ref_area), report_year::varchar, kind, code, summary, is_weak, "
            f"doubt from published.assessment_statement where code in ({listed})"
        )
        assert found == Counter((area, year) for area, year, *_ in expected)
        assert {each.split("/")[-1] for each in links} <= anchors(built)


def test_a_cut_list_is_never_read_as_not_recommended(built, query):
    names = codelists.labels("assessment_standing", "en")
    areas = {name: code for code, name in codelists.labels("area", "en").items()}
    _, *rows = of_code(built, "data").tables()[0]
    known = {
        (area, year): names[standing]
        for area, year, standing in query(
            "select ref_area, report_year, standing from published.assessment_state "
            "where code = 'DATA'"
        )
    }
    assert names["LIST_CUT"] in known.values()
    for name, *cells in rows:
        expected = [known[areas[name], year] for year in range(2015, 2026)]
        assert cells == expected
    said = {names[each] for each in ("RECOMMENDED", "CREDITED", "BOTH")}
    spoken_of = {area for (area, _), name in known.items() if name in said}
    assert {areas[name] for name, *_ in rows} == spoken_of


@pytest.mark.parametrize("code", ["en", "fr"])
def test_demand_stands_in_one_place(built, query, code):
    """The figures are those of the view, each as the disclosure rule prints it."""
    page = of_code(built, "demand", code)
    figures = page.root.xpath("//ul[@class='figures-of-years']/li")
    [(count,)] = query("select count(*) from published.demand where form = 'FIGURE'")
    assert len(figures) == count
    [newest] = query(
        "select year, value from published.demand where indicator = 'DEM_LAB_INSP' "
        "order by year desc limit 1"
    )
    printed = [tidy(each.text_content()) for each in figures]
    assert f"{newest[0]} {speaker(built, code).number(newest[1])}" in printed
    heads = [tidy(each.text_content()) for each in page.root.xpath("//section/h3[not(@id)]")]
    assert len(heads) == len({*heads}) == 4  # two sources of the workers found
    listed = page.root.xpath("//h2[@id='indicators']/following-sibling::ul/li/a/@href")
    core = {"dem_convict", "dem_lab_found"}
    assert core <= {re.split(r"[/#.]", each)[-1] for each in listed}


@pytest.mark.parametrize("name", ["demand", "prosecute", "cooperation", "labour_inspection"])
def test_states_with_a_figure_are_counted_for_every_indicator(built, query, name):
    """Core or not, of totals or of parts."""
    counted = dict(query(
        "select indicator::varchar, count(distinct ref_area) from published.coverage "
        "join codelist.area on code = ref_area and is_oas where coverage_status "
        "in ('reported', 'suppressed', 'partial') group by all"
    ))  # fmt: skip
    items = of_code(built, name).root.xpath("//h2[@id='indicators']/following-sibling::ul/li")
    found = {
        re.split(r"[/#]", each.xpath("a/@href")[0])[-1].removesuffix(".html").upper(): int(
            re.search(r": (\d+) of 35$", tidy(each.text_content()))[1]
        )
        for each in items
    }
    assert found == {code: counted.get(code, 0) for code in found}
    assert any(found.values())


def test_an_objection_stands_beside_the_statement(built):
    facts = facts_of(built, knowledge_of_state).of("BRA")
    said = {"objection": "No es así <b>", "objected_by": "Office", "objection_address": "N 7"}
    rows = [row | said for row in facts.assessed.statements["BRA"][:1]]
    assessed = replace(facts.assessed, statements={"BRA": rows})
    site = spoken(built).of_state("BRA")
    [(_, text)] = knowledge_of_state.files(site, replace(facts, assessed=assessed), speaker(built))
    [beside] = Page(text).root.xpath("//details//li/span[@class='objection']")
    assert tidy(beside.text_content()) == "Answer of the state (Office): No es así <b> N 7"


def test_agreement_and_its_limits_stand_beside_the_data(built, query):
    root = of_code(built, "index").root
    lines = [tidy(each.text_content()) for each in root.xpath("//h2[@id='agreement']/../ul/li")]
    expected = query(
        "select reports, len(string_split(codings, ';')), format('{:.2f}', alpha) "
        "from published.assessment_agreement where (of_kind, of_code) = ('_T', '_T') "
        "order by reports desc"
    )
    assert lines == [
        f"{reports} reports, coded {times} times: Krippendorff’s alpha {alpha}."
        for reports, times, alpha in expected
    ]
    assert "one way of reading" in root.text_content()
    alphas = [row.xpath("td")[-1].text_content() for row in root.xpath("//table//tr[@id]")]
    assert all(re.fullmatch(r"\d\.\d\d|–", each) for each in alphas)


def test_treaties_have_the_days_of_the_lists(built):
    [section] = of_state(built, "BRA").root.xpath("//h2[@id='treaties']/..")
    rows = [
        [tidy(cell.text_content()) for cell in row.iter("th", "td")]
        for row in section.xpath(".//tbody/tr")
    ]
    assert rows[0] == ["Palermo Protocol", "yes", "29 January 2004"]
    assert [row[1] for row in rows] == ["yes", "yes", "yes", "yes", "not known"]
