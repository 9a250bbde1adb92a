"""RESTATED: changed figures that became those of another indicator in the same cell and year.

The changed figures of an area are tested, all years together. Two independent ones and half of the
comparable ones must have become equal; the chance is measured in the previous release. They are
doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
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


DETECTOR: Final = Detector(
    find=restated,
    stage=Stage.CHANGES,
    effects=(DOUBTFUL,),
    same_cell=True,
    version=3,
    texts=Texts(
        name={
            "en": "Changed figures are now those of another indicator in the same year",
            "es": "Las cifras modificadas son ahora las de otro indicador en el mismo año",
            "pt": "Os números alterados são agora os de outro indicador no mesmo ano",
            "fr": "Les chiffres modifiés sont désormais ceux d’un autre indicateur "
            "pour la même année",
        },
        definition="Figures that changed since the release before are those of another indicator.",
        errata=[
            {
                "section": "states",
                "certainty": "likely",
                "title": "Changed figures are now those of another indicator",
                "wrong": "Since the previous release, these figures have become those "
                "of another indicator of the same year.",
                "check": "Compare the two indicators here and in the previous release.",
            },
        ],
    ),
)
