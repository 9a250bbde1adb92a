"""The printed figures of a block as sums of its finest cells.

A block holds the figures that hang together: those of one indicator and one period, in all
releases. A cell is a tuple of codes, in the order of `DIMENSIONS`; `_T` is the total of a
dimension, and a state's own code that of its subdivisions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import scipy.sparse as sp

from pipelines.protection import cells as protection
from pipelines.protection.cells import DIMENSIONS
from schemas.case import TOTAL, UNKNOWN_AREA

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Printed figures as sums of finest cells."""

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
    place = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
    order = {release: number for number, release in enumerate(sorted(set(releases)))}
    finest = _finest_cells([*place], with_unknown_area=with_unknown_area)
    state = state_of(place)
    pairs = [
        (place[whole], column)
        for column, cell in enumerate(finest)
        for whole in wholes(cell, state)
        if whole in place
    ]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    sums = sp.csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(place), len(finest)))
    # cases are only added: what a release prints holds the cases of those before it
    every = sp.kron(np.tril(np.ones((len(order), len(order)))), sums, format="csr")
    figures = [
        order[release] * len(place) + place[cell]
        for cell, release in zip(cells, releases, strict=True)
    ]
    return Block(finest, every[np.array(figures, dtype=np.int64)])


def _finest_cells(of: Sequence[Cell], *, with_unknown_area: bool) -> list[Cell]:
    """Return the cells of the finest grain that printed cells can be sums of.

    A dimension of which only the total is printed stays a total.
    """
    columns = [dict.fromkeys(column) for column in zip(*of, strict=True)]
    areas = [code for code in columns[0] if is_area(code)]
    unknown = [UNKNOWN_AREA] if areas and with_unknown_area else []
    parts = [[code for code in column if code != TOTAL] or [TOTAL] for column in columns[1:]]
    return list(product([*areas, *unknown] or [state_of(of)], *parts))


def is_area(code: str) -> bool:
    """Return whether a code is that of a subdivision, such as BR-SP."""
    return "-" in code


def state_of(of: Iterable[Cell]) -> str:
    """Return the code of the state whose cells these are.

    Raises:
        ValueError: the cells are of several states, or of none.
    """
    states = {cell[0] for cell in of if not is_area(cell[0])}
    if len(states) != 1:
        raise ValueError(f"cells of {len(states)} states: {sorted(states)}; print one state's own")
    return states.pop()


def wholes(cell: Cell, state: str) -> Iterable[Cell]:
    """Return the cells that a cell is part of, itself included."""
    area, *parts = cell
    return product({area: None, state: None}, *({code: None, TOTAL: None} for code in parts))


def parts_of(cell: Cell) -> dict[str, str]:
    """Return the dimensions that divide a cell, each with its code."""
    return protection.parts_of((cell[0] if is_area(cell[0]) else TOTAL, *cell[1:]))


def thresholds(of: Sequence[Cell]) -> np.ndarray:
    """Return the count below which each cell is small."""
    return np.array([protection.threshold(parts_of(cell)) for cell in of], dtype=float)


def are_named(of: Sequence[Cell]) -> np.ndarray:
    """Return which cells say something of a person: those without an unknown code."""
    return np.array([protection.is_named(parts_of(cell)) for cell in of], dtype=bool)


def least_wholes(matrix: sp.csr_matrix, value: np.ndarray, printed: np.ndarray) -> np.ndarray:
    """Return the least printed value among the sums that contain each sum; infinity without one."""
    size = np.asarray(matrix.sum(axis=1)).ravel()
    shared = (matrix @ matrix[printed].T).tocoo()
    contained = shared.data == size[shared.row]
    least = np.full(matrix.shape[0], np.inf)
    np.minimum.at(least, shared.row[contained], value[printed][shared.col[contained]])
    return least


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
    return {name: sorted(set(rows[name]) - {TOTAL, left_out.get(name, "")}) for name in DIMENSIONS}


def bounds_of(printed: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of printed figures; an exact one has twice its value."""
    lower, upper, value = (
        printed[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        for name in ("lower", "upper", "value")
    )
    exact = ~np.isnan(value)
    upper = np.where(np.isnan(upper), np.inf, upper)
    return np.where(exact, value, lower), np.where(exact, value, upper)
