"""Workbooks with case records, `.xlsx` and `.ods`: the first row that is filled names the columns.

A date is read as YYYY-MM-DD, however the sheet shows it. A cell with an error, or with a formula
whose result was not saved, stops the reading.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.cases.texts import said
from pipelines.reader import workbooks


def sheet_of(file: Path, extract: Extract) -> str:
    """Return the name of the sheet with the records.

    Raises:
        CaseError: the workbook has several and none is named, or none of the name.
    """
    names = workbooks.sheet_names(file)
    wanted = extract.sheet or names[0]
    if wanted not in names or (not extract.sheet and len(names) > 1):
        raise CaseError(said("sheet_needed", name=extract.name, sheets=", ".join(names)))
    return wanted


def columns_of(file: Path, extract: Extract) -> list[str]:
    """Return the names of a workbook's columns; one without a name is not read."""
    return [name for name in _header(file, extract)[1] if name]


def copied(extract: Extract, columns: Sequence[str]) -> pa.Table:
    """Return columns of all workbooks of an extract as text."""
    tables = []
    for file in extract.files:
        row, header = _header(file, extract)
        wanted = [name if name in columns else "" for name in header]
        frame, _ = workbooks.columns(file, sheet_of(file, extract), wanted, row + 1, "en_US")
        tables.append(pa.table({name: pa.array(frame[name], pa.string()) for name in columns}))
    return pa.concat_tables(tables)


def _header(file: Path, extract: Extract) -> tuple[int, list[str]]:
    """Return the place of the first row that is filled, from 0, and its cells."""
    rows = workbooks.top(file, sheet_of(file, extract)).rows
    filled = (place for place, row in enumerate(rows) if any(map(str.strip, row)))
    row = next(filled, None)
    return (0, []) if row is None else (row, [cell.strip() for cell in rows[row]])
