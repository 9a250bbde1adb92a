"""The CSV extracts: canonical in codes, and as a spreadsheet of each language wants them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_extracts import FORMULAS, OTHERS, SHOWN_FIGURE

from pipelines.published.i18n.extract_words import words
from schemas import codelists

SIGNS = {"en": (",", "."), "es": (",", "."), "pt": (";", ","), "fr": (";", ",")}
languages = pytest.mark.parametrize("language", codelists.LANGUAGES)


def in_words(extracts: Path, language: str) -> list[dict[str, str]]:
    """The rows of the CSV of a language."""
    path = extracts / "csv" / f"observation_{language}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=SIGNS[language][0]))


def number(text: str) -> float | None:
    return float(text) if text else None


def test_the_canonical_file_has_every_figure_in_codes(
    extracts: Path, query: Callable[[str], list[tuple]]
) -> None:
    with (extracts / "csv" / "observation.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    columns = list(found[0])
    assert {"publisher", "licence", "citation"}.isdisjoint(columns)
    expected = query(f"select {', '.join(columns)} from published.observation")
    wanted = [tuple("" if cell is None else cell for cell in row) for row in expected]
    numbers = {"value": float, "lower": float, "upper": float, "year": int}
    read = [
        tuple(numbers.get(name, str)(row[name]) if row[name] else "" for name in columns)
        for row in found
    ]
    assert sorted(read, key=repr) == sorted(wanted, key=repr)
    assert not [row for row in found if row["value"].endswith(".0")]


def test_the_figures_to_cite_are_those_of_the_table(
    extracts: Path, query: Callable[[str], list[tuple]]
) -> None:
    with (extracts / "csv" / "national_series.csv").open(encoding="utf-8", newline="") as file:
        found = [
            (row["ref_area"], row["indicator"], int(row["year"]), number(row["value"]),
             number(row["upper"]), row["source"], row["citation_reason"], row["is_sum"] == "true")
            for row in csv.DictReader(file)
        ]  # fmt: skip
    expected = query(
        "select ref_area, indicator, year, value, upper, source, citation_reason, is_sum "
        "from published.national_series"
    )
    assert found == expected
    assert len({row[:3] for row in found}) == len(found) > 1000


@languages
def test_a_spreadsheet_finds_signs_and_words_of_its_language(
    extracts: Path, language: str, query: Callable[[str], list[tuple]]
) -> None:
    assert (extracts / "csv" / f"observation_{language}.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    said = words(language)
    rows = in_words(extracts, language)
    figure, locator = said["column_figure"], said["column_locator"]
    found = [(row[locator], row[said["column_time_period"]], row[figure]) for row in rows]
    wanted = [
        (where, period, printed if "Q" in status.split(";") else as_text(value, language))
        for where, period, printed, status, value in query(
            "select locator, time_period, value_raw, obs_status, value from published.observation"
        )
    ]
    assert sorted(found) == sorted(wanted)
    single = [row[figure] for row in rows if " + " not in row[figure]]
    rates = [text for text in single if "." in text or "," in text]
    assert rates
    assert all(SIGNS[language][1] in rate for rate in rates)


def as_text(value: float | None, language: str) -> str:
    return "" if value is None else f"{value:.15g}".replace(".", SIGNS[language][1])


@languages
def test_no_cell_begins_a_formula_in_a_spreadsheet(hostile_extracts: Path, language: str) -> None:
    remark = words(language)["remark"]
    rows = in_words(hostile_extracts, language)
    starts = ("=", "+", "-", "@", "\t", "\r", "\n")
    assert [cell for row in rows for cell in row.values() if cell.startswith(starts)] == []
    remarks = {row[remark] for row in rows}
    assert {f"'{text}" for text in FORMULAS} | set(OTHERS) <= remarks
    assert str(SHOWN_FIGURE) in {row[words(language)["column_figure"]] for row in rows}


def test_the_canonical_file_keeps_every_text(hostile_extracts: Path) -> None:
    with (hostile_extracts / "csv" / "observation.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert {*FORMULAS, *OTHERS} <= {row["comment"] for row in found}
    assert "-" in {row["value_raw"] for row in found}
