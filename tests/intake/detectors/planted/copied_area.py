"""A table of one area that is another area's."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from detectors.planting import KEY, TABLE, Planted, Sound, Trial, single_figures, tables_of_areas
from detectors.shuffling import figures_exchanged_among_areas, whole_tables_exchanged_among_areas


def other_area(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is another area's."""
    single = single_figures(file.counts)
    while True:
        one, other = rng.choice(single["ref_area"].unique(), 2, replace=False)
        theirs = single[single["ref_area"] == other].assign(ref_area=one)[[*KEY, "value"]]
        theirs = theirs.rename(columns={"value": "source"})
        pairs = single[single["ref_area"] == one].merge(theirs, on=KEY)
        if len(pairs):
            yield from islice(tables_of_areas(pairs, TABLE, rng), 2)


TRIALS = (Trial("one area: another area's table", other_area, 40, 0.9, strata=True),)
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
