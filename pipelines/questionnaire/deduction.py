"""Deduce the figures of one indicator from bounds of its rows, as a reader can.

Readers know that no count is below zero, that no parts exceed their whole, and that persons who are
of a sex and an age are counted once. They take parts that may add up to their whole to do so.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.questionnaire.form import Row
from pipelines.questionnaire.splits import Split, splits

Bound = tuple[float, float]
"""The least and the greatest number that a count may be."""
Count = tuple[tuple[Row, int], ...]
"""A count as a sum of rows, each with its sign: a row, or what parts leave of their whole."""

ANY: Final = 1e10
"""More than any count."""
UNKNOWN: Final[Bound] = (0, ANY)


def remainder(split: Split) -> Count:
    """Return what the parts of a split leave of the whole: an unnamed part."""
    return ((split.whole, 1), *((part, -1) for part in split.parts))


def given_splits(rows: Collection[Row]) -> list[Split]:
    """Return the splits of which the whole and a part are among the rows, with these parts."""
    found = []
    for split in splits():
        parts = tuple(part for part in split.parts if part in rows)
        if split.whole in rows and parts:
            found.append(replace(split, parts=parts))
    return found


def may_add_up(split: Split, bounds: Mapping[Row, Bound]) -> bool:
    """Return whether parts between such bounds may add up to the whole."""
    lower, upper = bounds[split.whole]
    parts = [bounds[part] for part in split.parts]
    return sum(low for low, _ in parts) <= upper and sum(high for _, high in parts) >= lower


def adding_up(known: Sequence[Split], bounds: Mapping[Row, Bound]) -> list[Split]:
    """Return splits whose parts may all add up at once, the certain ones first."""
    possible = [split for split in known if may_add_up(split, bounds)]
    if Reader(bounds, known, possible).is_consistent():
        return possible
    found: list[Split] = []
    for split in sorted(possible, key=lambda each: not (each.is_complete and each in splits())):
        if Reader(bounds, known, [*found, split]).is_consistent():
            found.append(split)
    return found


class Reader:
    """A reader who knows bounds of some rows, and of which splits the parts add up."""

    def __init__(
        self, bounds: Mapping[Row, Bound], known: Sequence[Split], adding_up: Collection[Split]
    ) -> None:
        self._places = {row: place for place, row in enumerate(bounds)}
        self._bounds = np.array([*bounds.values()], dtype=float)
        relations = [(remainder(split), 0 if split in adding_up else ANY) for split in known]
        relations += [(count, ANY) for count in _of_neither(bounds)]
        self._relations = [
            LinearConstraint(self._signs(count), 0, most) for count, most in relations
        ]

    def range(self, count: Count) -> Bound | None:
        """Return the least and the greatest number of a count; None if the bounds contradict."""
        least, greatest = self._least(count, 1), self._least(count, -1)
        return None if least is None or greatest is None else (least, -greatest)

    def is_consistent(self) -> bool:
        """Return whether any counts satisfy all that the reader assumes."""
        return self._cheapest(self._signs(())) is not None

    def _least(self, count: Count, sign: int) -> float | None:
        cost = sign * self._signs(count)
        low, high = self._bounds.T
        if (low == high)[cost != 0].all():
            return float(cost @ low)
        found = self._cheapest(cost)
        return None if found is None else float(round(cost @ found))

    def _cheapest(self, cost: np.ndarray) -> np.ndarray | None:
        low, high = self._bounds.T
        found = milp(
            cost,
            constraints=self._relations,
            bounds=Bounds(low, high),
            integrality=np.ones(len(cost)),
        )
        return found.x

    def _signs(self, count: Count) -> np.ndarray:
        signs = np.zeros(len(self._places))
        for row, sign in count:
            signs[self._places[row]] += sign
        return signs


def _of_neither(rows: Collection[Row]) -> Iterator[Count]:
    """Yield the persons outside of the crossed sexes and ages, where no crossing is missing."""
    crossed = [row for row in rows if row.breakdown == "sex age"]
    for one, other in (("sex", "age"), ("age", "sex")):
        firsts = dict.fromkeys(replace(row, **{other: "_T"}) for row in crossed)
        seconds = Counter(replace(row, **{one: "_T"}) for row in crossed)
        whole = [row for row, count in seconds.items() if count == len(firsts)]
        inside = [row for row in crossed if replace(row, **{one: "_T"}) in whole]
        if inside and {total := replace(inside[0], sex="_T", age="_T"), *firsts, *whole} <= {*rows}:
            outside = ((row, -1) for row in (*firsts, *whole))
            yield ((total, 1), *outside, *((row, 1) for row in inside))
