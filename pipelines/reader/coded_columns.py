"""Build whole columns: codes, statuses and comments."""

import difflib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.raw.manifest import RefusedReleaseError
from schemas import codelists
from schemas.contract import CONTRACTS, OBSERVATION
from schemas.source import Source

TOTALS: Final = {
    "freq": "A", "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
    "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
}  # fmt: skip
"""Codes of the dimensions that a publication does not mention."""


class UnknownCodeError(RefusedReleaseError):
    """A code that a source gives to all rows and that no code list has."""


UNRELIABLE: Final = "U"
"""Status of a doubtful figure: in SDMX, low reliability."""


def distinct(
    frame: pd.DataFrame, columns: tuple[str, ...]
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Return the number of each row's combination of some text columns, and the combinations."""
    texts = frame[list(columns)]
    groups = texts.groupby(list(columns), observed=True, sort=False, dropna=False)
    kinds = texts[~texts.duplicated()].itertuples(index=False, name=None)
    return groups.ngroup().to_numpy(), list(kinds)


def filled(source: Source, raw: pd.DataFrame, given: dict[str, Any]) -> dict[str, Any]:
    """Return the given columns, and defaults for the others: the source's own, or totals.

    A column given as one text has it in every row, in the contract's type where it has one.

    Raises:
        UnknownCodeError: no code list of the column has the text.
    """
    empty = pd.Categorical.from_codes(np.full(len(raw), -1), [""])
    columns: dict[str, Any] = {
        **TOTALS, "time_basis": source.time_basis, "def_scope": source.def_scope, "flags": "",
        "correction": "", "true_since": empty, "comment": empty, **given,
    }  # fmt: skip
    for name, text in columns.items():
        if not isinstance(text, str):
            continue
        dtype = OBSERVATION.columns[name].dtype.type
        codes = getattr(dtype, "categories", None)
        if codes is None:
            columns[name] = constant(text, len(raw))
        elif text in codes:
            place = np.full(len(raw), codes.get_loc(text))
            columns[name] = pd.Categorical.from_codes(place, dtype=dtype)
        else:
            raise UnknownCodeError(f"tidy() gives {name}={not_listed(name, text)}")
    return columns


def constant(text: str, rows: int) -> pd.Categorical:
    """Return a column with one text in every row."""
    return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), [text])


def not_listed(column: str, code: str) -> str:
    """Return that a code is in none of a column's code lists, and the remedy, in words."""
    names = lists_of(column)
    known = [code for name in names for code in codelists.codes(name)]
    near = difflib.get_close_matches(code, known, n=1, cutoff=0.8)
    lists = " or ".join(f"schemas/codelists/{name}.csv" for name in names)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"'{code}', no code of {lists}: correct it, or add a line '{code},...' there{meant}"


def lists_of(column: str) -> tuple[str, ...]:
    """Return the names of the code lists of a contract's column, by default its own name."""
    every = (contract.schema.columns for contract in CONTRACTS.values())
    metadata = next(columns[column].metadata for columns in every if column in columns) or {}
    return metadata["codelists"] or (column,)


def replaced(
    column: pd.Categorical | np.ndarray, lines: Sequence[int], new: Sequence[Any]
) -> pd.Categorical | np.ndarray:
    """Return a column with other values at some positions, categories added where needed."""
    series = pd.Series(column)
    if isinstance(series.dtype, pd.CategoricalDtype):
        known = series.cat.categories
        series = series.cat.add_categories(
            [text for text in dict.fromkeys(new) if text not in known]
        )
    series.iloc[list(lines)] = list(new)
    return series.array if isinstance(series.dtype, pd.CategoricalDtype) else series.to_numpy()


def marked(codes: pd.Categorical, marks: Sequence[tuple[np.ndarray, str]]) -> pd.Categorical:
    """Return obs_status, flags or correction with further codes, joined by `;`.

    A mark is a mask of rows and the code to add; A, the normal status, is dropped.
    """
    column = pd.Series(pd.Categorical(codes))
    for where, code in marks:
        wider = {}
        for codes_before in column[where].unique():
            kept = [each for each in codes_before.split(";") if each not in {"", "A", code}]
            wider[codes_before] = ";".join([*kept, code])
        column = column.cat.add_categories(sorted({*wider.values()} - {*column.cat.categories}))
        column[where] = column[where].map(wider).astype(column.dtype)
    return column.array


def commented(comment: pd.Categorical, texts: Sequence[tuple[np.ndarray, str]]) -> pd.Categorical:
    """Return the comments with further texts, joined by a semicolon."""
    column = pd.Series(pd.Categorical(comment))
    for where, text in texts:
        before = column[where].astype("str")
        joined = before.where(before.isna(), before + "; " + text).fillna(text)
        column = column.cat.add_categories(sorted(set(joined) - set(column.cat.categories)))
        column[where] = joined.astype(column.dtype)
    return column.array
