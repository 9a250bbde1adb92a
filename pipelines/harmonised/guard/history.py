"""The figures of a source so far, and those of a release: what the profile is learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.guard.pairs import plain
from schemas import codelists

QUARTERS: Final = 4
MONTHS: Final = 12
RATE: Final = "_RATE"
"""How the code of an indicator ends that is the rate of another one."""
_TABLE: Final = ["ref_area", "indicator", "freq", "time_period"]
_WITHOUT: Final = {"indicator": "population", "freq": "A", "time_basis": "CY"} | dict.fromkeys(
    ("exploitation", "citizenship", "counterpart_role", "counterpart_area", "breakdown"), "_T"
)
"""What stands for the columns that the table of population does not have."""


@dataclass(frozen=True, eq=False)
class History:
    """A source's current figures and a release, one row per cell.

    Frames have the cell, `value`, its `size` as a count, and the columns that `_placed` adds;
    `is_new` in those of the release says that no current figure has the cell. `count` is, beside a
    rate, the count of the same cell: the two are one piece of evidence.
    """

    series: list[str]  # columns that identify a series: those of the cell without its period
    before: pd.DataFrame  # current cells, also those without a number
    after: pd.DataFrame  # cells of the release, with `was`, the current figure
    quarantined: pd.DataFrame  # cells of the release that are in quarantine, with their bounds
    set_aside: pd.DataFrame  # cells of the release that a named filter set aside

    @cached_property
    def old(self) -> pd.DataFrame:
        """Return the current figures that are numbers."""
        return self.before[self.before["value"].notna()]

    @cached_property
    def new(self) -> pd.DataFrame:
        """Return the release's figures that are numbers."""
        return self.after[self.after["value"].notna()]

    @cached_property
    def added(self) -> pd.DataFrame:
        """Return the release's figures that are numbers, of cells that have none now."""
        return self.new[self.new["was"].isna()]

    @cached_property
    def fresh(self) -> pd.DataFrame:
        """Return those of `added` that are of a table without any current figure.

        A table has an area, an indicator and a period. What comes to an older table, as where a
        hidden figure is printed, is a small part of it.
        """
        old, added = (pd.MultiIndex.from_frame(rows[_TABLE]) for rows in (self.old, self.added))
        return self.added[~added.isin(old)]


def history(
    before: pd.DataFrame,
    after: pd.DataFrame,
    cell: Sequence[str],
    quarantined: pd.DataFrame,
    set_aside: pd.DataFrame,
) -> History:
    """Return the history of a source beside a release, as `History` has them.

    The size of a count is the count itself, that of a rate is in hundredths; where some rates of an
    area and indicator are 0, it is in the least other one, which stands for about a person.
    """
    known = [name for name in ("value", "lower", "upper", "value_raw") if name in after]
    old, new = (_placed(plain(frame, [*cell, *known])) for frame in (before, after))
    whole = [*cell, *(name for name in _WITHOUT if name not in cell)]
    current = old.set_index(whole)["value"]
    is_new = ~pd.MultiIndex.from_frame(new[whole]).isin(current.index)
    new = new.join(current.rename("was"), on=whole).assign(is_new=is_new)
    place = ["ref_area", "indicator"]
    both = pd.concat([old, new])
    rates = both[both["is_rate"]].groupby(place, observed=True)["value"]
    least = rates.agg(lambda values: values[values > 0].min())
    unit = least[rates.min() == 0].rename("unit")
    sized = []
    for rows in (old, new):
        units = rows[place].join(unit, on=place)["unit"].fillna(0.01).where(rows["is_rate"], 1.0)
        counts = rows.assign(indicator=rows["indicator"] + RATE).set_index(whole)["value"]
        rows = rows.join(counts.rename("count"), on=whole)
        sized.append(rows.assign(unit=units, size=rows["value"] / units))
    old, new = sized
    series = [name for name in whole if name != "time_period"]
    return History(series, old, new, quarantined, set_aside)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the place of each figure's period, and its size in units of its last digit.

    Columns: at, number of the period; per_year, periods of a year; is_rate; digits, the figure in
    units of its own last digit, or of hundredths. Columns that the contract lacks are constant.
    """
    absent = {name: code for name, code in _WITHOUT.items() if name not in rows}
    bounds = {name: rows["value"] for name in ("lower", "upper") if name not in rows}
    rows = rows.assign(**absent, **bounds)
    at, per_year = {}, {}
    for period in rows["time_period"].unique():
        year, _, part = period.partition("-")
        per_year[period] = QUARTERS if part.startswith("Q") else MONTHS if part else 1
        at[period] = int(year) * per_year[period] + int(part.lstrip("Q") or 1) - 1
    units = codelists.column("indicator", "unit_measure")
    is_rate = rows["indicator"].map(units).fillna("").str.startswith("PER_")
    value = rows["value"]
    unit = np.select([value % 1 == 0, (value * 10).round(6) % 1 == 0], [1, 0.1], 0.01)
    return rows.assign(
        at=rows["time_period"].map(at).astype(int),
        per_year=rows["time_period"].map(per_year),
        is_rate=is_rate,
        digits=value / unit,
    )
