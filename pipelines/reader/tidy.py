"""The rows of a file in our codes, with everything that was found wrong with them."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from pipelines.reader.text_tables import COLUMN, ROW
from schemas.source import Layout

NOT_AN_OAS_STATE: Final = "not_an_oas_state"
"""Name of the filter that sets other states' rows aside; figure tables leave these rows out."""

NO_INDICATOR: Final = "no_indicator_of_ours"
"""Name of the filter for rows of no indicator of ours; figure tables leave these rows out."""

SUMMED: Final = "summed_into_one_figure"
"""Name under which the account counts the rows of a sum, except the one that represents it."""

OTHER_LINES: Final = "other_lines"
"""Name under which the account counts the lines that are not about trafficking."""

NOTES: Final = "note_below_the_table"
"""Name under which the account counts the notes below a table, where its layout has them."""

UTF_8: Final = "read_as_utf_8"
"""What the account says of a file that is UTF-8, though its layout states another encoding."""

PROBLEM_COLUMNS: Final = ("line", "rule", "column", "found", "message", "correction", "why_not")


class Tidy(NamedTuple):
    """The outcome of every row of a publication."""

    # the rows as published, as text, one for each printed figure, and `row`, the row in the
    # publisher's file; `column` where a row prints several figures; `rows` where a figure is the
    # sum of several rows
    raw: pd.DataFrame
    # the columns of the contract except source and release, one row per row of `raw`
    rows: pd.DataFrame
    # one row per broken rule: line (position in `raw`), rule, column, found, message; correction
    # (id of the one that asks for it) and why_not (why rows of one cell are not added up), or ""
    problems: pd.DataFrame
    # the name of the filter that set a row aside, "" for none; one per row of `raw`
    set_aside: pd.Series
    table: pd.DataFrame  # the rows in the form of a figure table
    layout: Layout  # the layout of the file, one of its source's
    # the number of unread lines by the reason for which they are not read
    unread: Mapping[str, int] = {}
    # the columns of the file that its layout does not have; they are not read
    added: tuple[str, ...] = ()
    cut: int = 0  # the number of cells of which a count in a label was cut
    read_as: str = ""  # how the file was read, if not as its layout states: UTF_8
    # the positions of the rows of each correction that fits, by its id
    corrected: Mapping[str, np.ndarray] = {}
    # whether the figure of a row was replaced by a correction; one per row of `raw`
    settled: np.ndarray | None = None
    figure: str = ""  # the column of `raw` that holds the printed figure

    @property
    def places(self) -> pd.DataFrame:
        """The row and the column in the publisher's file of each row, as text; "" if one column."""
        column = self.raw[COLUMN].astype("str") if COLUMN in self.raw else ""
        return pd.DataFrame({ROW: self.raw[ROW].astype("str"), COLUMN: column}, self.raw.index)


def problem_rows(
    line: np.ndarray,
    rule: str | Sequence[str],
    column: str,
    found: pd.Series,
    message: str | Sequence[str],
    *,
    correction: str = "",
    why_not: str = "",
) -> pd.DataFrame:
    """Return rows that break a rule: the columns of `Tidy.problems`, one row per line."""
    values = (line, rule, column, found.to_numpy(), message, correction, why_not)
    return pd.DataFrame(dict(zip(PROBLEM_COLUMNS, values, strict=True)))
