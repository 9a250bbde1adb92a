"""Layout of a publication's table, found by looking at one of its files.

Every refusal is one line: which file, what was found, what to do.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipelines.reader import text_tables, workbooks
from pipelines.reader.header import Top
from pipelines.reader.refusal import refuse_missing_file
from pipelines.reader.text_tables import TextForm
from pipelines.scaffold import shape, wide_columns
from pipelines.scaffold.shape import YEAR_WITHIN, Shape
from pipelines.sources import FileRefusedError
from schemas.source import WORKBOOKS, Layout

_ENCODINGS: Final = ("utf-8-sig", "latin-1", "cp1252")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Signs that no text has: their bytes are letters in another encoding, or the file is not text."""


@dataclass(frozen=True)
class Sample:
    """A file that shows the layout of a publication."""

    layout: Layout  # its layout; the number of rows is a guess of 1
    shape: Shape  # the place of its table in the sheet that was looked at
    top: Top  # the rows of that sheet
    sheets: tuple[str, ...] = ()  # the worksheets that have the table, if it is a workbook
    other_sheets: tuple[str, ...] = ()  # the worksheets that have another one


@cache
def read_sample(path: Path) -> Sample:
    """Return what a file shows of the layout of its publication.

    Raises:
        FileRefusedError: not a file whose table can be read.
    """
    refuse_missing_file(path)
    if path.suffix.lower() == ".json":
        raise FileRefusedError(
            f"{path}: JSON has no columns: a module reads it, as docs/add-a-source.md says"
        )
    return _in_workbook(path) if path.suffix.lower() in WORKBOOKS else _in_text(path)


def _in_text(path: Path) -> Sample:
    encoding = _encoding(path)
    found: list[tuple[int, str, Shape, Top]] = []
    for sign in text_tables.SEPARATORS:
        rows = text_tables.top(path, TextForm(encoding, sign), shape.MOST_ROWS).rows
        if table := shape.table_in(Top(rows)):
            found.append((table.cells, sign, table, Top(rows)))
    if not found:
        raise FileRefusedError(
            f"{path}: no comma, semicolon, tab or bar splits its first lines into a table with "
            "a header and figures below it"
        )
    _, sign, table, top = max(found, key=lambda each: each[0])
    return Sample(_layout(path, table, encoding=encoding, delimiter=sign), table, top)


def _encoding(path: Path) -> str:
    """Return the first encoding in which the whole file is text."""
    if text_tables.encoding_of(path) == "UTF-16":
        raise FileRefusedError(f"{path}: the file is UTF-16; save it as CSV in UTF-8")
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            if not _CONTROL.search(content.decode(encoding)):
                return encoding
    raise FileRefusedError(f"{path}: neither UTF-8 nor latin-1 text; save it as CSV in UTF-8")


def _in_workbook(path: Path) -> Sample:
    """Return the largest table of a workbook, with the sheets that have the same header."""
    found: dict[str, tuple[Shape, Top]] = {}
    for sheet in workbooks.sheet_names(path):
        top = workbooks.top(path, sheet, shape.MOST_ROWS)
        if table := shape.table_in(top):
            found[sheet] = table, top
    if not found:
        raise FileRefusedError(
            f"{path}: no sheet has a header with figures below it; is it the right file?"
        )
    largest = max(found, key=lambda sheet: found[sheet][0].cells)
    table, top = found[largest]
    alike = tuple(sheet for sheet in found if found[sheet][0].names == table.names)
    if len(alike) > 1:
        layout = _layout(path, table, sheets=_sheets_pattern(alike))
    else:
        layout = _layout(path, table, sheet=largest)
    others = tuple(sheet for sheet in found if sheet not in alike)
    return Sample(layout, table, top, alike, others)


def _sheets_pattern(names: tuple[str, ...]) -> str:
    """Return a pattern of the names of sheets, whose group is the year or the label in them."""
    rests = {YEAR_WITHIN.sub("\0", name) for name in names}
    if len(rests) == 1 and "\0" in (rest := rests.pop()):
        before, _, after = rest.partition("\0")
        return rf"{_plain(before)}(?P<year>\d{{4}}){_plain(after)}"
    return f"(?P<label>{'|'.join(map(_plain, names))})"


def _plain(text: str) -> str:
    """Return the pattern of a text, in which spaces stay as they are."""
    return re.escape(text).replace(r"\ ", " ")


def _layout(path: Path, table: Shape, **form: Any) -> Layout:  # noqa: ANN401 - its fields
    """Return the layout of a table; `wide` columns are not part of its header.

    A year in the text above the table, if nothing else states the period, has a pattern, with the
    word before it.
    """
    wide = wide_columns.find(table)
    header = tuple(name for name in table.named if name not in wide.names)
    unread = {name for name in table.numeric if name in header and name in wide.unread}
    is_dated = wide.has_period or "(?P<year>" in form.get("sheets", "")
    title = rf"(?:\S+\s+)?(?P<year>{YEAR_WITHIN.pattern})"
    if year := None if is_dated else re.search(title, table.above):
        title = rf"{_plain(table.above[year.start() : year.start('year')])}(?P<year>\d{{4}})"
    return Layout(
        file=path.name,
        header=header,
        minimum_rows=1,
        header_rows=table.height,
        wide=wide.pattern,
        title=title if year else "",
        fill_down=table.fill_down,
        notes=table.notes,
        used=tuple(name for name in header if name not in unread) if unread else (),
        **form,
    )
