"""Tables of one area that the previous release had elsewhere."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from detectors.planting import (
    KEY,
    TABLE,
    Planted,
    Sound,
    Trial,
    single_figures,
    source_figures,
    tables_of_areas,
)
from detectors.shuffling import figures_exchanged_among_areas, whole_tables_exchanged_among_areas
from pipelines.intake.detectors.figures import turned


def sexes_exchanged(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area in which the sexes of the previous release are exchanged."""
    single = single_figures(file.counts)
    sexes = single[single["sex"].isin(["F", "M"])]
    pairs = sexes.merge(turned(source_figures(file.old)), on=KEY)
    yield from tables_of_areas(pairs, TABLE, rng)


def year_late(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Two years of an area that the previous release had a year earlier."""
    source = source_figures(file.old).assign(year=lambda each: each["year"] + 1)
    pairs = single_figures(file.counts).merge(source, on=KEY)
    next_one = pairs.assign(first=pairs["year"] - 1)
    pairs = pd.concat([pairs.assign(first=pairs["year"]), next_one])
    both = pairs.groupby(["ref_area", "first"])["year"].transform("nunique") == 2
    yield from tables_of_areas(pairs[both], ["ref_area", "first"], rng)


TRIALS = (
    Trial("one area: sexes exchanged since the release before", sexes_exchanged, 40, 0.9,
          strata=True, release_before=True),
    Trial("one area: two years a year late", year_late, 30, 0.9, strata=True, release_before=True,
          or_found_by=("COPIED_YEAR",)),
)  # fmt: skip
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
