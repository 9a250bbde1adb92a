"""Remarks and sentences: the same in SQL, on pages, in workbooks and in JSON, in each language."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from pyicumessageformat import Parser

from pipelines.published.extracts.summary import joined
from pipelines.warehouse import remarks
from pipelines.words import interface_text, messages
from schemas import codelists

MAIN = ("VIC_DETECT", "PER_PROSEC", "PER_CONVICT")


@pytest.fixture(scope="module")
def known(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[remarks.Row]]:
    return remarks.of_last(connection)


@pytest.fixture(scope="module")
def quoted(extracts: Path) -> dict[str, dict]:
    """The JSON extract of each state."""
    files = (extracts / "json").iterdir()
    return {file.stem: json.loads(file.read_bytes()) for file in files}


def test_json_has_the_codes_of_every_newest_figure(known: dict, quoted: dict) -> None:
    for area in codelists.oas_states():
        figures = {each["indicator"]: each for each in quoted[area]["figures"]}
        for code in MAIN:
            expected = [row["remark"] for row in known.get((area, code), [])]
            told = figures.get(code, {"remarks": []})["remarks"]
            assert [each["remark"] for each in told] == expected, (area, code)


def test_workbooks_print_the_remarks_and_the_first_sentence_of_the_json(
    extracts: Path, quoted: dict, query: Callable
) -> None:
    """And these are those of the warehouse."""
    language = "fr"
    happened = dict(query(
        "select area, text from published.sentence "
        f"where question = 'HAPPENED' and language = '{language}'"
    ))  # fmt: skip
    names = codelists.labels("indicator", language)
    reader = interface_text.language(language)
    for area in codelists.oas_states():
        book = load_workbook(extracts / "excel" / language / f"{area}.xlsx", read_only=True)
        lines = [*book.worksheets[0].iter_rows(values_only=True)]
        beside = {line[0]: line[4] for line in reversed(lines) if len(line) > 4}
        for figure in quoted[area]["figures"]:
            if figure["indicator"] in MAIN:
                texts = [each["text"][language] for each in remarks.shown(figure["remarks"])]
                assert (beside[names[figure["indicator"]]] or "") == joined(texts, reader), area
        [answer] = [each for each in quoted[area]["answers"] if each["question"] == "HAPPENED"]
        assert lines[1][1] == answer["text"][language] == happened[area]


def variables(parsed: list) -> set[str]:
    """The variables of a parsed message, those of its branches included."""
    found: set[str] = set()
    for part in parsed:
        if isinstance(part, dict):
            found.add(part["name"])
            for branch in part.get("options", {}).values():
                found |= variables(branch)
    return found


FOR_GRAMMAR = ("_n", "_kind", "_verb")
"""Endings of variables that say nothing: number, smallness and agreement, where a language asks."""


@pytest.mark.parametrize("table", [path.stem for path in messages.FOLDER.glob("*.csv")])
def test_a_message_has_the_same_variables_in_every_language(table: str) -> None:
    for key, text in messages.texts(table).items():
        parsed = {
            frozenset(
                name.removesuffix("_in").removesuffix("_of")
                for name in variables(Parser().parse(text[each]))
                if not name.endswith(FOR_GRAMMAR)
            )
            for each in codelists.LANGUAGES
        }  # fmt: skip
        assert len(parsed) == 1, (key, parsed)


def test_every_message_is_of_a_code_of_the_list() -> None:
    assert {code for (code,) in messages.texts("remark")} <= {*codelists.codes("remark")}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_remark_is_said(known: dict, query: Callable, language: str) -> None:
    """No variable is left unfilled, nothing is said twice, no code is printed."""
    names = [column for column, *_ in query("describe main.source")]
    sources = {
        row["source"]: {**row, "short_name": row["publisher"]}
        for row in (dict(zip(names, each, strict=True)) for each in query("from main.source"))
    }
    for rows in known.values():
        texts = [remarks.said(row, sources, interface_text.language(language)) for row in rows]
        assert not [text for text in texts if "{" in text or "None" in text or "none" in text]
        assert all(text and text[0] == text[0].upper() for text in texts)
        assert not re.search(r"\b[A-Z]+_[A-Z_]+\b", " ".join(texts))
