"""A worksheet that writes the rows of a table at once.

XlsxWriter keeps an object per cell and writes its attributes one by one, which takes most of the
time of a workbook. Here a row becomes XML in one go, byte for byte what XlsxWriter makes of it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipelines.published.extracts import ExportError

Row = Sequence[object]

_LONGEST: Final = 32_767
"""Greatest length of a text in a cell, in UTF-16 units."""

_BLOCK: Final = 16
"""Number of rows that share the attribute `spans`."""


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
        texts = [cell for row in rows for cell in row if isinstance(cell, str)]
        for text in dict.fromkeys(texts):
            if len(text.encode("utf-16-le")) > 2 * _LONGEST:
                line = next(line for line, row in enumerate(rows, start=2) if text in row)
                raise ExportError(f"{self.name}, row {line}: too long for a workbook")
            number = self.str_table._get_shared_string_index(text)
            self._texts[text] = f' t="s"><v>{number}</v></c>'
        self.str_table.count += len(texts) - len(self._texts)
        self._rows, self._fraction = rows, fraction

    def _write_rows(self) -> None:
        """Write the heading as XlsxWriter does, then the rows of the table."""
        if not self._rows:
            super()._write_rows()
            return
        self.dim_rowmax = 0
        super()._write_rows()
        self.dim_rowmax = len(self._rows)
        names = [f'<c r="{xl_col_to_name(place)}' for place in range(self.dim_colmax + 1)]
        known = [self.col_info.get(place) for place in range(len(names))]
        styles = [_style(column.column_format if column else None) for column in known]
        spans = self._spans()
        for line, row in enumerate(self._rows, start=2):
            if cells := "".join(self._cells(line, row, names, styles)):
                span = spans[(line - 1) // _BLOCK]
                self.fh.write(f'<row r="{line}" spans="{span}">{cells}</row>')

    def _cells(
        self, line: int, row: Row, names: Sequence[str], styles: Sequence[str]
    ) -> Iterator[str]:
        """Yield the XML of the cells of a row that are not empty."""
        for name, style, cell in zip(names, styles, row, strict=True):
            if isinstance(cell, str):
                yield f'{name}{line}"{style}{self._texts[cell]}'
            elif cell is not None:
                of_fraction = cell % 1  # type: ignore[operator]  # a number
                shown = _style(self._fraction) if of_fraction else style
                yield f'{name}{line}"{shown}><v>{cell:.16G}</v></c>'

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


def _style(given: Format | None) -> str:
    return f' s="{given._get_xf_index()}"' if given else ""
