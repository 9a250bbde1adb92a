"""The printed cells of a block as sums of its finest cells.

A block holds the cells that hang together: those of one indicator and one period, in all releases.
A cell is a tuple of codes, in the order of `DIMENSIONS`; `_T` is the total of a dimension, and a
state's own code that of its subdivisions.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Final

import numpy as np
import scipy.sparse as sp

from pipelines.protection import cells
from schemas.case import TOTAL, UNKNOWN_AREA

Cell = tuple[str, ...]

DIMENSIONS: Final = ("ref_area", "sex", "age", "exploitation", "citizenship")
"""Dimensions of a cell within its block."""


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


def finest_cells(of: Sequence[Cell], *, with_unknown_area: bool = False) -> list[Cell]:
    """Return the cells of the finest grain that printed cells can be sums of.

    A dimension of which only the total is printed stays a total.
    """
    columns = [dict.fromkeys(column) for column in zip(*of, strict=True)]
    areas = [code for code in columns[0] if is_area(code)]
    unknown = [UNKNOWN_AREA] if areas and with_unknown_area else []
    parts = [[code for code in column if code != TOTAL] or [TOTAL] for column in columns[1:]]
    return list(product([*areas, *unknown] or [state_of(of)], *parts))


def wholes(cell: Cell, state: str) -> Iterable[Cell]:
    """Return the cells that a cell is part of, itself included."""
    area, *parts = cell
    return product({area: None, state: None}, *({code: None, TOTAL: None} for code in parts))


def parts_of(cell: Cell) -> dict[str, str]:
    """Return the dimensions that divide a cell, each with its code."""
    return cells.parts_of((cell[0] if is_area(cell[0]) else TOTAL, *cell[1:]))


def thresholds(of: Sequence[Cell]) -> np.ndarray:
    """Return the count below which each cell is small."""
    return np.array([cells.threshold(parts_of(cell)) for cell in of], dtype=float)


def are_named(of: Sequence[Cell]) -> np.ndarray:
    """Return which cells say something of a person: those without an unknown code."""
    return np.array([cells.is_named(parts_of(cell)) for cell in of], dtype=bool)


def sums(of: Sequence[Cell], finest: Sequence[Cell]) -> sp.csr_matrix:
    """Return the matrix of printed cells (rows) as sums of finest cells (columns)."""
    place = {cell: number for number, cell in enumerate(of)}
    state = state_of(of)
    pairs = [
        (place[whole], column)
        for column, cell in enumerate(finest)
        for whole in wholes(cell, state)
        if whole in place
    ]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(of), len(finest)))


def sums_by_release(matrix: sp.csr_matrix, releases: int) -> sp.csr_matrix:
    """Return the sums in each release (rows) of the cases that each release added (columns).

    Cases are only added: what a release prints holds the cases of those before it.
    """
    return sp.kron(np.tril(np.ones((releases, releases))), matrix, format="csr")


def least_wholes(matrix: sp.csr_matrix, value: np.ndarray, printed: np.ndarray) -> np.ndarray:
    """Return the least printed value among the sums that contain each sum; infinity without one."""
    size = np.asarray(matrix.sum(axis=1)).ravel()
    shared = (matrix @ matrix[printed].T).tocoo()
    contained = shared.data == size[shared.row]
    least = np.full(matrix.shape[0], np.inf)
    np.minimum.at(least, shared.row[contained], value[printed][shared.col[contained]])
    return least
