"""A table of one area that is another indicator's."""

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


def other_indicator(
    file: Sound, rng: np.random.Generator, years_late: int = 0
) -> Iterator[Planted]:
    """A table of an area that is another indicator's, of the same or an earlier year."""
    source = source_figures(file.counts).rename(columns={"indicator": "other"})
    source = source.assign(year=source["year"] + years_late)
    pairs = single_figures(file.counts).merge(
        source, on=[name for name in KEY if name != "indicator"]
    )
    pairs = pairs[pairs["indicator"] != pairs["other"]]
    yield from tables_of_areas(pairs, [*TABLE, "other"], rng)


TRIALS = (
    Trial("one area: another indicator's table", other_indicator, 40, 0.9, strata=True,
          states_suffice=False),
)  # fmt: skip
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
