"""The first sheet of a workbook: the summary of a state on one printed page."""

from collections.abc import Sequence
from itertools import chain, repeat
from math import ceil
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.published.extracts import sheets
from pipelines.published.extracts.sheets import PageText
from pipelines.published.extracts.summary import KeyFact, Summary
from pipelines.words.extract_words import heading
from pipelines.words.interface_text import labels

_WIDTHS: Final = (48, 13, 10, 70, 60)
"""Widths of the columns, in characters."""

_LAST: Final = len(_WIDTHS) - 1
_LINE: Final = 15
"""Height of a line of text, in points."""

_NARROW: Final = 0.88
"""Usual width of a letter beside that of a figure, in which widths of columns are measured."""

_BELOW: Final = {"bottom": 1, "bottom_color": "#C3CCD4"}
_HEAD: Final = {"bold": True, "bg_color": "#DDE6EE"}
_RIGHT: Final = {"align": "right", "indent": 1}
_LEAD: Final = {"bold": True, "bg_color": "#E8F0F7", "valign": "vcenter"}
_QUIET: Final = {"font_color": "#44525E", "italic": True}
_STYLES: Final = {
    "state": {"bold": True, "font_size": 22, "font_color": "#12385B"},
    "lead": {**_LEAD, "font_size": 12},
    "sentence": {**_LEAD, "font_size": 15},
    "question": {**_BELOW, "bold": True},
    "warning": {**_QUIET, "align": "left", "indent": 2},
    "section": {"bold": True, "font_size": 12, "font_color": "#12385B", "bottom": 2},
    "head": _HEAD,
    "head_right": {**_HEAD, **_RIGHT},
    "cell": _BELOW,
    "part": {**_BELOW, "align": "left", "indent": 2},
    "figure": {**_BELOW, **_RIGHT, "bold": True, "num_format": sheets.WHOLE},
    "right": {**_BELOW, **_RIGHT},
    "text": {},
    "quiet": _QUIET,
}


class _Page:
    """A sheet that is filled line by line from the top."""

    def __init__(self, workbook: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._line = 0
        self._styles = {name: workbook.add_format(style) for name, style in _STYLES.items()}

    def text(self, text: str, style: str, points: float = _LINE) -> None:
        """Write a text across all columns; `points` is the height of one of its lines."""
        self.cells([text], [style], points)

    def cells(
        self, cells: Sequence[float | str], styles: Sequence[str], points: float = _LINE
    ) -> None:
        """Write a line of cells, the last of which takes all columns that are left."""
        lines = 1
        for place, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            width, given = _WIDTHS[place], self._styles[style]
            if place == len(cells) - 1 and place < _LAST:
                width = sum(_WIDTHS[place:])
                self._sheet.merge_range(self._line, place, self._line, _LAST, "", given)
            if isinstance(cell, str):
                self._sheet.write_string(self._line, place, cell, given)
            else:
                self._sheet.write_number(self._line, place, cell, given)
            lines = max(lines, ceil(len(str(cell)) * _NARROW * points / _LINE / width + 0.05))
        # Merged cells do not grow with their text.
        self._sheet.set_row(self._line, lines * points + 3)
        self._line += 1

    def space(self) -> None:
        """Leave half a line empty."""
        self._sheet.set_row(self._line, _LINE / 2)
        self._line += 1


def write(workbook: Workbook, summary: Summary, language: str, page: PageText) -> None:
    """Write the summary as a sheet of one printed page, on which the workbook opens."""
    texts = labels(language)
    sheet = sheets.add_sheet(workbook, texts["sheet_summary"], page)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    filled = _Page(workbook, sheet)
    filled.text(summary.state, "state", 28)
    # A line per question, and one per caution; the first answer is in large letters.
    styles = chain([("lead", "sentence", 20)], repeat(("question", "cell", _LINE)))
    for each, (name, text, points) in zip(summary.sentences, styles, strict=False):
        filled.cells([each.question, each.text], [name, text], points)
        if each.caution:
            filled.cells([texts["caution"], each.caution], ["warning", "quiet"])
    filled.text(texts["summary_caveat"], "quiet")
    _write_facts(filled, summary.facts, language)
    if any(isinstance(fact.figure, str) and "<" in fact.figure for fact in summary.facts):
        filled.text(texts["summary_suppressed"], "quiet")
    _write_gaps(filled, summary, language)
    filled.space()
    filled.text(texts["source_citation"], "section")
    filled.text(summary.citation, "text")


def _write_facts(page: _Page, facts: Sequence[KeyFact], language: str) -> None:
    texts = labels(language)
    page.space()
    page.text(texts["summary_facts"], "section")
    names = [
        heading("indicator_name", language), heading("figure", language), heading("year", language),
        texts["summary_release"], heading("comment", language),
    ]  # fmt: skip
    page.cells(names, ["head", "head_right", "head_right", "head", "head"])
    for fact in facts:
        page.cells(
            [fact.name, fact.figure, fact.year, fact.source, fact.remark],
            ["part" if fact.is_part else "cell", "figure", "right", "cell", "cell"],
        )


def _write_gaps(page: _Page, summary: Summary, language: str) -> None:
    texts = labels(language)
    page.space()
    page.text(texts["summary_gaps"], "section")
    page.text(texts["summary_order"], "quiet")
    names = [heading("indicator_name", language), texts["summary_states"], texts["summary_needs"]]
    page.cells(names, ["head", "head_right", "head"])
    for gap in summary.gaps:
        name = f"{gap.step}. {gap.indicator}"
        page.cells([name, gap.states, gap.needs], ["cell", "right", "cell"])
    if summary.unknown:
        page.text(summary.unknown, "text")
