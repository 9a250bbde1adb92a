"""The year in place of a figure."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import Planted, Sound, Trial, instead, single_figures


def own_year(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """The year in place of a figure."""
    for _, figure in single_figures(file.counts).sample(frac=1, random_state=rng).iterrows():
        yield Planted(instead(figure, figure["year"]))


TRIALS = (Trial("its own year", own_year, 20, 1.0),)
