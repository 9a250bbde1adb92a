"""OTHER_INDICATOR_BEFORE: a table of an area is another indicator's of the year before.

All comparable figures of the two must be equal, at least two independent ones. Then each level of
the table (total, sexes, ages, sexes by age) counts that nowhere contradicts the other's, with its
hidden figures and noughts. In the years beside such a year a level of the same two indicators needs
less proof: all its figures are equal, and by themselves beyond chance (5 %). Since no table can be
printed before its year, the later one is doubtful.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.raw.findings import DOUBTFUL

FEWEST: Final = 2
LEVEL: Final = 0.05
_CELL: Final = ["ref_area", "year", "dimension", "level", "kind", "cell"]
_PAIR: Final = ["indicator", "other"]
_TABLE: Final = ["ref_area", "year", *_PAIR, "dimension"]
_LEVEL: Final = [*_TABLE, "kind"]


def other_indicator_before(release: Release) -> pd.DataFrame:
    """Return findings about tables that are another indicator's of the year before."""
    figures = release.figures
    single = figures[figures["single"]]
    single = _pairs(single, single)
    single = coincidence.with_chance(single, single, _PAIR)
    single = single[single["published"]]
    tables = coincidence.alarming(coincidence.coincidences(single, _TABLE), FEWEST, 1)
    # Levels that are equal beyond chance in the years beside proven tables.
    levels = coincidence.coincidences(single, _LEVEL)
    levels = levels[(levels["equal"] == levels["compared"]) & (levels["p"] <= LEVEL)]
    years = pd.concat(tables[_TABLE].assign(year=tables["year"] + step) for step in (-1, 1))
    levels = levels.merge(years.drop_duplicates(), on=_TABLE)
    # What is kept out proves nothing, but a level of the copied table may be among it.
    pairs = _pairs(figures, release.with_kept_out)
    found = pd.concat(
        [
            pairs.merge(proven.rename(columns={"equal": "equals"}), on=by)
            for proven, by in ((tables, _TABLE), (levels, _LEVEL))
        ],
        ignore_index=True,
    )
    apart = (found["lower"] > found["upper_before"]) | (found["upper"] < found["lower_before"])
    found = found[~apart.groupby([found[name] for name in _LEVEL]).transform("any")]
    there = {"other_kind": found["kind"], "other_year": found["year"] - 1}
    named = found.assign(other_indicator=found["other"], **there)
    return coincidence.coincident(named, DOUBTFUL)


def _pairs(figures: pd.DataFrame, everything: pd.DataFrame) -> pd.DataFrame:
    """Return each figure with those of other indicators in its cell of the year before."""
    before = everything[[*_CELL, "indicator", "value", "lower", "upper"]]
    before = before.assign(year=before["year"] + 1, beside=before.pop("value"))
    before = before.rename(columns={"indicator": "other"})
    pairs = figures.merge(before, on=_CELL, suffixes=("", "_before"))
    return coincidence.compared(pairs[pairs["indicator"] != pairs["other"]], "beside")


DETECTOR: Final = Detector(
    find=other_indicator_before,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    same_cell=True,
    version=3,
    texts=Texts(
        name={
            "en": "The state’s figures of this year are those of another indicator "
            "in the year before",
            "es": "Las cifras del Estado en este año son las de otro indicador en el año anterior",
            "pt": "Os números do Estado neste ano são os de outro indicador no ano anterior",
            "fr": "Les chiffres de l’État pour cette année sont ceux d’un autre "
            "indicateur pour l’année précédente",
        },
        definition="All comparable figures of one area and year are those of another "
        "indicator in the year before.",
        errata=[
            {
                "section": "states",
                "certainty": "likely",
                "title": "A state’s figures are those of another indicator in the year before",
                "wrong": "All figures of the year that can be compared are those of "
                "another indicator in the year before.",
                "check": "Compare with the other indicator in the year before.",
            },
        ],
    ),
)
