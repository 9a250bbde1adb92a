"""The cells that the rows of a file print: their codes, or the labels that could not be read."""

from typing import Final

import pandas as pd

from pipelines.raw.recalls import CODES
from pipelines.sources import Tidy

UNREAD: Final = "unread"
CELL: Final = (*CODES, UNREAD)
"""Columns that identify a printed cell of a source."""


def printed_cells(tidy: Tidy) -> pd.DataFrame:
    """Return the cell of each row of a file: the columns `CELL`, as text.

    A code that could not be read is empty; `unread` then has the printed labels, by the publisher's
    column, so that two releases that print the same labels have the same cell.
    """
    codes = tidy.rows[list(CODES)].astype("str").reset_index(drop=True)
    codes = codes.mask(codes.isna() | (codes == "nan"), "")
    labels = tidy.problems[tidy.problems["column"] != tidy.figure]
    unread: dict[object, str] = {}
    for line, column, label in labels[["line", "column", "found"]].itertuples(index=False):
        before = f"{unread[line]}; " if line in unread else ""
        unread[line] = f"{before}{column}: {label}"
    has_code = (codes != "").all(axis=1)
    texts = ["" if read else unread.get(line, "") for line, read in has_code.items()]
    return codes.assign(**{UNREAD: pd.Series(texts, codes.index, dtype="str")})
