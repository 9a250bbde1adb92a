"""The cells of one indicator and period, in a release and all earlier ones, as sums of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from pipelines.cases.margins import (
    DIMENSIONS,
    Cell,
    finest_cells,
    state_of,
    sums,
    sums_by_release,
    wholes,
)
from schemas.case import UNKNOWN_AREA


@dataclass(frozen=True)
class Block:
    """Printed figures as sums of finest cells."""

    cells: list[Cell]  # the cell of each figure
    releases: list[str]  # the release of each figure
    finest: list[Cell]  # cells of the finest grain
    # figures (rows) as sums of the cases that each release added (columns: release by release,
    # `finest` in each)
    matrix: sp.csr_matrix


def block_of(
    cells: Sequence[Cell], releases: Sequence[str], *, with_unknown_area: bool = False
) -> Block:
    """Return the block of figures, given by cell and release.

    Raises:
        ValueError: the cells are not those of one state and its subdivisions.
    """
    distinct = list(dict.fromkeys(cells))
    place = {cell: number for number, cell in enumerate(distinct)}
    order = {release: number for number, release in enumerate(sorted(set(releases)))}
    finest = finest_cells(distinct, with_unknown_area=with_unknown_area)
    every = sums_by_release(sums(distinct, finest), len(order))
    released = np.array([order[release] for release in releases], dtype=np.int64)
    rows = released * len(distinct) + np.array([place[cell] for cell in cells], dtype=np.int64)
    return Block(list(cells), list(releases), finest, every[rows])


def cells_of(rows: pd.DataFrame) -> list[Cell]:
    """Return the cells of rows with the columns of `DIMENSIONS`."""
    return list(rows[list(DIMENSIONS)].itertuples(index=False, name=None))


def counts_of(counted: pd.DataFrame, cells: Sequence[Cell]) -> np.ndarray:
    """Return the count of each cell, from rows of the finest grain with their count."""
    state, found = state_of(cells), dict.fromkeys(cells, 0)
    for cell, count in zip(cells_of(counted), counted["count"], strict=True):
        for whole in wholes(cell, state):
            if whole in found:
                found[whole] += int(count)
    return np.array([found[cell] for cell in cells], dtype=np.int64)


def codes_of(*frames: pd.DataFrame) -> Mapping[str, list[str]]:
    """Return the codes that occur in each dimension, totals and unknown areas left out."""
    rows = pd.concat([frame[list(DIMENSIONS)] for frame in frames])
    left_out = {"ref_area": UNKNOWN_AREA}
    return {name: sorted(set(rows[name]) - {"_T", left_out.get(name, "")}) for name in DIMENSIONS}


def bounds_of(printed: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of printed figures; an exact one has twice its value."""
    lower, upper, value = (
        printed[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        for name in ("lower", "upper", "value")
    )
    exact = ~np.isnan(value)
    upper = np.where(np.isnan(upper), np.inf, upper)
    return np.where(exact, value, lower), np.where(exact, value, upper)
