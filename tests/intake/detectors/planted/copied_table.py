"""A table that is another indicator's in most areas."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import (
    KEY,
    Planted,
    Sound,
    Trial,
    in_most_areas,
    single_figures,
    source_figures,
)
from detectors.shuffling import figures_exchanged_among_areas, whole_tables_exchanged_among_areas


def copied_table(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table that is another indicator's in 70 % of the areas that print both."""
    single = single_figures(file.tables)
    source = source_figures(file.tables).rename(columns={"indicator": "other"})
    pairs = single.merge(source, on=[name for name in KEY if name != "indicator"])
    pairs = pairs[pairs["indicator"] != pairs["other"]]
    yield from in_most_areas(pairs, ["indicator", "other", "year", "kind"], 0.7, rng)


TRIALS = (
    Trial("a table of another indicator, in 70 % of areas", copied_table, 40, 0.95, 4,
          in_one_area=False),
)  # fmt: skip
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
