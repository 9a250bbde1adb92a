"""The pages of indicators: levels, rates, who reports since when, the sources; and their list."""

import re
import shutil
from collections import Counter

import duckdb
import pytest
from country_pages import facts, files, speaker
from parsed_page import Page, tidy
from small_warehouse import holding

from pipelines.published.site.facts.treaties import read_treaties
from pipelines.published.site.pages import indicator, indicators
from pipelines.published.site.wording import indicator as wording
from schemas import codelists
from schemas.parameters import whole

CITED = """
    select ref_area, year, value from published.national_series where indicator = '{}'
"""
STATUSES = codelists.labels("coverage_status", "en") | {"repeated": "Only repeated by others"}
COVERAGE = """
select
    ref_area,
    year,
    if(is_repeated is true and coverage_status <> 'partial', 'repeated', coverage_status)
from published.coverage
left join (
    select ref_area, indicator, year, bool_and(provenance = 'REPEATED') as is_repeated
    from published.headline
    join main.release using (source, release)
    group by all
) using (ref_area, indicator, year)
"""


@pytest.fixture(scope="module")
def pages(built) -> dict[str, dict[str, Page]]:
    """Each page by language and code of its indicator."""
    return {
        code: {
            path.removeprefix(f"{code}/indicator/").removesuffix(".html").upper(): Page(text)
            for path, text in files(built, indicator, code).items()
            if path.endswith(".html")
        }
        for code in ("en", "fr")
    }


@pytest.fixture(scope="module")
def listed(built) -> Page:
    return Page(files(built, indicators)["en/indicator/index.html"])


def sentence(page: Page, anchor: str = "levels") -> str:
    ((_, text),) = page.all("h2", id=f"{anchor}-sentence")
    return text


