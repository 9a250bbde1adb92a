"""Copies of a file without defects: all findings in them are false alarms."""

import numpy as np
import pandas as pd

from pipelines.intake.detectors import examine
from pipelines.intake.detectors.figures import PERSONS, PLACE, placed, yearly
from pipelines.intake.detectors.sums import CELL, LEAST, WIDEST, sums


def without_findings(figures: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """Return the figures without findings: two equal tables stay equal wherever they go."""
    while not (found := examine(figures, before)).empty:
        known = pd.MultiIndex.from_frame(found[PLACE])
        here = pd.MultiIndex.from_frame(figures[PLACE]).isin(known)
        figures = figures[~here].reset_index(drop=True)
    return figures


def figures_exchanged_among_areas(figures: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Permute the figures of each cell and year among the areas."""
    names = placed(figures)
    cells = names.groupby(["indicator", "time_period", "part", *PERSONS]).indices
    order = np.arange(len(figures))
    for rows in cells.values():
        order[rows] = rng.permutation(rows)
    values = ["value", "lower", "upper"]
    return figures.assign(**{name: figures[name].to_numpy()[order] for name in values})


def whole_tables_exchanged_among_areas(
    figures: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Permute the tables of each indicator and year among the areas."""
    areas = figures["ref_area"].to_numpy(dtype=object, copy=True)
    for rows in figures.groupby(["indicator", "time_period"]).indices.values():
        here, which = np.unique(areas[rows], return_inverse=True)
        areas[rows] = rng.permutation(here)[which]
    return figures.assign(ref_area=areas)


def sizes_of_contradictions_dealt_anew(
    figures: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Permute the ratios between sums and the parts that contradict them."""
    counts = yearly(placed(figures))
    single = counts.loc[counts["single"], [*PLACE, *CELL, "value"]]
    beside = single.merge(sums(counts)[[*CELL, "parts_lower", "parts_upper"]], on=CELL)
    allowed = beside["value"].between(beside["parts_lower"], beside["parts_upper"])
    narrow = beside["parts_upper"] - beside["parts_lower"] <= WIDEST
    wrong = beside[~allowed & narrow & (beside["parts_upper"] >= LEAST)].drop_duplicates(PLACE)
    middle = (wrong["parts_lower"] + wrong["parts_upper"]) / 2
    ratio = rng.permutation((wrong["value"] / middle).to_numpy())
    new = wrong[PLACE].assign(new=np.maximum(5, np.round(middle * ratio)))
    value = figures[PLACE].merge(new, "left", PLACE)["new"]
    changed = {name: value.fillna(figures[name]) for name in ("value", "lower", "upper")}
    return figures.assign(**changed)
