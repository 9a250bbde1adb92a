"""Kinds of columns in contracts, and checks that run once per distinct value.

Repeated text is categorical from the reader on, so that a check looks at a few hundred distinct
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
    """Return a column that holds only the codes of the named lists."""
    return pa.Column(
        codelists.dtype(*lists), description=description, metadata={"codelists": lists}
    )


def distinct_text(
    description: str, *, nullable: bool = False, codelist: str | None = None
) -> pa.Column:
    """Return a column of repeated text; with `codelist`, of codes of that list joined by `;`."""
    metadata = {"joined_codes": (codelist,)} if codelist else None
    return pa.Column("category", nullable=nullable, description=description, metadata=metadata)


def listed(description: str, *lists: str) -> pa.Column:
    """Return a column of several texts joined by `;`, codes of the named lists if there are any.

    In the warehouse it is a list; an empty text is an empty list.
    """
    return pa.Column(
        "category", description=description, metadata={"joined_codes": lists, "is_list": True}
    )


def long_text(description: str) -> pa.Column:
    """Return a column of text that differs from row to row."""
    return pa.Column("str", description=description)


def number(description: str, *, nullable: bool = False) -> pa.Column:
    """Return a column of figures, whole or decimal."""
    return pa.Column("float64", nullable=nullable, description=description)


def per_category(
    column: pd.Series, function: Callable[[str], Any], dtype: DTypeLike = bool
) -> np.ndarray:
    """Return `function` of each value of a categorical column, called once per distinct value.

    A missing value gets the type's zero (False, 0).
    """
    results = np.array([function(str(value)) for value in column.cat.categories] + [0], dtype=dtype)
    return results[column.cat.codes.to_numpy()]


def row_rule(
    rule: str, column: str, message: str, remedy: str
) -> Callable[[Callable[[pd.DataFrame], Any]], pa.Check]:
    """Turn a function that says which rows hold into a check that every row must satisfy.

    Rows that fail are quarantined under the name of the rule, with message and remedy; `column` is
    the column to look at first.
    """

    def check_of(holds: Callable[[pd.DataFrame], Any]) -> pa.Check:
        return pa.Check(
            lambda rows: pd.Series(np.asarray(holds(rows), dtype=bool), index=rows.index),
            name=rule,
            error=message,
            statistics={"column": column, "remedy": remedy},
            n_failure_cases=1,  # check_output has the failing rows; listing cases is slow
            ignore_na=False,
        )

    return check_of
