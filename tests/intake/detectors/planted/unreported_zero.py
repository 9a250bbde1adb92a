"""Noughts where nothing was reported."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from detectors.planting import (
    NEW,
    Planted,
    Sound,
    Trial,
    rows_of_column,
)
from pipelines.intake.detectors.figures import placed, yearly

ZERO = (0.0, 0.0, 0.0)


def new_zeros(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A form, an age or a sex that eight areas, and no others, print anew, as `0`."""
    year = ["ref_area", "indicator", "year"]
    counts = yearly(placed(file.figures))
    columns = file.tables[file.tables["kind"].isin(["exploitation", "age", "sex"])]
    names = columns.groupby(["indicator", "year", "cell"])
    totals = counts.loc[counts["kind"] == "total", year].merge(file.old[year].drop_duplicates())
    for name in rng.permutation(np.array(list(names.groups), dtype=object)):
        column, old = names.get_group(tuple(name)), _column_of(file.old, *name)
        here = totals[(totals["indicator"] == name[0]) & (totals["year"] == name[1])]
        without = np.setdiff1d(here["ref_area"], [*column["ref_area"], *old["ref_area"]])
        known = column["ref_area"].isin(old["ref_area"]).all()
        if known and len(without) >= 8 and len(column) >= 8:
            chosen = rng.choice(without, 8, replace=False)
            added = rows_of_column(file, column, chosen, ZERO)
            yield Planted(column.head(0)[NEW], added=added, year=name[1])


def _column_of(counts: pd.DataFrame, indicator: str, year: int, cell: str) -> pd.DataFrame:
    """Return a column of a file."""
    here = (counts["indicator"] == indicator) & (counts["year"] == year)
    return counts[here & (counts["cell"] == cell)]


def zeros_without_total(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Women and men of an area, both `0`, in a year of which it prints nothing else."""
    counts = yearly(placed(file.figures))
    columns = file.tables[file.tables["kind"] == "sex"]
    columns = columns[columns["sex"].isin(["F", "M"])]
    tables = columns.groupby(["indicator", "year"])
    for name in rng.permutation(np.array(list(tables.groups), dtype=object)):
        indicator, year = name
        here = counts[(counts["indicator"] == indicator) & (counts["year"] == year)]
        area = rng.permutation(np.setdiff1d(counts["ref_area"], here["ref_area"]))[:1]
        sexes = tables.get_group(tuple(name)).groupby("sex")
        rows = [rows_of_column(file, of_sex, area, ZERO) for _, of_sex in sexes]
        yield Planted(columns.head(0)[NEW], added=pd.concat(rows))


TRIALS = (
    Trial("noughts that eight areas print for the first time", new_zeros, 30, 0.95, 4,
          in_one_area=False, release_before=True, states_suffice=False),
    Trial("one area: noughts without a total", zeros_without_total, 20, 0.95),
)  # fmt: skip
