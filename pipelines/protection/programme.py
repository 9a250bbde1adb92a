"""The cheapest way to hide: an integer programme with a witness for each end that must stay open.

A cell is sensitive if it names something and counts 1 to 4 persons (1 to 9 where the threshold is
10). For it to be protected, readers must hold both ends possible. So for each end, and each reader,
there is a witness: whole base counts that give the end, and agree with the print of every cell that
is not hidden. Binary variables say which cells are hidden (y), and which of these are told without
size (z, for a breakdown together). Bounds of a witness's sums are linear in them, so that the least
price y + 0.3 price z is one programme; see Fischetti and Salazar (2001,
doi:10.1287/mnsc.47.7.1008.9805) on cell suppression as such. Witnesses are added for those ends
alone that an exact attack on the last answer does not reach, so the last answer is that of all.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import scipy

from pipelines.protection.cells import (
    NOTHING,
    Cell,
    Relation,
    is_named,
    parts_of,
    price,
    threshold,
)
from pipelines.protection.reader import MOST, NODES, Reader, columns
from schemas import parameters

COARSE_BELOW: Final = parameters.whole("least_total_of_sized_parts")
"""Below such a total, parts are told alike, without size, where one of them is small."""
WITHOUT_SIZE: Final = parameters.number("price_without_size")
"""Price of telling a hidden figure without size, as a share of that of hiding it."""
OF_SMALL: Final = parameters.number("price_of_small_without_size")
"""Price of telling a small figure without size."""

FREE, SMALL, LARGE, OPEN = "F", "A", "S", "C"
"""Exact; small, and told so; hidden for another's sake, and not small; of no told size."""


class Print(NamedTuple):
    """The print of a figure: its status and its bounds."""

    status: str  # code of the list `conf_status`
    low: int
    high: int


End = tuple[int, float, int]
"""A cell, a number that it must stay possible to be, and the reader who must hold it possible."""
Hidden = tuple[np.ndarray, np.ndarray]
"""Which cells are hidden, and which of them are told without size."""


