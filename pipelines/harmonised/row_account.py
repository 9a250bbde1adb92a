"""The account of a release's rows: rows in = published + quarantined + set aside."""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.text_tables import ROWS
from pipelines.reader.tidy import SUMMED, Tidy

ACCOUNT: Final = ["source", "release", "outcome", "reason", "rows"]
"""The columns of an account."""


def account_of(
    source: str, release: str, set_aside: np.ndarray, problems: pd.DataFrame, tidy: Tidy
) -> pd.DataFrame:
    """Return one row per outcome and reason, with the columns `ACCOUNT`.

    A row that breaks several rules counts under the first. A sum counts as one published row, and
    its other rows as set aside; so do lines that are not read, such as notes below the table.
    """
    weight = tidy.raw.get(ROWS, pd.Series(1, index=tidy.raw.index))
    rule = pd.Series("", index=tidy.raw.index)
    first = problems.drop_duplicates("line")
    rule[first["line"].to_numpy(dtype=int)] = first["rule"].to_numpy(dtype=object)
    published = ((rule == "") & (set_aside == "")).to_numpy()
    rules = weight[(rule != "").to_numpy()].groupby(rule).sum()
    filters = weight[set_aside != ""].groupby(set_aside[set_aside != ""]).sum().to_dict()
    summed = filters.get(SUMMED, 0) + int((weight[published] - 1).sum())
    filters |= {SUMMED: summed, **tidy.unread}
    entries = [("in", tidy.read_as, int(weight.sum()) + sum(tidy.unread.values()))]
    entries += [("published", "", int(published.sum()))]
    entries += [("quarantined", name, rows) for name, rows in rules.items()]
    entries += [("set_aside", name, rows) for name, rows in sorted(filters.items()) if rows]
    return pd.DataFrame([(source, release, *entry) for entry in entries], columns=ACCOUNT)


def total(accounts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the sum of the accounts of a release's files."""
    together = pd.concat(accounts)
    return together.groupby(ACCOUNT[:-1], sort=False, as_index=False)["rows"].sum()[ACCOUNT]


def adds_up(account: pd.DataFrame) -> bool:
    """Return whether rows in = published + quarantined + set aside."""
    rows, incoming = account["rows"], account["outcome"] == "in"
    return bool(rows[incoming].sum() == rows[~incoming].sum())
