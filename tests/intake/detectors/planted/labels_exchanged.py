"""Whole tables in which the figures of two labels are exchanged."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import KEY, Planted, Sound, Trial, in_most_areas
from detectors.shuffling import figures_exchanged_among_areas, whole_tables_exchanged_among_areas
from pipelines.intake.detectors.figures import PLACE, SMALLEST

SHARE = 0.95
"""Share of the areas in which they are exchanged; a few may have been corrected."""


def women_and_men(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Women's and men's figures of a year exchanged."""
    yield from _exchanged(file, rng, "sex", "F", "M")


def children_and_adults(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Children's and adults' figures of a year exchanged."""
    yield from _exchanged(file, rng, "age", "Y0T17", "Y_GE18")


def two_forms(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Figures of sexual exploitation and of forced labour of a year exchanged."""
    yield from _exchanged(file, rng, "part", "SX", "FL")


def _exchanged(
    file: Sound, rng: np.random.Generator, label: str, one: str, other: str
) -> Iterator[Planted]:
    """Tables with the figures of two labels exchanged, hidden ones and noughts too."""
    printed = file.tables[file.tables[label].isin([one, other])]
    printed = printed[~printed.duplicated([*KEY, "kind"], keep=False)]
    there = printed[[*KEY, "value", "lower", "upper"]].rename(columns={"value": "source"})
    there = there.assign(**{label: there[label].map({one: other, other: one})})
    pairs = printed[[*PLACE, *KEY, "kind", "value"]].merge(there, on=KEY)
    counted = pairs.groupby([*(each for each in KEY if each != label), "kind"])["value"]
    pairs = pairs[counted.transform("max") >= SMALLEST]
    yield from in_most_areas(pairs, ["indicator", "kind", "year"], SHARE, rng)


TRIALS = (
    Trial("whole table: women and men exchanged", women_and_men, 30, 0.85, in_one_area=False,
          together=2, states_suffice=False),
    Trial("whole table: children and adults exchanged", children_and_adults, 30, 0.9,
          in_one_area=False,
          together=2, states_suffice=False),
    Trial("whole table: two forms exchanged", two_forms, 30, 0.85, in_one_area=False,
          together=2, states_suffice=False),
)  # fmt: skip
COPIES = (figures_exchanged_among_areas, whole_tables_exchanged_among_areas)
