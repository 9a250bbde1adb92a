"""Eighteen plausible false releases of UNODC's file: of one year of all states, or of one state."""

from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from guard_trials.kinds import with_figures
from guard_trials.replay import Cut

YEAR: Final = "2022"
_TOTAL: Final = ["sex", "age", "exploitation", "citizenship", "breakdown"]
Change = Callable[[pd.DataFrame, pd.Series], pd.DataFrame]


def _swap(name: str, one: str, other: str, where: str = "ref_area == ref_area") -> Change:
    """Exchange two labels among the rows in question."""

    def change(rows: pd.DataFrame, here: pd.Series) -> pd.DataFrame:
        here = here & rows.eval(where)
        labels = rows.loc[here, name].replace({one: other, other: one})
        return rows.assign(**{name: labels.reindex(rows.index).fillna(rows[name])})

    return change


def _times(factor: float, where: str, *, totals: bool = False) -> Change:
    """Multiply the figures in question."""

    def change(rows: pd.DataFrame, here: pd.Series) -> pd.DataFrame:
        here = here & rows["value"].notna() & rows.eval(where)
        if totals:
            here &= rows[_TOTAL].isin(["_T", "_Z"]).all(axis=1)
        return with_figures(rows, here, (rows.loc[here, "value"] * factor).round())

    return change


def _without(where: str) -> Change:
    """Leave out the rows in question."""
    return lambda rows, here: rows[~(here & rows.eval(where))].reset_index(drop=True)


def _shifted_ages(rows: pd.DataFrame, here: pd.Series) -> pd.DataFrame:
    """Print children as adults, adults as of unknown age, and those as children."""
    following = {"Y0T17": "Y_GE18", "Y_GE18": "_U", "_U": "Y0T17"}
    ages = rows["age"].where(~here, rows["age"].replace(following))
    return rows.assign(age=ages)


def _of_year_before(area: str) -> Change:
    """Print a state's figures of the year before."""

    def change(rows: pd.DataFrame, here: pd.Series) -> pd.DataFrame:
        before = rows[(rows["ref_area"] == area) & (rows["time_period"] == str(int(YEAR) - 1))]
        others = rows[~(here & (rows["ref_area"] == area))]
        return pd.concat([others, before.assign(time_period=YEAR)], ignore_index=True)

    return change


EVERY: Final = "ref_area == ref_area"
EIGHTEEN: Final[dict[str, tuple[Change, bool]]] = {
    "sexes of one state exchanged": (_swap("sex", "F", "M", "ref_area == 'COL'"), False),
    "sexes of one state exchanged in all years": (
        _swap("sex", "F", "M", "ref_area == 'ARG'"), True),
    "sexes exchanged everywhere": (_swap("sex", "F", "M"), False),
    "ages exchanged everywhere": (_swap("age", "Y0T17", "Y_GE18"), False),
    "ages of one state exchanged": (_swap("age", "Y0T17", "Y_GE18", "ref_area == 'USA'"), False),
    "ages of one indicator exchanged": (
        _swap("age", "Y0T17", "Y_GE18", "indicator == 'VIC_DETECT'"), False),
    "ages shifted by one label": (_shifted_ages, False),
    "forms exchanged everywhere": (_swap("exploitation", "SX", "FL"), False),
    "forms of one state exchanged": (_swap("exploitation", "SX", "FL", "ref_area == 'MEX'"), False),
    "all totals times 1.5": (_times(1.5, EVERY, totals=True), False),
    "women times 0.5, totals as they were": (_times(0.5, "sex == 'F'"), False),
    "one state times 10": (_times(10, "ref_area == 'PER'"), False),
    "one indicator times 3": (_times(3, "indicator == 'PER_PROSEC'"), False),
    "one state copied from the year before": (_of_year_before("COL"), False),
    "two states exchanged": (_swap("ref_area", "COL", "CRI"), False),
    "two indicators exchanged": (_swap("indicator", "PER_PROSEC", "VIC_DETECT"), False),
    "children left out": (_without("age == 'Y0T17'"), False),
    "one form left out": (_without("exploitation == 'SX'"), False),
}  # fmt: skip
"""Each change by its name, and whether it is made in all years; in the new one alone if not."""


def false_releases(cut: Cut) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the eighteen false releases of a cut of UNODC's file at `YEAR`."""
    for name, (change, in_all_years) in EIGHTEEN.items():
        everywhere = pd.Series(True, index=cut.after.index)
        yield name, change(cut.after, everywhere if in_all_years else cut.is_new)
