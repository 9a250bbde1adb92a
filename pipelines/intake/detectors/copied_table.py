"""COPIED_TABLE: a table that is another indicator's, or its own of the year after.

Tables of one kind, such as figures by form of exploitation, are compared between two indicators in
a year and between two years of an indicator (see `tables`). Of two equal tables the false one is
the one that other figures of its own indicator and year contradict in more of the equal areas
(`sums.contradicted`); failing that, the one whose figures changed since the previous release in
more of them. It is quarantined as a whole. If neither test decides, both tables are doubtful; of
two years, the later one.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.detector import Counterpart, Detector, Release, Stage
from pipelines.intake.detectors.figures import table_of
from pipelines.intake.detectors.findings import findings
from pipelines.intake.detectors.tables import evidence, false_sides, same
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

_PAIR: Final = ["indicator", "other", "kind", "later"]
_TABLE: Final = ["indicator", "kind", "year"]
_SIDES: Final = {"one": "other", "other": "one"}


def copied_table(release: Release) -> pd.DataFrame:
    """Return findings about the figures of copied tables."""
    figures, contradicted, old = release.figures, release.contradicted, release.before
    areas = _areas(figures)
    runs = same(areas, _PAIR)
    equal = areas[areas["equal"]].merge(runs[[*_PAIR, "year", "run"]])
    signs = [_sign(equal, contradicted.rename(columns={"contradicted": "has_sign"}))]
    if old is not None:
        signs.append(_sign(equal, _changed(figures, old)))
    runs["false"] = false_sides(runs, signs)
    found = figures.merge(_false_tables(runs), on=_TABLE)
    return findings(found, found["effect"], found["evidence"])


def _areas(figures: pd.DataFrame) -> pd.DataFrame:
    """Return each area that prints both tables of a pair, and whether they are equal."""
    columns = ["ref_area", "indicator", "kind", "year", "cell", "value"]
    single = figures.loc[figures["single"], columns]
    cell = ["ref_area", "kind", "year", "cell"]
    beside = single.merge(single.rename(columns={"indicator": "other"}), on=cell)
    beside = beside[beside["indicator"] < beside["other"]].assign(later=0)
    after = single.assign(year=single["year"] - 1)
    after = single.merge(after, on=[*cell, "indicator"]).assign(later=1)
    pairs = pd.concat([beside, after.assign(other=after["indicator"])])
    pairs["equal"] = pairs["value_x"] == pairs["value_y"]
    areas = pairs.groupby([*_PAIR, "year", "ref_area"], as_index=False)["equal"].mean()
    return areas.assign(equal=areas["equal"] > 0.5, sort=areas["later"])


def _sign(equal: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Mark which side is contradicted, in the equal areas where both could be."""
    key = ["ref_area", "indicator", "year", "kind"]
    other = equal.assign(indicator=equal["other"], year=equal["year"] + equal["later"])
    sides = {"one": equal[key], "other": other[key]}
    has_sign = {name: side.merge(tables, "left", key)["has_sign"] for name, side in sides.items()}
    return equal[["run", "ref_area"]].assign(**has_sign).dropna()


def _changed(figures: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Return whether most figures of an area's table changed since the previous release."""
    cell = ["ref_area", "indicator", "year", "kind", "cell"]
    both = figures.loc[figures["single"], [*cell, "value"]].merge(
        old.loc[old["single"], [*cell, "value"]], on=cell
    )
    both["has_sign"] = both["value_x"] != both["value_y"]
    tables = both.groupby(cell[:-1], as_index=False)["has_sign"].mean()
    return tables.assign(has_sign=tables["has_sign"] > 0.5)


def _false_tables(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the false and the possibly false tables of the pairs, each with its evidence."""
    earlier_may_be = ~((runs["false"] == "") & (runs["later"] == 1))
    found = []
    for side, true_side in _SIDES.items():
        tables = runs[(runs["false"] != true_side) & ((side == "other") | earlier_may_be)]
        here, there = _side(tables, side), _side(tables, true_side)
        here["evidence"] = evidence(tables, table_of(there))
        is_false = tables["false"] == side
        here["effect"] = np.where(is_false, KEEP_OUT, DOUBTFUL)
        found.append(here.assign(p=tables["p"]))
    tables = pd.concat(found).sort_values(["effect", "p"], ascending=[False, True], kind="stable")
    return tables.drop_duplicates(_TABLE)[[*_TABLE, "evidence", "effect"]]


def _side(runs: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return the tables on one side of pairs."""
    if side == "one":
        return runs[_TABLE].copy()
    year = runs["year"] + runs["later"]
    return runs[_TABLE].assign(indicator=runs["other"], year=year)


DETECTOR: Final = Detector(
    find=copied_table,
    stage=Stage.TABLES,
    effects=(KEEP_OUT, DOUBTFUL),
    counterpart=Counterpart("{named}", same_cell=True),
    whole_tables=True,
)
