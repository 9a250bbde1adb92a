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

SHARES: Final = (0.1, 0.3, 1.0)
"""Shares of the whole numbers that may lie one beside the fractions, in searches one after the
other: a small search is fast and nearly always enough."""

ANY: Final = 1e9
GAP: Final = 0.1
"""Relative distances from the best bound at which a search ends: beside fractions, which are cheap
already, at the first whole numbers; elsewhere near the best."""

TOLERANCE: Final = 1e-6


@dataclass(frozen=True)
class Constraints:
    """Linear constraints on variables that are not negative."""

    matrix: sp.csr_matrix  # a row per constraint
    lower: np.ndarray  # bound of each row
    upper: np.ndarray  # bound of each row
    most: np.ndarray  # greatest value of each variable
    whole: int  # count of variables, the first, that must be whole numbers


def whole_numbers(
    cost: np.ndarray, constraints: Constraints, random: np.random.Generator
) -> np.ndarray | None:
    """Return a cheap solution in whole numbers, or None if none is found.

    A linear programme often has one by itself. Otherwise whole numbers are sought beside its
    fractions, then everywhere.
    """
    everywhere = np.zeros(len(cost)), constraints.most
    fractions = _solution(cost, constraints, everywhere, np.zeros(len(cost)), GAP)
    if fractions is None:
        return None
    table = fractions[: constraints.whole]
    if np.abs(table - np.rint(table)).max() < TOLERANCE:
        return np.rint(table).astype(np.int64)
    must_be_whole = (np.arange(len(cost)) < constraints.whole).astype(int)
    beside = ((_beside(fractions, constraints, random, share), ANY) for share in SHARES)
    for within, gap in (*beside, (everywhere, GAP)):
        found = _solution(cost, constraints, within, must_be_whole, gap)
        if found is not None:
            return np.rint(found[: constraints.whole]).astype(np.int64)
    return None


def _beside(
    fractions: np.ndarray, constraints: Constraints, random: np.random.Generator, share: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of a search beside fractions.

    Whole numbers are those next to a fraction, and one further for a share of them. Other variables
    that are zero stay zero.
    """
    count = len(fractions)
    whole = np.arange(count) < constraints.whole
    far = np.where(whole, random.random(count) < share, np.where(fractions < TOLERANCE, 0, np.inf))
    return (
        np.maximum(np.floor(fractions + TOLERANCE) - far, 0),
        np.minimum(np.ceil(fractions - TOLERANCE) + far, constraints.most),
    )


def _solution(
    cost: np.ndarray,
    constraints: Constraints,
    within: tuple[np.ndarray, np.ndarray],
    integrality: np.ndarray,
    gap: float,
) -> np.ndarray | None:
    rows = LinearConstraint(constraints.matrix, constraints.lower, constraints.upper)
    options = {"node_limit": NODES, "mip_rel_gap": gap}
    found: np.ndarray | None = milp(
        cost, integrality=integrality, bounds=Bounds(*within), constraints=rows, options=options
    ).x
    return found
