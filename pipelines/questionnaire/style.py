"""The look of a form: formats of cells, heights of rows, and how a sheet is printed."""

import math
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.questionnaire.answers import Problem
from pipelines.questionnaire.form import Form

_LINE: Final = 15
"""Height of a line of text, in points."""

_TOP: Final = {"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
_LINE_BELOW: Final = {"bottom": 1, "bottom_color": "#D9DFE4"}
_HEAD: Final = {**_TOP, "bold": True, "font_color": "#FFFFFF", "bg_color": "#12395B"}
_BOX: Final = {**_TOP, "border": 1, "border_color": "#B9A96B", "locked": False}
_OPEN: Final = {**_BOX, "bg_color": "#FFF9DB", "align": "left", "indent": 1}
_FIGURE: Final = {"align": "right", "indent": 1, "num_format": "#,##0", "text_wrap": False}
_MARKS: Final = {
    "": {},
    "_wrong": {"bg_color": "#F6C6C0", "border_color": "#A3261A", "border": 2},
    "_warned": {"bg_color": "#FCE3B6", "border_color": "#B26A00", "border": 2},
}
"""Changes that a mark makes to a cell's format."""

_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {
        "font_name": "Arial", "bold": True, "font_size": 18, "font_color": "#12395B",
        "valign": "vcenter",
    },
    "lead": {"font_name": "Arial", "font_size": 12, "font_color": "#4A5B6A", "valign": "top"},
    "head": {**_HEAD, "align": "left", "indent": 1},
    "head_number": {**_HEAD, "align": "right", "indent": 1},
    "step": {**_TOP, "bold": True, "font_color": "#12395B", "font_size": 11, "align": "center"},
    "text": {**_TOP, "font_size": 11},
    "total": {**_TOP, **_LINE_BELOW, "align": "left", "indent": 1, "bold": True},
    "part": {**_TOP, **_LINE_BELOW, "align": "left", "indent": 3},
    "within_part": {**_TOP, **_LINE_BELOW, "align": "left", "indent": 5},
    "breakdown": {
        **_TOP, "italic": True, "font_color": "#4A5B6A", "align": "left", "indent": 2,
        "text_wrap": False, "valign": "bottom",
    },
    "definition": {
        **_TOP, **_LINE_BELOW, "align": "left", "indent": 1, "font_color": "#4A5B6A",
        "font_size": 9,
    },
    "last": {**_TOP, **_LINE_BELOW, **_FIGURE, "font_color": "#4A5B6A"},
    "problem": {**_TOP, "align": "left", "indent": 1, "font_color": "#A3261A"},
    "exceeding": {"bg_color": "#F6C6C0", "font_color": "#A3261A"},
    **{f"number{name}": {**_OPEN, **_FIGURE, **more} for name, more in _MARKS.items()},
    **{f"answer{name}": {**_OPEN, **more} for name, more in _MARKS.items()},
    **{f"note{name}": {**_OPEN, **more} for name, more in _MARKS.items()},
}  # fmt: skip


def formats(workbook: Workbook) -> dict[str, Format]:
    """Return the formats of a workbook, by name."""
    return {name: workbook.add_format(each) for name, each in _FORMATS.items()}


def mark(problems: Sequence[Problem]) -> str:
    """Return the end of the format's name of a cell with some problems."""
    if not problems:
        return ""
    return "_wrong" if any(problem.stops for problem in problems) else "_warned"


def height(text: str, width: float) -> int:
    """Return the height of a cell in points, given its width in characters."""
    lines = (max(1, math.ceil(len(line) / (width * 1.05))) for line in text.split("\n"))
    return _LINE * sum(lines)


def lay_out(sheet: Worksheet, form: Form) -> None:
    """Set how a sheet is shown and printed: A4, landscape, one page wide."""
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    area = form.area.replace("&", "&&")
    sheet.set_footer(f"&L&8{area}, {form.year}&C&8&A&R&8&P / &N")
