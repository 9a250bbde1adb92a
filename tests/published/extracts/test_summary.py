"""The summary of a state: figures as published, short sentences, what is missing in order."""

from itertools import product

import pytest
from country_pages import files
from parsed_page import Page

from pipelines.published.extracts import edition, summary
from pipelines.published.extracts.summary import Facts, Summary
from pipelines.published.site.pages import country
from pipelines.words import interface_text
from schemas import codelists

ENGLISH = interface_text.language("en")


@pytest.fixture(scope="module")
def facts(connection) -> dict[str, Facts]:
    return summary.read_facts(connection)


@pytest.fixture(scope="module")
def summaries(connection, facts) -> dict[tuple[str, str], Summary]:
    """The summary of each state in each language."""
    made = edition.read(connection)
    return {
        (area, language): summary.summarise(facts[area], area, language, made)
        for area, language in product(codelists.oas_states(), codelists.LANGUAGES)
    }


def test_brazil_has_539_victims_in_2022(summaries) -> None:
    facts = summaries["BRA", "en"].facts
    assert (facts[0].figure, facts[0].year) == (539, 2022)
    assert [fact.figure for fact in facts[1:3]] == [145, 89]


def test_the_notes_of_the_cards_stand_beside_the_figures(summaries) -> None:
    """Brazil: forced labour exceeds the total, none accused since 2014, none convicted later."""
    facts = summaries["BRA", "pt"].facts
    assert "; Só em trabalho forçado constam 732, acima do total;" in facts[0].remark
    assert facts[3].remark == "Nenhum total citável após 2014"
    assert facts[4].remark == "Nenhum total citável após 2013"
    remark = summaries["COL", "pt"].facts[0].remark
    assert "2023: o mesmo número que crimes registrados" in remark


def test_a_number_that_another_indicator_has_too_is_named_as_on_the_page(summaries) -> None:
    remarks = {fact.name: fact.remark for fact in summaries["BOL", "en"].facts}
    assert "The same number as offences recorded in 7 of 10 years" in remarks["Detected victims"]
    assert "the same" not in remarks["Persons convicted"]


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_saint_kitts_has_no_total_and_says_so(connection, summaries, language: str) -> None:
    found, reader = summaries["KNA", language], interface_text.language(language)
    said = "select text from published.sentence where area = 'KNA' and question = 'HAPPENED'"
    assert connection.execute(f"{said} and language = '{language}'").fetchone() == (found.sentence,)
    assert found.source == ""
    *figures, missing = found.facts
    assert {fact.figure for fact in figures} == {reader.say("no_figure")}
    assert not any(fact.is_part for fact in figures)
    assert missing.figure == reader.say("part_of_whole", part=20, whole=20)
    assert reader.say("sheet_sources") in found.citation


def test_a_year_that_is_not_of_the_calendar_is_printed_so(summaries) -> None:
    found = summaries["USA", "en"]
    assert "16\u202f390" in found.sentence and "in 2021/22;" in found.sentence
    assert found.facts[0].year == "2021/22"
    assert "July to June" in found.facts[0].remark


def test_figures_are_those_of_the_national_series(connection, summaries) -> None:
    rows = connection.execute(
        "select ref_area, indicator, year, value, source, release from published.national_series "
        "where indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') "
        "qualify year = max(year) over (partition by ref_area, indicator)"
    ).fetchall()
    names = codelists.labels("indicator", "en")
    series = {(area, names[indicator]): row for area, indicator, *row in rows}
    found = {
        (area, fact.name): fact
        for area in codelists.oas_states()
        for fact in summaries[area, "en"].facts
        if fact.name in {name for _, name in series}
    }
    assert len(found) == 3 * 35
    for key, fact in found.items():
        if key not in series:
            assert fact.figure == interface_text.labels("en")["no_figure"]
            continue
        year, value, _, release = series[key]
        assert fact.figure == value if value is not None else str(fact.figure).startswith("<")
        assert int(str(fact.year)[:4]) in (year, year - 1)
        assert fact.source.endswith(f"release of {ENGLISH.day(release)}")


def test_parts_are_printed_beside_the_total_by_the_same_release(connection, facts) -> None:
    for area, own in facts.items():
        for part, column in (("F", "sex"), ("Y0T17", "age")):
            if (row := own.figures.get(part)) is None:
                continue
            other = {"sex": "age", "age": "sex"}[column]
            [found] = connection.execute(
                "select value, obs_status from published.observation where indicator = "
                f"'VIC_DETECT' and freq = 'A' and {column} = ? and {other} = '_T' and ref_area = ? "
                "and source = ? and release = ? and year = ? and exploitation = '_T' "
                "and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'",
                [part, area, row["source"], row["release"], row["year"]],
            ).fetchall()
            assert found == (row["value"], row["obs_status"])


def test_the_sentence_is_that_of_the_state_s_page(built, summaries) -> None:
    pages = files(built, country, "fr")
    for area in codelists.oas_states():
        page = Page(pages[f"fr/country/{area.lower()}.html"])
        [(_, sentence)] = page.all("p", **{"class": "sentence"})
        assert summaries[area, "fr"].sentence == sentence


def test_a_government_whose_figure_another_state_prints_comes_first(summaries) -> None:
    """The US Department of State prints what Haiti's government counted."""
    found = summaries["HTI", "en"]
    author = "Government of Haiti, in: US Department of State"
    assert author in found.source
    assert found.facts[0].source.startswith(author)
    assert author in found.citation


@pytest.mark.parametrize(
    ("basis", "year"),
    [("CY", "2022"), ("TIPR", "2022/23"), ("FY0401", "2022/23"), ("FY0701", "2021/22"),
     ("FY1001", "2021/22")],
)  # fmt: skip
def test_a_year_that_begins_in_july_or_later_ends_in_that_of_its_label(
    basis: str, year: str
) -> None:
    assert summary.year_text({"year": 2022, "time_basis": basis}) == year


def test_what_is_missing_stands_in_the_order_of_the_needs(connection, summaries) -> None:
    """As on the state's page: both follow published.need."""
    ordered = connection.execute(
        "select ref_area, list((need_step, indicator) order by priority) from published.need "
        "group by all"
    ).fetchall()
    names = codelists.labels("indicator", "en")
    for area, asked in ordered:
        steps = list(dict.fromkeys(step for step, _ in asked))
        wanted = [(steps.index(step) + 1, names[code]) for step, code in dict.fromkeys(asked)]
        assert [(gap.step, gap.indicator) for gap in summaries[area, "en"].gaps] == wanted


def test_the_source_to_cite_has_release_and_reason(summaries) -> None:
    source = summaries["BRA", "en"].source
    assert "United Nations Office on Drugs and Crime (UNODC)" in source
    assert "release of 28 October 2025. From the international questionnaire" in source
    assert "release of 28 October 2025. Harmonised by tipstat" in summaries["BRA", "en"].citation
    assert "Oficina de las Naciones Unidas" in summaries["BRA", "es"].source


def test_remarks_warn_of_breaks_and_jumps(summaries) -> None:
    assert "Comparable since 2018 only" in summaries["CAN", "en"].facts[0].remark
    prosecuted = summaries["MEX", "en"].facts[3].remark
    assert prosecuted == "Over 3 times the 34 of 2022; the source gives no reason"
