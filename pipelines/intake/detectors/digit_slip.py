"""DIGIT_SLIP: a sum that differs from its parts by a slip of the hand.

A printed sum that contradicts the sums of its parts (by sex, by age, by both) is a slip where it is
ten, a hundred or a thousand times a value that the parts allow, or such a value without its
thousands, its first or its last digit. Only values from 20 count, and the parts may allow at most
17: with more, or if more than a tenth of all figures with as many digits would be a slip of one of
them, it proves nothing. The sum is doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage
from pipelines.intake.detectors.figures import PLACE, SMALLEST
from pipelines.intake.detectors.findings import findings, texts
from pipelines.intake.detectors.sums import CELL
from pipelines.raw.findings import DOUBTFUL

LEAST: Final = 20
WIDEST: Final = 16
SHARE: Final = 0.1
_FACTORS: Final = (10, 100, 1000)
_THOUSAND: Final = 1000


def digit_slip(release: Release) -> pd.DataFrame:
    """Return findings about sums that are a slip."""
    wrong = wrong_sums(release)
    bounded = zip(wrong["value"], wrong["parts_lower"], wrong["parts_upper"], strict=True)
    return found(wrong, [is_slip(*map(int, each)) for each in bounded], DOUBTFUL)


def wrong_sums(release: Release) -> pd.DataFrame:
    """Return the printed sums that contradict all sums of their parts, once for each of these."""
    figures, added = release.figures, release.added
    single = figures[figures["single"] & figures["published"]]
    parts = added[[*CELL, "by", "parts_lower", "parts_upper"]]
    beside = single.merge(parts, on=CELL)
    allowed = beside["value"].between(beside["parts_lower"], beside["parts_upper"])
    wrong = beside[~allowed.groupby(beside["row"].astype(str) + beside["column"]).transform("any")]
    narrow = wrong["parts_upper"] - wrong["parts_lower"] <= WIDEST
    return wrong[narrow & (wrong["parts_upper"] >= LEAST)]


def is_slip(value: int, lower: int, upper: int) -> bool:
    """Return whether a figure is a slip of a value within bounds, and few other figures are."""
    all_slips = {slip for true in range(max(lower, LEAST), upper + 1) for slip in slips(true)}
    least = max(SMALLEST, 10 ** (len(str(value)) - 1))
    as_long = range(least, 10 ** len(str(value)))
    share = sum(slip in as_long for slip in all_slips) / len(as_long)
    return value in all_slips and share <= SHARE


def slips(true: int) -> set[int]:
    """Return the figures that slips of the hand make of a value."""
    shorter = {int(str(true)[1:]), true // 10}
    if true >= _THOUSAND:
        shorter.add(true % _THOUSAND)
    return shorter | {true * factor for factor in _FACTORS}


def found(wrong: pd.DataFrame, chosen: list[bool], effect: str) -> pd.DataFrame:
    """Return findings about the chosen ones of wrong sums, each once."""
    slips = wrong[pd.Series(chosen, wrong.index, dtype=bool)].drop_duplicates(PLACE)
    numbers = [slips[name] for name in ("value", "by", "parts_lower", "parts_upper")]
    return findings(slips, effect, texts("{:.0f}, {}: {:.0f} to {:.0f}", *numbers))


DETECTOR: Final = Detector(find=digit_slip, stage=Stage.AREAS, effects=(DOUBTFUL,))
