"""Witnesses: tables of whole numbers that agree with all that is printed, but are not the truth.

A reader cannot exclude a witness. A figure is protected if witnesses reach both ends of what its
print allows. Each witness is a linear programme in the manner of Fischetti and Salazar (2001,
doi:10.1287/mnsc.47.7.1008.9805) that serves many cells at once: printed cells may deviate at a
cost, and those that do become complementary suppressions (Cox 1980,
doi:10.1080/01621459.1980.10477481). Whole numbers are asked for, since fractions of persons are no
population. Witnesses of a release that is being protected may not be published: an early one holds
true counts of cells hidden later. Those of a printed table are its certificate.

Limits of the solver, HiGHS through SciPy, are in nodes of its search, never in seconds: the same
problem has the same answer on a busy machine.
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

WEIGHTS: Final = (0.3, 1.0, 3.0, 10.0, 40.0, 200.0)
"""Weights of reaching an end against deviating by one person, tried in this order."""

TURNS: Final = 6
"""Witnesses sought with one weight, while they bring something."""

ENOUGH: Final = 0.05
"""Share of the ends left that a witness must reach for its weight to be tried again."""

LAST_WEIGHT: Final = 1000.0
FIRST_SHARE: Final = 32
"""Ends sought at once with the last weight; fewer after each failure."""

MOST_FAILURES: Final = 24
"""Failures with the last weight in a row, after which the search ends."""

HIDDEN_ALREADY: Final = 0.02
"""Cost of deviating in a cell that is hidden in any case."""


@dataclass
class Problem:
    """The sums of a block, and what is printed of each."""

    matrix: sp.csr_matrix  # sums (rows) of finest cells (columns)
    lower: np.ndarray  # least value of each sum that the print allows
    upper: np.ndarray  # greatest value, or infinity
    sought: np.ndarray  # sums whose both ends must be reached
    high: np.ndarray  # the upper end to be reached, of the sums in `sought`
    # sums that are hidden as large ones, and that must differ between two witnesses
    differ: np.ndarray
    true: np.ndarray  # values of the sums in `open`
    open: np.ndarray  # sums that may be printed, and may be hidden at a cost
    cost: np.ndarray  # of hiding a sum, per person of deviation
    most: float  # greatest count of a finest cell


class Search:
    """A search for witnesses of one problem; the same seed gives the same witnesses.

    Attributes:
        tables: finest counts of each witness.
        values: its sums.
    """

    def __init__(self, problem: Problem, random: np.random.Generator) -> None:
        self.problem, self.random = problem, random
        self.hidden = ~problem.open & (problem.lower < problem.upper)
        self.low_left, self.high_left = problem.sought.copy(), problem.sought.copy()
        self.same_left = problem.differ.copy()
        self.tables: list[np.ndarray] = []
        self.values: list[np.ndarray] = []
        bounds = problem.lower, problem.upper
        self._limits = [np.where(problem.open, problem.true, bound) for bound in bounds]

    @property
    def sought_left(self) -> np.ndarray:
        """Return the sums of which something is still to be shown."""
        return self.low_left | self.high_left | self.same_left

    @property
    def left(self) -> int:
        """Return the number of ends that no witness has reached, and of sums that never differ."""
        return int(self.low_left.sum() + self.high_left.sum() + self.same_left.sum())

    def run(self) -> np.ndarray:
        """Return the open sums to be hidden; look at `left` for ends that cannot be reached."""
        for weight in WEIGHTS:
            for _ in range(TURNS):
                before = self.left
                if not before or self._step(weight, self.sought_left) < ENOUGH * before:
                    break
        share, failures = FIRST_SHARE, 0
        while self.left and failures < MOST_FAILURES:
            ends = np.flatnonzero(self.sought_left)
            chosen = self.random.choice(ends, min(share, len(ends)), replace=False)
            reached = self._step(LAST_WEIGHT, np.isin(np.arange(len(self.hidden)), chosen))
            failures = 0 if reached else failures + 1
            share = min(2 * share, FIRST_SHARE) if reached else max(1, share // 2)
        return self._needed() if not self.left else self.hidden & self.problem.open

    def is_possible(self) -> bool:
        """Return whether any table has the true values of all open sums."""
        matrix, columns = self.problem.matrix, self.problem.matrix.shape[1]
        most = np.full(columns, self.problem.most)
        return self._whole_numbers(np.zeros(columns), matrix, most) is not None

    def _step(self, weight: float, wanted: np.ndarray) -> int:
        """Add a witness that reaches many wanted ends; return the number of new ones."""
        coin = self.random.random(len(wanted)) < 0.5
        rise = wanted & ((self.high_left & (coin | ~self.low_left)) | (self.same_left & coin))
        fall = wanted & (self.low_left | self.same_left) & ~rise
        push = weight * self.random.uniform(0.6, 1.4, len(wanted)) * (fall.astype(float) - rise)
        table = self._table(push)
        return 0 if table is None else self._take(table)

    def _table(self, push: np.ndarray) -> np.ndarray | None:
        """Return finest counts that follow `push`, a cost per unit of each sum, or None."""
        problem, columns = self.problem, self.problem.matrix.shape[1]
        deviating = np.flatnonzero(problem.open)
        unit = sp.identity(len(problem.open), format="csc")[:, deviating]
        price = np.where(self.hidden, HIDDEN_ALREADY, 1.0)[deviating] * problem.cost[deviating]
        up_to = [each[deviating] for each in (problem.upper, problem.true - problem.lower)]
        cost = problem.matrix.T @ push + self.random.uniform(0, 1e-3, columns)
        return self._whole_numbers(
            np.concatenate([cost, price, price]),
            sp.hstack([problem.matrix, -unit, unit], format="csr"),
            np.concatenate([np.full(columns, problem.most), *up_to]),
        )

    def _whole_numbers(
        self, cost: np.ndarray, matrix: sp.csr_matrix, most: np.ndarray
    ) -> np.ndarray | None:
        """Return cheap finest counts in whole numbers, the first variables; None if none is found.

        A linear programme often has them by itself. Otherwise whole numbers are sought beside its
        fractions, then everywhere. Beside are those next to a fraction, and one further for a share
        of them; of the other variables, those that are zero stay zero.
        """
        rows, count = LinearConstraint(matrix, *self._limits), self.problem.matrix.shape[1]
        is_whole, nothing = np.arange(len(cost)) < count, np.zeros(len(cost))

        def cheapest(
            low: np.ndarray, high: np.ndarray, gap: float, whole: np.ndarray
        ) -> np.ndarray | None:
            found: np.ndarray | None = milp(
                cost, integrality=whole.astype(int), bounds=Bounds(low, high), constraints=rows,
                options={"node_limit": NODES, "mip_rel_gap": gap},
            ).x  # fmt: skip
            return found

        fractions = cheapest(nothing, most, GAP, nothing)
        if fractions is None:
            return None
        found: np.ndarray | None = fractions
        if np.abs(fractions - np.rint(fractions))[:count].max() >= TOLERANCE:
            rest = np.where(fractions < TOLERANCE, 0, np.inf)
            down, up = np.floor(fractions + TOLERANCE), np.ceil(fractions - TOLERANCE)
            further = [self.random.random(len(cost)) < share for share in SHARES]
            far = [np.where(is_whole, each, rest) for each in further]
            beside = [(np.maximum(down - f, 0), np.minimum(up + f, most), ANY) for f in far]
            tries = (cheapest(*each, is_whole) for each in (*beside, (nothing, most, GAP)))
            found = next((each for each in tries if each is not None), None)
        return None if found is None else np.rint(found[:count]).astype(np.int64)

    def _take(self, table: np.ndarray) -> int:
        """Keep a witness if it reaches a new end; return the number of new ends."""
        problem, before, value = self.problem, self.left, self.problem.matrix @ table
        if (value < problem.lower).any() or (value > problem.upper).any():
            return 0
        self.low_left &= value > problem.lower
        self.high_left &= value < problem.high
        self.same_left &= value == (self.values[0] if self.values else value)
        if self.left < before or not self.values:
            self.hidden |= problem.open & (value != problem.true)
            self.tables.append(table)
            self.values.append(value)
        return before - self.left

    def _needed(self) -> np.ndarray:
        """Return the open sums that a small set of witnesses needs hidden (greedy set cover)."""
        problem = self.problem
        if not self.values:
            return np.zeros_like(problem.open)
        values = np.array(self.values)
        reached = np.hstack([
            problem.sought & (values == problem.lower), problem.sought & (values >= problem.high),
            problem.differ & (values != values[0]),
        ])  # fmt: skip
        differs = problem.open & (values != problem.true)
        first = differs[0] if problem.differ.any() else np.zeros_like(problem.open)
        done, hidden = ~reached.any(axis=0), first
        while not done.all():
            gain = (reached & ~done).sum(axis=1)
            price = ((differs & ~hidden) * problem.cost).sum(axis=1)
            best = int(np.argmax(gain / (1 + price)))
            done, hidden = done | reached[best], hidden | differs[best]
        return hidden
