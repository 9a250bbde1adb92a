"""The workbook of a page: its sentences, and a sheet per chart with figures and a chart of Excel.

Texts are written as texts and figures as numbers; what is suppressed stays the text that a reader
sees.
"""

import io
import itertools
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.lib.csv_injection import WORKBOOK
from pipelines.published.charts.drawing import PALETTE, Chart
from pipelines.published.charts.table import Cell, Table
from pipelines.published.extracts.table_sheet import Book
from pipelines.published.site import native_chart
from pipelines.published.site.block import Block
from pipelines.published.site.context import Site
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans("", "", "[]:*?/\\'")
"""Characters that Excel takes in no name of a sheet."""

_TOP: Final = 5
"""Row of a sheet's headings, behind sentence, unit, source and edition."""

_FORMATS: Final = {
    "title": {"bold": True, "font_size": 14},
    "strong": {"bold": True},
    "grey": {"font_color": PALETTE["grey"]},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "head_right": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"},
    "whole": {"num_format": "#,##0"},
    "fraction": {"num_format": "#,##0.00##"},
    "left": {"align": "left"},
    "word": {"align": "left", "indent": 1},
    "right": {"align": "right"},
    "drawn": {"font_color": PALETTE["grey"], "align": "left"},
}
Formats = Mapping[str, Format]


def made(path: str, blocks: Sequence[Block], site: Site, language: Language, title: str) -> bytes:
    """Return the workbook of the page at a path; the same figures give the same bytes.

    Args:
        path: path of the page below the site's folder.
        blocks: the blocks of the page; one without a chart has a sentence and no sheet.
        site: the context of the page, with its edition.
        language: the reader's.
        title: name of what the page is about.
    """
    content = io.BytesIO()
    with Book(content, WORKBOOK) as book:
        day = site.own_day or site.day
        created = datetime.fromisoformat(day) if day else datetime(2000, 1, 1)
        book.set_properties(
            {"title": title, "author": f"tipstat {site.version}", "created": created}
        )
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        address = f"{site.base_url}/{path}" if site.base_url else ""
        texts = [(title, "title")]
        for block in blocks:
            texts += [("", ""), (block.question, "grey"), (block.sentence, "strong")]
            texts += [(text, "wrapped") for text in _notes(block)]
        texts += [("", ""), (language.say("footer"), "grey")]
        edition = site.edition(language)
        sources = filter(None, dict.fromkeys(block.source for block in blocks))
        texts += [(text, "wrapped") for text in (*sources, edition, address)]
        first = _sheet(book, language.say("downloads_sheet"))
        first.set_column(0, 0, 110)
        _write_lines(first, 0, texts, formats)
        for block in blocks:
            if block.chart:
                sheet = _sheet(book, block.question)
                lines = (block.sentence, block.chart.unit, block.source, edition)
                looks = ("strong", "grey", "grey", "grey")
                _write_lines(sheet, 0, zip(lines, looks, strict=True), formats)
                free = _write_table(sheet, block, block.chart, formats, language)
                if block.chart.native:
                    titles = (block.sentence, block.chart.unit)
                    aside = language.say("downloads_aside")
                    place, look = (_TOP, free), formats["drawn"]
                    native_chart.write(book, sheet, place, block.chart, titles, aside, look)
    return content.getvalue()


def _notes(block: Block) -> list[str]:
    """Return what a page says below the sentence of a block."""
    remarks = [text for _, text in block.remarks]
    texts = (block.evidence, *remarks, *block.calm, *block.disagree, block.asks, block.advised)
    return [text for text in texts if text]


def _sheet(book: Workbook, name: str) -> Worksheet:
    """Add a sheet with a name that Excel takes, one page wide in landscape where it is printed."""
    known = {each.get_name().casefold() for each in book.worksheets()}
    short = textwrap.shorten(name.translate(_FORBIDDEN), _LONGEST_NAME - 3, placeholder=" …")
    names = (short if number == 1 else f"{short} {number}" for number in itertools.count(1))
    sheet = book.add_worksheet(next(each for each in names if each.casefold() not in known))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_lines(
    sheet: Worksheet, row: int, lines: Iterable[tuple[str, str]], formats: Formats
) -> None:
    """Write texts below each other, each in its format."""
    for at, (text, look) in enumerate(lines, start=row):
        if text:
            sheet.write_string(at, 0, text, formats[look])


def _write_table(
    sheet: Worksheet, block: Block, chart: Chart, formats: Formats, language: Language
) -> int:
    """Write the table of a chart and what a page says below; return the number of its columns."""
    table = chart.table
    remarked = [_remarks(table, cells) for _, cells in table.rows]
    headings = [table.row_heading, *table.columns]
    headings += [language.say("downloads_remarks")] if any(remarked) else []
    words = {len(table.columns) + 1}  # the columns of texts: that of the remarks, and others
    for row, (heading, cells) in enumerate(table.rows, start=_TOP + 1):
        native_chart.write_heading(sheet, row, 0, heading, formats["left"])
        for column, cell in enumerate(cells, start=1):
            if cell.number is not None:
                look = formats["fraction" if cell.number % 1 else "whole"]
                sheet.write_number(row, column, cell.number, look)
            elif cell.text != language.say("no_figure"):
                is_word = cell.kind is Kind.FIGURE
                sheet.write_string(row, column, cell.text, formats["word" if is_word else "right"])
                words.update({column} if is_word else ())
        if remarks := remarked[row - _TOP - 1]:
            sheet.write_string(row, len(headings) - 1, remarks, formats["word"])
    sheet.set_column(0, 0, 30 if chart.native == "bar" else 10)
    for column in range(1, len(headings)):
        sheet.set_column(column, column, 26 if column in words else 16)
    for column, heading in enumerate(headings):
        is_word = column in {0, *words}
        sheet.write_string(_TOP, column, heading, formats["head" if is_word else "head_right"])
    below = _TOP + max(len(table.rows), native_chart.rows_covered(chart)) + 2
    _write_lines(sheet, below, [(text, "grey") for text in _notes(block)], formats)
    return len(headings)


def _remarks(table: Table, cells: Sequence[Cell]) -> str:
    """Return the remarks of a row, behind the name of their column where several have some."""
    named = [(name, cell) for name, cell in zip(table.columns, cells, strict=True) if cell.remarks]
    prefix = "{}: " if len(named) > 1 else ""
    return "; ".join(prefix.format(name) + ", ".join(cell.remarks) for name, cell in named)
