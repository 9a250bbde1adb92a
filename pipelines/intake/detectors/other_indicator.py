"""OTHER_INDICATOR: a table of an area is another indicator's of the same year.

All comparable figures of the two must be equal, at least two independent ones. The table that other
figures of its indicator contradict is doubtful; if that is true of both or neither, both are.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PLACE
from pipelines.raw.findings import DOUBTFUL

FEWEST: Final = 2
_CELL: Final = ["ref_area", "year", "dimension", "level", "kind", "cell"]
_PAIR: Final = ["indicator", "other"]
_TEST: Final = ["ref_area", "year", *_PAIR, "dimension"]
_TABLE: Final = ["ref_area", "indicator", "year", "kind"]


def other_indicator(release: Release) -> pd.DataFrame:
    """Return findings about tables that are another indicator's."""
    figures, contradicted = release.figures, release.contradicted
    single = figures.loc[figures["single"], [*PLACE, *_CELL, "indicator", "value", "published"]]
    others = single[[*PLACE, *_CELL, "indicator", "value"]].rename(
        columns={"row": "other_row", "column": "other_column", "indicator": "other",
                 "value": "beside"}
    )  # fmt: skip
    pairs = single.merge(others, on=_CELL)
    pairs = coincidence.compared(pairs[pairs["indicator"] < pairs["other"]], "beside")
    pairs = coincidence.with_chance(pairs, pairs, _PAIR)
    pairs = pairs[pairs["published"]]
    found = coincidence.alarming_figures(pairs, [_TEST], FEWEST, 1)
    denied = pd.MultiIndex.from_frame(contradicted.loc[contradicted["contradicted"], _TABLE])
    one, other = found[_TABLE], found[_TABLE].assign(indicator=found["other"])
    one_denied, other_denied = (
        pd.MultiIndex.from_frame(side).isin(denied) for side in (one, other)
    )
    swapped = found.assign(indicator=found["other"], other=found["indicator"])
    swapped[PLACE] = found[["other_row", "other_column"]]
    both = pd.concat([found[one_denied | ~other_denied], swapped[other_denied | ~one_denied]])
    return coincidence.coincident(both.rename(columns={"other": "other_indicator"}), DOUBTFUL)


DETECTOR: Final = Detector(
    find=other_indicator,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    same_cell=True,
    version=3,
    texts=Texts(
        name={
            "en": "The state’s figures of this year are those of another indicator",
            "es": "Las cifras del Estado en este año son las de otro indicador",
            "pt": "Os números do Estado neste ano são os de outro indicador",
            "fr": "Les chiffres de l’État pour cette année sont ceux d’un autre indicateur",
        },
        definition="All comparable figures of one area and year are those of another indicator.",
        errata=[
            {
                "section": "states",
                "certainty": "likely",
                "title": "A state’s figures are those of another indicator",
                "wrong": "All figures of the year that can be compared are those of "
                "another indicator.",
                "check": "Compare the two indicators in the same year.",
            },
        ],
    ),
)
