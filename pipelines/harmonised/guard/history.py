"""The figures of a source so far, and those of a release: what the profile is learnt from."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from pipelines.harmonised.guard.pairs import plain
from schemas import codelists

MONTHS: Final = 12
_WITHOUT: Final = {"indicator": "population", "freq": "A", "exploitation": "_T"}
"""What stands for the columns that the table of population does not have."""


class History(NamedTuple):
    """A source's current figures and a release, one row per cell.

    Frames have the cell, `value` and the columns that `_placed` adds; `is_new` in those of the
    release says that no current figure has the cell.
    """

    series: list[str]  # columns that identify a series: those of the cell without its period
    before: pd.DataFrame  # current cells, also those without a number
    after: pd.DataFrame  # cells of the release, with `was`, the current figure
    kept_out: pd.DataFrame  # cells of the release that are in quarantine or set aside

    @property
    def old(self) -> pd.DataFrame:
        """Return the current figures that are numbers."""
        return self.before[self.before["value"].notna()]

    @property
    def new(self) -> pd.DataFrame:
        """Return the release's figures that are numbers."""
        return self.after[self.after["value"].notna()]

    @property
    def added(self) -> pd.DataFrame:
        """Return the release's figures that are numbers, of cells that have none now."""
        return self.new[self.new["was"].isna()]


def history(
    before: pd.DataFrame, after: pd.DataFrame, cell: Sequence[str], kept_out: pd.DataFrame
) -> History:
    """Return the history of a source beside a release, both with one row per cell."""
    known = [name for name in ("value", "lower", "upper", "value_raw") if name in after]
    old, new = (_placed(plain(frame, [*cell, *known])) for frame in (before, after))
    whole = [*cell, *(name for name in _WITHOUT if name not in cell)]
    current = old.set_index(whole)["value"]
    is_new = ~pd.MultiIndex.from_frame(new[whole]).isin(current.index)
    new = new.join(current.rename("was"), on=whole).assign(is_new=is_new)
    series = [name for name in whole if name != "time_period"]
    return History(series, old, new, kept_out)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the place of each figure's period, and its size in units of its last digit.

    Columns: at, number of the period; per_year, periods of a year; is_rate; size, the figure of a
    count, and a rate in hundredths or less, so that one step is what rounding makes.
    """
    rows = rows.assign(**{name: code for name, code in _WITHOUT.items() if name not in rows})
    period = rows["time_period"].str
    part = period[5:]
    per_year = np.where(period.contains("Q"), 4, np.where(part != "", MONTHS, 1))
    number = pd.to_numeric(part.str.lstrip("Q"), errors="coerce").fillna(1) - 1
    units = codelists.column("indicator", "unit_measure")
    is_rate = rows["indicator"].map(units).fillna("").str.startswith("PER_")
    return rows.assign(
        at=period[:4].astype(int) * per_year + number.astype(int),
        per_year=per_year,
        is_rate=is_rate,
        size=rows["value"] / np.where(is_rate, 0.01, 1.0),
    )
