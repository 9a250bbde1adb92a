"""Disclosure control of a form: what is printed of each count of persons.

A count below the threshold is hidden, zero included, and printed as `<5`. Whoever knows the printed
cells, which of them are small, and that parts add up, must still hold each small count possible
from 0 to 4. Where that fails, further cells are hidden, from the last of the form: a choice by size
would tell that the others are larger. Then all hidden parts are told alike, so that nobody learns
which are small; then their total is hidden.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

import numpy as np
import scipy  # which imports its modules when they are used

from pipelines.questionnaire.figures import HIDDEN, THRESHOLD, Interval, total
from pipelines.questionnaire.form import Row
from pipelines.questionnaire.splits import Split, splits

Figures = Mapping[Row, Interval]

_ANY: Final = 1e10
"""More than any count."""


def printed(figures: Figures) -> dict[Row, str]:
    """Return the text that is printed of each figure of a form."""
    texts = {row: figure.text for row, figure in figures.items()}
    for indicator in dict.fromkeys(row.indicator for row in figures if row.is_protected):
        own = {row: figure for row, figure in figures.items() if row.indicator == indicator}
        texts |= _Table(own).protected()
    return texts


class _Table:
    """The figures of one indicator, and which of them are hidden so far."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._small = [row for row in figures if figures[row].lower < THRESHOLD]
        self._hidden = dict.fromkeys(
            self._small
        )  # in order, so that the outcome is always the same
        self._alike: set[Row] = set()
        self._splits = [split for split in map(self._given, splits()) if split]

    def _given(self, split: Split) -> Split | None:
        """Return a split with the parts that have a figure."""
        parts = tuple(part for part in split.parts if part in self._figures)
        if split.whole not in self._figures or not parts:
            return None
        return Split(split.whole, parts, split.is_complete)

    def protected(self) -> dict[Row, str]:
        """Return the printed texts; of the total alone if nothing less protects its parts."""
        while unsafe := [row for row in self._small if self._is_unsafe(row)]:
            if not self._hide_more(unsafe):
                whole = next(iter(self._figures))
                return {row: self._figures[row].text if row == whole and row not in self._small
                        else HIDDEN if row == whole else "" for row in self._figures}  # fmt: skip
        return {row: self._text(row) for row in self._figures}

    def _text(self, row: Row) -> str:
        if row not in self._hidden:
            return self._figures[row].text
        if row in self._small and row not in self._alike:
            return HIDDEN
        wholes = [split.whole for split in self._splits if row in split.parts]
        limits = [self._figures[each].upper for each in wholes if each not in self._hidden]
        if limits:
            return f"<={min(limits)}"
        return ">=0" if row in self._alike else f">={THRESHOLD}"

    def _hide_more(self, unsafe: Collection[Row]) -> bool:
        """Hide one cell more, or tell less of hidden ones; return whether there was a way."""
        touched = [split for split in self._splits if not set(unsafe).isdisjoint(split.parts)]
        parts = {part for split in touched for part in split.parts}
        if seen := [row for row in parts if row not in self._hidden]:
            order = list(self._figures)
            self._hidden[max(seen, key=order.index)] = None
            return True
        if parts - self._alike:
            self._alike |= parts
            return True
        wholes = [split.whole for split in touched if split.whole not in self._hidden]
        self._hidden |= dict.fromkeys(wholes)
        return bool(wholes)

    def _is_unsafe(self, row: Row) -> bool:
        """Return whether a small count is the only hidden part, or known to be one of a few."""
        for split in self._splits:
            hidden = [part for part in split.parts if part in self._hidden]
            is_seen = split.whole not in self._hidden
            if hidden == [row] and is_seen and len(split.parts) > 1:
                return True
        return self._extreme(row, 1) > 0 or self._extreme(row, -1) < THRESHOLD - 1

    def _extreme(self, row: Row, sign: int) -> float:
        """Return the least (sign 1) or greatest (-1) number that a hidden count may be."""
        cells = list(self._hidden)
        cost = np.zeros(len(cells))
        cost[cells.index(row)] = sign
        bounds = np.array([self._known(cell) for cell in cells], dtype=float)
        found = scipy.optimize.milp(
            cost,
            constraints=[*self._constraints(cells)],
            bounds=scipy.optimize.Bounds(bounds[:, 0], bounds[:, 1]),
            integrality=np.ones(len(cells)),
        )
        if found.x is None:  # the figures contradict each other: nothing follows
            return 0 if sign == 1 else THRESHOLD
        return float(round(found.x[cells.index(row)]))

    def _known(self, cell: Row) -> tuple[float, float]:
        """Return the bounds that a reader is told of a hidden cell."""
        if cell in self._alike:
            return 0, _ANY
        return (0, THRESHOLD - 1) if cell in self._small else (THRESHOLD, _ANY)

    def _constraints(self, cells: list[Row]) -> Iterator["scipy.optimize.LinearConstraint"]:
        """Yield what a reader knows of the hidden cells of each split."""
        for split in self._splits:
            row, known = np.zeros(len(cells)), 0
            for cell, sign in ((split.whole, -1), *((part, 1) for part in split.parts)):
                if cell in self._hidden:
                    row[cells.index(cell)] = sign
                else:
                    known += sign * self._figures[cell].upper
            if row.any():
                yield scipy.optimize.LinearConstraint(
                    row, -known if self._adds_up(split) else -np.inf, -known
                )

    def _adds_up(self, split: Split) -> bool:
        """Return whether the parts may add up to the whole, which a reader will then assume."""
        whole, parts = self._figures[split.whole], total([self._figures[p] for p in split.parts])
        return parts.lower <= whole.upper and parts.upper >= whole.lower
