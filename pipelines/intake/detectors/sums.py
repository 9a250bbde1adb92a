"""Sums of a cell's sexes and ages, and what contradicts them; findings about cells and sums."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipelines.intake.detectors.figures import NUMBERS, OTHER, PERSONS, PLACE, findings

TABLE: Final = ["ref_area", "indicator", "year"]
CELL: Final = [*TABLE, "part", *PERSONS]
USUAL: Final = {"sex": ("F", "M"), "age": ("Y0T17", "Y_GE18")}
"""Codes of the parts that a whole division has; others, such as unknown sex, may be left out."""
LEVELS: Final = {("sex",): "sex", ("age",): "age", PERSONS: "sex x age"}
"""How a cell is divided: dimensions of which its parts have other codes than `_T`."""
LEAST: Final = 20
"""Smaller sums are not compared with their parts: a slip of the hand would be chance."""
WIDEST: Final = 16
FOUND: Final = ["reason", "effect", "evidence", *OTHER, *NUMBERS]
"""Columns of cells about which there is a finding."""


def cells(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cell with its bounds, summed where the cell has several rows."""
    by = [*CELL, "cell", "kind", "dimension", "level"]
    return figures.groupby(by, as_index=False, sort=False)[["lower", "upper"]].sum()


def sums(figures: pd.DataFrame) -> pd.DataFrame:
    """Return each cell with the sums of its sexes, of its ages, and of its sexes by age.

    One row per cell and sum: the columns of `cells`; by (dimensions of the parts), finer (kind of
    the parts), parts (their number), parts_lower, parts_upper, whole (whether women and men,
    children and adults, or these by sex, are among the parts).
    """
    all_cells = cells(figures)
    found = []
    for dropped, by in LEVELS.items():
        parts = all_cells[(all_cells[list(dropped)] != "_T").all(axis=1)]
        usual = pd.concat([parts[name].isin(USUAL[name]) for name in dropped], axis=1)
        parts = parts.assign(**dict.fromkeys(dropped, "_T"), usual=usual.all(axis=1))
        added = parts.groupby(CELL, as_index=False, sort=False).agg(
            parts=("lower", "size"),
            parts_lower=("lower", "sum"),
            parts_upper=("upper", "sum"),
            finer=("kind", "first"),
            usual=("usual", "sum"),
        )
        added["whole"] = added.pop("usual") == 2 ** len(dropped)
        found.append(all_cells.merge(added, on=CELL).assign(by=by))
    return pd.concat(found, ignore_index=True)


def contradicted(figures: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Mark the tables of an area that another one of the same indicator and year contradicts.

    A total differs from the sum of its parts (`added`, as `sums` returns it), or a single form or
    citizenship exceeds the total. Returns ref_area, indicator, year, kind, contradicted: a row for
    each table that can be compared with another.
    """
    listed = cells(figures[figures["kind"] == figures["dimension"]])
    total = listed.loc[listed["kind"] == "total", [*TABLE, "upper"]]
    parts = listed[listed["kind"] != "total"].merge(total, on=TABLE, suffixes=("", "_of_total"))
    parts["contradicted"] = parts["lower"] > parts["upper_of_total"]
    lower, upper = added["parts_lower"], added["parts_upper"]
    outside = (lower > added["upper"]) | (upper < added["lower"])
    held = added[[*TABLE, "kind", "finer"]].assign(contradicted=outside)
    tables = pd.concat(
        [
            held,
            held.assign(kind=held["finer"]),
            parts,
            parts.assign(kind="total"),
        ]
    )
    return tables.groupby([*TABLE, "kind"], as_index=False)["contradicted"].max()


def wrong_sums(figures: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the printed sums that contradict all sums of their parts, once for each of these.

    `added` are the sums as `sums` returns them. Only parts that allow few values are compared, the
    greatest of these `LEAST` or more. Adds to the figures: by, parts_lower, parts_upper.
    """
    single = figures[figures["single"] & figures["published"]]
    parts = added[[*CELL, "by", "parts_lower", "parts_upper"]]
    beside = single.merge(parts, on=CELL)
    allowed = beside["value"].between(beside["parts_lower"], beside["parts_upper"])
    wrong = beside[~allowed.groupby(beside["row"].astype(str) + beside["column"]).transform("any")]
    narrow = wrong["parts_upper"] - wrong["parts_lower"] <= WIDEST
    return wrong[narrow & (wrong["parts_upper"] >= LEAST)]


def findings_of_sums(wrong: pd.DataFrame, chosen: list[bool], effect: str) -> pd.DataFrame:
    """Return findings about the chosen ones of wrong sums, each once."""
    slips = wrong[pd.Series(chosen, wrong.index, dtype=bool)].drop_duplicates(PLACE)
    parts = {"by": "other_kind", "parts_lower": "least", "parts_upper": "most"}
    return findings(slips.rename(columns=parts), effect, "PARTS_DIFFER")


def findings_of_cells(figures: pd.DataFrame, found: list[pd.DataFrame]) -> pd.DataFrame:
    """Return findings about all figures of the cells found, each for one reason.

    `found` are cells with reason, effect and evidence, those with the strongest reason first.
    """
    first = pd.concat(found).drop_duplicates(CELL)
    here = figures.merge(first.reindex(columns=[*CELL, *FOUND]), on=CELL)
    return findings(here, here["effect"], here["evidence"], here["reason"])


def parts_of(all_cells: pd.DataFrame, margin: pd.DataFrame, dropped: Sequence[str]) -> pd.DataFrame:
    """Return the cells of known codes in the dropped dimensions, with what their sum has."""
    finer = all_cells[(all_cells[[*dropped]] != "_T").all(axis=1)]
    here = [name for name in CELL if name not in dropped]
    return finer.merge(margin.drop(columns=[*dropped]), on=here)


def totalled(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of indicators of which the file prints totals.

    The others are sums of single units, such as offences by agency, in which 0 is counted.
    """
    indicators = figures.loc[figures["kind"] == "total", "indicator"].unique()
    return figures[figures["indicator"].isin(indicators)]


def without(all_cells: pd.DataFrame, others: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the cells that are not among others, compared by these columns."""
    known = pd.MultiIndex.from_frame(others[by])
    return all_cells[~pd.MultiIndex.from_frame(all_cells[by]).isin(known)]
