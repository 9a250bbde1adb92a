"""Item 26: each subject has the number, the words and the picture of what the views have."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from country_pages import facts as facts_of
from country_pages import files, speaker, spoken
from parsed_page import Page, tidy

from pipelines.published.site.pages import item26
from schemas import codelists

AREAS = codelists.labels("area", "en")
SUBJECTS = ["comparable", "trends", "practices", "assistance", "demand"]


@pytest.fixture(scope="module")
def page(built) -> Page:
    return Page(files(built, item26)["en/item26.html"])


def blocks_of(page: Page) -> dict[str, tuple[list[int], str, str]]:
    """The numbers of each subject, its sentence, and what stands below its picture."""
    found = {}
    for block in page.root.xpath("//section[@class='block']"):
        number = page.root.xpath(f"//ul[@class='essentials']/li[a/@href='#{block.get('id')}']/b")
        digits = number[0].text_content().replace("\u202f", "").replace(".", "")
        calm = " ".join(each.text_content() for each in block.xpath("p[@class='calm']"))
        numbers = [*map(int, re.findall(r"\d+", digits))]
        found[block.get("id")] = numbers, tidy(block.xpath("h2")[0].text_content()), tidy(calm)
    return found


RECENT = (
    "report_year > (select max(report_year) from published.assessment_state) "
    "- parameter.reports_of_standing()"
)
"""Whether a row is of one of the last reports, which pages put together."""
CREDITED = (
    "select count(distinct ref_area) from published.assessment_state "
    f"join codelist.assessment_code using (code) where {RECENT} and not is_self and "
)
"""What counts states in these reports, without the judge."""


@pytest.mark.parametrize("code", ["en", "fr"])
def test_each_subject_has_one_number_that_a_table_has(built, query, code):
    [(having, states)] = query(
        "select (args ->> 'having')::integer, (args ->> 'states')::integer "
        "from published.answer where (area, question) = ('AMERICAS', 'NEED')"
    )
    [region] = query(
        "select doubled, compared from published.region where indicator = 'VIC_DETECT'"
    )
    [(needs,)] = query("select count(*) from published.need")
    credited = {
        subject: query(f"{CREDITED} subject = '{subject}' and standing in ('CREDITED', 'BOTH')")
        for subject in ("PRACTICES", "DEMAND")
    }
    blocks = blocks_of(Page(files(built, item26, code)[f"{code}/item26.html"]))
    assert {subject: numbers for subject, (numbers, *_) in blocks.items()} == {
        "comparable": [having, states],
        "trends": [*region],
        "practices": [credited["PRACTICES"][0][0], 31],
        "assistance": [needs],
        "demand": [credited["DEMAND"][0][0], 31],
    }


@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_reports_say_is_named_as_one_government_s_view(built, query, code):
    page = Page(files(built, item26, code)[f"{code}/item26.html"])
    words, blocks = speaker(built, code), blocks_of(page)
    text = tidy(page.root.xpath("//main")[0].text_content())
    for each in ("view_other", "self_too", "silence"):
        assert text.count(tidy(words.say(f"knowledge_{each}"))) == 1
    [(alpha,)] = query(
        "select format('{:.2f}', alpha) from published.assessment_agreement "
        "where (of_kind, of_code) = ('_T', '_T') order by reports desc limit 1"
    )
    assert alpha.replace(".", words.decimal) in text
    [(asked,)] = query(f"{CREDITED} subject = 'DEMAND' and standing in ('RECOMMENDED', 'BOTH')")
    assert re.findall(r"\d+", blocks["demand"][1])[-1] == str(asked)
    [(most, count)] = query(
        "select code, count(distinct ref_area) from published.assessment_state "
        f"where {RECENT} and not is_self and standing in ('RECOMMENDED', 'BOTH') "
        "and code <> 'OTHER' "
        "group by all order by 2 desc, code limit 1"
    )
    assert f"({count})" in blocks["assistance"][1], most


def test_each_subject_has_a_picture_of_what_the_views_have(built, page, query):
    assert {*page.drawn()["charts"]} == {*SUBJECTS}
    names = codelists.labels("assessment_standing", "en")
    [table] = page.root.xpath("//table[@class='grid']")
    heads, *rows = [
        [tidy((c.xpath("span") or [c])[0].text_content()) for c in row.iter("th", "td")]
        for row in table.iter("tr")
    ]
    codes = {name: code for code, name in codelists.labels("assessment_code", "en").items()}
    assert len(rows) == 35
    said = {
        (AREAS[area], code): standings
        for area, code, standings in query(
            "select ref_area, code, list(distinct standing) from published.assessment_state "
            f"where {RECENT} group by all"
        )
    }
    for name, *cells in rows:
        for head, cell in zip(heads[1:], cells, strict=True):
            known = {*said[name.rstrip("*"), codes[head]]}
            asked, credited = known & {"RECOMMENDED", "BOTH"}, known & {"CREDITED", "BOTH"}
            expected = (
                "BOTH" if asked and credited else "RECOMMENDED" if asked
                else "CREDITED" if credited else next(iter(known)) if len(known) == 1
                else "READ_WEAKLY" if known == {"READ_WEAKLY", "NOT_READ"} else "LIST_CUT"
            )  # fmt: skip
            assert cell == names[expected], (name, head)
    assert [name for name, *_ in rows if name.endswith("*")] == ["United States*"]


@pytest.mark.parametrize("subject", ["practices", "assistance"])
def test_bars_count_the_states_of_each_code(page, query, subject):
    standings = {"practices": ("CREDITED", "BOTH"), "assistance": ("RECOMMENDED", "BOTH")}[subject]
    counted = dict(query(
        f"select code, count(distinct ref_area) {CREDITED.split('count(distinct ref_area)')[1]}"
        f"standing in {standings} group by all"
    ))  # fmt: skip
    names = codelists.labels("assessment_code", "en")
    [table] = page.root.xpath(f"//section[@id='{subject}']//table")
    for row in table.xpath(".//tbody/tr"):
        [code] = [
            code for code in counted if names[code] == tidy(row.xpath("th")[0].text_content())
        ]
        assert int(row.xpath("td")[0].text_content()) == counted[code]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_the_warehouse_says_is_said_in_its_words(built, query, code):
    said = dict(
        query(
            "select question, text from published.sentence "
            f"where area = 'AMERICAS' and language = '{code}'"
        )
    )
    blocks = blocks_of(Page(files(built, item26, code)[f"{code}/item26.html"]))
    assert blocks["comparable"][1] == tidy(said["NEED"])
    assert blocks["trends"][1:] == (tidy(said["HAPPENED"]), tidy(said["WHO"]))


def test_what_is_nearest_to_practices_and_demand_is_counted(query, page):
    """Of the subjects themselves no source has figures, only reports say something."""
    blocks = blocks_of(page)
    assert query(
        "select distinct indicator from published.coverage join codelist.indicator "
        "on code = indicator where domain in ('DEM', 'POL', 'PRV') "
        "and codelist.indicator.unit_measure <> 'BRL' "
        "and coverage_status in ('reported', 'suppressed', 'partial') order by all"
    ) == [("DEM_LAB_FOUND",), ("DEM_LAB_INSP",), ("POL_ILO_C029",), ("POL_ILO_C105",),
          ("POL_ILO_C182",), ("POL_ILO_P029",), ("POL_PROTOCOL",)]  # fmt: skip
    [(parties,)] = query(
        "select count(*) from (select ref_area from published.observation "
        "where indicator = 'POL_PROTOCOL' group by all having arg_max(value, year) = 1)"
    )
    assert f" {parties} of 35 " in blocks["practices"][2]
    [(first, last)] = query(
        "select min(year), max(year) from published.coverage where indicator = 'DEM_LAB_FOUND' "
        "and ref_area = 'BRA' and coverage_status in ('reported', 'suppressed', 'partial')"
    )
    assert f"(Brazil, {first}–{last})" in blocks["demand"][2]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_subject_that_gains_or_loses_its_figures_says_so(built, code):
    """Without reports, what figures there are is the sentence."""
    facts, language = facts_of(built, item26), speaker(built, code)
    without = replace(facts.assessed, reports={}, by_year={}, recent={})
    known = {"form": "KNOWN", "part": 2, "indicator": "POL_NAP", "areas": ["CHL", "HTI"],
             "first_year": 2024, "last_year": 2024, "sources": []}  # fmt: skip
    none = {"form": "NONE", "part": 0, "questions": [], "indicator": None, "sources": []}
    for changed, words in ((known, language.name("indicator", "POL_NAP")),
                           (none, language.say("item26_none"))):  # fmt: skip
        rows = [row | changed if row["subject"] == "PRACTICES" else row for row in facts.subjects]
        given = replace(facts, subjects=rows, assessed=without)
        page = Page(dict(item26.files(spoken(built, code), given, language))[f"{code}/item26.html"])
        numbers, said, _ = blocks_of(page)["practices"]
        assert (numbers, said.startswith(words)) == ([changed["part"], 35], True)
        assert {*page.drawn()["charts"]} == {"trends"}


def test_each_cell_of_the_needs_counts_the_indicators(page, query):
    steps = codelists.labels("need_step", "en")
    expected: dict[str, dict[str, str]] = defaultdict(dict)
    for area, step, count in query(
        "select ref_area, need_step, count(distinct indicator) from published.need group by all"
    ):
        expected[AREAS[area]][step] = str(count)
    *tables, last = page.tables()[-3:]
    rows = [row for table in [*tables, last[:-1]] for row in table[1:]]
    assert {name: cells for name, *cells in rows} == {
        AREAS[code]: [expected[AREAS[code]].get(step, "") for step in steps]
        for code in codelists.oas_states()
    }
    assert len(rows) == 35
    concerned = [str(sum(step in counts for counts in expected.values())) for step in steps]
    assert last[-1][1:] == concerned
