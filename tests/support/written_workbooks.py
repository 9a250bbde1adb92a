"""Workbooks among extracts, as a reader of files finds them."""

from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from pipelines.words.interface_text import labels


@lru_cache(16)
def opened(extracts: Path, area: str, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(extracts / "excel" / language / f"{area}.xlsx")


def rows(book: Workbook, sheet: str, language: str = "en") -> list[tuple]:
    """Return the rows of a sheet below its heading."""
    return list(book[labels(language)[f"sheet_{sheet}"]].iter_rows(min_row=2, values_only=True))
