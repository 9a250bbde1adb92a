"""The CSV extracts: in codes, and for the spreadsheets of each language."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invented_extracts import FORMULAS, OTHERS, SHOWN_FIGURE

from pipelines.warehouse import declarations
from pipelines.words.interface_text import labels

Query = Callable[[str], list[tuple]]

SIGNS = {"en": (",", "."), "fr": (";", ",")}


def in_words(extracts: Path, language: str) -> list[dict[str, str]]:
    """Return the rows of the CSV of each source in a language."""
    files = [io.StringIO(each.decode("utf-8-sig"), "") for each in unzipped(extracts, language)]
    return [row for file in files for row in csv.DictReader(file, delimiter=SIGNS[language][0])]


def unzipped(extracts: Path, language: str) -> Iterator[bytes]:
    """Yield the bytes of the CSV of each source in a language."""
    for place in (extracts / "csv" / language).iterdir():
        with zipfile.ZipFile(place) as file:
            yield file.read(place.stem)


def number(text: str) -> float | None:
    return float(text) if text else None


def in_codes(extracts: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV in codes."""
    path = extracts / "csv" / name
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_in_codes_has_every_figure(extracts: Path, query: Query) -> None:
    found = in_codes(extracts, "observation.csv.gz")
    columns = list(found[0])
    assert {"publisher", "licence", "citation"}.isdisjoint(columns)
    expected = query(f"select {', '.join(columns)} from published.observation")
    wanted = [
        tuple(
            ";".join(cell) if isinstance(cell, list) else "" if cell is None else cell
            for cell in row
        )
        for row in expected
    ]
    numbers = {"value": float, "lower": float, "upper": float, "year": int}
    read = [
        tuple(numbers.get(name, str)(row[name]) if row[name] else "" for name in columns)
        for row in found
    ]
    assert sorted(read, key=repr) == sorted(wanted, key=repr)
    assert not [row for row in found if row["value"].endswith(".0")]


@pytest.mark.parametrize("name", [each.name for each in declarations.leaving("csv")])
def test_the_first_rows_show_the_type_of_each_column(extracts: Path, name: str) -> None:
    """To readers that take it from a hundred of them and then stop at what does not fit."""
    rows = in_codes(extracts, f"{name}.csv.gz")
    for column in rows[0]:
        guessed = max(kind(row[column]) for row in rows[:100])
        assert guessed == max(kind(row[column]) for row in rows), column


def kind(cell: str) -> int:
    """0 for nothing, 1 for a whole number, 2 for one with decimals, 3 for a text."""
    for found, pattern in enumerate(("", r"[+-]?\d+", r"[+-]?\d*\.?\d+([eE][+-]?\d+)?")):
        if re.fullmatch(pattern, cell):
            return found
    return 3


def test_the_figures_to_cite_are_those_of_the_table(extracts: Path, query: Query) -> None:
    found = [
        (row["ref_area"], row["indicator"], int(row["year"]), number(row["value"]),
         number(row["upper"]), row["source"], row["citation_reason"], row["is_sum"] == "true")
        for row in in_codes(extracts, "national_series.csv.gz")
    ]  # fmt: skip
    expected = query(
        "select ref_area, indicator, year, value, upper, source, citation_reason, is_sum "
        "from published.national_series"
    )
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert len({row[:3] for row in found}) == len(found) > 1000


@pytest.mark.parametrize("language", SIGNS)
def test_a_spreadsheet_finds_signs_and_texts_of_its_language(
    extracts: Path, language: str, query: Query
) -> None:
    assert {each[:3] for each in unzipped(extracts, language)} == {b"\xef\xbb\xbf"}
    texts = labels(language)
    rows = in_words(extracts, language)
    figure, locator = texts["column_figure"], texts["column_locator"]
    found = [(row[locator], row[texts["column_time_period"]], row[figure]) for row in rows]
    wanted = [
        (where, period, printed if "Q" in status.split(";") else as_text(value, language))
        for where, period, printed, status, value in query(
            "select locator, time_period, value_raw, obs_status, value from published.observation"
        )
    ]
    assert sorted(found) == sorted(wanted)
    numbers = [row[figure] for row in rows if "<" not in row[figure]]  # else as printed
    for column in (numbers, [row[texts["column_upper"]] for row in rows]):
        rates = [text for text in column if "." in text or "," in text]
        assert rates
        assert all(SIGNS[language][1] in rate for rate in rates)


def as_text(value: float | None, language: str) -> str:
    return "" if value is None else f"{value:.15g}".replace(".", SIGNS[language][1])


def test_no_cell_begins_a_formula_in_a_spreadsheet(hostile_extracts: Path) -> None:
    rows = in_words(hostile_extracts, "en")
    starts = ("=", "+", "-", "@", "\t", "\r", "\n")
    assert [cell for row in rows for cell in row.values() if cell.startswith(starts)] == []
    remarks = {row[labels("en")["remark"]] for row in rows}
    assert {f"'{text}" for text in FORMULAS} | set(OTHERS) <= remarks
    assert str(SHOWN_FIGURE) in {row[labels("en")["column_figure"]] for row in rows}


def test_the_file_in_codes_keeps_every_text(hostile_extracts: Path) -> None:
    found = in_codes(hostile_extracts, "observation.csv.gz")
    assert {*FORMULAS, *OTHERS} <= {row["comment"] for row in found}
    assert "-" in {row["value_raw"] for row in found}
