"""RESTATED: changed figures that became those of another indicator in the same cell and year.

The changed figures of an area are tested, all years together. Two independent ones and half of the
comparable ones must have become equal; the chance is measured in the previous release. They are
doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage
from pipelines.intake.detectors.sums import CELL
from pipelines.raw.findings import DOUBTFUL

FEWEST: Final = 2
LEAST_SHARE: Final = 1 / 2
_PAIR: Final = ["indicator", "other"]
_TEST: Final = ["ref_area", *_PAIR, "dimension"]


def restated(release: Release) -> pd.DataFrame:
    """Return findings about changed figures that became another indicator's."""
    old = release.figures_before
    pairs = _pairs(release.changed, release.figures)
    pairs = coincidence.with_chance(
        pairs[pairs["published"]], _pairs(old[old["single"]], old), _PAIR
    )
    found = coincidence.alarming_figures(pairs, [_TEST], FEWEST, LEAST_SHARE)
    return coincidence.coincident(found.rename(columns={"other": "other_indicator"}), DOUBTFUL)


def _pairs(figures: pd.DataFrame, release: pd.DataFrame) -> pd.DataFrame:
    """Return each figure with those of other indicators in the same cell of a release."""
    others = release.loc[release["single"], [*CELL, "value"]]
    others = others.rename(columns={"indicator": "other", "value": "beside"})
    pairs = figures.merge(others, on=[name for name in CELL if name != "indicator"])
    return coincidence.compared(pairs[pairs["indicator"] != pairs["other"]])


DETECTOR: Final = Detector(find=restated, stage=Stage.CHANGES, effects=(DOUBTFUL,), same_cell=True)
