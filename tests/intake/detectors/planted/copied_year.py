"""A table of one area that is that of the year before."""

from collections.abc import Iterator

import numpy as np

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


def year_before(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is that of the year before; in a quarter the sexes are exchanged."""
    source = source_figures(file.counts).assign(year=lambda each: each["year"] + 1)
    single = single_figures(file.counts)
    as_printed = tables_of_areas(single.merge(source, on=KEY), TABLE, rng)
    exchanged = tables_of_areas(single.merge(turned(source), on=KEY), TABLE, rng)
    while True:
        yield next(exchanged if rng.random() < 1 / 4 else as_printed)


TRIALS = (Trial("one area: the year before", year_before, 40, 0.9, strata=True),)
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
