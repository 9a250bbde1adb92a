"""DIGIT_SLIP: a sum that differs from its parts by a slip of the hand.

A printed sum that contradicts the sums of its parts (by sex, by age, by both) is a slip where it is
ten, a hundred or a thousand times a value that the parts allow, or such a value without its
thousands, its first or its last digit. Only values from 20 count, and the parts may allow at most
17: with more, or if more than a tenth of all figures with as many digits would be a slip of one of
them, it proves nothing. The sum is doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import SMALLEST
from pipelines.intake.detectors.sums import LEAST, findings_of_sums, wrong_sums
from pipelines.raw.findings import DOUBTFUL

SHARE: Final = 0.1
_FACTORS: Final = (10, 100, 1000)
_THOUSAND: Final = 1000


def digit_slip(release: Release) -> pd.DataFrame:
    """Return findings about sums that are a slip."""
    wrong = wrong_sums(release.figures, release.added)
    bounded = zip(wrong["value"], wrong["parts_lower"], wrong["parts_upper"], strict=True)
    return findings_of_sums(wrong, [is_slip(*map(int, each)) for each in bounded], DOUBTFUL)


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


DETECTOR: Final = Detector(
    find=digit_slip,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    version=3,
    texts=Texts(
        name={
            "en": "A digit of the total looks mistyped: its parts lead to the figure "
            "with the slip undone",
            "es": "Un dígito del total parece mal escrito: sus partes llevan al número corregido",
            "pt": "Um algarismo do total parece mal digitado: as suas partes levam "
            "ao número corrigido",
            "fr": "Un chiffre du total semble mal saisi\u202f: ses parties mènent au "
            "nombre, la faute corrigée",
        },
        definition="A sum lies outside its parts and is ten, a hundred or a thousand "
        "times a value that they allow, or lost a digit.",
        errata=[
            {
                "section": "figures",
                "certainty": "likely",
                "title": "A digit is missing or extra",
                "wrong": "The figure contradicts its own parts, but one digit less or "
                "more would fit them.",
                "check": "Add up its rows by sex or age.",
            },
        ],
    ),
)
