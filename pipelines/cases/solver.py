"""Whole-number tables within bounds, found by HiGHS through SciPy.

Limits are in nodes of the search, never in seconds: the same problem has the same answer on a busy
machine.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

NODES: Final = 20
"""Nodes of a search for whole numbers; most need none beyond the root."""

GAP: Final = 0.1
"""Relative distance from the best bound at which a search ends."""

REACHES: Final = (0.0, 1.0, np.inf)
"""Distances from a solution in fractions in which whole numbers are sought, one after the other."""

TOLERANCE: Final = 1e-6


@dataclass(frozen=True)
class Constraints:
    """Linear constraints on variables that are not negative.

    Attributes:
        matrix: a row per constraint.
        lower: bound of each row.
        upper: bound of each row.
        most: greatest value of each variable.
        whole: count of variables, the first, that must be whole numbers.
    """

    matrix: sp.csr_matrix
    lower: np.ndarray
    upper: np.ndarray
    most: np.ndarray
    whole: int


def whole_numbers(cost: np.ndarray, constraints: Constraints) -> np.ndarray | None:
    """Return a cheap solution in whole numbers, or None if none is found.

    A linear programme often has one by itself. Otherwise whole numbers are sought near its
    fractions, then everywhere.
    """
    least = np.zeros(len(cost))
    found = _solution(cost, constraints, (least, constraints.most), np.zeros(len(cost)))
    if found is None:
        return None
    fractions = found[: constraints.whole]
    if np.abs(fractions - np.rint(fractions)).max() < TOLERANCE:
        return np.rint(fractions).astype(np.int64)
    must_be_whole = (np.arange(len(cost)) < constraints.whole).astype(int)
    for reach in REACHES:
        near = np.where(must_be_whole | ((found < TOLERANCE) & (reach < 1)), reach, np.inf)
        within = (
            np.maximum(np.floor(found + TOLERANCE) - near, 0),
            np.minimum(np.ceil(found - TOLERANCE) + near, constraints.most),
        )
        table = _solution(cost, constraints, within, must_be_whole)
        if table is not None:
            return np.rint(table[: constraints.whole]).astype(np.int64)
    return None


def _solution(
    cost: np.ndarray,
    constraints: Constraints,
    within: tuple[np.ndarray, np.ndarray],
    integrality: np.ndarray,
) -> np.ndarray | None:
    rows = LinearConstraint(constraints.matrix, constraints.lower, constraints.upper)
    options = {"node_limit": NODES, "mip_rel_gap": GAP}
    found: np.ndarray | None = milp(
        cost, integrality=integrality, bounds=Bounds(*within), constraints=rows, options=options
    ).x
    return found
