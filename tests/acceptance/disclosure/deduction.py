"""Deduction of whole numbers from sums between them: by narrowing, then by programming."""

import math
from collections.abc import Hashable, Iterable, Sequence
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

UNKNOWN: Final = 1e9
"""Bound of a figure of which nothing is known: sums of it are still exact."""

OPEN: Final = 1e15
"""Bound of a sum that has none."""

_NEAR: Final = 1e-6
_PATIENCE: Final = 10_000
"""Rules that are applied again after one more: where bounds close in step by step, it ends."""


class Rule(NamedTuple):
    """A sum of multiples of figures, which lies between two bounds."""

    terms: Sequence[tuple[int, float]]
    lower: float
    upper: float


class Deduction:
    """Figures that are whole and not negative, each between two bounds, and what relates them.

    Nobody knows which of the sums that publications suggest are true. So a rule is used if it may
    hold by all that was concluded before, and forgotten as soon as it may not.
    """

    def __init__(self):
        self.lower: list[float] = []
        self.upper: list[float] = []
        self._places: dict[Hashable, int] = {}
        self._rules: dict[int, Rule] = {}
        self._rules_of: list[list[int]] = []
        self._numbers = count()

    def figure(self, name: Hashable) -> int:
        """The place of a figure; at first it may be anything."""
        if name not in self._places:
            self._places[name] = len(self.lower)
            self.lower.append(0)
            self.upper.append(UNKNOWN)
            self._rules_of.append([])
        return self._places[name]

    def use(self, terms: Iterable[tuple[int, float]], lower: float = 0, upper: float = 0) -> bool:
        """Conclude all that follows from one more rule; return False if it cannot hold."""
        number = next(self._numbers)
        self._rules[number] = Rule(tuple(terms), lower, upper)
        for place, _ in self._rules[number].terms:
            self._rules_of[place].append(number)
        self._conclude(number)
        return number in self._rules

    def is_known(self, place: int) -> bool:
        """Return whether a figure can have one value only."""
        return self.lower[place] == self.upper[place]

    def _conclude(self, number: int) -> None:
        waiting = {number: None}  # a queue in which each has one place
        for _ in range(_PATIENCE):
            if not waiting:
                return
            del waiting[number := next(iter(waiting))]
            if number not in self._rules:
                continue
            narrowed = self._narrowed(self._rules[number])
            if narrowed is None:
                del self._rules[number]
                continue
            for place, lower, upper in narrowed:
                self.lower[place], self.upper[place] = lower, upper
                waiting |= dict.fromkeys(self._rules_of[place])
            waiting.pop(number, None)

    def _narrowed(self, rule: Rule) -> list[tuple[int, float, float]] | None:
        """Figures that the rule narrows, with their new bounds; none if it may not hold."""
        # No `sorted` and no `sum`: most of the time of an attack is spent here.
        ends, least, most = [], 0.0, 0.0
        for place, times in rule.terms:
            low, high = times * self.lower[place], times * self.upper[place]
            if times < 0:
                low, high = high, low
            ends.append((place, times, low, high))
            least, most = least + low, most + high
        if least > rule.upper + _NEAR or most < rule.lower - _NEAR:
            return None
        narrowed = []
        for place, times, low, high in ends:
            first, last = (rule.lower - most + high) / times, (rule.upper - least + low) / times
            if times < 0:
                first, last = last, first
            lower = max(self.lower[place], math.ceil(first - _NEAR))
            upper = math.floor(last + _NEAR)
            upper = self.upper[place] if upper > UNKNOWN / 2 else min(self.upper[place], upper)
            if lower > upper:
                return None
            if (lower, upper) != (self.lower[place], self.upper[place]):
                narrowed.append((place, lower, upper))
        return narrowed

    def known_together(self, places: Iterable[int]) -> set[int]:
        """Those of the figures that can have one value only, all rules in use taken together.

        Every solution of the integer programme is a witness: a figure that differs between two of
        them cannot be known, and needs no programme of its own.
        """
        open_places = [place for place in places if not self.is_known(place)]
        known = set(places) - set(open_places)
        if not open_places:
            return known
        sums = self._sums()
        of_all = np.isin(np.arange(len(self.lower)), open_places).astype(float)
        witness = self._solve(of_all, sums)
        if witness is None:  # rules that contradict each other only together: as narrowing left it
            return known
        witnesses = [witness, self._solve(-of_all, sums)]
        for place in open_places:
            for sign in (-1, 1):
                if len({each[place] for each in witnesses}) == 1:
                    aim = np.zeros(len(self.lower))
                    aim[place] = sign
                    witnesses.append(self._solve(aim, sums))
        return known | {p for p in open_places if len({each[p] for each in witnesses}) == 1}

    def _sums(self) -> LinearConstraint:
        """All rules in use of several figures."""
        rules = [rule for rule in self._rules.values() if len(rule.terms) > 1]
        entries = [
            (times, row, place) for row, rule in enumerate(rules) for place, times in rule.terms
        ]
        times, rows, columns = np.array(entries).T
        sums = csr_array((times, (rows, columns)), shape=(len(rules), len(self.lower)))
        limits = np.array([(rule.lower, rule.upper) for rule in rules])
        return LinearConstraint(sums, -_open(-limits[:, 0]), _open(limits[:, 1]))

    def _solve(self, aim: np.ndarray, sums: LinearConstraint) -> np.ndarray | None:
        """Figures that satisfy the sums, with the least sum of what is aimed at."""
        found = milp(
            aim,
            constraints=sums,
            bounds=Bounds(self.lower, _open(np.array(self.upper))),
            integrality=np.ones(len(aim)),
        )
        return None if found.x is None else found.x.round()


def _open(upper: np.ndarray) -> np.ndarray:
    return np.where(upper > UNKNOWN / 2, np.inf, upper)
