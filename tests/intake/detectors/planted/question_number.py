"""The number of a question in place of a figure."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import Planted, Sound, Trial, instead, single_figures


def question_number(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """The number of a question and its year in place of a figure."""
    for _, figure in single_figures(file.counts).sample(frac=1, random_state=rng).iterrows():
        yield Planted(instead(figure, rng.integers(11, 999) * 10_000 + figure["year"]))


TRIALS = (Trial("number of a question", question_number, 20, 1.0),)
