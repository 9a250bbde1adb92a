"""The day of a release in the publisher's file, where the layout names the cell that has it."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from xlsxwriter.utility import xl_cell_to_rowcol

from pipelines.reader import workbooks
from schemas.source import WORKBOOKS, Source

_PRINTED: Final = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_DATE: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?: 00:00:00)?")
"""The day of a text, and of a cell that holds a date."""


def cell(source: Source) -> str:
    """Return the cell in which the files of a source state the day of a release; "" if none."""
    return next((layout.day_cell for layout in source.layouts if layout.day_cell), "")


def stated(file: Path, source: Source) -> str:
    """Return the day of release that a publisher's file states, ISO 8601; "" if it states none.

    Raises:
        FileRefusedError: it is a workbook without the sheet of the layout, or a damaged one.
    """
    layout = next((layout for layout in source.layouts if layout.day_cell), None)
    if not layout or file.suffix.lower() not in WORKBOOKS:
        return ""
    row, column = xl_cell_to_rowcol(layout.day_cell)
    sheet = workbooks.sheets_of(file, layout)[0]
    rows = workbooks.top(file, sheet, row + 1).rows
    text = rows[row][column].strip() if len(rows) > row and len(rows[row]) > column else ""
    if found := _PRINTED.fullmatch(text) or _DATE.fullmatch(text):
        with suppress(ValueError):  # such as 31/02/2025, or the month before the day
            return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    return ""
