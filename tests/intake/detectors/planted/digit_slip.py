"""A slip of the hand in a figure."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from detectors.planting import Planted, Sound, Trial, instead, single_figures
from detectors.shuffling import sizes_of_contradictions_dealt_anew
from pipelines.intake.detectors.digit_slip import slips
from pipelines.intake.detectors.figures import PLACE, SMALLEST
from pipelines.intake.detectors.sums import CELL, LEAST, WIDEST, sums


def digit_slip(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A slip of the hand in a sum that its parts allow; two digits or more are left."""
    added = sums(file.counts)
    narrow = added["parts_upper"] - added["parts_lower"] <= WIDEST
    sum_of_parts = single_figures(file.counts).merge(
        added.loc[narrow, [*CELL, "parts_lower", "parts_upper"]]
    )
    allowed = sum_of_parts["value"].between(
        sum_of_parts["parts_lower"], sum_of_parts["parts_upper"]
    )
    yield from _slips(sum_of_parts[allowed & (sum_of_parts["value"] >= LEAST)], 10, rng)


def digit_slip_anywhere(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A slip of the hand in any figure of 20 or more."""
    single = single_figures(file.counts)
    yield from _slips(single[single["value"] >= LEAST], SMALLEST, rng)


def _slips(figures: pd.DataFrame, least: int, rng: np.random.Generator) -> Iterator[Planted]:
    for _, figure in figures.drop_duplicates(PLACE).sample(frac=1, random_state=rng).iterrows():
        possible = sorted(slip for slip in slips(int(figure["value"])) if slip >= least)
        if possible:
            yield Planted(instead(figure, rng.choice(possible)))


TRIALS = (
    Trial("digit slip in a sum with its parts that leaves two digits", digit_slip, 40, 0.95),
    Trial("digit slip in any figure of 20 or more", digit_slip_anywhere, 60, 0.3,
          states_suffice=False),
)  # fmt: skip
COPIES = (sizes_of_contradictions_dealt_anew,)
