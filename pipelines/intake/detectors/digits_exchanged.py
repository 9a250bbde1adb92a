"""DIGITS_EXCHANGED: a sum that differs from its parts by two exchanged neighbouring digits.

The parts (by sex, by age, by both) give the sum exactly, 20 or more, and all contradict the one
that is printed. It is only listed, since false sums may look so by chance.
"""

from typing import Final

import pandas as pd

from pipelines.harmonised.guard.revised import exchanges
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.sums import findings_of_sums, wrong_sums
from pipelines.raw.findings import LIST


def digits_exchanged(release: Release) -> pd.DataFrame:
    """Return findings about sums with two neighbouring digits exchanged."""
    wrong = wrong_sums(release.figures, release.added)
    exact = wrong[wrong["parts_lower"] == wrong["parts_upper"]]
    both = zip(exact["value"], exact["parts_lower"], strict=True)
    chosen = [int(value) in exchanges(int(parts)) for value, parts in both]
    return findings_of_sums(exact, chosen, LIST)


DETECTOR: Final = Detector(
    find=digits_exchanged,
    stage=Stage.AREAS,
    effects=(LIST,),
    version=3,
    texts=Texts(
        name={
            "en": "Two neighbouring digits may be exchanged",
            "es": "Dos dígitos vecinos pueden estar intercambiados",
            "pt": "Dois algarismos vizinhos podem estar trocados",
            "fr": "Deux chiffres voisins peuvent être intervertis",
        },
        definition="The parts are exact and lead to the figure with two neighbouring "
        "digits exchanged.",
        errata=[
            {
                "section": "figures",
                "certainty": "question",
                "title": "Two neighbouring digits may be exchanged",
                "wrong": "The figure is not the sum of its parts; with two digits exchanged it is.",
                "check": "Add up its rows by sex or age.",
            },
        ],
    ),
)
