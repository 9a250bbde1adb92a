"""OWN_YEAR: a figure that is its own year.

That happens by chance once in some files: a single one is doubtful. Where an area prints two, of
two years, they are no counts.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import counts, findings
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT


def own_year(release: Release) -> pd.DataFrame:
    """Return findings about figures that are their own year."""
    figures = counts(release.figures)
    found = figures[figures["value"] == figures["year"]]
    several = found.groupby("ref_area")["year"].transform("nunique") > 1
    effect = np.where(several, KEEP_OUT, DOUBTFUL)
    return findings(found, effect, "ITSELF")


DETECTOR: Final = Detector(
    find=own_year,
    stage=Stage.FIGURES,
    effects=(KEEP_OUT, DOUBTFUL),
    version=3,
    texts=Texts(
        name={
            "en": "The figure equals the year, which is likely a typing error",
            "es": "La cifra es igual al año; parece un error de captura",
            "pt": "O número é igual ao ano; parece erro de digitação",
            "fr": "Le chiffre est égal à l’année, sans doute une erreur de saisie",
        },
        definition="One such figure in an area may be chance (status U); two are not, and "
        "are kept out.",
        errata=[
            {
                "effect": "KEEP_OUT",
                "section": "figures",
                "certainty": "certain",
                "title": "The year stands for a figure, in several years",
                "wrong": "The figure is the number of its year; the state prints "
                "several such figures.",
            },
            {
                "effect": "DOUBTFUL",
                "section": "figures",
                "certainty": "question",
                "title": "The figure is its own year",
                "wrong": "The figure is the number of its year. A single one may be "
                "chance: please check it.",
            },
        ],
    ),
)
