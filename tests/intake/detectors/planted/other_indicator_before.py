"""A table of one area that is another indicator's of the year before."""

from functools import partial

from detectors.planted.other_indicator import COPIES, other_indicator
from detectors.planting import Trial

__all__ = ["COPIES", "TRIALS"]

TRIALS = (
    Trial("one area: another indicator's table of the year before",
          partial(other_indicator, years_late=1), 40, 0.9, strata=True, states_suffice=False),
)  # fmt: skip
