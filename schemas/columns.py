"""The kinds of columns that contracts are made of, and checks that ask once per distinct value.

Text that repeats is categorical from the reader on: a check then looks at some hundred distinct
values instead of a million rows.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import DTypeLike

from schemas import codelists


def coded(description: str, *lists: str) -> pa.Column:
    """A column that can hold nothing but the codes of the named lists."""
    return pa.Column(
        codelists.dtype(*lists), description=description, metadata={"codelists": lists}
    )


def distinct_text(
    description: str, *, nullable: bool = False, codelist: str | None = None
) -> pa.Column:
    """Text that repeats; with `codelist` it is codes of that list joined by `;`."""
    metadata = {"joined_codes": codelist} if codelist else None
    return pa.Column("category", nullable=nullable, description=description, metadata=metadata)


def long_text(description: str) -> pa.Column:
    """Text that differs from row to row."""
    return pa.Column("str", description=description)


def number(description: str, *, nullable: bool = False) -> pa.Column:
    """A figure: whole or decimal."""
    return pa.Column("float64", nullable=nullable, description=description)


def per_category(
    column: pd.Series, ask: Callable[[str], Any], dtype: DTypeLike = bool
) -> np.ndarray:
    """The answer to `ask` for each row of a categorical column, asked once per distinct value.

    A missing value gets the type's zero (False, 0).
    """
    answers = np.array([ask(str(value)) for value in column.cat.categories] + [0], dtype=dtype)
    return answers[column.cat.codes.to_numpy()]


def row_rule(
    rule: str, column: str, holds: Callable[[pd.DataFrame], Any], message: str
) -> pa.Check:
    """A rule that every single row must satisfy; rows that do not are kept out under its name.

    `column` is the one to look at first.
    """

    def check(rows: pd.DataFrame) -> pd.Series:
        return pd.Series(np.asarray(holds(rows), dtype=bool), index=rows.index)

    return pa.Check(
        check,
        name=rule,
        error=message,
        statistics={"column": column},
        n_failure_cases=1,  # which rows failed is asked of check_output; cases cost by the column
        ignore_na=False,
    )
