"""One workbook: the figures of one state in one language, behind a summary of one page."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.workbook import Workbook

from pipelines.lib import csv_injection
from pipelines.published.extracts import sheets, summary_sheet
from pipelines.published.extracts.edition import Edition
from pipelines.published.extracts.sheets import PageText, Table
from pipelines.published.extracts.summary import Summary
from pipelines.words import interface_text
from pipelines.words.extract_words import heading
from pipelines.words.interface_text import labels

_OPTIONS: Final = csv_injection.WORKBOOK | {"default_format_properties": sheets.TOP}
_TEXT: Final = 120
"""Width of the column of notes, in characters."""


@dataclass(frozen=True)
class Contents:
    """Contents of a workbook."""

    area: str
    language: str  # code of its language
    summary: Summary  # texts of the first sheet
    figures: Table  # one row per figure
    cited: Table  # one row per figure to cite
    months: Table  # one row per monthly series and year
    assessments: Table  # one row per statement of another government on the state
    definitions: Table  # one row per code that the figures use
    sources: Table  # one row per release of a source

    @property
    def monthly(self) -> int:
        """Return how many figures the monthly series have."""
        columns, rows = self.months
        first = columns.index("year") + 1
        return sum(cell is not None for row in rows for cell in row[first : first + 12])


def write(place: Path, contents: Contents, edition: Edition) -> None:
    """Write the workbook; the same figures give the same bytes.

    Raises:
        ExportError: a sheet cannot hold a row or a text of it.
    """
    texts = labels(contents.language)
    title = texts["country_title"].format(area=contents.area)
    page = PageText(
        contents.area, texts["page_footer"].format(**_version(edition, contents.language))
    )
    with xlsxwriter.Workbook(str(place), _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": title,
                "author": f"tipstat {edition.version}",
                "comments": _citation(contents, edition),
                "created": datetime.combine(date.fromisoformat(edition.day), datetime.min.time()),
            }
        )
        summary_sheet.write(workbook, contents.summary, contents.language, page)
        for name in ("data", "cited", "months", "assessments", "definitions", "sources"):
            table: Table = contents.figures if name == "data" else getattr(contents, name)
            if table[1] or name == "data":
                sheet = texts[f"sheet_{name}"]
                sheets.write_table(workbook, sheet, table, contents.language, page)
        _write_notes(workbook, texts["sheet_notes"], [title, *_notes(contents, edition)], page)


def _write_notes(workbook: Workbook, name: str, texts: list[str], page: PageText) -> None:
    sheet = sheets.add_sheet(workbook, name, page)
    bold = workbook.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 0, _TEXT)
    for line, text in enumerate(texts):
        sheet.write_string(line, 0, text, None if line else bold)


def _notes(contents: Contents, edition: Edition) -> list[str]:
    """Return the notes that a user of the figures must read."""
    texts = labels(contents.language)
    values = {
        "status": heading("obs_status_name", contents.language),
        "data": texts["sheet_data"],
        "cited": texts["sheet_cited"],
        "months": texts["sheet_months"],
        "sources": texts["sheet_sources"],
        "assessments": texts["sheet_assessments"],
        "figures": len(contents.figures[1]),
        "monthly": contents.monthly,
        "language": contents.language,
    }
    codes = ["not_prevalence", "note_suppressed", "note_empty", "note_sums", "note_rows"]
    for name, note in (
        ("cited", "note_cited"),
        ("months", "note_months"),
        ("assessments", "note_assessments"),
    ):
        if getattr(contents, name)[1]:
            codes.append(note)
    if not (contents.figures[1] or contents.monthly):
        codes = ["note_no_figures", "empty_meaning"]
    notes = [texts[code].format(**values) for code in (*codes, "note_more", "note_licence")]
    return [*notes, _citation(contents, edition)]


def _citation(contents: Contents, edition: Edition) -> str:
    texts = labels(contents.language)
    return texts["note_citation"].format(
        sources=texts["sheet_sources"], **_version(edition, contents.language)
    )


def _version(edition: Edition, language: str) -> dict[str, str]:
    return {"version": edition.version, "day": interface_text.language(language).day(edition.day)}
