"""A table that is written at once has the bytes that XlsxWriter gives it cell by cell."""

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.published.extracts import ExportError
from pipelines.published.extracts.table_sheet import TableSheet

OPTIONS = {"in_memory": True, "default_format_properties": {"text_wrap": True}}
Rows = list[list[str | float | None]]
LONG: Rows = [["again", year, None if year % 3 else year / 7] for year in range(1990, 2030)]
TABLES: dict[str, Rows] = {
    "texts, numbers and fractions": [["<5", 1, 0.1], [" & <b>\x01", -3, 1e21], ["é", None, 2.0]],
    "rows beyond a block": LONG,
    "empty rows": [["first", 1, 2], *([[None] * 3] * 40), [None, 5, None]],
    "no rows": [],
}


def cell_by_cell(sheet: Worksheet, rows: Rows, fraction: xlsxwriter.format.Format) -> None:
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell)
            elif cell is not None:
                sheet.write_number(line, place, cell, fraction if cell % 1 else None)


def workbook(path: Path, rows: Rows, kind: type[Worksheet]) -> bytes:
    with xlsxwriter.Workbook(str(path), OPTIONS) as made:
        made.set_properties({"created": datetime(2026, 1, 1)})
        for name in ("one", "two"):
            sheet = made.add_worksheet(name, kind)
            sheet.set_column(1, 2, 9, made.add_format({"num_format": "#,##0"}))
            for place, heading in enumerate(("a", "b", "c")):
                sheet.write_string(0, place, heading)
            fraction = made.add_format({"num_format": "#,##0.00"})
            if isinstance(sheet, TableSheet):
                sheet.write_rows(rows, fraction)
            else:
                cell_by_cell(sheet, rows, fraction)
    return path.read_bytes()


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES.keys())
def test_the_bytes_are_those_of_xlsxwriter(rows: Rows, tmp_path: Path) -> None:
    ours, theirs = (
        workbook(tmp_path / f"{kind.__name__}.xlsx", rows, kind) for kind in (TableSheet, Worksheet)
    )
    assert ours == theirs


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="one, row 1048577: too long"):
        workbook(tmp_path / "long.xlsx", [["a", 1, 2]] * 1_048_576, TableSheet)
