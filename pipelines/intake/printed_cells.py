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
    texts = (labels["column"].astype("str") + ": " + labels["found"].astype("str")).tolist()
    unread: dict[int, str] = {}
    for line, text in zip(labels["line"], texts, strict=True):
        unread[line] = f"{unread[line]}; {text}" if line in unread else text
    is_unread = (codes == "").any(axis=1)
    return codes.assign(**{UNREAD: codes.index.map(unread).fillna("").where(is_unread, "")})
