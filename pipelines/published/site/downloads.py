"""What lies beside a page: the figures of its charts as a workbook and as a CSV file."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.lib.csv_injection import FORMULA, GUARDED
from pipelines.published.site import workbook
from pipelines.published.site.block import Block
from pipelines.published.site.context import File, Site
from pipelines.words.language import Language

_ENDINGS: Final = (".xlsx", ".csv")
_FORMULA: Final = re.compile(FORMULA)


def paths(page: str) -> tuple[str, ...]:
    """Return the path of a page, then those of the files beside it."""
    return page, *(f"{page.removesuffix('.html')}{ending}" for ending in _ENDINGS)


def beside(
    path: str, blocks: Sequence[Block], site: Site, language: Language, title: str
) -> Iterator[File]:
    """Yield the workbook and the CSV file of a page; the same figures give the same bytes.

    Args:
        path: path of the page below the site's folder: `en/country/dom.html`.
        blocks: the blocks of the page.
        site: the context of the page; its edition is that of the page.
        language: the reader's.
        title: name of the state, or of what else the page is about.
    """
    _, of_workbook, of_csv = paths(path)
    yield of_workbook, workbook.made(path, blocks, site, language, title)
    yield of_csv, _csv(blocks, language)


def _csv(blocks: Sequence[Block], language: Language) -> bytes:
    """Return a row per figure, in UTF-8 with the mark by which spreadsheets know it.

    Columns: block, row heading, column, printed text, number, remarks, source. The number
    is empty where the figure may not be shown; it has a point, and a comma ends each cell, in every
    language.
    """
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(language.say("downloads_csv").split("|"))
    for block in blocks:
        if not block.chart:
            continue
        table = block.chart.table
        question, source, *columns = map(_safe, (block.question, block.source, *table.columns))
        for heading, cells in table.rows:
            row = _safe(heading)
            for column, cell in zip(columns, cells, strict=True):
                number = "" if cell.number is None else f"{cell.number:.15g}"
                told, remarks = _safe(cell.text), _safe("; ".join(cell.remarks))
                written.writerow((question, row, column, told, number, remarks, source))
    return text.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(GUARDED, text)
