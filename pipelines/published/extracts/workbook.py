"""One workbook: the figures of one state in one language, with definitions, sources and notes.

Every text is written as text and every number as a number, so that Excel makes no formula, link or
date of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.published.extracts import ExportError
from pipelines.published.extracts.edition import Edition
from pipelines.published.i18n.extract_words import heading, words

Row = Sequence[object]
Table = tuple[Sequence[str], Sequence[Row]]
"""Columns and rows."""

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROW: Final = {"ref_area", "time_period", "figure", "lower", "upper", "release", "retrieved"}
_BROAD: Final = {"definition", "counted", "licence", "citation", "address", "locator", "title"}
_TEXT: Final = 100
"""Width of the column of notes, in characters."""


@dataclass(frozen=True)
class Contents:
    """Contents of a workbook.

    Attributes:
        area: name of the state.
        language: code of its language.
        figures: one row per figure.
        cited: one row per figure to cite.
        months: one row per monthly series.
        definitions: one row per code that the figures use.
        sources: one row per release of a source.
        monthly: how many figures the monthly series have.
    """

    area: str
    language: str
    figures: Table
    cited: Table
    months: Table
    definitions: Table
    sources: Table
    monthly: int


def write(place: Path, contents: Contents, edition: Edition) -> None:
    """Write the workbook; the same figures give the same bytes.

    Raises:
        ExportError: a sheet cannot hold a row or a text of it.
    """
    texts = words(contents.language)
    title = texts["country_title"].format(area=contents.area)
    with xlsxwriter.Workbook(str(place), _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": title,
                "author": f"tipstat {edition.version}",
                "comments": _citation(contents, edition),
                "created": datetime.combine(date.fromisoformat(edition.day), datetime.min.time()),
            }
        )
        _write_table(workbook, texts["sheet_data"], contents.figures, contents.language)
        for name in ("cited", "months", "definitions", "sources"):
            table: Table = getattr(contents, name)
            if table[1]:
                _write_table(workbook, texts[f"sheet_{name}"], table, contents.language)
        _write_notes(workbook, texts["sheet_notes"], [title, *_notes(contents, edition)])


def _write_table(workbook: Workbook, name: str, table: Table, language: str) -> None:
    sheet, (columns, rows) = workbook.add_worksheet(name), table
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    right = workbook.add_format({"align": "right"})
    for place, column in enumerate(columns):
        is_month = column[:4].isdecimal()
        is_figure = is_month or column in {"figure", "lower", "upper"}
        sheet.set_column(place, place, _width(column), right if is_figure else None)
        sheet.write_string(0, place, column if is_month else heading(column, language), bold)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _put(sheet, line, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _width(column: str) -> int:
    """Return the width of a column in characters."""
    if column[:4].isdecimal() or column in _NARROW:
        return 11
    return 60 if column in _BROAD else 28


def _put(sheet: Worksheet, line: int, place: int, cell: object) -> None:
    """Write a cell; an empty one stays empty."""
    if cell is None:
        return
    put = sheet.write_string if isinstance(cell, str) else sheet.write_number
    if put(line, place, cell):  # only 0 means that the sheet holds it
        raise ExportError(f"{sheet.name}, row {line + 1}: too long for a workbook")


def _write_notes(workbook: Workbook, name: str, texts: list[str]) -> None:
    sheet = workbook.add_worksheet(name)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True, "font_size": 14, "text_wrap": True})
    sheet.set_column(0, 0, _TEXT)
    for line, text in enumerate(texts):
        sheet.write_string(line, 0, text, wrapped if line else bold)


def _notes(contents: Contents, edition: Edition) -> list[str]:
    """Return the notes that a user of the figures must read."""
    texts = words(contents.language)
    values = {
        "status": heading("obs_status_name", contents.language),
        "data": texts["sheet_data"],
        "cited": texts["sheet_cited"],
        "months": texts["sheet_months"],
        "sources": texts["sheet_sources"],
        "figures": len(contents.figures[1]),
        "monthly": contents.monthly,
        "language": contents.language,
    }
    codes = ["not_prevalence", "note_suppressed", "note_empty", "note_sums", "note_rows"]
    for name, note in (("cited", "note_cited"), ("months", "note_months")):
        if getattr(contents, name)[1]:
            codes.append(note)
    if not (contents.figures[1] or contents.monthly):
        codes = ["note_no_figures", "empty_meaning"]
    notes = [texts[code].format(**values) for code in (*codes, "note_more", "note_licence")]
    return [*notes, _citation(contents, edition)]


def _citation(contents: Contents, edition: Edition) -> str:
    texts = words(contents.language)
    return texts["note_citation"].format(
        sources=texts["sheet_sources"], version=edition.version, day=edition.day
    )
