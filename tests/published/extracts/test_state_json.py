"""JSON of each state: the newest figures as they may be printed, and answers in words."""

import json
from pathlib import Path

import pytest

from pipelines.published.extracts.state_json import AREAS
from schemas import codelists


@pytest.fixture(scope="module")
def quoted(extracts: Path) -> dict[str, dict]:
    return {area: json.loads((extracts / f"json/{area}.json").read_bytes()) for area in AREAS}


def figure(quoted: dict, area: str, indicator: str) -> dict:
    [found] = [each for each in quoted[area]["figures"] if each["indicator"] == indicator]
    return found


def test_a_figure_is_printed_beside_its_number(quoted: dict) -> None:
    found = figure(quoted, "DOM", "VIC_DETECT")
    assert (found["printed"], found["value"], found["year"]) == ("76", 76, 2023)
    assert (found["source"], found["release"]) == ("int_unodc_glotip", "2025-10-28")


def test_a_suppressed_figure_has_no_number_but_its_bounds(quoted: dict) -> None:
    found = figure(quoted, "ATG", "PER_CONVICT")
    assert (found["printed"], found["value"]) == ("<5", None)
    assert (found["lower"], found["upper"]) == (0, 4)


def test_where_there_is_no_figure_the_remark_says_why(quoted: dict) -> None:
    found = figure(quoted, "KNA", "VIC_DETECT")
    assert found.keys() == {"indicator", "remarks"}
    [remark] = found["remarks"]
    assert (remark["remark"], remark["severity"]) == ("NO_SOURCE", "absent")
    assert remark["text"].keys() == {*codelists.LANGUAGES}


def test_every_newest_figure_is_there(quoted: dict, query) -> None:
    made = [
        (area, each["indicator"], each["source"], each["value"])
        for area in codelists.oas_states()
        for each in quoted[area]["figures"]
        if "source" in each
    ]
    newest = query("select ref_area, indicator, source, value from published.newest")
    assert sorted(made, key=str) == sorted(newest, key=str)


def test_every_answer_is_there_in_numbers_and_in_words(quoted: dict, query) -> None:
    made = {
        (area, each["question"], language, text, each["caution_text"][language])
        for area in AREAS
        for each in quoted[area]["answers"]
        for language, text in each["text"].items()
    }
    sentences = "select area, question, language, text, caution_text from published.sentence"
    assert made == {*query(sentences)}
    [happened] = [each for each in quoted["DOM"]["answers"] if each["question"] == "HAPPENED"]
    assert happened["args"]["newest"] == {"value": 76, "lower": 76, "upper": 76}


def test_every_source_that_is_named_has_its_terms(quoted: dict) -> None:
    for area in AREAS:
        document = quoted[area]
        named = {each["source"] for each in document["figures"] if "source" in each}.union(
            *(each["sources"] for each in document["answers"])
        )
        assert {each["source"] for each in document["releases"]} == named
        assert all(each["licence"] and each["citation"] for each in document["releases"])
