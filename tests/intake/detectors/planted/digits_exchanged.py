"""Two neighbouring digits exchanged in a sum."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import Planted, Sound, Trial, instead, single_figures
from pipelines.intake.detectors.digits_exchanged import exchanges
from pipelines.intake.detectors.figures import PLACE, SMALLEST
from pipelines.intake.detectors.sums import CELL, LEAST, sums


def digits_exchanged(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Two digits exchanged in a sum whose parts are exact and give it."""
    added = sums(file.counts)
    exact = added[added["parts_lower"] == added["parts_upper"]]
    sums_of_parts = single_figures(file.counts).merge(exact[[*CELL, "parts_lower"]], on=CELL)
    right = sums_of_parts["value"] == sums_of_parts["parts_lower"]
    chosen = sums_of_parts[right & (sums_of_parts["value"] >= LEAST)].drop_duplicates(PLACE)
    for _, figure in chosen.sample(frac=1, random_state=rng).iterrows():
        possible = sorted(each for each in exchanges(int(figure["value"])) if each >= SMALLEST)
        if possible:
            yield Planted(instead(figure, rng.choice(possible)))


TRIALS = (Trial("two digits of a sum exchanged", digits_exchanged, 40, 0.95),)
