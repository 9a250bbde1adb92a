"""LABELS_EXCHANGED: women and men, children and adults, or two forms exchanged in a whole table.

Of two labels one usually has clearly more (half as much again, and five at least): women among the
victims of a state, sexual exploitation before forced labour. An area counts if one label has
clearly more in the year and one in most of its other years, two at least; it is reversed if these
are not the same label. The rule of `tables` finds the tables of a year in which more areas are
reversed than chance explains; three quarters must be. In the publishers' releases it is a tenth,
and at most two fifths of a table. The figures of both labels are quarantined as a whole, with those
of a third form between them. What all years have exchanged is not seen, nor is a single state:
years of one state differ as much.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import PLACE, SMALLEST, findings
from pipelines.intake.detectors.sums import CELL, USUAL, cells
from pipelines.intake.detectors.tables import AGREEMENT, same
from pipelines.raw.findings import KEEP_OUT

MORE: Final = 1.5
FEWEST_YEARS: Final = 2
LEAST_SHARE: Final = 3 / 4
_REASONS: Final = {"sex": "SEXES", "age": "AGES", "part": "FORMS"}
"""The columns of labels that may be exchanged, with the reason of the finding."""
_PAIR: Final = ["indicator", "kind", "reason", "one", "other"]


def labels_exchanged(release: Release) -> pd.DataFrame:
    """Return findings about the figures of two labels that are exchanged over all areas."""
    figures = release.figures
    all_cells = cells(figures)
    pairs = pd.concat(_cells_of_both(all_cells, label) for label in _REASONS)
    # Reversed is a pair that the other label leads here, and this one in most other years.
    series = pairs.groupby([name for name in (*_PAIR, *CELL) if name != "year"])
    more, years = (series["more"].transform(each) for each in ("sum", "size"))
    others, more = years - 1, more - pairs["more"]
    counted = (others >= FEWEST_YEARS) & (2 * more != others)
    pairs = pairs.assign(equal=pairs["more"] != (2 * more > others))[counted]
    areas = pairs.groupby([*_PAIR, "year", "ref_area"], as_index=False)["equal"].mean()
    tables = same(areas.assign(equal=areas["equal"] > 0.5, sort=areas["reason"]), _PAIR)
    tables = tables[tables["agree"] >= LEAST_SHARE * tables["compared"]]
    sides = pd.concat(tables.rename(columns={side: "code"}) for side in ("one", "other"))
    labelled = pd.concat(
        figures.assign(code=figures[label], reason=reason) for label, reason in _REASONS.items()
    )
    key = ["indicator", "kind", "year", "reason", "code"]
    found = labelled.merge(sides[[*key, *AGREEMENT]], on=key)
    found = found.sort_values("by_chance", kind="stable").drop_duplicates(PLACE)
    return findings(found, KEEP_OUT, "FITS_EXCHANGED", found["reason"])


def _cells_of_both(all_cells: pd.DataFrame, label: str) -> pd.DataFrame:
    """Return the cells of two labels of each area and year, and which has clearly more."""
    is_form = all_cells["dimension"] == "exploitation"
    labelled = all_cells[is_form if label == "part" else all_cells[label].isin(USUAL[label])]
    rest = [name for name in CELL if name != label]
    both = labelled.merge(labelled, on=[*rest, "kind"], suffixes=("", "_there"))
    both = both[both[label] < both[f"{label}_there"]]
    named = {"one": both[label], "other": both[f"{label}_there"], "reason": _REASONS[label]}
    more = both["lower"] >= (MORE * both["upper_there"]).clip(lower=SMALLEST)
    less = both["lower_there"] >= (MORE * both["upper"]).clip(lower=SMALLEST)
    return both.assign(**named, more=more, **{label: ""})[more | less]


DETECTOR: Final = Detector(
    find=labels_exchanged,
    stage=Stage.AREAS,
    effects=(KEEP_OUT,),
    whole_tables=True,
    version=4,
    texts=Texts(
        name={
            "en": "The release exchanges women and men, children and adults, or two "
            "forms of exploitation here, for most states",
            "es": "La publicación intercambia aquí, para la mayoría de los Estados, "
            "mujeres y hombres, niños y adultos, o dos formas de explotación",
            "pt": "A publicação troca aqui, para a maioria dos Estados, mulheres e "
            "homens, crianças e adultos, ou duas formas de exploração",
            "fr": "La publication intervertit ici, pour la plupart des États, femmes "
            "et hommes, enfants et adultes, ou deux formes d’exploitation",
        },
        definition="In one year and breakdown, the label that has more in most other "
        "years has fewer in most areas. The figures of both labels are kept "
        "out.",
        errata=[
            {
                "section": "exchanged",
                "certainty": "certain",
                "title": "The figures of two labels are exchanged",
                "wrong": "In more areas than chance explains, the label that has "
                "clearly more than the other in most other years has clearly "
                "fewer in this one.",
                "check": "Compare the two labels of each state with those of its other years.",
            },
        ],
    ),
)
