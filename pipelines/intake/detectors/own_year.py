"""OWN_YEAR: a figure that is its own year.

That happens by chance once in some files: a single one is doubtful. Where an area prints two, of
two years, they are no counts.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage
from pipelines.intake.detectors.figures import counts, findings
from pipelines.raw.findings import DOUBTFUL, ITSELF, KEEP_OUT


def own_year(release: Release) -> pd.DataFrame:
    """Return findings about figures that are their own year."""
    figures = counts(release.figures)
    found = figures[figures["value"] == figures["year"]]
    several = found.groupby("ref_area")["year"].transform("nunique") > 1
    effect = np.where(several, KEEP_OUT, DOUBTFUL)
    return findings(found, effect, ITSELF)


DETECTOR: Final = Detector(find=own_year, stage=Stage.FIGURES, effects=(KEEP_OUT, DOUBTFUL))
