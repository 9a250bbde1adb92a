"""Item 26: the five subjects, treaties and needs have the figures of the warehouse."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from country_pages import facts as facts_of
from country_pages import files, speaker
from parsed_page import Page

from pipelines.published.site.facts.needs import Need
from pipelines.published.site.pages import item26
from pipelines.published.site.wording.needs import asked, briefly, first_step
from pipelines.published.site.wording.phrases import word_count
from schemas import codelists

AREAS = codelists.labels("area", "en")


@pytest.fixture(scope="module")
def page(built) -> Page:
    return Page(files(built, item26)["en/item26.html"])


@pytest.fixture
def subjects(page) -> dict[str, list[str]]:
    """What exists, where and what is missing, by subject."""
    return {row[0]: row[1:] for row in page.tables()[0][1:]}


def test_trends_are_those_of_the_series_to_cite(subjects, query):
    found = query(
        "select coalesce(trend_verdict, 'too_few_points'), count(*) "
        "from (select distinct source, ref_area, indicator, time_basis "
        "from published.national_series join codelist.area on code = ref_area and is_oas "
        "where indicator = 'VIC_DETECT' and upper is not null) "
        "left join published.trend using (source, ref_area, indicator, time_basis) group by all"
    )
    counts = dict(found)
    few = counts.pop("too_few_points")
    with_verdict = sum(counts.values())
    [(newest,)] = query(
        "select max(year) from published.national_series where indicator = 'VIC_DETECT' "
        "and upper is not null and ref_area in (select code from codelist.area where is_oas)"
    )
    exists, _, missing = subjects["Trends"]
    assert exists.startswith(f"{with_verdict} of 35 states")
    [(rates,)] = query(
        "select max(year) from published.headline where indicator = 'VIC_DETECT_RATE'"
    )
    assert re.findall(r"\d+", missing) == [
        str(few), str(35 - few - with_verdict), str(newest), str(rates)
    ]  # fmt: skip
    assert f"no count of detected victims to cite after {newest}" in missing
    assert missing.endswith(f"Rates reach {rates} (UN Statistics Division)")


def test_characteristics_are_those_with_a_part_of_detected_victims(subjects, query):
    [known] = query(
        "select count(distinct country) filter (sex in ('F', 'M')), "
        "count(distinct country) filter (age not in ('_T', '_U')) "
        "from published.observation join codelist.area on code = country and is_oas "
        "where indicator = 'VIC_DETECT' and upper is not null"
    )
    exists, *_ = subjects["Characteristics"]
    by_sex, by_age, *_ = map(int, re.findall(r"\d+", exists))
    assert (by_sex, by_age) == known


def test_needs_and_demand_are_counted(subjects, query, page):
    [(needs,)] = query("select count(*) from published.need")
    assert subjects["Technical assistance needs"][0].startswith(f"{needs:,}".replace(",", "\u202f"))
    assert subjects["Demand"][0] == (
        "No figure of demand itself. Nearest: Labour inspections screening for forced labour or "
        "trafficking: Brazil, 2021–2025; "
        "Workers found in forced or slavery-like labour: Brazil, 2007–2025. "
        "The workers found are not victims of trafficking as such"
    )
    assert "Demand has no figures; the nearest are those of Brazil." in page.text
    assert "6 of 20 core indicators have no figure of any state" in page.text


def test_a_subject_that_gains_a_figure_is_no_longer_missing(subjects, query):
    """The names under `missing` are those of the indicators without a row of coverage."""
    never = query(
        "select code from codelist.indicator where core and domain in ('POL', 'PRV') "
        "and code not in (select indicator from published.coverage)"
    )
    names = subjects["Good practices"][2].split(": ")[1].split(", ")
    assert len(names) == len(never) == 6


def test_answers_of_states_stand_beside_treaties(built):
    language, facts = speaker(built), facts_of(built, item26)
    answered = {"states": ["CHL", "HTI"], "confirmed": ["HTI"], "first_year": 2024,
                "last_year": 2024}  # fmt: skip
    subjects = [row | (answered if row["indicator"] == "POL_NAP" else {}) for row in facts.subjects]
    found = item26._practices(replace(facts, subjects=subjects), language)
    assert found.exists.endswith("; National action plan in force: Chile (no), Haiti (yes), 2024")
    assert found.missing.count(",") == item26._practices(facts, language).missing.count(",") - 1


def test_treaties_have_the_years_of_the_lists(page):
    _, first, second, _ = page.tables()
    treaties = {row[0]: row[1:] for row in first[1:] + second[1:]}
    assert treaties.keys() == {AREAS[code] for code in codelists.oas_states()}
    assert first[0] == [
        "State",
        "Palermo Protocol",
        "ILO 29",
        "ILO 105",
        "ILO 182",
        "ILO Protocol 2014",
    ]
    assert treaties["Suriname"] == ["2007", "1976", "1976", "2006", "2019"]
    assert treaties["United States"] == ["2005", "…", "1991", "1999", "…"]
    assert treaties["Mexico"][-1] == treaties["Panama"][-1] == "Party"
    assert treaties["Cuba"][3] == "Party"


@pytest.mark.parametrize(
    ("treaty", "areas"),
    [("POL_ILO_P029", {"MEX", "PAN"}), ("POL_ILO_C182", {"CUB", "DMA", "GRD", "KNA"})],
)
def test_the_parties_without_a_date_have_none(query, treaty, areas):
    dated = query(
        "select distinct ref_area from published.observation "
        f"where indicator = '{treaty}' and value = 1"
    )
    assert dated
    assert not areas & {area for (area,) in dated}


def test_each_cell_of_the_needs_counts_the_indicators(page, query):
    heads, *rows, foot = page.tables()[3]
    steps = codelists.labels("need_step", "en")
    assert heads == ["State", "First step", *steps.values()]
    found = query(
        "select ref_area, need_step, count(distinct indicator) from published.need group by all"
    )
    expected: dict[str, dict[str, str]] = defaultdict(dict)
    for area, step, count in found:
        expected[AREAS[area]][step] = str(count)
    assert {row[0]: row[2:] for row in rows} == {
        AREAS[code]: [expected[AREAS[code]].get(step, "") for step in steps]
        for code in codelists.oas_states()
    }
    assert foot[2:] == [str(sum(step in counts for counts in expected.values())) for step in steps]


def test_the_first_step_is_the_first_column_with_a_number(page):
    heads, *rows, _ = page.tables()[3]
    for row in rows:
        column = next(at for at, cell in enumerate(row) if at > 1 and cell)
        assert row[1].startswith(f"{heads[column]}: "), row


def test_columns_that_concern_nearly_every_state_are_not_shaded(page):
    *_, foot = page.tables()[3]
    rows = re.findall(r"<tr>\s*<th scope=\"row\"><a href=\"[^\"]*#needs.*?</tr>", page.text, re.S)
    assert len(rows) == 35
    for row in rows:
        cells = re.findall(r"<td( class=\"shade-\d\")?>", row)
        assert [bool(cell) for cell in cells] == [int(count) <= 30 for count in foot[2:]]


def need(indicator: str, code: str, step: str, *years: int, **more: object) -> Need:
    return Need("ARG", indicator, code, step, years, **{"share": 0.0, **more})


def test_the_first_step_in_words(built):
    needs = [need(code, "UPDATE", "UPDATE", 2022)
             for code in ("PER_PROSEC", "PER_CONVICT", "COMPLAINTS")]  # fmt: skip
    assert first_step(needs[:1], speaker(built, "en")) == "Newer years: persons prosecuted"
    assert first_step(needs, speaker(built, "fr")) == (
        "Années récentes\u202f: personnes poursuivies, personnes condamnées, et 1 autre"
    )


def test_what_a_step_asks_in_words(built):
    needs = [
        need("VIC_DETECT", "FILL", "FILL", 2019, 2020, 2022),
        need("VIC_DETECT", "TELL_UNKNOWN", "TELL_UNKNOWN", 2021, share=0.347),
        need("VIC_DETECT", "BY_AGE", "BREAK_DOWN", 2020),
        need("VIC_DETECT", "BY_SEX", "BREAK_DOWN", 2021),
        need("COMPLAINTS", "BEGIN", "BEGIN_OTHER"),
    ]
    found = {step: asked(needs, step, speaker(built, "en")) for step in
             ("FILL", "TELL_UNKNOWN", "BREAK_DOWN", "BEGIN_OTHER")}  # fmt: skip
    assert found == {
        "FILL": ["detected victims 2019–2020, 2022"],
        "TELL_UNKNOWN": ["detected victims 2021 (unknown for up to 35%)"],
        "BREAK_DOWN": ["detected victims by age, sex 2020–2021"],
        "BEGIN_OTHER": ["complaints"],
    }


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_a_long_step_is_cut_to_20_words_with_the_number_left_out(built, language):
    codes = ("PER_PROSEC", "PER_CONVICT", "COMPLAINTS", "VIC_PRESUMED", "INV_OPENED")
    needs = [need(code, "UPDATE", "UPDATE", 2014, 2016, 2018, 2020, 2022) for code in codes]
    lines = asked(needs, "UPDATE", speaker(built, language))
    first, *others, rest = briefly(needs, "UPDATE", speaker(built, language)).split(";")
    assert first.strip() == lines[0]
    assert str(len(lines) - 1 - len(others)) in rest
    assert word_count(briefly(needs, "UPDATE", speaker(built, language))) <= 20
    assert briefly(needs[:1], "UPDATE", speaker(built, language)) == lines[0]
