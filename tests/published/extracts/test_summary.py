"""The summary of a state: figures as published, short sentences, what is missing in order."""

from dataclasses import replace
from itertools import product

import pytest

from pipelines.published.extracts import edition, summary
from pipelines.published.extracts.summary import Summary, SummaryFacts
from pipelines.warehouse import remarks
from pipelines.words import foreign_text, interface_text
from schemas import codelists

ENGLISH = interface_text.language("en")


@pytest.fixture(scope="module")
def facts(connection) -> dict[str, SummaryFacts]:
    return summary.read_facts(connection)


@pytest.fixture(scope="module")
def sources(connection) -> dict[str, summary.Sources]:
    """The sources in each language."""
    return {
        code: {
            source: foreign_text.named(row, code)
            for source, row in remarks.named_sources(
                connection, interface_text.language(code)
            ).items()
        }
        for code in ("en", "fr")
    }


@pytest.fixture(scope="module")
def summaries(connection, facts, sources) -> dict[tuple[str, str], Summary]:
    """The summary of each state in each language."""
    made = edition.read_edition(connection)
    return {
        (area, code): summary.summarise(facts[area], area, code, made, sources[code])
        for area, code in product(codelists.oas_states(), sources)
    }


def test_saint_kitts_has_no_total_and_says_so(summaries) -> None:
    found, reader = summaries["KNA", "en"], ENGLISH
    *figures, missing = found.facts
    assert {fact.figure for fact in figures} == {reader.say("no_figure")}
    assert not any(fact.is_part for fact in figures)
    assert missing.figure == reader.say("part_of_whole", part=9, whole=9)
    assert reader.say("sheet_sources") in found.citation


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


def test_a_government_whose_figure_another_state_prints_comes_first(summaries) -> None:
    """The US Department of State prints what Haiti's government counted."""
    found = summaries["HTI", "en"]
    author = "Government of Haiti, in: US Department of State"
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


def test_figures_are_the_newest_that_may_be_cited(connection, summaries) -> None:
    rows = connection.execute(
        "select ref_area, indicator, year, value, release from published.newest "
        "where indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT')"
    ).fetchall()
    names = codelists.labels("indicator", "en")
    newest = {(area, names[indicator]): row for area, indicator, *row in rows}
    found = {
        (area, fact.name): fact
        for area in codelists.oas_states()
        for fact in summaries[area, "en"].facts
        if fact.name in {name for _, name in newest}
    }
    assert len(found) == 3 * 35
    for key, fact in found.items():
        if key not in newest:
            assert fact.figure == interface_text.labels("en")["no_figure"]
            continue
        year, value, release = newest[key]
        assert fact.figure == value if value is not None else str(fact.figure).startswith("<")
        assert int(str(fact.year)[:4]) in (year, year - 1)
        assert fact.source.endswith(f"release of {ENGLISH.day(release)}")


def test_the_figure_of_the_first_sentence_is_a_key_fact_with_its_source(summaries) -> None:
    """Of Mexico it is one of victims in files of the police, newer than that of detected ones."""
    found = summaries["MEX", "en"]
    assert "790" in found.sentences[0].text
    assert (found.facts[0].figure, found.facts[0].year) == (790, 2024)
    assert "SESNSP" in found.citation


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_question_has_the_sentence_and_the_caution_of_the_warehouse(
    connection, summaries, language: str
) -> None:
    for area in codelists.oas_states():
        rows = connection.execute(
            "select question, text, coalesce(caution_text, '') from published.sentence "
            "where area = ? and language = ?",
            [area, language],
        ).fetchall()
        names = codelists.labels("question", language)
        order = codelists.codes("question")
        expected = [
            (names[question], text, caution)
            for question, text, caution in sorted(rows, key=lambda row: [*order].index(row[0]))
        ]
        found = summaries[area, language].sentences
        assert [(each.question, each.text, each.caution) for each in found] == expected


def test_a_sentence_that_may_not_be_passed_on_is_not_there_and_the_sheet_says_so(
    connection, facts, sources
) -> None:
    first, *others = facts["BRA"].sentences
    withheld = replace(facts["BRA"], sentences=[{**first, "text": None, "caution": None}, *others])
    made = edition.read_edition(connection)
    found = summary.summarise(withheld, "BRA", "en", made, sources["en"]).sentences[0]
    assert (found.text, found.caution) == (ENGLISH.say("summary_not_free"), "")
