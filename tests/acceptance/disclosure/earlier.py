"""The attack with earlier figures: they stand in for present ones, a sum at a time.

It shares no code with the rule that withholds them. Its sums are those of `attack`, and sex by age;
what the newest release gives away by all its sums is what a reader has anyway.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, Final, NamedTuple

import pandas as pd
from attack import BLOCK, BOTH_UNKNOWN, PARTED, Cell, _deduction, _tables
from deduction import UNKNOWN, Deduction

Bounds = tuple[float, float]
TOGETHER: Final = 3
"""So many earlier figures stand in at once; and all of a sum."""


class Narrowed(NamedTuple):
    """A hidden cell, of which earlier figures of other cells reveal more."""

    block: tuple[str, ...]
    cell: Cell
    by: frozenset[Cell]


def narrowed(prints: pd.DataFrame, now: str, before: Sequence[str]) -> set[Narrowed]:
    """Find each hidden cell of one world of which figures of the worlds before reveal more.

    Args:
        prints: statements of all these worlds.
        now: the world of the newest release.
        before: the worlds of the releases before.
    """
    blocks: dict[tuple[str, ...], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in prints.itertuples():
        blocks[tuple(getattr(row, name) for name in BLOCK)][row.world].append(row)
    return {
        Narrowed(block, cell, by)
        for block, worlds in blocks.items()
        if any(row.hides for row in worlds[now])
        for cell, by in _narrowed(worlds[now], [row for world in before for row in worlds[world]])
    }


def _narrowed(now: list[Any], before: list[Any]) -> Iterator[tuple[Cell, frozenset[Cell]]]:
    here = _known(now)
    hidden = {row.cell for row in now if row.hides}
    present = {row.cell: (row.lower, row.upper) for row in now}
    earlier: dict[Cell, set[Bounds]] = defaultdict(set)
    for row in before:
        if row.lower == row.upper and present.get(row.cell) != (row.lower, row.upper):
            earlier[row.cell].add((row.lower, row.upper))
    for cells in _sums([*{*present, *earlier}]):
        open_cells = [c for c in cells if c in hidden and here[c][0] < here[c][1]]
        revised = [cell for cell in cells if cell in earlier]
        if open_cells and revised:
            for chosen in _choices(revised, earlier):
                world = {c: here[c] for c in cells if c in here} | chosen
                for cell in open_cells:
                    if cell not in chosen and cells[0] in world and _more(cells, world, cell):
                        yield cell, frozenset(chosen)


def _known(now: list[Any]) -> dict[Cell, Bounds]:
    """What the newest release gives away by itself: its sums one after another."""
    deduction = _deduction(now, overlap=False)
    places = {row.cell: deduction.figure((row.world, row.cell)) for row in now}
    return {cell: (deduction.lower[at], deduction.upper[at]) for cell, at in places.items()}


def _sums(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Each total with its parts."""
    for dimension in PARTED:
        for total, parts in _tables(cells, dimension).items():
            if total in cells:
                yield [total, *parts]
    for total in (cell for cell in cells if cell[:2] == ("_T", "_T")):
        yield [
            total,
            *(c for c in cells if c[2:] == total[2:] and "_T" not in c[:2]
              and (c[:2] == BOTH_UNKNOWN or c.age in ("Y0T17", "Y_GE18", "_U"))),
        ]  # fmt: skip


def _choices(
    revised: list[Cell], earlier: Mapping[Cell, set[Bounds]]
) -> Iterator[dict[Cell, Bounds]]:
    """Some earlier figures of a sum at once, one of a cell at most."""
    for size in {*range(1, TOGETHER + 1), len(revised)}:
        for cells in combinations(revised, size):
            for bounds in product(*(earlier[cell] for cell in cells)):
                yield dict(zip(cells, bounds, strict=True))


def _more(cells: list[Cell], world: dict[Cell, Bounds], cell: Cell) -> bool:
    """Whether the sum, if it can hold, narrows a cell."""
    deduction = Deduction()
    for each, (lower, upper) in world.items():
        deduction.use([(deduction.figure(each), 1)], lower, min(upper, UNKNOWN))
    total, *parts = (deduction.figure(each) for each in cells if each in world)
    deduction.use([(total, 1), *((part, -1) for part in parts)])
    place = deduction.figure(cell)
    return (deduction.lower[place], deduction.upper[place]) != world[cell]
