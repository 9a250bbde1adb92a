"""MOVED: figures that stood elsewhere in the release before.

Of the figures of an area and year that changed, those are moved that stood in the release before
under the other sex, a year earlier or later (as printed or the sexes exchanged), or under another
label of the same table. Two independent figures, of labels four, and half of those that can be
compared must have moved. The chance of each is counted with years two and three away, where nothing
is moved. One of the two releases is wrong; which one is not known: the figures are listed.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.chance import chance_of_equal, size_of
from pipelines.intake.detectors.coincidence import alarming, coincidences, coincident, equal_figures
from pipelines.intake.detectors.figures import PERSONS, PLACE, turned
from pipelines.intake.detectors.findings import Effect
from pipelines.intake.detectors.releases import CELL, changed

AS_PRINTED: Final = ""
EXCHANGED: Final = "F/M"
LABEL: Final = "label"
_YEARS: Final = {AS_PRINTED: (-1, 1), EXCHANGED: (-1, 0, 1), LABEL: (0,)}
"""From how many years away figures may have moved, by how they moved."""

FEWEST: Final = 2
FEWEST_LABELS: Final = 4
LEAST_SHARE: Final = 1 / 2
_AWAY: Final = (-3, -2, 2, 3)
_TEST: Final = ["ref_area", "year", "how", "years"]


def moved(figures: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """The changed figures that stood elsewhere in the release before, `old`."""
    pairs = _pairs(changed(figures, old), old)
    chance = chance_of_equal(pairs[pairs["years"].isin(_AWAY)], ["how"])
    near = [(pairs["how"] == how) & pairs["years"].isin(years) for how, years in _YEARS.items()]
    pairs = pairs[pairs["published"] & pd.concat(near, axis=1).any(axis=1)]
    pairs = pairs.merge(chance.reset_index(), on=["how", "size"])
    tests = coincidences(pairs, _TEST)
    fewest = (tests["how"] == LABEL).map({True: FEWEST_LABELS, False: FEWEST})
    found = equal_figures(pairs, alarming(tests, fewest, LEAST_SHARE), _TEST)
    moves = zip(found["years"], found["how"], strict=True)
    told = [f"{years:+d} {how}".strip() if years else how for years, how in moves]
    return coincident(found, "MOVED", Effect.LIST, pd.Series(told, found.index, dtype="str"))


def _pairs(new: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Each changed figure beside those of the release before, up to three years away."""
    source = old.loc[old["single"], [*CELL, "dimension", "value"]]
    source = source.rename(columns={"value": "source", "year": "year_of_source"})
    key = [name for name in CELL if name != "year"]
    sexes = new[new["sex"].isin(["F", "M"])]
    pairs = pd.concat(
        [
            new.merge(source, on=[*key, "dimension"]).assign(how=AS_PRINTED),
            sexes.merge(turned(source), on=[*key, "dimension"]).assign(how=EXCHANGED),
            *(_labels(new, source, years) for years in (*_AWAY, 0)),
        ],
        ignore_index=True,
    )
    pairs["years"] = pairs["year_of_source"] - pairs["year"]
    pairs = pairs[pairs["years"].abs() <= max(_AWAY)]
    return pairs.assign(equal=pairs["value"] == pairs["source"], size=size_of(pairs["value"]))


def _labels(new: pd.DataFrame, source: pd.DataFrame, years: int) -> pd.DataFrame:
    """Each figure beside one of its table in that year whose cell differs in one label.

    That is an equal one if there is one.
    """
    labels = ["part", *PERSONS]
    source = source.rename(columns={name: f"{name}_of_source" for name in labels})
    source = source.assign(year=source["year_of_source"] - years)
    pairs = new.merge(source, on=["ref_area", "indicator", "dimension", "year"])
    common = sum((pairs[name] == pairs[f"{name}_of_source"]).astype(int) for name in labels)
    pairs = pairs[common == len(labels) - 1]
    first = (pairs["value"] == pairs["source"]).sort_values(ascending=False, kind="stable").index
    return pairs.loc[first].drop_duplicates(PLACE).assign(how=LABEL)
