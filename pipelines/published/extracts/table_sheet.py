"""A workbook that writes plain texts at once, and a worksheet that does so with rows of a table.

XlsxWriter keeps an object per cell, writes its attributes one by one, and looks through each text
seven times, which takes most of the time of a workbook. Here a row or a text becomes XML in one go,
byte for byte what XlsxWriter makes of it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.published.extracts import ExportError

Row = Sequence[object]

_LONGEST: Final = 32_767
"""Greatest length of a text in a cell, in UTF-16 units."""

_BLOCK: Final = 16
"""Number of rows that share the attribute `spans`."""


_MARKED: Final = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_x")
"""Signs that XlsxWriter writes in another way, or may."""


class Book(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """A workbook whose texts are written at once."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            texts = _Texts()
            texts.string_table = self.workbook.str_table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    def _write_si(self, string: str) -> None:
        if _MARKED.search(string) or string != string.strip():
            super()._write_si(string)
        else:
            self.fh.write(f"<si><t>{string}</t></si>")


class TableSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet, which may have a heading in its first row and one table below it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._texts: dict[str, str] = {}
        self._fraction = Format()

    def write_rows(self, rows: Sequence[Row], fraction: Format) -> None:
        """Write rows below the heading, which has a cell for each column; None stays empty.

        `fraction` is the format of numbers that are not whole.

        Raises:
            ExportError: there are too many rows, or a text is too long.
        """
        if rows and self._check_dimensions(len(rows), len(rows[0]) - 1):
            raise ExportError(f"{self.name}, row {self.xls_rowmax + 1}: too long for a workbook")
        cells = Counter(chain.from_iterable(rows))  # in the order in which they come first
        for text, times in cells.items():
            if not isinstance(text, str):
                continue
            if len(text) > _LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * _LONGEST:
                line = next(line for line, row in enumerate(rows, start=2) if text in row)
                raise ExportError(f"{self.name}, row {line}: too long for a workbook")
            number = self.str_table._get_shared_string_index(text)
            self._texts[text] = f' t="s"><v>{number}</v></c>'
            self.str_table.count += times - 1
        self._rows, self._fraction = rows, fraction

    def _write_rows(self) -> None:
        """Write the heading as XlsxWriter does, then the rows of the table."""
        if not self._rows:
            super()._write_rows()
            return
        self.dim_rowmax = 0
        super()._write_rows()
        self.dim_rowmax = len(self._rows)
        columns = []
        for place in range(self.dim_colmax + 1):
            column = self.col_info.get(place)
            ends = _Ends(self, _style(column.column_format if column else None))
            columns.append((f'<c r="{xl_col_to_name(place)}', ends))
        spans = self._spans()
        for line, row in enumerate(self._rows, start=2):
            cells = [
                f"{name}{line}{ends[cell]}"
                for (name, ends), cell in zip(columns, row, strict=True)
                if cell is not None
            ]
            if cells:
                span = spans[(line - 1) // _BLOCK]
                self.fh.write(f'<row r="{line}" spans="{span}">{"".join(cells)}</row>')

    def _spans(self) -> list[str]:
        """Return the first and the last column with a cell, for each block of rows."""
        spans = [f"1:{self.dim_colmax + 1}"]  # that of the heading
        for start in range(_BLOCK - 1, len(self._rows), _BLOCK):
            columns = zip(*self._rows[start : start + _BLOCK], strict=True)
            used = [
                place
                for place, cells in enumerate(columns, start=1)
                if any(cell is not None for cell in cells)
            ]
            spans.append(f"{used[0]}:{used[-1]}" if used else "")
        return spans


class _Ends(dict[object, str]):
    """XML of each cell of a column behind its address; what is printed again is made once."""

    def __init__(self, sheet: TableSheet, style: str) -> None:
        super().__init__()
        self._sheet, self._style = sheet, style

    def __missing__(self, cell: Any) -> str:  # noqa: ANN401  # a text or a number
        if isinstance(cell, str):
            end = f'"{self._style}{self._sheet._texts[cell]}'
        else:
            shown = _style(self._sheet._fraction) if cell % 1 else self._style
            end = f'"{shown}><v>{cell:.16G}</v></c>'
        self[cell] = end
        return end


def _style(given: Format | None) -> str:
    return f' s="{given._get_xf_index()}"' if given else ""
