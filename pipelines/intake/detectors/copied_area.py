"""COPIED_AREA: an area's figures of a year are another area's, as printed or the sexes exchanged.

Each table (an indicator's figures, or those by form and so on) is tested, and all tables of a year
together. Four independent figures and half of those compared must be equal. Since either area may
be the copy, both are doubtful.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.coincidence import TABLE, alarming_figures, coincident, size_of
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PERSONS, PLACE, turned
from pipelines.raw.findings import DOUBTFUL

FEWEST: Final = 4
LEAST_SHARE: Final = 1 / 2
_CELL: Final = ["year", "indicator", "part", *PERSONS]
_YEAR: Final = ["year", "turned", "ref_area", "other"]


def copied_area(release: Release) -> pd.DataFrame:
    """Return findings about figures of areas that are another area's."""
    figures = release.figures
    single = figures[figures["single"]]
    # The chance that another area has the same figure in a cell, by the figure's size.
    others = single.groupby(_CELL)["value"].transform("size") - 1
    equal = single.groupby([*_CELL, "value"])["value"].transform("size") - 1
    counted = pd.DataFrame({"equal": equal, "others": others})
    counted = counted.groupby(size_of(single["value"])).sum() + 1
    chance = counted["equal"] / counted["others"]
    number = _number_of_tests(single)
    found = []
    for test in ([*_YEAR, *TABLE], _YEAR):
        pairs = _candidates(single, test)
        pairs = pairs.assign(chance=pd.Series(size_of(pairs["value"]), pairs.index).map(chance))
        found.append(alarming_figures(pairs, [test], FEWEST, LEAST_SHARE, number))
    named = pd.concat(found).rename(columns={"other": "other_area", "turned": "exchanged"})
    return coincident(named, DOUBTFUL)


def _number_of_tests(single: pd.DataFrame) -> int:
    """Return the number of pairs of areas, years and tables with enough comparable figures."""
    level = [*TABLE, "level"]
    names = {"table_no": TABLE, "level_no": level, "cell_no": [*level, "part", *PERSONS]}
    numbers = {name: single.groupby(by).ngroup() for name, by in names.items()}
    single = single.assign(**numbers, area_no=single.groupby("ref_area").ngroup())
    sexes = single[single["sex"].isin(["F", "M"])]
    number = 0
    for years in (single.groupby("year"), sexes.groupby("year")):
        for _, figures in years:
            shown = figures.groupby("area_no")["published"].first().to_numpy()
            pairs = np.triu(shown[:, None] | shown[None, :], 1)
            tables = _cells_shared(figures)
            for compared in [*tables, np.sum(tables, axis=0)]:
                number += int((pairs & (compared >= FEWEST)).sum())
    return number


def _cells_shared(figures: pd.DataFrame) -> list[np.ndarray]:
    """Return the number of cells that two areas share in each table, at the level with most."""
    areas, area = np.unique(figures["area_no"], return_inverse=True)
    cells, first, cell = np.unique(figures["cell_no"], return_index=True, return_inverse=True)
    printed = np.zeros((len(areas), len(cells)), dtype=np.float32)
    printed[area, cell] = 1
    table, level = (figures[name].to_numpy()[first] for name in ("table_no", "level_no"))
    most: dict[int, np.ndarray] = {}
    for each in np.unique(level):
        here = printed[:, level == each]
        of_table = int(table[level == each][0])
        most[of_table] = np.maximum(most.get(of_table, 0), here @ here.T)
    return list(most.values())


def _candidates(single: pd.DataFrame, test: list[str]) -> pd.DataFrame:
    """Return all comparable pairs of figures of the tests with enough equal figures."""
    mine = single[[*PLACE, "ref_area", *_CELL, "kind", "dimension", "level", "value", "published"]]
    theirs = single[["ref_area", *_CELL, "value", "published"]].rename(
        columns={"ref_area": "other", "published": "other_published"}
    )
    found = []
    for exchanged in (False, True):
        compared = mine[mine["sex"].isin(["F", "M"])] if exchanged else mine
        others = turned(theirs) if exchanged else theirs
        equal = compared.merge(others, on=[*_CELL, "value"]).assign(turned=exchanged)
        equal = equal[(equal["ref_area"] != equal["other"]) & equal["published"]]
        different = equal.groupby(test)["value"].nunique()
        wanted = different[different >= FEWEST].reset_index()[test]
        pairs = wanted.merge(compared, on=[name for name in test if name in compared])
        pairs = pairs.merge(others.rename(columns={"value": "beside"}), on=["other", *_CELL])
        found.append(pairs)
    pairs = pd.concat(found)
    return pairs.assign(equal=pairs["value"] == pairs["beside"])


DETECTOR: Final = Detector(
    find=copied_area,
    stage=Stage.AREAS,
    effects=(DOUBTFUL,),
    version=3,
    texts=Texts(
        name={
            "en": "The state’s figures are those of another state, as printed or "
            "with women and men exchanged",
            "es": "Las cifras del Estado son las de otro Estado, tal cual o con "
            "mujeres y hombres intercambiados",
            "pt": "Os números do Estado são os de outro Estado, tal como estão ou "
            "com mulheres e homens trocados",
            "fr": "Les chiffres de l’État sont ceux d’un autre État, tels quels ou "
            "avec femmes et hommes intervertis",
        },
        definition="An area prints most of the figures of another area in the same year.",
        errata=[
            {
                "section": "states",
                "certainty": "likely",
                "title": "A state’s figures are those of another state",
                "wrong": "Most figures of the year are those of another state, as "
                "printed or with women and men exchanged. The file does not "
                "show which of the two is right.",
                "check": "Compare the two states in the same year.",
            },
        ],
    ),
)
