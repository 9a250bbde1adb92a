"""COPIED_TABLE: a table that is another indicator's, or its own of the year after.

Tables of one kind, such as figures by form of exploitation, are compared between two indicators in
a year and between two years of an indicator (see `tables`). Of two equal tables the false one is
the one that other figures of its own indicator and year contradict in more of the equal areas
(`sums.contradicted`); failing that, the one whose figures changed since the previous release in
more of them. It is quarantined as a whole. If neither test decides, both tables are doubtful; of
two years, the later one.

Single states are exempt where their own figures speak: a table that adds up to the state's own
total, to the person, and is not the other table is sound. In a year of a run in which under half of
the areas are equal, only their tables are false. Levels of a table, such as the sexes and the sexes
by age, are judged together, since one is the sum of the other.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import SMALLEST, findings
from pipelines.intake.detectors.sums import CELL, cells
from pipelines.intake.detectors.tables import AGREEMENT, false_sides, same
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

_PAIR: Final = ["indicator", "other", "kind", "later"]
_TABLE: Final = ["indicator", "kind", "year"]
_SIDES: Final = {"one": "other", "other": "one"}
_THERE: Final = {"indicator": "other_indicator", "kind": "other_kind", "year": "other_year"}
_STATE: Final = ["ref_area", "indicator", "year", "dimension"]


def copied_table(release: Release) -> pd.DataFrame:
    """Return findings about the figures of copied tables."""
    figures, contradicted, old = release.figures, release.contradicted, release.before
    areas = _compared_areas(figures)
    runs = same(areas, _PAIR)
    equal = areas[areas["equal"]].merge(runs[[*_PAIR, "year", "run"]])
    signs = [_sign(equal, contradicted.rename(columns={"contradicted": "has_sign"}))]
    if old is not None:
        # Whether most figures of an area's table changed since the previous release.
        cell = ["ref_area", "indicator", "year", "kind", "cell"]
        both = figures.loc[figures["single"], [*cell, "value"]].merge(
            old.loc[old["single"], [*cell, "value"]], on=cell
        )
        both["has_sign"] = both["value_x"] != both["value_y"]
        changed = both.groupby(cell[:-1], as_index=False)["has_sign"].mean()
        signs.append(_sign(equal, changed.assign(has_sign=changed["has_sign"] > 0.5)))
    runs["false"] = false_sides(runs, signs)
    tables = _false_tables(runs)
    found = figures.merge(tables, on=_TABLE)
    found = found.merge(_false_states(cells(figures), tables), on=_STATE)
    return findings(found, found["effect"], "SAME_AREAS")


def _compared_areas(figures: pd.DataFrame) -> pd.DataFrame:
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


def _false_tables(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the false and the possibly false tables of the pairs, each with the other one."""
    earlier_may_be = ~((runs["false"] == "") & (runs["later"] == 1))
    found = []
    for side, true_side in _SIDES.items():
        tables = runs[(runs["false"] != true_side) & ((side == "other") | earlier_may_be)]
        here, there = _side(tables, side), _side(tables, true_side)
        here[list(_THERE.values())] = there[list(_THERE)]
        here[AGREEMENT] = tables[AGREEMENT]
        here["share"] = tables["agree"] / tables["compared"]
        is_false = tables["false"] == side
        here["effect"] = np.where(is_false, KEEP_OUT, DOUBTFUL)
        found.append(here)
    order = ["effect", "by_chance"]
    tables = pd.concat(found).sort_values(order, ascending=[False, True], kind="stable")
    return tables.drop_duplicates(_TABLE)


def _side(runs: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return the tables on one side of pairs."""
    if side == "one":
        return runs[_TABLE].copy()
    year = runs["year"] + runs["later"]
    return runs[_TABLE].assign(indicator=runs["other"], year=year)


def _false_states(figures: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Return the tables of single states that count as false: area, indicator, year, dimension.

    `figures` are cells as `sums.cells` returns them, `tables` the tables that are false in general.
    """
    here = figures.merge(tables[[*_TABLE, *_THERE.values(), "share"]], on=_TABLE)
    there = figures[[*CELL, "lower", "upper"]].rename(columns=_THERE)
    key = [_THERE.get(name, name) for name in CELL]
    both = here.merge(there, "left", key, suffixes=("", "_there"))
    known = (both["lower"] >= SMALLEST) & (both["lower_there"] >= SMALLEST)
    same_bounds = both["lower"].eq(both["lower_there"]) & both["upper"].eq(both["upper_there"])
    apart = (both["lower"] > both["upper_there"]) | (both["upper"] < both["lower_there"])
    both = both.assign(equal=same_bounds.where(known).astype(float), apart=apart)
    kinds = both.groupby([*_STATE, "kind"], as_index=False)[["equal", "apart", "share"]].agg(
        {"equal": "mean", "apart": "max", "share": "max"}
    )
    # Sound are kinds whose sum is exactly the area's total, of five or more.
    added = figures.groupby([*_STATE, "kind"], as_index=False)[["lower", "upper"]].sum()
    added = added[(added["lower"] == added["upper"]) & (added["lower"] >= SMALLEST)]
    totals = added.loc[added["kind"] == "total", [*_STATE[:-1], "lower"]]
    sound = added[added["kind"] != "total"].merge(totals, on=[*_STATE[:-1], "lower"])
    kinds = kinds.merge(sound.assign(adds_up=True), "left", [*_STATE, "kind"])
    kinds["sound"] = kinds["adds_up"].notna()
    states = kinds.groupby(_STATE, as_index=False)[["equal", "apart", "sound"]].max()
    widely = kinds.groupby(["indicator", "year", "dimension"], as_index=False)["share"].max()
    states = states.merge(widely)
    copied = states["equal"] > 0.5
    false = copied | (~(states["sound"] & states["apart"]) & (states["share"] >= 0.5))
    return states.loc[false, _STATE]


DETECTOR: Final = Detector(
    find=copied_table,
    stage=Stage.TABLES,
    effects=(KEEP_OUT, DOUBTFUL),
    same_cell=True,
    whole_tables=True,
    version=3,
    texts=Texts(
        name={
            "en": "The release prints another indicator’s table, or that of another "
            "year, in this place, for most states",
            "es": "La publicación trae en este lugar, para la mayoría de los "
            "Estados, la tabla de otro indicador o de otro año",
            "pt": "A publicação traz neste lugar, para a maioria dos Estados, a "
            "tabela de outro indicador ou de outro ano",
            "fr": "La publication donne ici, pour la plupart des États, le tableau "
            "d’un autre indicateur ou d’une autre année",
        },
        definition="In one year and breakdown most areas have the figures of another "
        "indicator, or of the year after. The whole table is kept out, but "
        "that of a state which adds up to its own total and is not the other "
        "table. Where under half of the areas agree, only their tables are.",
        errata=[
            {
                "effect": "KEEP_OUT",
                "section": "tables",
                "certainty": "certain",
                "title": "A table holds the figures of another table",
                "wrong": "In more areas than chance explains, these rows hold the "
                "figures of another indicator, or of another year, instead of "
                "their own. Of a year in which fewer than half of the areas "
                "agree only those that agree are listed, because the years "
                "next to it are proven.",
                "check": "Filter the sheet by the labels of the two tables and compare "
                "them state by state.",
            },
            {
                "effect": "DOUBTFUL",
                "section": "tables",
                "certainty": "likely",
                "title": "Two tables hold the same figures",
                "wrong": "In more areas than chance explains, two tables hold the same "
                "figures. The file does not show which of them is right.",
                "check": "Filter the sheet by the labels of the two tables and compare "
                "them state by state.",
            },
        ],
    ),
)
