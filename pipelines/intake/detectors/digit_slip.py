"""DIGIT_SLIP and DIGITS_EXCHANGED: a sum that differs from its parts by a slip of the hand.

A printed sum that contradicts the sums of its parts (by sex, by age, by both) is a slip where it is
ten, a hundred or a thousand times a value that the parts allow, or such a value without its
thousands, its first or its last digit. Only values from 20 count, and the parts may allow at most
17: with more, or if more than a tenth of all figures with as many digits would be a slip of one of
them, it proves nothing. The sum is doubtful. Where two neighbouring digits of an exactly known sum
are exchanged, it is only listed, since that happens to false sums by chance.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.figures import PLACE, SMALLEST
from pipelines.intake.detectors.findings import findings, texts
from pipelines.intake.detectors.sums import CELL
from pipelines.raw.findings import DOUBTFUL, LIST

LEAST: Final = 20
WIDEST: Final = 16
SHARE: Final = 0.1
_FACTORS: Final = (10, 100, 1000)
_THOUSAND: Final = 1000


def digit_slip(figures: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return findings about sums that are a slip; `added` as `sums` returns it."""
    wrong = _contradicted(figures, added)
    bounded = zip(wrong["value"], wrong["parts_lower"], wrong["parts_upper"], strict=True)
    slipped = [is_slip(*map(int, each)) for each in bounded]
    return _found(wrong, slipped, "DIGIT_SLIP", DOUBTFUL)


def digits_exchanged(figures: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return findings about sums with two neighbouring digits exchanged."""
    wrong = _contradicted(figures, added)
    exact = wrong[wrong["parts_lower"] == wrong["parts_upper"]]
    figures_and_sums = zip(exact["value"], exact["parts_lower"], strict=True)
    is_exchanged = [int(value) in exchanges(int(parts)) for value, parts in figures_and_sums]
    return _found(exact, is_exchanged, "DIGITS_EXCHANGED", LIST)


def _contradicted(figures: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the printed sums that contradict all sums of their parts, once for each of these."""
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


def exchanges(true: int) -> set[int]:
    """Return the figures that differ from a value by two exchanged neighbouring digits."""
    text = str(true)
    pairs = range(len(text) - 1)
    return {int(text[:n] + text[n + 1] + text[n] + text[n + 2 :]) for n in pairs} - {true}


def _found(wrong: pd.DataFrame, chosen: list[bool], detector: str, effect: str) -> pd.DataFrame:
    found = wrong[pd.Series(chosen, wrong.index, dtype=bool)].drop_duplicates(PLACE)
    numbers = [found[name] for name in ("value", "by", "parts_lower", "parts_upper")]
    return findings(found, detector, effect, texts("{:.0f}, {}: {:.0f} to {:.0f}", *numbers))
