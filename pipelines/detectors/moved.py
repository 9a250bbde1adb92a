"""MOVED: figures that stood elsewhere in the release before.

Of the figures of an area and year that changed, those are moved that stood in the release before
under the other sex, a year earlier or later (as printed or the sexes exchanged), or under another
label of the same table. Two independent figures, of labels four, and half of those that can be
compared must have moved. The chance of each is counted with years two and three away, where nothing
is moved. One of the two releases is wrong; which one is not known: the figures are listed.
"""

from typing import Final, NamedTuple

import pandas as pd

from pipelines.detectors.chance import chance_of_equal, size_of
from pipelines.detectors.coincidence import alarming, coincidences, coincident, equal_figures
from pipelines.detectors.figures import PERSONS, PLACE, turned
from pipelines.detectors.findings import Effect
from pipelines.detectors.releases import CELL, changed


class Move(NamedTuple):
    """From where figures moved: years away, from the other sex or not; `labels` from any label."""

    years: int = 0
    exchanged: bool = False
    labels: bool = False


MOVES: Final = {
    "F/M": Move(0, exchanged=True),
    "-1": Move(-1),
    "-1 F/M": Move(-1, exchanged=True),
    "+1": Move(1),
    "+1 F/M": Move(1, exchanged=True),
    "label": Move(labels=True),
}
"""By the name that evidence gives them: `+1` stood in the year after."""

FEWEST: Final = 2
FEWEST_LABELS: Final = 4
LEAST_SHARE: Final = 1 / 2
_AWAY: Final = (-3, -2, 2, 3)
_TEST: Final = ["ref_area", "year", "move"]


def moved(figures: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """The changed figures that stood elsewhere in the release before, `old`."""
    new = changed(figures, old)
    pairs = pd.concat(_pairs(new, old, move).assign(move=name) for name, move in MOVES.items())
    nothing_moved = pd.concat(
        _pairs(new, old, move._replace(years=years)).assign(move=name)
        for name, move in MOVES.items()
        for years in _AWAY
    )
    chance = chance_of_equal(nothing_moved, ["move"])
    pairs = pairs[pairs["published"]].merge(chance.reset_index(), on=["move", "size"])
    tests = coincidences(pairs, _TEST)
    fewest = (tests["move"] == "label").map({True: FEWEST_LABELS, False: FEWEST})
    found = equal_figures(pairs, alarming(tests, fewest, LEAST_SHARE), _TEST)
    return coincident(found, "MOVED", Effect.LIST, found["move"])


def _pairs(new: pd.DataFrame, old: pd.DataFrame, move: Move) -> pd.DataFrame:
    """Each changed figure beside the one that it would be if it had moved so."""
    source = old.loc[old["single"], [*CELL, "dimension", "value"]]
    source = source.assign(year=source["year"] - move.years).rename(columns={"value": "source"})
    if move.labels:
        return _with_equal(_other_labels(new, source)).drop_duplicates(PLACE)
    if move.exchanged:
        new, source = new[new["sex"].isin(["F", "M"])], turned(source)
    return _with_equal(new.merge(source, on=[*CELL, "dimension"]))


def _other_labels(new: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """Each figure beside those of its table whose cell differs in one label."""
    labels = ["part", *PERSONS]
    source = source.rename(columns={name: f"{name}_of_source" for name in labels})
    pairs = new.merge(source, on=["ref_area", "indicator", "year", "dimension"])
    common = sum((pairs[name] == pairs[f"{name}_of_source"]).astype(int) for name in labels)
    return pairs[common == len(labels) - 1]


def _with_equal(pairs: pd.DataFrame) -> pd.DataFrame:
    equal = pairs["value"] == pairs["source"]
    pairs = pairs.assign(equal=equal, size=size_of(pairs["value"]))
    return pairs.sort_values("equal", ascending=False, kind="stable")
