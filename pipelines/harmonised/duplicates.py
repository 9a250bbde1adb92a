"""Rows that cannot all be right: several on one cell (one_row_per_cell)."""

import numpy as np
import pandas as pd

from pipelines.reader.rows import problem_rows
from pipelines.reader.text_tables import ROW, ROWS
from schemas.contract import Contract


def repeats(
    rows: pd.DataFrame, raw: pd.DataFrame, contract: Contract
) -> tuple[np.ndarray, pd.DataFrame]:
    """Rows whose key occurs more than once.

    Returns the lines that repeat an earlier row to the letter, and as problems all lines of keys
    under which the publisher printed different rows. Hashes find the candidates, an exact
    comparison decides.
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
    message = "several different rows fall on one cell"
    line = conflict.index.to_numpy()
    problems = problem_rows(line, "one_row_per_cell", "value_raw", conflict, message)
    return suspects.index[again].to_numpy(), problems


def _joined(frame: pd.DataFrame, sign: str) -> pd.Series:
    """The texts of each row joined by a sign; missing where one of them is."""
    first, *others = (frame[name].astype("str") for name in frame)
    return first.str.cat(others, sep=sign)
