"""Withhold the earlier figures that narrow what a publisher hides.

A release replaces another, and both are printed. Where the newer one hides a part (`<5`), a reader
can put an earlier figure in the place of a present one: the earlier total less the present parts
may leave one value only. So an earlier figure is withheld if a total and its parts, each as printed
now or earlier, then say more of a hidden figure than the figures that hold now. All others stay.

- Figures that were hidden and are withdrawn or exact now stay hidden, too.
- A sum counts where it can hold. Parts are those of one dimension, or of sex and age together.
- `<5` may include 0 or not: a figure is withheld if it tells more in either reading.
- A figure that the sum of others repeats is known although it is withheld, so these go as well.
- Of several figures that only together say more, as few as possible are withheld, parts first.

It happens here, once: whatever shows earlier figures is made from the rows that are left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, product
from math import inf, prod
from operator import itemgetter
from typing import Final, NamedTuple

import duckdb

from pipelines.warehouse import sql_files

WITHHELD: Final = "withheld"
"""Text in place of a withheld figure. Its conf_status is S: hidden so that another stays hidden."""

TOTAL: Final = "_T _T _T _T"
LEAST: Final = (0, 1)
"""What the least count behind a `<5` may be."""
MANY: Final = 5_000
"""Choices of the figures of one sum that are still tried; of a sum with more, all is withheld."""

Bounds = tuple[float, float]
Needs = frozenset[int]
"""Numbers of the earlier figures that a reader needs."""


class Figure(NamedTuple):
    """A figure of one release: its cell, its number, whether it holds now, and its bounds."""

    cell: str
    number: int
    release: str
    is_now: bool
    lower: float
    upper: float

    @property
    def is_hidden(self) -> bool:
        """Return whether it is an interval."""
        return self.lower < self.upper


class Choice(NamedTuple):
    """What a reader may put in the place of a cell: its bounds, or no figure at all."""

    bounds: Bounds = (0, 0)
    needs: Needs = frozenset()
    hidden: Figure | None = None


def withhold(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide the earlier figures that tell too much, before anything is derived from the rows."""
    rows = connection.execute(sql_files.query("addend")).fetchall()
    blocks = (Block([row[1:] for row in own]) for _, own in groupby(rows, itemgetter(0)))
    withheld = sorted(chain.from_iterable(map(_to_withhold, blocks)))
    if withheld:
        connection.execute(sql_files.query("withhold"), {"figures": withheld})


class Block:
    """The figures of one count of one state and period, in every release, and their sums."""

    def __init__(self, rows: Iterable[tuple[str, bool, str, int, str, bool, float, float]]) -> None:
        self.figures: dict[str, dict[int, Figure]] = defaultdict(dict)
        sums: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name, is_whole, cell, number, *others in rows:
            self.figures[cell][number] = Figure(cell, number, *others)
            sums[name][is_whole].add(cell)
        self.sums: list[list[str]] = [
            [*cells[True], *sorted(cells[False])] for cells in sums.values() if len(cells) == 2
        ]
        """Cells of each sum, the total first."""

    def now(self, cell: str) -> Figure | None:
        """Return the figure of a cell that holds now."""
        return next((each for each in self.figures[cell].values() if each.is_now), None)

    def earlier(self, cell: str) -> list[Figure]:
        """Return the figures that a cell had, other than the one that holds."""
        now = self.now(cell)
        return [
            each
            for each in self.figures[cell].values()
            if not each.is_now and (now is None or each[-2:] != now[-2:])
        ]

    def may_be_absent(self, cells: Sequence[str], cell: str) -> bool:
        """Return whether a release prints the others, but not this one, which is then left out."""
        releases = {each.release for other in cells for each in self.figures[other].values()}
        has = {each.release for each in self.figures[cell].values()}
        return cell != cells[0] and (self.now(cell) is None or releases != has)


def _to_withhold(block: Block) -> set[int]:
    """Return the numbers of as few figures as possible without which nothing more is told."""
    wholes = set(block.figures[TOTAL])
    open_needs = {needs for least in LEAST for needs in _telling(block, least)}
    chosen = {number for needs in open_needs if len(needs) == 1 for number in needs}
    while open_needs := {needs for needs in open_needs if not needs & chosen}:
        count = Counter(chain.from_iterable(open_needs))
        chosen.add(max(count, key=lambda each: (count[each], each not in wholes, each)))
    return chosen


def _telling(block: Block, least: int) -> Iterator[Needs]:
    """Yield the earlier figures with which a sum says more of a hidden figure than without."""
    bounds = _own_bounds(block, least)
    ways = _ways(block)
    for cells in block.sums:
        choices = [_choices(block, cells, cell, bounds, ways) for cell in cells]
        if not _may_say_more([*chain.from_iterable(choices)]):
            continue
        if prod(map(len, choices)) > MANY:
            yield from (frozenset({each.number}) for c in cells for each in block.earlier(c))
            continue
        for chosen in product(*choices):
            needs = frozenset[int]().union(*(each.needs for each in chosen))
            if needs and _says_more(chosen):
                yield needs
    for cell in block.figures:
        yield from _repeats(block, cell, bounds, ways)


