"""Gaps: every cell of every grid is the status of the warehouse, by sign and in words."""

import re
import shutil
from collections import Counter

import duckdb
import pytest
from country_pages import files
from parsed_page import Page

from pipelines.published.site.pages import gaps
from schemas import codelists

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
def pages(built) -> dict[str, Page]:
    """The page of each core indicator with a figure, in English."""
    found = {path.removeprefix("en/"): text for path, text in files(built, gaps).items()}
    codes = [code for code in codelists.codes("indicator") if gaps.path(code) in found]
    return {code: Page(found[gaps.path(code)]) for code in codes}


def test_each_cell_has_the_status_of_its_state_and_year(pages, query):
    names = {label: code for code, label in codelists.labels("area", "en").items()}
    for indicator, page in pages.items():
        heads, *rows, _ = page.tables()[0]
        cells = re.findall(
            r'<td><span class="(\w+)" role="img" aria-label="([^"]+)">([^<]+)</span></td>',
            page.text,
        )
        years = heads[1:]
        assert len(cells) == len(years) * 35
        found = {
            (names[row[0]], int(year)): cells[at * len(years) + column]
            for at, row in enumerate(rows)
            for column, year in enumerate(years)
        }
        expected = query(f"{COVERAGE} where indicator = '{indicator}'")
        signs = {"&lt;": "<"}
        assert {
            key: (status, label, signs.get(sign, sign))
            for key, (status, label, sign) in found.items()
        } == {
            (area, year): (status, STATUSES[status], gaps.SIGN[status])
            for area, year, status in expected
        }


WORDS = {
    "en": (
        "32 of 35 states have an official figure in this database, treaties apart. "
        "Without a yearly figure; their authorities stated that there had been no victims until "
        "the year given: Grenada (2017). "
        "Nothing official was found: Dominica, St. Kitts &amp; Nevis."
    ),
    "es": "No se encontró nada oficial: Dominica, San Cristóbal y Nieves.",
    "pt": "Nada oficial foi encontrado: Dominica, São Cristóvão e Névis.",
    "fr": "Rien d’officiel n’a été trouvé\u202f: Dominique, Saint-Christophe-et-Niévès.",
}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_all_35_states_have_an_official_word_or_a_plain_nothing(built, language):
    text = files(built, gaps, language)[f"{language}/gaps.html"]
    [words] = re.findall(r'id="official">(.*?)</p>', text)
    assert words.endswith(WORDS[language])


def test_the_official_words_are_those_of_the_warehouse(query):
    """Treaties are no word on trafficking, and what only others repeat is not official."""
    official = query(
        "select distinct country from published.observation "
        "join codelist.indicator on code = indicator "
        "where domain <> 'POL' and lower is not null and provenance <> 'REPEATED'"
    )
    states = set(codelists.oas_states())
    assert len(states) == 35
    assert states - {area for (area,) in official} == {"DMA", "KNA"}


def test_a_status_has_a_sign_of_its_own():
    assert gaps.SIGN.keys() == STATUSES.keys()
    assert len(set(gaps.SIGN.values())) == len(STATUSES)


def test_the_last_row_counts_the_states_with_a_total(pages, query):
    """What only others repeat is marked as such, and is no total: Bolivia's and Paraguay's 2023."""
    for indicator, newest in (("VIC_DETECT", 11), ("INV_OPENED", 0)):
        statuses = query(f"{COVERAGE} where indicator = '{indicator}'")
        known = Counter(year for _, year, each in statuses if each in ("reported", "suppressed"))
        years = sorted({year for _, year, _ in statuses})
        *_, foot = pages[indicator].tables()[0]
        assert foot == ["States with a total in any source", *(str(known[year]) for year in years)]
        assert known[2023] == newest
    assert {area for area, year, each in statuses if (year, each) == (2023, "repeated")} == {
        "BOL", "PRY",
    }  # fmt: skip


def test_the_answer_counts_pairs_of_a_state_and_an_indicator(pages, query):
    [(known,)] = query(
        "select count(distinct (ref_area, indicator)) from published.coverage "
        "join codelist.indicator on code = indicator where core and unit_measure = 'NUMBER' "
        "and coverage_status in ('reported', 'suppressed', 'partial')"
    )
    sentence = "Of 700 combinations (35 states × 20 core indicators), "
    sentence += f"{known} have a figure of at least one year."
    assert sentence in pages["VIC_DETECT"].text


def test_each_state_has_its_row_under_its_old_anchor(pages):
    assert {area.lower() for area in codelists.oas_states()} <= pages["VIC_DETECT"].anchors()


def test_each_page_leads_to_that_of_every_other_indicator(pages):
    addresses = {gaps.path(code) for code in pages}
    assert len(addresses) == 14
    for page in pages.values():
        assert {f for f in addresses if f'en/{f}"' in page.text} == addresses


def test_the_facts_of_quality_are_those_of_the_view(pages, query):
    [(figures, suppressed, kept_out, days)] = query(
        "select figures, suppressed, kept_out, days_to_release from published.quality "
        "where source = 'int_unodc_glotip' and indicator = 'VIC_DETECT'"
    )
    heads, *rows = pages["VIC_DETECT"].tables()[-1]
    [column] = [at for at, head in enumerate(heads) if "UNODC" in head and "victims" in head]
    facts = {row[0]: row[column].replace("\u202f", "") for row in rows}
    assert facts["Figures, those of parts included"] == str(figures)
    assert facts["Of these, suppressed"] == str(suppressed)
    assert facts["Rows that a check keeps out"] == str(kept_out)
    assert facts["Days from the end of the last year to its first release"] == str(days)


def test_the_page_says_how_many_states_answered_the_questionnaire(built, tmp_path):
    asked = shutil.copy(built, tmp_path / "asked.duckdb")
    with duckdb.connect(asked) as connection:
        lines = [("HTI", 2023), ("BRA", 2023), ("COL", 2022)]
        for line in lines:
            connection.execute("insert into main.questionnaire values (?, ?, '2024-01-07')", line)
    found = files(asked, gaps)
    assert "about 2023. States asked: 2; answered: 0." in found["en/gaps.html"]
    assert (
        "interrogés\u202f: 2\u202f; réponses\u202f: 0" in files(asked, gaps, "fr")["fr/gaps.html"]
    )
    others = [text for path, text in found.items() if path != "en/gaps.html"]
    assert not [text for text in [*others, *files(built, gaps).values()] if "States asked" in text]
