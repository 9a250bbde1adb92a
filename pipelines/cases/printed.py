"""The printed table: every figure of a release as readers see it, exact or as an interval.

A status says why a figure is an interval, after SDMX CL_CONF_STATUS where that has a code:

- `F`: free; `value` is exact: zero, at least the threshold, or of persons of whom something is
  unknown.
- `A`: a small count, from 1 up and below the threshold.
- `S`: hidden for the sake of another (complementary suppression); at least the threshold.
- `C`: hidden without a word on its size, from 1 up, in a table of a small total.
- `Q`: fewer cases than the threshold more than printed last; the exact count follows with the
  yearly revision.

The threshold is that of `protection.cells.threshold`: 5 for the tables of the nation by one
dimension and for sex by age, 10 for other crossings and for areas.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from schemas.case import DIMENSIONS

if TYPE_CHECKING:  # who exports the printed table of a warehouse needs no pandas
    import pandas as pd

KEY: Final = (*DIMENSIONS[:3], "release", *DIMENSIONS[3:])
COLUMNS: Final = (*KEY, "value", "lower", "upper", "conf_status")
"""Columns of a printed table; one row per figure."""


def write(printed: "pd.DataFrame", file: Path) -> None:
    """Write a printed table as CSV, sorted by its key; what is not printed is empty."""
    rows = printed[list(COLUMNS)].sort_values(list(KEY))
    rows.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def of_observations(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Return figures of the warehouse's contract as a printed table, as `printed_rows.sql` does."""
    import pandas as pd

    exact = rows["value"].notna()
    texts = {name: rows[name].astype("str") for name in (*KEY, "conf_status")}
    numbers = {name: rows[name].mask(exact).astype("Int64") for name in ("lower", "upper")}
    frame = pd.DataFrame({**texts, "value": rows["value"].astype("Int64"), **numbers})
    return frame.assign(conf_status=frame["conf_status"].replace("D", "Q"))[list(COLUMNS)]


def figures(file: Path) -> "pd.DataFrame":
    """Return a printed table; the numbers are `Int64`, empty where nothing is printed."""
    import pandas as pd

    numbers = dict.fromkeys(("value", "lower", "upper"), "Int64")
    return pd.read_csv(
        file, dtype=dict.fromkeys((*KEY, "conf_status"), "str") | numbers, keep_default_na=False,
        na_values={name: [""] for name in numbers}, encoding="utf-8",
    )  # fmt: skip
