"""Reshape a publication's rows: wide rows become single figures, many rows become sums."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipelines.raw.recalls import RECALLED
from pipelines.reader.coded_columns import distinct
from pipelines.reader.text_tables import ROW, ROWS
from schemas.figure import FigureError, parse

COLUMN: Final = "column"
"""Column of a long form: the publisher's column of the figure."""


def hidden_below(limit: int, texts: pd.Series, locale: str) -> pd.Categorical:
    """Return a column of printed counts with `<limit` for each that can only be below the limit.

    Other texts, and counts that may reach the limit, stay as printed.
    """
    kinds = [
        f"<{limit}" if _is_below(limit, text, locale) else text for text in texts.cat.categories
    ]
    distinct_kinds = pd.Index(dict.fromkeys(kinds))
    codes = distinct_kinds.get_indexer(kinds)[texts.cat.codes]
    return pd.Categorical.from_codes(codes, distinct_kinds)


def _is_below(limit: int, text: str, locale: str) -> bool:
    try:
        _, lower, upper, *_ = parse(text, locale)
    except FigureError:
        return False
    return lower is not None and upper is not None and 0 <= lower <= upper < limit


def long_form(
    wide: pd.DataFrame, columns: Mapping[str, str], into: str, figure: str
) -> pd.DataFrame:
    """Return one row per figure of a wide table, by row and then by column.

    `columns` maps the columns of figures to their meanings. Returns the other columns of `wide`,
    and as categories `column`, `into` (the meaning of the column) and `figure` (the text).
    """
    names, count = list(columns), len(wide)
    others = wide.drop(columns=names)
    index = np.repeat(np.arange(count), len(names))
    which = np.tile(np.arange(len(names)), count)
    texts = pd.api.types.union_categoricals([wide[name] for name in names])
    printed = texts.codes.reshape(len(names), count).T.ravel()
    meanings = pd.Index(dict.fromkeys(columns.values()))
    meaning = meanings.get_indexer(list(columns.values()))
    return others.take(index).assign(
        **{
            COLUMN: pd.Categorical.from_codes(which, names),
            into: pd.Categorical.from_codes(meaning[which], meanings),
            figure: pd.Categorical.from_codes(printed, texts.categories),
        }
    )


def summed(rows: pd.DataFrame, figures: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """Return one row per combination of the columns `by`, with the sums of columns of counts.

    Columns: `row` (the first row), `rows` (the number of rows), `by` and `figures`, as categories
    of text. The sum is missing if all counts are missing; its text names the number of unreadable
    or missing counts; it is recalled if one of them is.
    """
    which, _ = distinct(rows, tuple(by))
    weights = rows[ROWS].to_numpy() if ROWS in rows else np.ones(len(rows), dtype=np.int64)
    groups = pd.DataFrame({ROW: rows[ROW], ROWS: weights}).groupby(which, sort=True)
    _, first = np.unique(which, return_index=True)
    found = rows[list(by)].iloc[first].reset_index(drop=True)
    sums = {name: pd.Categorical(_sums(rows[name], which)) for name in figures}
    found = found.assign(**sums, **{ROW: groups[ROW].min(), ROWS: groups[ROWS].sum()})
    return found.sort_values(ROW, kind="stable", ignore_index=True)[[ROW, ROWS, *by, *figures]]


def _sums(column: pd.Series, which: np.ndarray) -> list[str]:
    """Return the text of the sum of each group's counts."""
    counts = column.cat
    sizes = np.array([_count(text) for text in counts.categories], dtype=float)
    values = sizes[counts.codes]
    sums = np.bincount(which, weights=np.nan_to_num(values)).astype(np.int64)
    rows = np.bincount(which)
    empty = np.bincount(which, weights=(column == "").to_numpy()).astype(np.int64)
    unread = np.bincount(which, weights=np.isnan(values)).astype(np.int64)
    recalled = set(which[(column == RECALLED).to_numpy()])
    texts = [RECALLED if group in recalled else f"{total} and {bad} unreadable" if bad
             else f"{total}"
             for group, (total, bad) in enumerate(zip(sums, unread, strict=True))]  # fmt: skip
    return ["" if all_empty else text
            for text, all_empty in zip(texts, empty == rows, strict=True)]  # fmt: skip


def _count(text: str) -> float:
    """Return the count in a text, NaN if there is none."""
    try:
        value = parse(text, "en_US").value
    except FigureError:
        return np.nan
    return np.nan if value is None or value % 1 else value
