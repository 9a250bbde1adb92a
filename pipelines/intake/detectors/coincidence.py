"""Test whether the equal figures of two tables of one area are more than coincidence.

The figures of a table are not independent: 44 + 45 = 89 is no third coincidence beside 44 and 45.
Of each table only the level with the most different figures counts (sex by age, else sex, age,
total), and repeated figures count once. The chance of k equal among n is C(n, k) times the product
of their chances, which depend on their sizes and are measured in the same file. Of N tests, one
raises an alarm if N times its chance is at most 0.2, the expected number of false alarms of a
detector in a release.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.intake.detectors.figures import PLACE, findings

# Not Holm, as in `tables`: docs/decisions/detectors.md.
FALSE_ALARMS: Final = 0.2
TABLE: Final = ["indicator", "dimension"]
SIZES: Final = (10, 20, 50, 100, 500)
"""Lower limits of the size classes of figures, the first class beginning at five."""
_LEVELS: Final = {"sex x age": 0, "sex": 1, "age": 2, "total": 3}


def coincidences(pairs: pd.DataFrame, test: list[str]) -> pd.DataFrame:
    """Return the numbers of independent and of equal figures of each test, with their chance.

    `pairs` has a row for each comparable pair of figures: the columns `test`, which name a test;
    indicator, dimension, level, value; equal; chance (of being equal). Returns the columns `test`,
    compared, equal, p.
    """
    table = list(dict.fromkeys([*test, *TABLE]))
    levels = pairs.groupby([*table, "level"], as_index=False, sort=False)["value"].nunique()
    levels["rank"] = levels["level"].map(_LEVELS)
    best = levels.sort_values(["value", "rank"], ascending=[False, True]).drop_duplicates(table)
    best = pairs.merge(best[[*table, "level"]], on=[*table, "level"])
    best = best.sort_values("equal", ascending=False, kind="stable")
    different = best.drop_duplicates([*test, "value"])
    log_chance = np.log(different["chance"]).where(different["equal"], 0.0)
    found = different.assign(log_p=log_chance, compared=1).groupby(test, as_index=False, sort=False)
    counted = found[["compared", "equal", "log_p"]].sum()
    n, k = counted["compared"].to_numpy(), counted["equal"].to_numpy()
    counted["p"] = np.minimum(scipy.special.comb(n, k) * np.exp(counted.pop("log_p")), 1)
    return counted


def alarming(
    tests: pd.DataFrame, fewest: int | pd.Series, least_share: float, number: int | None = None
) -> pd.DataFrame:
    """Return the tests beyond chance, of those that compare enough figures.

    At least `fewest` figures and that share of those compared must be equal. `number` is the number
    of all tests, if `tests` are not all of them.
    """
    tested = tests["compared"] >= fewest
    equal = (tests["equal"] >= fewest) & (tests["equal"] >= least_share * tests["compared"])
    return tests[equal & (tests["p"] * (number or tested.sum()) <= FALSE_ALARMS)]


def alarming_figures(
    pairs: pd.DataFrame,
    tests: Sequence[list[str]],
    fewest: int,
    least_share: float,
    number: int | None = None,
) -> pd.DataFrame:
    """Return the equal figures of the tests beyond chance, kind of test by kind of test.

    `tests` are the columns that name a test, for each kind; all count as one family of tests.
    """
    counted = [coincidences(pairs, test) for test in tests]
    number = number or sum(int((each["compared"] >= fewest).sum()) for each in counted)
    return pd.concat(
        equal_figures(pairs, alarming(each, fewest, least_share, number), test)
        for test, each in zip(tests, counted, strict=True)
    )


def equal_figures(pairs: pd.DataFrame, alarms: pd.DataFrame, test: list[str]) -> pd.DataFrame:
    """Return the equal figures of the alarms of one kind of test, with the numbers of the test."""
    numbers = alarms[[*test, "compared", "equal", "p"]].rename(columns={"equal": "equals"})
    return pairs[pairs["equal"]].merge(numbers, on=test)


def coincident(figures: pd.DataFrame, effect: str, evidence: str = "SAME_FIGURES") -> pd.DataFrame:
    """Return findings about equal figures, each once; columns of `OTHER` name the other table."""
    figures = figures.rename(columns={"equals": "agree", "p": "by_chance"})
    once = figures.sort_values("by_chance", kind="stable").drop_duplicates(PLACE)
    return findings(once, effect, evidence)


def greater_half(successes: np.ndarray, failures: np.ndarray) -> np.ndarray:
    """Return P of at least so many successes if success and failure were equally likely."""
    return scipy.stats.binom.sf(successes - 1, successes + failures, 0.5)


def holm(p: np.ndarray, level: float = 0.05) -> np.ndarray:
    """Return the hypotheses that Holm's rule rejects at this family-wise error rate."""
    order = np.argsort(p, kind="stable")
    passed = p[order] * np.arange(len(p), 0, -1) <= level
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order] = np.logical_and.accumulate(passed)
    return rejected


def size_of(values: pd.Series) -> np.ndarray:
    """Return the size class of each figure."""
    return np.searchsorted(SIZES, values, side="right")


def compared(pairs: pd.DataFrame, *others: str) -> pd.DataFrame:
    """Add equal (whether `value` is `beside`) and size, that of the greatest of it and `others`."""
    greatest = pairs[["value", *others]].max(axis=1)
    return pairs.assign(equal=pairs["value"] == pairs["beside"], size=size_of(greatest))


def with_chance(pairs: pd.DataFrame, measured: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Add the chance of being equal that pairs of the group and size have among those measured."""
    return pairs.merge(chance_of_equal(measured, by).reset_index(), on=[*by, "size"])


def chance_of_equal(pairs: pd.DataFrame, by: list[str]) -> pd.Series:
    """Return the chance that the figures of a pair are equal, for each group and size of figure.

    `pairs` has size, equal and the columns `by`. Defects among the pairs make the chance greater,
    and one more equal pair is counted than there is: both err on the safe side.
    """
    counted = pairs.groupby([*by, "size"])["equal"].agg(["sum", "size"])
    return ((counted["sum"] + 1) / (counted["size"] + 1)).rename("chance")
