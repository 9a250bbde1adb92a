"""The words of extracts: headings, names of sheets and notes, in the reader's language."""

from functools import cache
from typing import Final

from schemas import codelists

_SAID_ON_PAGES: Final = {
    "comment": "remark",
    "publisher": "source_publisher",
    "title": "source_title",
    "release": "source_release",
    "counted": "source_counted",
    "licence": "source_licence",
    "citation": "source_citation",
    "address": "source_file",
}
"""Columns whose heading the pages have too, and its code in `site_text`."""


@cache
def words(language: str) -> dict[str, str]:
    """The texts of the pages and of the extracts, by code, with placeholders in braces."""
    return codelists.labels("site_text", language) | codelists.labels("extract_text", language)


def heading(column: str, language: str) -> str:
    """The heading of a column; a month stands for itself."""
    code = _SAID_ON_PAGES.get(column, f"column_{column}")
    return words(language)[code]
