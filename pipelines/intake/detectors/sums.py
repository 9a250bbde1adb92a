"""Sums of a cell's sexes and ages, and tables that contradict each other."""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.figures import PERSONS

TABLE: Final = ["ref_area", "indicator", "year"]
CELL: Final = [*TABLE, "part", *PERSONS]
_LEVELS: Final = {("sex",): "sex", ("age",): "age", PERSONS: "sex x age"}


def cells(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cell with its bounds, summed where the cell has several rows."""
    by = [*CELL, "cell", "kind", "dimension", "level"]
    return figures.groupby(by, as_index=False, sort=False)[["lower", "upper"]].sum()


def sums(figures: pd.DataFrame) -> pd.DataFrame:
    """Return each cell with the sums of its sexes, of its ages, and of its sexes by age.

    One row per cell and sum: the columns of `cells`; by (dimensions of the parts), finer (kind of
    the parts), parts (their number), parts_lower, parts_upper.
    """
    all_cells = cells(figures)
    found = []
    for dropped, by in _LEVELS.items():
        parts = all_cells[(all_cells[list(dropped)] != "_T").all(axis=1)]
        parts = parts.assign(**dict.fromkeys(dropped, "_T"))
        added = parts.groupby(CELL, as_index=False, sort=False).agg(
            parts=("lower", "size"),
            parts_lower=("lower", "sum"),
            parts_upper=("upper", "sum"),
            finer=("kind", "first"),
        )
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
