"""COPIED_YEAR: an area's figures are those of the year before, as printed or the sexes exchanged.

Each table (an indicator's figures, or those by form and so on) is tested, and all tables of a year
together. Three independent figures and two thirds of those compared must be equal. Either year may
be the copy; the later one is doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PERSONS, turned
from pipelines.raw.findings import DOUBTFUL

FEWEST: Final = 3
LEAST_SHARE: Final = 2 / 3
_CELL: Final = ["ref_area", "indicator", "part", *PERSONS, "year"]
_YEAR: Final = ["ref_area", "year", "turned"]


def copied_year(release: Release) -> pd.DataFrame:
    """Return findings about figures that repeat the year before."""
    single = release.figures[release.figures["single"]]
    before = single[[*_CELL, "value"]].assign(year=single["year"] + 1)
    before = before.rename(columns={"value": "beside"})
    sexes = single[single["sex"].isin(["F", "M"])]
    as_printed = single.merge(before, on=_CELL).assign(turned=False)
    exchanged = sexes.merge(turned(before), on=_CELL).assign(turned=True)
    pairs = coincidence.compared(pd.concat([as_printed, exchanged], ignore_index=True), "beside")
    pairs = coincidence.with_chance(pairs, pairs[~pairs["turned"]], [])
    pairs = pairs[pairs["published"]]
    found = coincidence.alarming_figures(
        pairs, [[*_YEAR, *coincidence.TABLE], _YEAR], FEWEST, LEAST_SHARE
    )
    named = found.assign(other_year=found["year"] - 1, exchanged=found["turned"])
    return coincidence.coincident(named, DOUBTFUL)


DETECTOR: Final = Detector(
    find=copied_year,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    version=3,
    texts=Texts(
        name={
            "en": "The state’s figures are those of the year before, as printed or "
            "with women and men exchanged",
            "es": "Las cifras del Estado son las del año anterior, tal cual o con "
            "mujeres y hombres intercambiados",
            "pt": "Os números do Estado são os do ano anterior, tal como estão ou "
            "com mulheres e homens trocados",
            "fr": "Les chiffres de l’État sont ceux de l’année précédente, tels "
            "quels ou avec femmes et hommes intervertis",
        },
        definition="An area prints most of its figures of the year before again.",
        errata=[
            {
                "section": "states",
                "certainty": "likely",
                "title": "A state’s figures are those of the year before",
                "wrong": "Most figures of the year are those of the year before, as "
                "printed or with women and men exchanged. The file does not "
                "show which of the two years is right.",
                "check": "Compare the two years.",
            },
        ],
    ),
)
