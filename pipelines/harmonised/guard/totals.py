"""Whether the parts of a total, which made it up before, no longer do: more than it, or fewer.

Parts are sexes, ages, both, forms, and the subdivisions of a state. A hidden figure is an interval,
so a sum holds if its parts can make up the total. Persons of whom neither sex nor age is known
stand in one cell, which may be repeated in the others or not: the sum may hold with it or without
it. A part that is lacking or in quarantine may have any value. How often sums fail by nature is
learnt from the source (beta-binomial distribution).
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
import scipy

from pipelines.harmonised.guard.doubt import SHARES, Doubt
from pipelines.harmonised.guard.history import History
from schemas import codelists
from schemas.observation import DISAGGREGATIONS

PRIOR: Final = (0.05, 2.0)
"""Sums that failed and held, which a new sum is supposed to have behind it."""
PRIOR_OF_BROKEN: Final = (0.3, 20.0)
"""The same of a sum that held and was printed again; UNODC's release of April 2025 broke 3 %."""
FEWEST_BEFORE: Final = 2
"""Least number of sums before, for a new one to be judged."""
WORDS: Final = {
    "sex": "its sexes together",
    "age": "its ages together",
    "sex and age": "its sexes and ages together",
    "form": "its forms together",
    "area": "its areas together",
    "rate by sex": "outside the rates of its sexes, of which one is",
    "rate by age": "outside the rates of its ages, of which one is",
}
ROUNDING: Final = 0.01
"""By how much rates that are printed with two decimals may miss each other."""
_TOTAL: Final = ["ref_area", "indicator", "freq", "time_basis", "time_period"]
_BOUNDS: Final = ["lower", "upper"]
_LEVELS: Final = (["division", "indicator"], ["division", "indicator", "ref_area"])


def doubts(history: History) -> Iterator[Doubt]:
    """Name the sum whose failing is least likely: of those that held before, and of new ones."""
    before = _sums(history.before, history.quarantined.head(0))
    now = _sums(history.after, history.quarantined)
    held = before.index[before["holds"]]
    again, new = now[now.index.isin(held)], now[~now.index.isin(before.index)]
    for sums, past, prior in ((again, before.head(0), PRIOR_OF_BROKEN), (new, before, PRIOR)):
        tests = [test for by in _LEVELS for test in _tests(sums, past, prior, by)]
        if tests and min(tests)[0] < SHARES["sum"]:
            chance, area, indicator, period, total, parts, division = min(tests)
            place = area, indicator, period
            yield Doubt("sum", *place, chance, total, parts, WORDS[division])


