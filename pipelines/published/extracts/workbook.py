"""One workbook: the figures of one state in one language, behind a summary of one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from pipelines.lib import csv_injection
from pipelines.published.extracts import sheets, summary_sheet
from pipelines.published.extracts.edition import Edition
from pipelines.published.extracts.sheets import PageText, Table
from pipelines.published.extracts.summary import Summary
from pipelines.published.extracts.table_sheet import Book
from pipelines.words import interface_text
from pipelines.words.extract_words import heading
from pipelines.words.interface_text import labels

_OPTIONS: Final = csv_injection.WORKBOOK | {"default_format_properties": sheets.TOP}
_TEXT: Final = 120
"""Width of the column of notes, in characters."""


_SHEETS: Final = {
    "figures": "sheet_data",
    "cited": "sheet_cited",
    "months": "sheet_months",
    "assessments": "sheet_assessments",
    "definitions": "sheet_definitions",
    "sources": "sheet_sources",
}
"""The texts of the names of the sheets, by table; only that of the figures may be empty."""


@dataclass(frozen=True)
class Contents:
    """Contents of a workbook.

    Attributes:
        area: name of the state.
        language: code of its language.
        summary: texts of the first sheet.
        tables: the tables of the other sheets: `figures`, a row per figure; `cited`, per figure to
            cite; `months`, per monthly series and year; `assessments`, per statement of another
            government on the state; `definitions`, per code that the figures use; `sources`, per
            release of a source.
    """

    area: str
    language: str
    summary: Summary
    tables: Mapping[str, Table]


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
    with Book(str(place), _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": title,
                "author": f"tipstat {edition.version}",
                "comments": _citation(contents, edition),
                "created": datetime.combine(date.fromisoformat(edition.day), datetime.min.time()),
            }
        )
        summary_sheet.write(workbook, contents.summary, contents.language, page)
        for name, sheet_name in _SHEETS.items():
            table = contents.tables[name]
            if table[1] or name == "figures":
                sheets.write_table(workbook, texts[sheet_name], table, contents.language, page)
        sheet = sheets.add_sheet(workbook, texts["sheet_notes"], page)
        bold = workbook.add_format({"bold": True, "font_size": 14})
        sheet.set_column(0, 0, _TEXT)
        for line, text in enumerate([title, *_notes(contents, edition)]):
            sheet.write_string(line, 0, text, None if line else bold)


def _notes(contents: Contents, edition: Edition) -> list[str]:
    """Return the notes that a user of the figures must read."""
    texts, tables = labels(contents.language), contents.tables
    columns, rows = tables["months"]
    first = columns.index("year") + 1
    monthly = sum(cell is not None for row in rows for cell in row[first : first + 12])
    values = {
        "status": heading("obs_status_name", contents.language),
        **{code.removeprefix("sheet_"): texts[code] for code in _SHEETS.values()},
        "figures": len(tables["figures"][1]),
        "monthly": monthly,
        "language": contents.language,
    }
    codes = ["not_prevalence", "note_suppressed", "note_empty", "note_sums", "note_rows"]
    codes += [f"note_{name}" for name in ("cited", "months", "assessments") if tables[name][1]]
    if not (tables["figures"][1] or monthly):
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
