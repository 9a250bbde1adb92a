"""Find tables that are the same over all areas, and the false one of two.

Areas are the unit, since the figures of one area are not independent. An area is equal if most of
its figures are. Two tables are the same if at least half of five or more areas are equal, and more
than chance explains (a tenth, or the median share of all such pairs if that is more): exact
binomial test, Holm, 5 %. Where most years of a run are proven so, the run's other years count as
the same accident if each is beyond chance at 5 %.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.intake.detectors.coincidence import greater_half, holm

FEWEST_AREAS: Final = 5
LEAST_SHARE: Final = 0.1
LEVEL: Final = 0.05
AGREEMENT: Final = ["compared", "agree", "by_chance"]
"""Columns with the numbers of areas, and the chance of them."""


def same(areas: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the pairs of tables that are the same.

    `areas` has a row for each area that prints both: the columns `by`, which name a pair of tables
    of several years, sort (the group of comparable pairs), year, ref_area, equal.
    Returns `by`, year, run (number of the run of years), compared, agree (numbers of areas),
    by_chance.
    """
    pair = [*by, "sort", "year"]
    tables = areas.groupby(pair, as_index=False)["equal"].agg(["size", "sum"])
    tables = tables.rename(columns={"size": "compared", "sum": "agree"})
    tables = tables[tables["compared"] >= FEWEST_AREAS].reset_index(drop=True)
    share = tables["agree"] / tables["compared"]
    usual = share.groupby(tables["sort"]).transform("median").clip(lower=LEAST_SHARE)
    tables["by_chance"] = scipy.stats.binom.sf(tables["agree"] - 1, tables["compared"], usual)
    tables["proven"] = holm(tables["by_chance"].to_numpy(), LEVEL) & (share >= 0.5)
    # The proven tables, and the other years of runs whose years are mostly proven.
    likely = tables[(tables["by_chance"] <= LEVEL) | tables["proven"]].sort_values([*by, "year"])
    begins = likely.groupby(by)["year"].diff() != 1
    likely = likely.assign(run=begins.cumsum())
    proven = likely.groupby("run")["proven"].agg(["sum", "mean"])
    whole = proven.index[(proven["sum"] > 1) & (proven["mean"] >= 0.5)]
    found = likely[likely["proven"] | likely["run"].isin(whole)]
    return found[[*by, "year", "run", *AGREEMENT]]


def false_sides(runs: pd.DataFrame, signs: list[pd.DataFrame]) -> pd.Series:
    """Return the false side of each run of pairs: "one", "other", or "" if undecided.

    `signs` are signs of falsehood, the stronger first: of equal areas the columns run, ref_area,
    one, other (whether that side has the sign). An area counts against the side that has the sign
    in more of the years; then a sign test follows (5 %).
    """
    false = pd.Series(dtype="str")
    for sign in signs:
        areas = sign.astype({"one": int, "other": int}).groupby(["run", "ref_area"]).sum()
        against = areas.sub(areas[["other", "one"]].to_numpy()) > 0
        counted = against.groupby(level="run").sum()
        one, other = counted["one"].to_numpy(), counted["other"].to_numpy()
        cases = [greater_half(one, other) <= LEVEL, greater_half(other, one) <= LEVEL]
        side = pd.Series(np.select(cases, ["one", "other"], ""), counted.index)
        false = pd.concat([false, side[(side != "") & ~side.index.isin(false.index)]])
    return runs["run"].map(lambda run: false.get(run, ""))
