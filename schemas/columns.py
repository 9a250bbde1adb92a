"""Contracts in pandera, and checks that run once per distinct value.

Repeated text is categorical from the reader on, so that a check looks at a few hundred distinct
values instead of a million rows.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import DTypeLike

from schemas import codelists
from schemas.fields import Field


def schema(
    name: str, description: str, fields: Mapping[str, Field], rules: Sequence[pa.Check]
) -> pa.DataFrameSchema:
    """Return the contract of a table: its columns in their order, and the rules for a row."""
    columns = {column: _column(field) for column, field in fields.items()}
    return pa.DataFrameSchema(
        name=name, description=description, columns=columns, checks=[*rules], strict=True,
        ordered=True,
    )  # fmt: skip


def _column(field: Field) -> pa.Column:
    """Return a column of a contract; one with the codes of lists can hold nothing else."""
    named = ("codelists", "joined_codes", "is_list")
    return pa.Column(
        codelists.dtype(*field.codelists) if field.codelists else field.kind,
        nullable=field.nullable,
        description=field.description,
        metadata={name: getattr(field, name) for name in named},
    )


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
