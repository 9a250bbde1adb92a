"""The texts of extracts: headings, names of sheets and notes, in the reader's language."""

from typing import Final

from babel.dates import get_month_names

from pipelines.words import interface_text
from pipelines.words.language import LOCALE

_HEADINGS_OF_PAGES: Final = {
    "year": "year",
    "comment": "remark",
    "publisher": "source_publisher",
    "title": "source_title",
    "release": "source_release",
    "counted": "source_counted",
    "licence": "source_licence",
    "citation": "source_citation",
    "address": "source_file",
}
"""Columns whose heading is a text of the pages, and its code."""


def heading(column: str, language: str) -> str:
    """Return the heading of a column."""
    code = _HEADINGS_OF_PAGES.get(column, f"column_{column}")
    return interface_text.labels(language)[code]


def month_names(language: str) -> list[str]:
    """Return the short names of the months, January first (CLDR)."""
    names = get_month_names("abbreviated", "stand-alone", LOCALE[language])
    return [names[month] for month in range(1, 13)]