class Programme:
    """Cells that hang together.

    `readers` are what each of several readers takes for granted beside the relations.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        relations: Sequence[Relation],
        readers: Sequence[Sequence[Relation]] = ((),),
    ) -> None:
        self._cells = cells
        self._readers = [Reader(cells, [*relations, *more]) for more in readers]
        self._plain = Reader(cells, relations)
        parts = [parts_of(cell.codes) for cell in cells]
        self._price = np.array([*map(price, parts)])
        self._small = np.array([threshold(each) - 1.0 for each in parts])
        self._low, self._high = columns(cell.true for cell in cells)
        self._known = columns(cell.known for cell in cells)
        self._then = columns(cell.fixed or NOTHING for cell in cells)
        self._is_fixed = np.array([cell.fixed is not None for cell in cells])
        self._given = (self._low < self._high) & ~self._is_fixed  # the office wrote <5
        self._is_named = np.array([*map(is_named, parts)])
        self._is_total = np.array([not cell.breakdown for cell in cells])
        groups = [(cell.world, cell.breakdown) for cell in cells]
        self._group = np.array([groups.index(each) for each in groups])
        self._public = self._known[0] == self._known[1]
        # small, or, of an earlier release, perhaps
        now = (self._high <= self._small) & ((self._low >= 1) | self._given)
        then = (self._low <= 1) & (self._high >= self._small)
        self.is_sensitive = self._is_named & ~self._public & np.where(self._is_fixed, then, now)
        # a hidden cell cannot exceed the total of its indicator
        most = {cell.world: cell.true.high for cell in cells if not cell.breakdown}
        self._cap = np.array([min(most.get(cell.world, MOST), MOST) for cell in cells])
        # those of small totals are told without size in any case
        with_small = np.isin(self._group, self._group[self.is_sensitive & ~self._is_total])
        shown = ~self._is_total & ~self._is_fixed & ~self._public
        self._open = self._is_named & shown & (self._high > 0) & with_small
        self._open &= self._cap < COARSE_BELOW
        self._may_hide = shown & ~(self._is_named & (self._high == 0)) & ~self._given
        self._may_hide &= ~self.is_sensitive
        self._first = np.where(self._given, 0.0, np.where(self._is_fixed, self._then[0], 1.0))

    def prints(self) -> list[Print] | None:
        """Return the print of each cell; None if nothing protects all small counts."""
        hidden = self.is_sensitive & ~self._is_fixed | self._open, self._open.copy()
        if not all(each.is_possible(*self._told(*hidden)) for each in self._readers):
            return None
        ends, wanted = self._ends(), list[End]()
        parts = np.flatnonzero(self.is_sensitive & ~self._is_fixed & ~self._is_total)
        both = 2 * len(self._readers)
        if any(sum(each[0] == cell for each in ends) < both for cell in parts):
            return None  # printed as 1 to 4, it would leave fewer numbers to a reader
        while True:
            told = self._told(*hidden)
            fails = [end for end in ends if not self._readers[end[2]].reaches(*end[:2], *told)]
            if not fails:
                return self._texts(hidden)
            new = [end for end in fails if end not in wanted]
            found = self._cheapest(wanted := wanted + new) if new else None
            if found is None:
                return None
            hidden = found

    def _ends(self) -> list[End]:
        """Return the ends to keep open: those that are open to readers without the print."""
        lower = np.where(self._is_fixed, self._then[0], self._known[0])
        upper = np.where(self._is_fixed, self._then[1], self._known[1])
        return [
            (int(cell), float(end), number)
            for number, reader in enumerate(self._readers)
            for cell in np.flatnonzero(self.is_sensitive)
            for end in (self._first[cell], self._small[cell])
            if reader.reaches(int(cell), float(end), lower, upper)
        ]

    def _told(self, hidden: np.ndarray, alike: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the bounds of each cell that a reader has."""
        floor = np.where(self._is_named, self._small + 1, 0.0)
        lower = np.where(self.is_sensitive, self._first, floor)
        upper = np.where(self.is_sensitive, self._small, self._cap)
        least = np.where(self._given | ~self._is_named, 0.0, 1.0)
        lower = np.where(alike, least, np.minimum(lower, self._low))
        upper = np.where(alike, self._cap, upper)
        lower, upper = np.where(hidden, lower, self._low), np.where(hidden, upper, self._high)
        lower = np.where(self._is_fixed, self._then[0], np.maximum(lower, self._known[0]))
        upper = np.where(self._is_fixed, self._then[1], np.minimum(upper, self._known[1]))
        return lower, upper

    def _cheapest(self, wanted: Sequence[End]) -> Hidden | None:
        """Return the cheapest cells to hide, of these those without size; None if none will do.

        Variables: y and z of each cell, one of each breakdown, the base counts of each witness.
        """
        count = len(self._cells)
        shared, must = 3 * count, self.is_sensitive & ~self._is_fixed | self._open
        low, high = np.zeros(shared), np.ones(shared)
        low[:count], high[:count] = must, must | self._may_hide
        low[count : 2 * count], high[count : 2 * count] = self._open, high[:count]
        cost = np.where(must, 0, self._price)
        alike = np.where(self.is_sensitive, OF_SMALL, WITHOUT_SIZE * self._price)
        one, every = scipy.sparse.identity(count, format="csr"), np.arange(count)
        group = scipy.sparse.csr_matrix((np.ones(count), (every, self._group)), (count, count))
        # z <= y, z <= that of its breakdown, and z >= both together
        rows = scipy.sparse.vstack([
            scipy.sparse.hstack([one, -one, 0 * one]), scipy.sparse.hstack([0 * one, -one, group]),
            scipy.sparse.hstack([-one, one, -group]),
        ])  # fmt: skip
        least = np.repeat([0.0, 0.0, -1.0], count)
        blocks = [[rows, *[None] * len(wanted)]]
        limits = [(least, np.full(3 * count, np.inf))]
        for number, end in enumerate(wanted):
            for of_shared, of_witness, lower, upper in self._witness(end):
                row: list[scipy.sparse.spmatrix | None] = [of_shared, *[None] * len(wanted)]
                row[1 + number] = of_witness
                blocks.append(row)
                limits.append((lower, upper))
        lower, upper = (np.concatenate(each) for each in zip(*limits, strict=True))
        witnesses = sum(self._readers[each[2]].matrix.shape[1] for each in wanted)
        found = scipy.optimize.milp(
            np.concatenate([cost, alike, np.zeros(count + witnesses)]),
            constraints=scipy.optimize.LinearConstraint(
                scipy.sparse.bmat(blocks, format="csr"), lower, upper
            ),
            bounds=scipy.optimize.Bounds(
                np.concatenate([low, np.zeros(witnesses)]),
                np.concatenate([high, np.full(witnesses, np.inf)]),
            ),
            integrality=np.ones(shared + witnesses),
            options=NODES,
        ).x
        return None if found is None else (found[:count] > 0.5, found[count : 2 * count] > 0.5)

    def _witness(
        self, end: End
    ) -> Iterable[
        "tuple[scipy.sparse.spmatrix | None, scipy.sparse.spmatrix, np.ndarray, np.ndarray]"
    ]:
        """Yield the rows of a witness: of y and z, of its base counts, and their bounds."""
        cell, number, place = end
        reader, count = self._readers[place], len(self._cells)
        none, every = np.zeros(count, dtype=bool), np.ones(count, dtype=bool)
        shown, sized = self._told(none, none), self._told(every, none)
        loose = self._told(every, every)
        is_end = np.arange(count) == cell
        shown, sized, loose = (
            (np.where(is_end, number, lower), np.where(is_end, number, upper))
            for lower, upper in (shown, sized, loose)
        )
        for side, infinite in ((0, np.inf), (1, -np.inf)):
            by = [
                scipy.sparse.diags(a[side] - b[side]) for a, b in ((shown, sized), (sized, loose))
            ]
            bounds = shown[side], np.full(count, infinite)
            yield (
                scipy.sparse.hstack([*by, scipy.sparse.csr_matrix((count, count))]), reader.matrix,
                *(bounds if side == 0 else bounds[::-1]),
            )  # fmt: skip
        if len(reader.least):
            nothing = scipy.sparse.csr_matrix((len(reader.least), 3 * count))
            yield nothing, reader.ties, reader.least, np.zeros(len(reader.least))

    def _texts(self, hidden: Hidden) -> list[Print]:
        """Return the prints: of a hidden cell the interval that follows from what is told."""
        told = self._told(*hidden)
        found = []
        for place, alike in enumerate(hidden[1]):
            if not hidden[0][place]:
                found.append(Print(FREE, int(self._low[place]), int(self._high[place])))
                continue
            low, high = self._plain.range(place, *told)
            status = OPEN if alike else SMALL if self.is_sensitive[place] else LARGE
            is_told = low == high and not self.is_sensitive[place]  # it follows anyway
            found.append(Print(FREE if is_told else status, low, high))
        return found
