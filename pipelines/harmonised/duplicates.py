"""Find rows for one cell that contradict each other (one_row_per_cell), or repeat each other."""

import numpy as np
import pandas as pd

from pipelines.reader.text_tables import ROW, ROWS
from pipelines.reader.tidy import problem_rows
from schemas.contract import Contract


def repeats(
    rows: pd.DataFrame, raw: pd.DataFrame, contract: Contract
) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the rows whose key occurs more than once.

    The first result is the lines that repeat an earlier row exactly; the second, as problems,
    all lines of the keys under which the publisher printed different rows. Hashes find the
    candidates, then an exact comparison sorts them.
    """
    keys = rows[list(contract.cell)]
    codes = pd.DataFrame({name: keys[name].cat.codes for name in keys})
    hashed = pd.util.hash_pandas_object(codes, index=False)
    suspects = rows[hashed.duplicated(keep=False).to_numpy()]
    cells = _joined(suspects[list(contract.cell)], ".")
    printed = _joined(raw.loc[suspects.index].drop(columns=[ROW, ROWS], errors="ignore"), "\x1f")
    texts = printed.groupby(cells).transform("nunique")
    size = printed.groupby(cells).transform("size")
    again = (size > 1) & (texts == 1) & cells.duplicated()
    conflict = suspects.loc[texts > 1, "value_raw"].astype(str)
    message = (
        "several different rows fall on one cell: tell them apart by a code in the source, or ask "
        "the publisher which is right"
    )
    line = conflict.index.to_numpy()
    problems = problem_rows(line, "one_row_per_cell", "value_raw", conflict, message)
    return suspects.index[again].to_numpy(), problems


def _joined(frame: pd.DataFrame, sign: str) -> pd.Series:
    """Return the texts of each row joined by a sign; missing where one of them is."""
    first, *others = (frame[name].astype("str") for name in frame)
    return first.str.cat(others, sep=sign)
