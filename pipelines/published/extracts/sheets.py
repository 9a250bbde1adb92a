"""Sheets of a workbook: tables, and how every sheet is printed.

Every text is written as text and every number as a number, so that Excel makes no formula, link or
date of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.workbook import Workbook

from pipelines.published.extracts.table_sheet import Row, TableSheet
from pipelines.words.extract_words import heading

Table = tuple[Sequence[str], Sequence[Row]]
"""Columns and rows."""

WHOLE: Final = "#,##0"
"""Number format of counts: the reader's spreadsheet prints its own sign between thousands."""

_FRACTION: Final = "#,##0.00##"
"""Number format of rates. A bound keeps its four decimals: rounded, it would tell too little."""

TOP: Final = {"text_wrap": True, "valign": "top"}
"""Alignment of every cell, as the default of a workbook: a format per cell would take time."""

_RIGHT: Final = {"align": "right", "indent": 1}
_HEAD: Final = {"bold": True, "bg_color": "#DDE6EE", "bottom": 1}
_FIGURES: Final = {"figure", "lower", "upper"}
_YEARS: Final = {"time_period", "year"}
_WIDTHS: Final = {
    "address": 36, "age_name": 13, "breakdown_name": 16, "citation": 40, "citation_reason_name": 36,
    "citizenship_name": 14, "code": 16, "code_name": 30, "comment": 22, "count_unit_name": 11,
    "counted": 40, "counterpart_area_name": 13, "counterpart_role_name": 18, "def_scope_name": 16,
    "definition": 80, "dimension": 24, "direction_name": 22, "doubt_name": 30,
    "exploitation_name": 15, "figure": 13, "flags_name": 22, "indicator_name": 36, "kind_name": 18,
    "licence": 40, "list_cut": 10, "locator": 25, "lower": 11, "name": 40,
    "not_refreshed_since": 16, "objected_by": 25, "objection": 50, "obs_status_name": 14,
    "provenance_name": 18, "publisher": 25, "rank": 7, "ref_area": 8, "ref_area_name": 14,
    "release": 11, "retrieved": 11, "self_assessment": 12, "sex_name": 10, "source": 18,
    "summary": 50, "tier_name": 16, "time_basis_name": 12, "time_period": 9, "title": 36,
    "unit_measure_name": 10, "upper": 11, "weak_place": 12, "year": 7,
}  # fmt: skip
"""Widths of columns in characters."""

_PRINTED: Final = 195
"""Width of the figures on a printed page, in characters; with more, all would be too small."""

_MONTH: Final = 8
"""Width of a column of months."""


@dataclass(frozen=True)
class PageText:
    """Texts around each printed page: the state above, the edition below."""

    above: str
    below: str


def add_sheet(workbook: Workbook, name: str, page: PageText) -> TableSheet:
    """Add a sheet that prints in landscape, one page wide, with its name and page numbers."""
    sheet = workbook.add_worksheet(name, TableSheet)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.7)
    above, below = (text.replace("&", "&&") for text in (page.above, page.below))
    sheet.set_header(f'&L&"-,Bold"{above}&R&A')
    sheet.set_footer(f"&L{below}&R&P / &N")
    return sheet


def write_table(workbook: Workbook, name: str, table: Table, language: str, page: PageText) -> None:
    """Write a table: its first row stays in sight, is repeated on each page and filters the rows.

    A column without any entry is hidden. A column without a width of its own is a month.

    Raises:
        ExportError: the sheet cannot hold a text of the table.
    """
    sheet, (columns, rows) = add_sheet(workbook, name, page), table
    head, head_right = (workbook.add_format({**_HEAD, **each}) for each in ({}, _RIGHT))
    year = workbook.add_format(_RIGHT)
    whole, fraction = (
        workbook.add_format({**_RIGHT, "num_format": each}) for each in (WHOLE, _FRACTION)
    )
    for place, column in enumerate(columns):
        is_empty = bool(rows) and all(row[place] is None for row in rows)
        is_month = column not in _WIDTHS
        is_figure = is_month or column in _FIGURES
        width = _MONTH if is_month else _WIDTHS[column]
        given = whole if is_figure else year if column in _YEARS else None
        sheet.set_column(place, place, width, given, {"hidden": is_empty})
        title = column if is_month else heading(column, language)
        sheet.write_string(0, place, title, head_right if given else head)
    sheet.write_rows(rows, fraction)
    if "figure" in columns:
        sheet.print_area(0, 0, len(rows), _last_printed(table))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _last_printed(table: Table) -> int:
    """Return the place of the last column that a printed page still shows in readable size."""
    columns, rows = table
    width, last = 0, 0
    for place, column in enumerate(columns):
        if any(row[place] is not None for row in rows):
            width += _WIDTHS.get(column, _MONTH)
            if width > _PRINTED:
                break
        last = place
    return last
