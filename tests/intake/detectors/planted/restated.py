"""Figures that changed since the previous release and became another indicator's."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import (
    KEY,
    Planted,
    Sound,
    Trial,
    single_figures,
    source_figures,
    tables_of_areas,
)
from detectors.shuffling import figures_exchanged_among_areas, whole_tables_exchanged_among_areas


def restated(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A breakdown of an area that is another indicator's, in all years, and was not before."""
    source = source_figures(file.counts).rename(columns={"indicator": "other"})
    was = source_figures(file.old).rename(columns={"source": "was"})
    pairs = single_figures(file.counts).merge(was, on=KEY)
    pairs = pairs.merge(source, on=[name for name in KEY if name != "indicator"])
    pairs = pairs[(pairs["indicator"] != pairs["other"]) & (pairs["was"] != pairs["source"])]
    yield from tables_of_areas(pairs, ["ref_area", "indicator", "other", "dimension"], rng)


TRIALS = (
    Trial("one area: changed to another indicator's figures", restated, 40, 0.9, strata=True,
          release_before=True),
)  # fmt: skip
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
