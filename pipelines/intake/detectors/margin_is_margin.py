"""MARGIN_IS_MARGIN: women and men printed as children and adults, or the reverse.

A figure of an age is caught where it equals the figure of a sex in this release or the previous
one, but not the sum of the sexes of that age: the children equal the women, and no girls and boys
confirm them. Over all areas the rule of `tables` shows whether a table of ages is one of sexes;
areas whose ages are confirmed do not count. Such a table is quarantined as a whole. In a single
area all ages must be caught, and the sexes of one must contradict it: the ages are doubtful. Tables
of sexes that are ages are found in the same way.
"""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import findings
from pipelines.intake.detectors.tables import AGREEMENT, same
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

_AGES: Final = ("Y0T17", "Y_GE18")
_SEXES: Final = ("F", "M")
_TURNED: Final = ("M", "F")
_PLACE: Final = ["ref_area", "indicator", "year", "part"]
_MARGIN: Final = ["indicator", "kind", "other", "turned"]
_TABLE: Final = ["indicator", "kind", "year"]


def margin_is_margin(release: Release) -> pd.DataFrame:
    """Return findings about figures of ages that are sexes, and of sexes that are ages."""
    figures, added, old = release.figures, release.added, release.before
    releases = [release for release in (figures, old) if release is not None]
    margins = pd.concat(
        _compared(releases, added, margin, other).assign(turned=sexes == _TURNED)
        for sexes in (_SEXES, _TURNED)
        for margin, other in ((("age", _AGES), ("sex", sexes)), (("sex", sexes), ("age", _AGES)))
    )
    areas = margins.groupby([*_MARGIN, "year", "ref_area"], as_index=False).agg(
        caught=("caught", "mean"), compared=("caught", "size"), denied=("denied", "max")
    )
    tables = same(areas.assign(equal=areas["caught"] > 0.5, sort=""), _MARGIN)
    tables = tables[[*_TABLE, "other", *AGREEMENT]].rename(columns={"other": "other_kind"})
    of_tables = figures.merge(tables, on=_TABLE).assign(effect=KEEP_OUT, evidence="SAME_AREAS")
    alone = areas[(areas["caught"] == 1) & (areas["compared"] > 1) & areas["denied"]]
    alone = alone.assign(other_kind=alone["other"], agree=alone["compared"])
    here = ["ref_area", *_TABLE]
    of_areas = figures.merge(alone[[*here, "other_kind", "agree", "compared"]], on=here)
    of_areas = of_areas.assign(effect=DOUBTFUL, evidence="BOTH_EQUAL")
    found = pd.concat([of_tables, of_areas])
    found = found.drop_duplicates(["row", "column"])
    return findings(found, found["effect"], found["evidence"])


def _compared(
    releases: list[pd.DataFrame],
    added: pd.DataFrame,
    margin: tuple[str, tuple[str, ...]],
    other: tuple[str, tuple[str, ...]],
) -> pd.DataFrame:
    """Return each figure of a margin that its parts do not confirm and that has a counterpart.

    `margin` and `other` are the dimension and codes of the margin and of the one it may be. Adds
    caught (it equals its counterpart) and denied (it has parts, which contradict it).
    """
    (dimension, codes), (from_dimension, from_codes) = margin, other
    here = [*_PLACE, dimension]
    parts = added.loc[added["level"] == dimension, [*here, "parts_lower", "parts_upper"]]
    mine = _margin(releases[0], dimension, codes).merge(parts, "left", here)
    confirmed = mine["value"].between(mine["parts_lower"], mine["parts_upper"])
    mine = mine[~confirmed].assign(denied=mine["parts_lower"].notna())
    theirs = pd.concat(_margin(release, from_dimension, from_codes) for release in releases)
    counterpart = dict(zip(from_codes, codes, strict=True))
    theirs = theirs.assign(**{dimension: theirs[from_dimension].map(counterpart)})
    both = mine.merge(theirs[[*here, "value"]], on=here, suffixes=("", "_there"))
    both["caught"] = both["value"] == both["value_there"]
    by = [*here, "kind", "denied"]
    return both.groupby(by, as_index=False)["caught"].max().assign(other=from_dimension)


def _margin(figures: pd.DataFrame, dimension: str, codes: tuple[str, ...]) -> pd.DataFrame:
    here = figures["single"] & (figures["level"] == dimension) & figures[dimension].isin(codes)
    return figures.loc[here, [*_PLACE, "kind", dimension, "value"]]


DETECTOR: Final = Detector(
    find=margin_is_margin,
    stage=Stage.TABLES,
    effects=(KEEP_OUT, DOUBTFUL),
    whole_tables=True,
    version=3,
    texts=Texts(
        name={
            "en": "Rows labelled by age hold the figures of women and men, or the reverse",
            "es": "Las filas rotuladas por edad contienen las cifras de mujeres y "
            "hombres, o a la inversa",
            "pt": "As linhas rotuladas por idade contêm os números de mulheres e "
            "homens, ou o inverso",
            "fr": "Les lignes étiquetées par âge contiennent les chiffres des femmes "
            "et des hommes, ou l’inverse",
        },
        definition="Children equal women and adults equal men, and girls and boys do not "
        "confirm it. As a table over all areas it is kept out whole.",
        errata=[
            {
                "effect": "KEEP_OUT",
                "section": "tables",
                "certainty": "certain",
                "title": "Rows of children and adults hold women and men, or the reverse",
                "wrong": "In more areas than chance explains, the rows of one breakdown "
                "hold the figures of the other: the row of children that of "
                "women, the row of adults that of men, or the reverse; girls "
                "and boys, where they are printed, do not add up to it. A year "
                "in which fewer than half of the areas agree is listed because "
                "the years next to it are proven.",
                "check": "Compare the rows by age with the rows by sex of the same state and year.",
            },
            {
                "effect": "DOUBTFUL",
                "section": "states",
                "certainty": "likely",
                "title": "A state’s rows of children and adults hold women and men, or the reverse",
                "wrong": "Both figures of one breakdown are those of the other, and the "
                "rows by sex and age add up to other figures.",
                "check": "Compare the rows by age with the rows by sex of the same state and year.",
            },
        ],
    ),
)
