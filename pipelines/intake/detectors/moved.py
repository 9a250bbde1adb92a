"""MOVED: figures that were elsewhere in the previous release.

A changed figure of an area and year has moved if the previous release had it under the other sex, a
year earlier or later (as printed or with the sexes exchanged), or under another label of the same
table. Two independent figures (four, if between labels) and half of the comparable ones must have
moved. Their chance is measured at a distance of two and three years, where nothing has moved. Since
either release may be wrong, the figures are listed.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors import coincidence
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PERSONS, PLACE, turned
from pipelines.intake.detectors.sums import CELL
from pipelines.raw.findings import LIST

AS_PRINTED: Final = ""
EXCHANGED: Final = "F/M"
LABEL: Final = "label"
_YEARS: Final = {AS_PRINTED: (-1, 1), EXCHANGED: (-1, 0, 1), LABEL: (0,)}
"""Distances in years from which figures may have moved, by the way in which they moved."""

FEWEST: Final = 2
FEWEST_LABELS: Final = 4
LEAST_SHARE: Final = 1 / 2
_AWAY: Final = (-3, -2, 2, 3)
_TEST: Final = ["ref_area", "year", "how", "years"]


def moved(release: Release) -> pd.DataFrame:
    """Return findings about changed figures that were elsewhere in the previous release."""
    new, old = release.changed, release.figures_before
    source = old.loc[old["single"], [*CELL, "dimension", "value"]]
    source = source.rename(columns={"value": "beside", "year": "year_of_source"})
    key = [*(name for name in CELL if name != "year"), "dimension"]
    sexes = new[new["sex"].isin(["F", "M"])]
    pairs = pd.concat(
        [
            new.merge(source, on=key).assign(how=AS_PRINTED),
            sexes.merge(turned(source), on=key).assign(how=EXCHANGED),
            *(_labels(new, source, years) for years in (*_AWAY, 0)),
        ],
        ignore_index=True,
    )
    pairs["years"] = pairs["year_of_source"] - pairs["year"]
    pairs = coincidence.compared(pairs[pairs["years"].abs() <= max(_AWAY)])
    away = pairs[pairs["years"].isin(_AWAY)]
    near = [(pairs["how"] == how) & pairs["years"].isin(years) for how, years in _YEARS.items()]
    pairs = pairs[pairs["published"] & pd.concat(near, axis=1).any(axis=1)]
    pairs = coincidence.with_chance(pairs, away, ["how"])
    tests = coincidence.coincidences(pairs, _TEST)
    fewest = (tests["how"] == LABEL).map({True: FEWEST_LABELS, False: FEWEST})
    found = coincidence.equal_figures(
        pairs, coincidence.alarming(tests, fewest, LEAST_SHARE), _TEST
    )
    named = found.assign(other_year=found["year_of_source"], exchanged=found["how"] == EXCHANGED)
    return coincidence.coincident(named, LIST, "WAS_ELSEWHERE")


def _labels(new: pd.DataFrame, source: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return each figure with one of its table in that year whose cell differs in one label.

    An equal one is preferred.
    """
    labels = ["part", *PERSONS]
    source = source.rename(columns={name: f"{name}_of_source" for name in labels})
    source = source.assign(year=source["year_of_source"] - years)
    pairs = new.merge(source, on=["ref_area", "indicator", "dimension", "year"])
    common = sum((pairs[name] == pairs[f"{name}_of_source"]).astype(int) for name in labels)
    pairs = pairs[common == len(labels) - 1]
    first = (pairs["value"] == pairs["beside"]).sort_values(ascending=False, kind="stable").index
    return pairs.loc[first].drop_duplicates(PLACE).assign(how=LABEL)


DETECTOR: Final = Detector(
    find=moved,
    stage=Stage.CHANGES,
    effects=(LIST,),
    doubts_before=True,
    version=3,
    texts=Texts(
        name={
            "en": "The release before printed these figures for the other sex, a "
            "neighbouring year or another label: one of the two releases is "
            "wrong",
            "es": "La publicación anterior daba estas cifras para el otro sexo, un "
            "año vecino u otra etiqueta: una de las dos se equivoca",
            "pt": "A publicação anterior trazia estes números para o outro sexo, um "
            "ano vizinho ou outro rótulo: uma das duas está errada",
            "fr": "La publication précédente donnait ces chiffres pour l’autre sexe, "
            "une année voisine ou un autre libellé\u202f: l’une des deux se trompe",
        },
        definition="Changed figures stood elsewhere in the release before.",
        errata=[
            {
                "section": "states",
                "certainty": "question",
                "title": "Figures that the previous release prints elsewhere",
                "wrong": "The previous release prints these figures for the other sex, "
                "an adjacent year or another label. One of the two releases is "
                "wrong; the files do not show which.",
                "check": "Compare with the previous release.",
            },
        ],
    ),
)
