"""QUESTION_NUMBER: the number of a question that was printed as a figure.

A figure of 100,000 or more that ends in a year of the file is such a number: 6,112,019 is question
61.1 about 2019. No chance is calculated, since whole files have no other figure as large.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import counts, findings
from pipelines.raw.findings import KEEP_OUT

LARGE: Final = 100_000


def question_number(release: Release) -> pd.DataFrame:
    """Return findings about numbers of questions that were printed as figures."""
    figures = counts(release.figures)
    years = release.figures["year"].unique()
    found = figures[(figures["value"] >= LARGE) & (figures["value"] % 10_000).isin(years)]
    return findings(found, KEEP_OUT, "ITSELF")


DETECTOR: Final = Detector(
    find=question_number,
    stage=Stage.FIGURES,
    effects=(KEEP_OUT,),
    version=3,
    texts=Texts(
        name={
            "en": "The number of a question stands in place of a figure",
            "es": "El número de una pregunta ocupa el lugar de una cifra",
            "pt": "O número de uma pergunta ocupa o lugar de um número apurado",
            "fr": "Le numéro d’une question tient lieu de chiffre",
        },
        definition="A figure of 100,000 or more that ends in its year.",
        errata=[
            {
                "section": "figures",
                "certainty": "certain",
                "title": "The number of a question stands for a figure",
                "wrong": "The figure is the number of a question followed by the year.",
            },
        ],
    ),
)