def _repeats(
    block: Block, cell: str, bounds: dict[int, Bounds], ways: dict[int, set[Needs]]
) -> Iterator[Needs]:
    """Yield the earlier figures that narrow the hidden figure of their own cell."""
    now = block.now(cell)
    if now and now.is_hidden:
        lower, upper = bounds[now.number]
        for each in block.earlier(cell):
            both = max(lower, each.lower), min(upper, each.upper)
            if both[0] <= both[1] and both != (lower, upper):
                yield from ways[each.number]


def _own_bounds(block: Block, least: int) -> dict[int, Bounds]:
    """Return what each figure may be by its print, and by the sums of those that hold now."""
    every = [each for figures in block.figures.values() for each in figures.values()]
    bounds = {
        each.number: (max(each.lower, least) if each.is_hidden else each.lower, each.upper)
        for each in every
    }
    _narrow_all(block, {each.cell: each for each in every if each.is_now}, bounds)
    return bounds


def _narrow_all(block: Block, world: dict[str, Figure], bounds: dict[int, Bounds]) -> None:
    """Narrow the hidden figures of one world, until no sum says more."""
    sums = [
        [world[cell] for cell in cells if cell in world]
        for cells in block.sums
        if cells[0] in world
    ]
    before: dict[int, Bounds] = {}
    while before != bounds:
        before = dict(bounds)
        for figures in sums:
            narrowed = _narrowed([bounds[each.number] for each in figures])
            bounds.update(zip((each.number for each in figures), narrowed, strict=True))


def _choices(
    block: Block,
    cells: Sequence[str],
    cell: str,
    bounds: dict[int, Bounds],
    ways: dict[int, set[Needs]],
) -> list[Choice]:
    """Return all that a reader may put in the place of a cell of a sum."""
    now = block.now(cell)
    choices = [Choice(bounds[now.number], hidden=now if now.is_hidden else None)] if now else []
    for each in block.earlier(cell):
        if each.is_hidden and not (now and now.is_hidden):
            choices.append(Choice(bounds[each.number], hidden=each))
        else:
            choices += [Choice((each.lower, each.upper), needs) for needs in ways[each.number]]
    return [*choices, Choice()] if block.may_be_absent(cells, cell) else choices


def _ways(block: Block) -> dict[int, set[Needs]]:
    """Return for each earlier figure how it can be known: printed itself, or by other figures."""
    ways: dict[int, set[Needs]] = {
        each.number: {frozenset({each.number})}
        for cell in block.figures
        for each in block.earlier(cell)
    }
    for cells in block.sums:
        exact = [_exact(block, cells, cell) for cell in cells]
        for place, cell in enumerate(cells):
            others = [*exact[:place], *exact[place + 1 :]]
            wanted = {each.lower: each.number for each in block.earlier(cell) if not each.is_hidden}
            has_earlier = any(each.needs for each in chain.from_iterable(others))
            if wanted and has_earlier and len(others) > 1 and prod(map(len, others)) <= MANY:
                for value, needs in _sums(others, is_whole=place == 0):
                    if value in wanted and needs and wanted[value] not in needs:
                        ways[wanted[value]].add(needs)
    return ways


def _exact(block: Block, cells: Sequence[str], cell: str) -> list[Choice]:
    """Return the exact figures that a cell has or had, and none if it may be absent."""
    now = block.now(cell)
    exact = [
        Choice((each.lower, each.upper), frozenset() if each.is_now else frozenset({each.number}))
        for each in [*([now] if now else []), *block.earlier(cell)]
        if not each.is_hidden
    ]
    return [*exact, Choice()] if block.may_be_absent(cells, cell) else exact


def _sums(others: Sequence[Sequence[Choice]], *, is_whole: bool) -> Iterator[tuple[float, Needs]]:
    """Yield what each choice of all figures of a sum but one leaves for that one."""
    for chosen in product(*others):
        first, *rest = (each.bounds[0] for each in chosen)
        needs = frozenset[int]().union(*(each.needs for each in chosen))
        yield (first + sum(rest) if is_whole else first - sum(rest)), needs


def _may_say_more(choices: Sequence[Choice]) -> bool:
    """Return whether there are an earlier figure and a hidden one that is not known anyway."""
    is_open = any(each.hidden and each.bounds[0] < each.bounds[1] for each in choices)
    return is_open and any(each.needs for each in choices)


def _says_more(chosen: Sequence[Choice]) -> bool:
    """Return whether the sum narrows a figure that is hidden."""
    bounds = [each.bounds for each in chosen]
    narrowed = zip(chosen, bounds, _narrowed(bounds), strict=True)
    return any(each.hidden and before != after for each, before, after in narrowed)


def _narrowed(bounds: Sequence[Bounds]) -> Sequence[Bounds]:
    """Return the bounds of a total and its parts if they may add up to it; else the same."""
    (whole_lower, whole_upper), *parts = bounds
    lower, upper = (sum(ends) for ends in zip(*parts, strict=True)) if parts else (0, inf)
    if inf in (upper, whole_upper) or lower > whole_upper or upper < whole_lower:
        return bounds
    return [
        (max(whole_lower, lower), min(whole_upper, upper)),
        *(
            (max(low, whole_lower - upper + high), min(high, whole_upper - lower + low))
            for low, high in parts
        ),
    ]
