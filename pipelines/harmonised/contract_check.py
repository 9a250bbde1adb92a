"""Check rows against their contract, among each other too: a cell has one row."""

from typing import Final

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason

from pipelines.raw import source_files
from pipelines.raw.manifest import RefusedReleaseError
from pipelines.reader.text_tables import ROW, ROWS
from pipelines.reader.tidy import PROBLEM_COLUMNS, problem_rows
from schemas.contract import CONTRACTS, Contract
from schemas.figure import signs
from schemas.observation_rules import NOT_WHOLE
from schemas.source import Source

FIGURE: Final = ("value", "upper")


class ContractBrokenError(RefusedReleaseError):
    """A frame whose columns or types are not those of the contract: an error in a source module."""


def contract_errors(rows: pd.DataFrame, contract: str) -> list[str]:
    """Return the ways in which rows break a contract, one line each."""
    try:
        CONTRACTS[contract].schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [str(error).splitlines()[0] for error in errors.schema_errors]
    return []


def violations(rows: pd.DataFrame, contract: Contract, figure: str, source: Source) -> pd.DataFrame:
    """Return the rows that break a rule of the contract, as problems.

    `figure` is the publisher's column of the figure. Of a row with an unread label only the figure
    and a period that was read are checked.

    Raises:
        ContractBrokenError: the columns or types are not those of the contract.
    """
    coded = [
        name
        for name, column in contract.schema.columns.items()
        if name in contract.cell or (column.metadata or {}).get("codelists")
    ]
    unread = rows[coded].isna().any(axis=1)
    complete = rows.copy()
    for name in coded:  # with some code in place of each that could not be read
        known = rows[name].cat.categories
        column = rows[name].cat.add_categories("") if known.empty else rows[name]
        complete[name] = column.fillna("" if known.empty else known[0])
    found = [pd.DataFrame(columns=list(PROBLEM_COLUMNS))]
    try:
        contract.schema.validate(complete, lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code != SchemaErrorReason.DATAFRAME_CHECK:
                raise ContractBrokenError(str(error).splitlines()[0]) from errors
            column = error.check.statistics["column"]
            read = rows["time_period"].notna() if column == "time_period" else column in FIGURE
            checked = ~unread | read
            printed = "value_raw" if column in FIGURE else column
            broken = rows.loc[~error.check_output & checked, printed].astype(str)
            messages = _messages(error.check, broken, source)
            here = (figure or "value") if column in FIGURE else column
            line = broken.index.to_numpy()
            found.append(problem_rows(line, error.check.name, here, broken, messages))
    return pd.concat(found)


def _messages(check: pa.Check, printed: pd.Series, source: Source) -> list[str]:
    """Return what is wrong with each printed text, and what to do; why a count has decimals."""
    usual = f"{check.error}: {(check.statistics or {})['remedy']}"
    if check.error != NOT_WHOLE:
        return [usual] * len(printed)
    sign, _ = signs(source.number_locale)
    metadata = source_files.place(source.id)
    divided = (
        f"{NOT_WHOLE}: '{sign}' is the decimal sign of {source.number_locale}; if it is not that "
        f"of the file, change number_locale in {metadata}"
    )
    return [divided if sign in text else usual for text in printed]


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
