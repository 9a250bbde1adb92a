"""Columns of Arrow made of Python's values, without pandas.

`pa.array`, `pa.scalar` and functions that are given a Python value import pandas, to ask whether
the value is one of its own. Verbs that only read have no other use for it.
"""

from collections.abc import Iterable

import pyarrow as pa


def texts(values: Iterable[str | None]) -> pa.StringArray:
    """Return a column of texts, empty where a value is None."""
    builder = pa.lib.StringBuilder()
    builder.append_values([*values])
    return builder.finish()


def text(value: str) -> pa.StringScalar:
    """Return one text, for a function that would make a scalar of it by itself."""
    return texts([value])[0]
