"""Children and adults that are women and men."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from detectors.planting import (
    KEY,
    TABLE,
    Planted,
    Sound,
    Trial,
    in_most_areas,
    single_figures,
    tables_of_areas,
)
from detectors.shuffling import figures_exchanged_among_areas


def copied_margins(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Children and adults that are women and men in 80 % of the areas that print them."""
    yield from in_most_areas(_ages_and_sexes(file.tables), ["indicator", "year", "kind"], 0.8, rng)


def margins(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Children and adults of an area that are its women and men."""
    yield from tables_of_areas(_ages_and_sexes(file.counts), [*TABLE, "kind"], rng)


def _ages_and_sexes(counts: pd.DataFrame) -> pd.DataFrame:
    """Ages of areas that print two of them, with the sexes that may replace them."""
    single = single_figures(counts)
    sexes = single[(single["level"] == "sex") & single["sex"].isin(["F", "M"])]
    sexes = sexes.assign(age=sexes["sex"].map({"F": "Y0T17", "M": "Y_GE18"}), sex="_T")
    sexes = sexes[[*KEY, "value"]].rename(columns={"value": "source"})
    pairs = single[single["level"] == "age"].merge(sexes, on=KEY)
    return pairs[pairs.groupby([*TABLE, "part"])["age"].transform("nunique") == 2]


TRIALS = (
    Trial("sexes as ages, in 80 % of areas", copied_margins, 30, 0.95, 4, in_one_area=False),
    Trial("one area: sexes as ages", margins, 40, 0.8),
)
COPIES = (figures_exchanged_among_areas,)
