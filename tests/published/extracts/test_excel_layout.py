"""The workbooks: how they look, how they print, and that nothing is in another language."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from written_workbooks import opened, rows

from pipelines.words import interface_text
from pipelines.words.interface_text import labels
from schemas import codelists, standard

Query = Callable[[str], list[tuple]]

SHEETS = (
    "summary", "data", "cited", "months", "assessments", "definitions", "sources", "notes"
)  # fmt: skip
ENGLISH = labels("en")
EXTRACTS = codelists.rows(interface_text.FOLDER / "extracts.csv")

DEFINED = (
    "sex", "age", "exploitation", "citizenship", "counterpart_role", "breakdown", "obs_status",
    "unit_measure", "count_unit", "time_basis", "def_scope",
)  # fmt: skip
"""Dimensions and attributes whose definitions are among the texts of extracts."""


def test_months_are_columns_beside_the_year(extracts: Path) -> None:
    sheet = opened(extracts, "MEX", "es")[labels("es")["sheet_months"]]
    headings = [cell.value for cell in sheet[1]]
    assert headings[10:23] == [
        "Año", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ]  # fmt: skip
    years = {line[10] for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert {2015, 2025} <= years


def test_only_rates_have_decimals_and_a_bound_has_all_of_its_own(extracts: Path) -> None:
    sheet = opened(extracts, "BLZ")[ENGLISH["sheet_data"]]
    numbers = {
        (cell.value, cell.number_format)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.data_type == "n" and cell.value is not None and cell.number_format != "General"
    }
    formats = {(form, float(value).is_integer()) for value, form in numbers}
    assert formats == {("#,##0", True), ("#,##0.00##", False)}
    assert 1.0718 in {value for value, _ in numbers}  # 1.07 would be less than it may be


def test_headings_and_sheets_are_in_the_language(extracts: Path) -> None:
    book = opened(extracts, "MEX", "fr")
    texts = labels("fr")
    assert book.sheetnames == [texts[f"sheet_{name}"] for name in SHEETS]
    assert book.active == book.worksheets[0]
    data = book[texts["sheet_data"]]
    headings = [cell.value for cell in data[1]]
    assert {texts["column_figure"], texts["remark"], texts["source_release"]} <= set(headings)
    assert not [
        name for name in book.sheetnames if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)
    ]
    for sheet in book.worksheets[1:-1]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.value for cell in sheet[1])
    assert book.properties.created == datetime(2026, 12, 1)
    assert book.properties.title == data.parent.worksheets[-1]["A1"].value


def test_no_definition_is_in_english(extracts: Path) -> None:
    english = {row[3] for row in rows(opened(extracts, "MEX"), "definitions")}
    found = [row[3] for row in rows(opened(extracts, "MEX", "fr"), "definitions", "fr")]
    assert all(found)
    assert english.isdisjoint(found)


def test_every_code_in_use_has_a_translated_definition(query: Query) -> None:
    used = {
        f"definition_{dimension}_{code}".lower()
        for dimension in DEFINED
        for (codes,) in query(f"select distinct {dimension} from published.observation")
        for code in codes.split(";")
        if code in codelists.codes(dimension)  # else an area
    } | {f"definition_time_basis_{code}".lower() for code in codelists.codes("time_basis")}
    written = {row["code"] for row in EXTRACTS if row["code"].startswith("definition_")}
    of_sheets = {
        f"definition_{sheet.codelist}_{code}".lower()
        for sheet in standard.variables().values()
        for code in sheet.codes
    }
    assert written == used - of_sheets
    for dimension in DEFINED:
        for code, definition in codelists.column(dimension, "definition").items():
            key = f"definition_{dimension}_{code}".lower()
            assert ENGLISH.get(key, definition) == definition