def _tests(
    sums: pd.DataFrame, past: pd.DataFrame, prior: tuple[float, float], by: list[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the chance of each group's failed sums, and the worst of them."""
    groups = sums.groupby(by)
    known = past.groupby(by)["holds"].agg(["sum", "size"])
    for key, group in groups:
        failed = group[~group["holds"]]
        held, number = known.loc[key] if key in known.index else (0, 0)
        if failed.empty or (prior is PRIOR and number < FEWEST_BEFORE):
            continue
        bad = number - held + prior[0], held + prior[1]
        chance = scipy.stats.betabinom.sf(len(failed) - 1, len(group), *bad) * len(groups)
        gap = failed[["above", "below"]].max(axis=1)
        place = dict(zip(sums.index.names, gap.idxmax(), strict=True))
        worst = failed.loc[gap.idxmax()]
        where = (place["ref_area"], place["indicator"], place["time_period"])
        yield chance, *where, worst["upper"], worst["lower_of_parts"], place["division"]


def _sums(rows: pd.DataFrame, kept_out: pd.DataFrame) -> pd.DataFrame:
    """Return one row per total of counts and division of it that can be tested.

    Index: division, and the columns of `_TOTAL`. Columns: lower and upper, bounds of the total;
    those of its parts together (`_of_parts`) and of persons of whom nothing is known (`_unknown`);
    above and below, by how much the parts are more or fewer; holds, whether they can make it up.
    """
    others = [name for name in DISAGGREGATIONS if name not in ("sex", "age", "exploitation")]
    # What is in quarantine comes last: it tells nothing of a cell that has a figure as well.
    cells = pd.concat([rows, kept_out]).drop_duplicates([*_TOTAL, *DISAGGREGATIONS])
    is_whole = cells[[*others, "counterpart_role"]].isin(["_T", "_Z"]).all(axis=1)
    is_rate = cells["is_rate"].eq(True)
    figures = cells[is_whole & ~is_rate]
    figures = figures.assign(
        lower=figures["lower"].fillna(0), upper=figures["upper"].fillna(np.inf)
    )
    is_all = {name: figures[name].isin(["_T", "_Z"]) for name in ("sex", "age", "exploitation")}
    is_broad = figures["age"].isin(codelists.addends("age"))
    is_unknown = (figures["sex"] == "_U") & (figures["age"] == "_U") & is_all["exploitation"]
    is_form = figures["exploitation"].isin(codelists.addends("exploitation"))
    is_total = is_all["sex"] & is_all["age"] & is_all["exploitation"]
    parts = {
        "sex": ~is_all["sex"] & is_all["age"] & is_all["exploitation"],
        "age": is_all["sex"] & is_broad & is_all["exploitation"],
        "sex and age": ~is_all["sex"] & is_broad & ~is_unknown & is_all["exploitation"],
        "form": is_all["sex"] & is_all["age"] & is_form,
        "area": is_total & figures["ref_area"].str.contains("-"),
    }
    totals = figures[is_total].set_index(_TOTAL)[_BOUNDS]
    unknown = figures[is_unknown].groupby(_TOTAL)[_BOUNDS].sum().add_suffix("_unknown")
    sums = {
        name: totals.join(_added(figures[here], name), how="inner").join(unknown)
        for name, here in parts.items()
        if here.any() or name == "sex"
    }
    judged = _judged(pd.concat(sums, names=["division"]).fillna(0))
    return pd.concat([judged, *_rates(cells[is_whole & is_rate])])


def _rates(rates: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield, like `_judged`, whether total rates are between those of their sexes, and ages.

    So they are if a rate is of the persons of its own sex or age; where they are not, they never
    held, and a new one is expected not to.
    """
    whole = rates[rates["exploitation"].isin(["_T", "_Z"]) & rates["value"].notna()]
    for name, codes in (("sex", ["F", "M"]), ("age", ["Y0T17", "Y_GE18"])):
        other = "age" if name == "sex" else "sex"
        table = whole[whole[other].isin(["_T", "_Z"])].pivot_table("value", _TOTAL, name)
        if not {"_T", *codes} <= set(table.columns):
            continue
        table = table.dropna(subset=["_T", *codes])
        least, most = table[codes].min(axis=1), table[codes].max(axis=1)
        above, below = table["_T"] - most, least - table["_T"]
        found = pd.DataFrame(
            {
                "upper": table["_T"],
                "lower_of_parts": most.where(above > 0, least),
                "above": above.clip(lower=0),
                "below": below.clip(lower=0),
                "holds": (above <= ROUNDING) & (below <= ROUNDING),
            }
        )
        yield pd.concat({f"rate by {name}": found}, names=["division"])


def _added(parts: pd.DataFrame, division: str) -> pd.DataFrame:
    """Return the parts of each total together, and how many of those of a complete table."""
    is_main = parts["sex"].isin(["F", "M", "_T"]) & parts["age"].isin(["Y0T17", "Y_GE18", "_T"])
    if division == "area":
        parts = parts.assign(ref_area=parts["ref_area"].map(codelists.state_of))
    added = parts.assign(main=is_main).groupby(_TOTAL)[[*_BOUNDS, "main"]].sum()
    return added.rename(columns={name: f"{name}_of_parts" for name in _BOUNDS})


def _judged(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the sums that can be tested: exceeded, or of two parts and more with known bounds."""
    lower, upper = sums["lower_of_parts"], sums["upper_of_parts"]
    with_unknown = lower + sums["lower_unknown"], upper + sums["upper_unknown"]
    above = (lower - sums["upper"]).where(sums["main"] > 0, 0)
    below = sums["lower"] - with_unknown[1]
    holds = [
        (least <= sums["upper"]) & (most >= sums["lower"])
        for least, most in ((lower, upper), with_unknown)
    ]
    is_bounded = np.isfinite(sums["upper"]) & np.isfinite(with_unknown[1])
    is_tested = (above > 0) | ((sums["main"] >= 2) & is_bounded)
    return sums.assign(above=above, below=below, holds=holds[0] | holds[1])[is_tested]
