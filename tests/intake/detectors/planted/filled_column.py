"""A column that is printed as `<5` where nothing was reported."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import NEW, Planted, Sound, Trial, rows_of_column
from pipelines.intake.detectors.figures import placed, yearly


def filled_column(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A form or an age that is printed as `<5` for 88 % of the areas that do not print it."""
    counts = yearly(placed(file.figures))
    areas = counts["ref_area"].unique()
    columns = counts[counts["kind"].isin(["exploitation", "age", "sex"])]
    totals = counts[counts["kind"] == "total"].groupby(["indicator", "year"])["ref_area"].nunique()
    names = columns.groupby(["indicator", "year", "cell"])
    for name in rng.permutation(np.array(list(names.groups), dtype=object)):
        column = names.get_group(tuple(name))
        others = np.setdiff1d(areas, column["ref_area"])
        if totals.get(tuple(name)[:2], 0) >= 8 and len(others) >= 8:
            chosen = rng.choice(others, round(0.88 * len(others)), replace=False)
            added = rows_of_column(file, column, chosen, (np.nan, 0.0, 4.0))
            yield Planted(column.head(0)[NEW], added=added, year=column["year"].iloc[0])


TRIALS = (
    Trial("a column filled for 88 % of the other areas", filled_column, 30, 0.95, 4,
          in_one_area=False, states_suffice=False),
)  # fmt: skip
