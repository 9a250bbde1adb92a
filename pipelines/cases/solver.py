"""Whole-number tables within bounds, found by HiGHS through SciPy.

Limits are in nodes of the search, never in seconds: the same problem has the same answer on a busy
machine.
"""

from typing import Final

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

NODES: Final = 20
"""Nodes of a search for whole numbers; most need none beyond the root."""

GAP: Final = 0.05
"""Relative distance from the best bound at which a search ends."""


def whole_numbers(
    cost: np.ndarray,
    matrix: sp.csr_matrix,
    bounds: tuple[np.ndarray, np.ndarray],
    most: np.ndarray,
    whole: int,
) -> np.ndarray | None:
    """Return a cheap solution whose first `whole` numbers are integers; None if none is found.

    Args:
        cost: of each unit of each variable.
        matrix: of the constraints, one row each.
        bounds: lower and upper of each constraint.
        most: greatest value of each variable; the least is 0.
        whole: count of variables that must be whole numbers.
    """
    integrality = np.arange(len(cost)) < whole
    result = milp(
        cost,
        integrality=integrality.astype(int),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(matrix, *bounds),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    return None if result.x is None else np.rint(result.x[:whole]).astype(np.int64)