def table(page: Page, caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption has an id."""
    (found,) = page.root.xpath(f"//table[caption[@id='{caption}']]")
    return [
        [tidy(cell.text_content()) for cell in row.xpath("./th | ./td")]
        for row in found.xpath(".//tr")
    ]


def test_indicators_with_national_figures_of_three_states_have_a_page(pages, listed, query):
    expected = query("""
        select indicator from published.national_series
        where ref_area in (select code from codelist.area where is_oas)
        group by indicator having count(distinct ref_area) >= parameter.states_of_indicator_page()
    """)
    assert pages["en"].keys() == {code for (code,) in expected}
    rows = {code.upper() for code in listed.anchors()} & set(codelists.codes("indicator"))
    assert rows == set(codelists.codes("indicator")) - pages["en"].keys()


def test_the_list_counts_what_the_pages_have(pages, listed, query):
    entries = dict(re.findall(r'indicator/(\w+)\.html">[^<]*</a> <small>([^<]*)', listed.text))
    assert {code.upper() for code in entries} == pages["en"].keys()
    for code in pages["en"]:
        [(states,)] = query(
            "select count(distinct ref_area) from published.national_series "
            f"where indicator = '{code}' and not is_sum"
        )
        assert entries[code.lower()].startswith(f"{states} of 35 states, "), code


def test_the_sentence_has_the_numbers_of_the_region(pages, query):
    for code, compared, doubled, halved in query(
        "select indicator, compared, doubled, halved from published.region"
    ):
        if code not in pages["en"]:
            continue
        text = sentence(pages["en"][code])
        if compared < whole("series_of_indicator_levels"):
            assert "yearly totals of" in text, code
            continue
        numbers = [int(each) for each in re.findall(r"\d+", text)]
        assert numbers == [each for each in (doubled, compared, halved) if each], code


def test_the_evidence_of_detected_victims_is_worded_as_in_the_warehouse(pages, query):
    for language in pages:
        [(text,)] = query(
            "select text from published.sentence "
            f"where (area, question, language) = ('AMERICAS', 'EVIDENCE', '{language}')"
        )
        [(_, shown)] = pages[language]["VIC_DETECT"].all("p", **{"class": "evidence"})
        assert shown == text


def test_too_few_tested_states_give_no_evidence(built):
    row = {"tested": 2, "up": 2, "down": 0, "lean": "ROSE", "alone": ["PER"]}
    assert wording.evidence(row, speaker(built)) == ("", "")


@pytest.mark.parametrize("code", ["VIC_DETECT", "PER_CONVICT", "INV_OPENED", "COMPLAINTS"])
def test_the_table_has_the_figures_to_cite_and_no_other(query, pages, code):
    names = codelists.labels("area", "en")
    (_, *years), *rows = table(pages["en"][code], "levels-table")
    shown = {
        (row[0], int(year)): cell
        for row in rows
        for year, cell in zip(years, row[1:], strict=True)
        if not cell.startswith("–")
    }
    expected = {(names[area], year): value for area, year, value in query(CITED.format(code))}
    assert shown.keys() >= expected.keys()
    for key, text in shown.items():
        if re.search("doubtful|as others repeat it", text):
            assert key not in expected, "this figure is not one to cite"
            continue
        exact = re.match(r"[\d\u202f]+(?![\d–])", text)
        value = float(exact[0].replace("\u202f", "")) if exact else None
        assert value == expected.get(key), (key, text)


def test_every_state_is_drawn_or_named(pages):
    for code, page in pages["en"].items():
        drawn = len(page.all("svg", **{"class": "spark"}))
        linked = page.root.xpath("//section[@id='levels']/p[@class='calm']/a")
        without = page.root.xpath("//p[@id='without']/a")
        assert drawn + len(linked) + len(without) == 35, code


def test_only_years_that_compare_are_drawn(pages, query):
    """Investigations of the US reports have no stated legal scope: level 4."""
    drawn = len(pages["en"]["INV_OPENED"].all("svg", **{"class": "spark"}))
    [(states,)] = query(
        "select count(distinct ref_area) from published.national_series "
        "where indicator = 'INV_OPENED'"
    )
    assert 0 < drawn < states


def test_rates_are_ranked_where_enough_states_have_one(pages, query):
    """The rules of honest_ranks ask for their values and order."""
    counted = dict(query("select indicator, count(*) from published.compared_rate group by all"))
    ranked = {code for code, page in pages["en"].items() if page.all("section", id="rates")}
    least = whole("states_of_ranking")
    assert ranked == {code for code in pages["en"] if counted.get(code, 0) >= least}
    assert {"VIC_DETECT", "PER_CONVICT", "INV_OPENED"} <= ranked


def test_states_are_in_the_alphabetical_order_of_the_language(pages):
    _, *rows = table(pages["fr"]["VIC_DETECT"], "levels-table")
    plain = str.maketrans("éÉèêáíóúâãçñô", "eEeeaiouaacno")
    names = [row[0] for row in rows]
    assert names == sorted(names, key=lambda name: name.translate(plain).lower())


def test_each_cell_has_the_status_of_its_state_and_year(pages, query):
    names = {label: code for code, label in codelists.labels("area", "en").items()}
    shown = 0
    for code, page in pages["en"].items():
        expected = query(f"{COVERAGE} where indicator = '{code}'")
        if not page.root.xpath("//table[caption[@id='grid']]"):
            continue
        shown += 1
        (_, *years), *rows, _ = table(page, "grid")
        cells = re.findall(
            r'<td><span class="(\w+)" role="img" aria-label="([^"]+)">([^<]+)</span></td>',
            page.text,
        )
        assert len(cells) == len(years) * 35
        found = {
            (names[row[0]], int(year)): cells[at * len(years) + column]
            for at, row in enumerate(rows)
            for column, year in enumerate(years)
        }
        assert {
            key: (status, label, sign.replace("&lt;", "<"))
            for key, (status, label, sign) in found.items()
        } == {
            (area, year): (status, STATUSES[status], indicator.SIGN[status])
            for area, year, status in expected
        }
    assert shown > 8


def test_the_last_row_counts_the_states_with_a_total(pages, query):
    """What only others repeat is marked as such, and is no total: Bolivia's and Paraguay's 2023."""
    for code, newest in (("VIC_DETECT", 11), ("INV_OPENED", 0)):
        statuses = query(f"{COVERAGE} where indicator = '{code}'")
        known = Counter(year for _, year, each in statuses if each in ("reported", "suppressed"))
        years = sorted({year for _, year, _ in statuses})
        *_, foot = table(pages["en"][code], "grid")
        assert foot == ["States with a total in any source", *(str(known[year]) for year in years)]
        assert known[2023] == newest
    assert {area for area, year, each in statuses if (year, each) == (2023, "repeated")} == {
        "BOL", "PRY",
    }  # fmt: skip


def test_the_facts_of_quality_are_those_of_the_view(pages, query):
    [(figures, suppressed, kept_out, days)] = query(
        "select figures, suppressed, kept_out, days_to_release from published.quality "
        "where source = 'int_unodc_glotip' and indicator = 'VIC_DETECT'"
    )
    heads, *rows = table(pages["en"]["VIC_DETECT"], "quality")
    [column] = [at for at, head in enumerate(heads) if "UNODC" in head and "victims" in head]
    shown = {row[0]: row[column].replace("\u202f", "") for row in rows}
    assert shown["Figures, those of parts included"] == str(figures)
    assert shown["Of these, suppressed"] == str(suppressed)
    assert shown["Rows that a check keeps out"] == str(kept_out)
    assert shown["Days from the end of the last year to its first release"] == str(days)


def test_all_35_states_have_an_official_word_or_are_named_without_one(built, query):
    """Treaties are no word on trafficking, and what only others repeat is not official."""
    official = query(
        "select distinct country from published.observation "
        "join codelist.indicator on code = indicator "
        "where domain <> 'POL' and lower is not null and provenance <> 'REPEATED'"
    )
    states = set(codelists.oas_states())
    assert len(states) == 35
    assert states - {area for (area,) in official} == {"DMA", "KNA"}
    text = files(built, indicators, "es")["es/indicator/index.html"]
    [words] = re.findall(r'id="official">(.*?)</p>', text)
    assert "32 de 35" in words
    assert words.endswith(": Dominica, San Cristóbal y Nieves.")


def test_the_list_counts_pairs_of_a_state_and_an_indicator(listed, query):
    [(known,)] = query(
        "select count(distinct (ref_area, indicator)) from published.coverage "
        "join codelist.indicator on code = indicator where core and unit_measure = 'NUMBER' "
        "and coverage_status in ('reported', 'suppressed', 'partial')"
    )
    shown = "Of 315 combinations (35 states × 9 core indicators), "
    assert f"{shown}{known} have a figure of at least one year." in listed.text


def test_the_list_says_how_many_states_answered_the_questionnaire(built, tmp_path):
    asked = shutil.copy(built, tmp_path / "asked.duckdb")
    with duckdb.connect(asked) as connection:
        lines = [("HTI", 2023), ("BRA", 2023), ("COL", 2022)]
        for line in lines:
            connection.execute("insert into main.questionnaire values (?, ?, '2024-01-07')", line)
    [text], [french] = (files(asked, indicators, code).values() for code in ("en", "fr"))
    assert "about 2023. States asked: 2; answered: 0." in text
    assert "interrogés\u202f: 2\u202f; réponses\u202f: 0" in french
    assert "States asked" not in files(built, indicators)["en/indicator/index.html"]


def test_an_answer_of_yes_or_no_is_no_treaty(built, warehouse):
    with holding(warehouse, {"indicator": "POL_NAP", "value": 1}):
        assert read_treaties(warehouse).parties() == {}
    assert facts(built, indicator).parties["POL_PROTOCOL"] == 34
