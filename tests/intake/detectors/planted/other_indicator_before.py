"""A table of one area that is another indicator's of the year before."""

from collections.abc import Iterator

import numpy as np

from detectors.planted.other_indicator import COPIES, other_indicator
from detectors.planting import Planted, Sound, Trial

__all__ = ["COPIES", "TRIALS"]


def other_indicator_before(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Give an area another indicator's table of the year before."""
    return other_indicator(file, rng, years_late=1)


TRIALS = (
    Trial("one area: another indicator's table of the year before",
          other_indicator_before, 40, 0.9, strata=True, states_suffice=False),
)  # fmt: skip
