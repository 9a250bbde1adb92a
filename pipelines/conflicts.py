"""Rows that cannot all be right: several on one cell (S5), years printed as figures (V6)."""

import numpy as np
import pandas as pd

from pipelines.sources._text import ROW, ROWS
from pipelines.sources._toolbox import problem_rows
from schemas.columns import per_category
from schemas.contract import Contract


def repeats(
    rows: pd.DataFrame, raw: pd.DataFrame, contract: Contract
) -> tuple[np.ndarray, pd.DataFrame]:
    """Rows whose key occurs more than once.

    Returns the lines that repeat an earlier row to the letter, and as problems (S5) all lines of
    keys under which the publisher printed different rows. Hashes find the candidates, an exact
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
    problems = problem_rows(line, "S5", "value_raw", conflict, message)
    return suspects.index[again].to_numpy(), problems


def _joined(frame: pd.DataFrame, sign: str) -> pd.Series:
    """The texts of each row joined by a sign; missing where one of them is."""
    first, *others = (frame[name].astype("str") for name in frame)
    return first.str.cat(others, sep=sign)


def years_as_figures(rows: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """V6: a series that prints the year itself as its figure, in more than one year."""
    year = per_category(rows["time_period"], _year, np.float64)
    suspects = rows[rows["value"].to_numpy() == year]
    suspects = suspects[~suspects.duplicated(list(contract.cell))]
    series = suspects[[name for name in contract.cell if name != "time_period"]].astype(str)
    repeated = suspects.loc[series.duplicated(keep=False), "value_raw"].astype(str)
    message = "the figure is the year itself, in more than one year of the series"
    return problem_rows(repeated.index.to_numpy(), "V6", "value_raw", repeated, message)


def _year(period: str) -> float:
    """The year of a period, no number if it names none."""
    return float(period[:4]) if period[:4].isdecimal() else np.nan
