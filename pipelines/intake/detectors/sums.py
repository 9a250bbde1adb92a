"""Sums: what a cell's sexes and ages add up to, and which tables contradict each other."""

from typing import Final

import pandas as pd

from pipelines.intake.detectors.figures import PERSONS

TABLE: Final = ["ref_area", "indicator", "year"]
CELL: Final = [*TABLE, "part", *PERSONS]
_LEVELS: Final = {("sex",): "sex", ("age",): "age", PERSONS: "sex x age"}


def cells(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per cell, with its bounds; where its rows repeat, with the sum of theirs."""
    by = [*CELL, "cell", "kind", "dimension", "level"]
    return figures.groupby(by, as_index=False, sort=False)[["lower", "upper"]].sum()


def sums(figures: pd.DataFrame) -> pd.DataFrame:
    """Each cell beside the sum of its sexes, of its ages, and of its sexes by age.

    One row per cell and sum: the columns of `cells`; by (what is summed), finer (the kind of its
    parts), parts (how many), parts_lower, parts_upper.
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

    A sum lies outside its parts (`added`, as `sums` returns it), or a single form or citizenship
    exceeds the total. Returns ref_area, indicator, year, kind, contradicted: a row for each table
    that has another to be held against.
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
