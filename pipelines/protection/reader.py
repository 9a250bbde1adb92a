"""What a reader can work out: whole numbers of persons that agree with all that they have.

A reader knows bounds of sums of base counts, that no count is below zero, and relations between
sums. The least and the greatest number of a sum are integer programmes (HiGHS, through SciPy); see
Fischetti and Salazar (2001, doi:10.1287/mnsc.47.7.1008.9805) on such attackers.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import numpy as np
import scipy

from pipelines.protection.cells import Base, Cell, Relation

MOST: Final = 1e7
"""More than any count of persons."""
NODES: Final[dict[str, object]] = {"node_limit": 5000, "mip_rel_gap": 1e-6}
"""Limits of a search, in nodes and never in seconds: the same answer on a busy machine."""


class Reader:
    """Somebody who knows relations between sums of base counts."""

    def __init__(self, cells: Sequence[Cell], relations: Sequence[Relation]) -> None:
        sums = [each.base for each in cells]
        bases: set[Hashable] = set().union(*sums, *(a | b for a, b, _ in relations))
        self._places = {base: place for place, base in enumerate(sorted(bases, key=repr))}
        self.matrix = self._rows([(base, frozenset()) for base in sums])
        self.ties = self._rows([(one, other) for one, other, _ in relations])
        self.least = np.array([0.0 if each.is_equal else -np.inf for each in relations])

    def _rows(self, sums: Sequence[tuple[Base, Base]]) -> "scipy.sparse.csr_matrix":
        entries = [
            (row, self._places[base], sign)
            for row, signed in enumerate(sums)
            for sign, bases in zip((1.0, -1.0), signed, strict=True)
            for base in bases
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        return scipy.sparse.csr_matrix((signs, (rows, columns)), (len(sums), len(self._places)))

    def reaches(self, cell: int, end: float, lower: np.ndarray, upper: np.ndarray) -> bool:
        """Return whether a cell may be a number, given bounds of all cells."""
        lower, upper = lower.copy(), upper.copy()
        lower[cell], upper[cell] = max(lower[cell], end), min(upper[cell], end)
        return self.is_possible(lower, upper)

    def is_possible(self, lower: np.ndarray, upper: np.ndarray) -> bool:
        """Return whether any whole numbers agree with the bounds of all cells."""
        if (lower > upper).any():
            return False
        return self._cheapest(np.zeros(self.matrix.shape[1]), lower, upper).x is not None

    def range(self, cell: int, lower: np.ndarray, upper: np.ndarray) -> tuple[int, int]:
        """Return the least and the greatest number of a cell; the bounds must be possible."""
        cost = self.matrix[[cell]].toarray().ravel()
        least, most = (self._cheapest(sign * cost, lower, upper).fun for sign in (1, -1))
        return round(least), -round(most)

    def _cheapest(
        self, cost: np.ndarray, lower: np.ndarray, upper: np.ndarray
    ) -> "scipy.optimize.OptimizeResult":
        constraints = [scipy.optimize.LinearConstraint(self.matrix, lower, upper)]
        if len(self.least):
            constraints.append(scipy.optimize.LinearConstraint(self.ties, self.least, 0))
        whole = np.ones(len(cost))
        return scipy.optimize.milp(
            cost,
            constraints=constraints,
            integrality=whole,
            bounds=scipy.optimize.Bounds(0, np.inf),
            options=NODES,
        )


def columns(bounds: Iterable[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and the upper bounds; an open one is more than any count."""
    low, high = zip(*bounds, strict=True)
    return np.array(low, dtype=float), np.minimum(np.array(high, dtype=float), MOST)
