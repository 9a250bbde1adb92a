"""Noughts in place of a figure of the release before, or of all sexes of a total."""

from collections.abc import Iterator

import numpy as np

from detectors.planting import (
    KEY,
    NEW,
    Planted,
    Sound,
    Trial,
    instead,
    single_figures,
    source_figures,
)


def withdrawn_zero(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A `0` for a figure that the previous release printed."""
    figures = single_figures(file.counts).merge(source_figures(file.old), on=KEY)
    for _, figure in figures.sample(frac=1, random_state=rng).iterrows():
        yield Planted(instead(figure, 0))


def zeros_of_all_sexes(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Each sex of an area's total, and each sex by age, as `0`."""
    year = ["ref_area", "indicator", "year"]
    totals = file.counts.loc[(file.counts["kind"] == "total") & file.counts["single"], year]
    divided = file.counts[(file.counts["dimension"] == "total") & (file.counts["sex"] != "_T")]
    tables = divided.merge(totals, on=year).groupby(year)
    for name in rng.permutation(np.array(list(tables.groups), dtype=object)):
        here = tables.get_group(tuple(name))
        if {"F", "M"} <= set(here.loc[here["age"] == "_T", "sex"]):
            yield Planted(here.assign(value=0.0)[NEW])


TRIALS = (
    Trial("a nought for a figure of the release before", withdrawn_zero, 40, 0.95,
          release_before=True, states_suffice=False),
    Trial("one area: noughts for all sexes of a total", zeros_of_all_sexes, 20, 0.95),
)  # fmt: skip
