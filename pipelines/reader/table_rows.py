"""Finish the rows of a publisher's table: blank rows, notes below it, cells to be filled down."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.coded_columns import constant
from pipelines.reader.header import Header
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.text_tables import NOTE, ROW
from schemas.columns import per_category
from schemas.source import SHEET, Layout

SHEET_STEP: Final = 1_000_000
"""Distance between the row numbers of two worksheets that are read as one table."""

_MOST_BLANK: Final = 1_000


def wanted(names: Sequence[str], layout: Layout) -> list[str]:
    """Return the name of each column that a layout reads, "" for the others."""
    return [name if name in layout.read else "" for name in names]


def without_notes(
    path: Path, frame: pd.DataFrame, numbers: np.ndarray, layout: Layout, below: int
) -> tuple[pd.DataFrame, int]:
    """Return the rows of a table with their numbers, and how many notes below it were left out.

    Blank rows are dropped. Notes are rows with a single filled cell at the end, if the layout has
    `notes`; `below` is the number of the first line that is not a row, 0 if there is none.

    Raises:
        FileRefusedError: there are a thousand blank rows, or rows below the first note.
    """
    filled = np.zeros(len(frame), dtype=np.int16)  # cells of each row; of a note one
    for name in frame:
        filled += (frame[name] != "").to_numpy()
    if layout.notes and len(frame.columns):
        filled[per_category(frame.iloc[:, 0], lambda text: bool(NOTE.match(text)))] = 1
    if (blank := int((filled == 0).sum())) > _MOST_BLANK:
        raise FileRefusedError(f"{path}: {blank:,} empty rows; delete them and save it again")
    last = int(numbers[filled > 1].max(initial=0)) if layout.notes else int(numbers.max(initial=0))
    if below and below < last:
        raise FileRefusedError(
            f"{path}: row {below} is a note, since it has too few cells for a row of the table, "
            f"but row {last} is one and stands below it; put all notes below the table"
        )
    here = (filled > 0) & (numbers <= last)
    notes = int(((filled > 0) & (numbers > last)).sum())
    if not here.all():
        frame, numbers = frame[here].reset_index(drop=True), numbers[here]
        frame = frame.apply(lambda column: column.cat.remove_unused_categories())
    return frame.assign(**{ROW: numbers}), notes


def filled_down(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table in which a blank cell of some columns repeats the cell above it."""
    filled = {}
    for name in columns:
        place = np.where((frame[name] != "").to_numpy(), np.arange(len(frame)), 0)
        above = np.maximum.accumulate(place)
        filled[name] = pd.Categorical(frame[name]).take(above).remove_unused_categories()
    return frame.assign(**filled)


def with_columns(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return a table with some columns, empty where the file lacks an optional one."""
    lacking = [name for name in names if name not in frame]
    return frame.assign(**{name: constant("", len(frame)) for name in lacking})


def derived(
    path: Path, header: Header, layout: Layout, sheet: str, rows: int
) -> dict[str, pd.Categorical]:
    """Return the columns that the title and the sheet's name give, alike in all rows.

    Raises:
        FileRefusedError: no title matches the pattern of the layout.
    """
    found: dict[str, str] = {}
    if layout.title:
        match = re.search(layout.title, header.above)
        if not match:
            raise FileRefusedError(
                f"{path}: no title above the header in row {header.first + 1} matches "
                f"'{layout.title}'; it reads '{header.above[:200]}'"
            )
        found |= {name: text or "" for name, text in match.groupdict().items()}
    if layout.sheets and (match := re.fullmatch(layout.sheets, sheet)):
        found |= {name: text or "" for name, text in match.groupdict().items()}
        found[SHEET] = sheet
    return {name: constant(text, rows) for name, text in found.items()}


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the tables of several worksheets below each other, blank where one lacks a column."""
    names = list(dict.fromkeys(name for frame in frames for name in frame if name != ROW))
    numbers = [frame[ROW] + at * SHEET_STEP for at, frame in enumerate(frames, start=1)]
    columns = {
        name: pd.api.types.union_categoricals(
            [frame[name] if name in frame else constant("", len(frame)) for frame in frames]
        )
        for name in names
    }
    return pd.DataFrame(columns).assign(**{ROW: np.concatenate(numbers)})
