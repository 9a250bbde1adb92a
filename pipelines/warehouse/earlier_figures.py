"""Withhold the earlier figures that narrow what a publisher hides.

A release replaces another, and both are printed. Where one hides a part (`<5`), a reader can put an
earlier figure in the place of a present one: the earlier total less the present parts may leave one
value only. So an earlier figure is withheld if a total and its parts, each as printed now or
earlier, add up only if a hidden figure is narrower than its printed bounds. All others stay.

- Figures that were hidden and are withdrawn or exact now stay hidden, too; but not those that the
  publisher has narrowed, from `<5` to 0 or to 1 to 4.
- Whether a sum holds is not known: each counts that may. So a figure is withheld if it says more
  than the print, or more than the print and the same sums of present figures alone.
- A figure that the sum of others repeats is known although it is withheld, so these go as well.
- Of several figures that only together reveal more, as few as possible are withheld, parts first.

It happens here, once: all that shows earlier figures is made from the remaining rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, product
from math import inf, prod
from operator import itemgetter
from typing import Any, Final, NamedTuple

import duckdb

from pipelines.warehouse import sql_files

MANY: Final = 5_000
"""Choices of the figures of one sum that are still tried; of a sum with more, all is withheld."""

_ROUNDS: Final = 50
"""Rounds in which the sums of the present figures narrow them, at most."""
_FETCHED: Final = 50_000
"""Rows that are Python's at one time: a million would take a gigabyte."""

Row = Sequence[Any]
"""One row of `sql/query/addend.sql`."""
Bounds = tuple[float, float]
Needs = frozenset[int]
"""Numbers of the earlier figures that a reader needs."""
Ways = dict[int, set[Needs]]
"""Ways in which each earlier figure can be known: as printed, or from others."""


class Figure(NamedTuple):
    """A figure of one release; `is_now` and `is_earlier` as in `sql/query/addend.sql`."""

    number: int
    release: str
    is_now: bool
    is_earlier: bool
    bounds: Bounds


class Choice(NamedTuple):
    """A candidate for the place of a cell in a sum: the bounds of a figure, or no figure at all."""

    bounds: Bounds = (0, 0)
    needs: Needs = frozenset()


class RestatedCount:
    """The figures of one count of one state and period, in every release, and their sums.

    Attributes:
        figures: figures of each cell.
        now: the figure of each cell that holds now, if there is one.
        earlier: the figures that each cell had and that exclude more than the one that holds.
        sums: cells of each sum, the total first.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.figures: dict[str, dict[int, Figure]] = defaultdict(dict)
        self.sums: list[list[str]] = []
        for _, own in groupby(rows, itemgetter(1)):
            is_part: dict[str, bool] = {}
            for _, _, is_part_here, cell, number, release, is_now, is_earlier, *bounds in own:
                figure = Figure(number, release, is_now, is_earlier, tuple(bounds))
                self.figures[cell][number] = figure
                is_part[cell] = is_part_here
            if {*is_part.values()} == {False, True}:
                self.sums.append([*is_part])
        self.now = {
            cell: next((each for each in own.values() if each.is_now), None)
            for cell, own in self.figures.items()
        }
        self.earlier = {
            cell: [each for each in own.values() if each.is_earlier]
            for cell, own in self.figures.items()
        }

    def narrow(self) -> None:
        """Narrow the figures of now by those sums of them that may hold."""
        present = [
            [cell for cell in cells if self.now[cell]] for cells in self.sums if self.now[cells[0]]
        ]
        for _ in range(_ROUNDS):
            before = dict(self.now)
            for cells in present:
                figures = [figure for cell in cells if (figure := self.now[cell])]
                if len(figures) > 1 and (narrowed := _narrowed([each.bounds for each in figures])):
                    for cell, figure, bounds in zip(cells, figures, narrowed, strict=True):
                        self.now[cell] = figure._replace(bounds=bounds)
            if self.now == before:
                return

    def choices(self, cells: Sequence[str], ways: Ways) -> list[list[Choice]]:
        """Return all that a reader may put in the place of each cell of a sum.

        That of a part may be nothing, if a release prints others of the sum, but not this one.
        """
        printing = [{each.release for each in self.figures[cell].values()} for cell in cells]
        releases = set().union(*printing)
        choices = [[*self._choices(cell, ways)] for cell in cells]
        for cell, own, its in zip(cells[1:], choices[1:], printing[1:], strict=True):
            if not self.now[cell] or its != releases:
                own.append(Choice())
        return choices

    def _choices(self, cell: str, ways: Ways) -> Iterator[Choice]:
        now = self.now[cell]
        if now:
            yield Choice(now.bounds)
        for each in self.earlier[cell]:
            if _is_hidden(each) and not (now and _is_hidden(now)):
                yield Choice(each.bounds)
            else:
                yield from (Choice(each.bounds, needs) for needs in ways[each.number])


def withhold(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide the earlier figures that reveal too much, before anything is derived from the rows."""
    addends = connection.execute(sql_files.query("addend"))
    rows = chain.from_iterable(iter(lambda: addends.fetchmany(_FETCHED), []))
    blocks = (list(own) for _, own in groupby(rows, itemgetter(0)))
    withheld = sorted(chain.from_iterable(map(_to_withhold, blocks)))
    if withheld:
        connection.execute(sql_files.query("withhold"), {"figures": withheld})
        connection.execute(sql_files.query("withhold_errata"))


def _to_withhold(rows: Sequence[Row]) -> set[int]:
    """Return the numbers of the fewest figures without which nothing more is revealed."""
    block, with_sums = RestatedCount(rows), RestatedCount(rows)
    with_sums.narrow()
    left = {*_telling(block), *_telling(with_sums)}
    totals = {number for total, *_ in block.sums for number in block.figures[total]}
    chosen = {number for needs in left if len(needs) == 1 for number in needs}
    while left := {needs for needs in left if not needs & chosen}:
        count = Counter(chain.from_iterable(left))
        chosen.add(max(count, key=lambda each: (count[each], each not in totals, each)))
    return chosen


def _telling(block: RestatedCount) -> Iterator[Needs]:
    """Yield the sets of earlier figures that narrow a hidden figure for a reader."""
    ways = _ways(block)
    for cells in block.sums:
        choices = block.choices(cells, ways)
        if any(map(_is_hidden, chain.from_iterable(choices))):
            if prod(map(len, choices)) <= MANY:
                yield from filter(None, map(_needs, filter(_says_more, product(*choices))))
            else:
                yield from (frozenset({each.number}) for c in cells for each in block.earlier[c])
    for cell in block.figures:
        now = block.now[cell]
        for each in block.earlier[cell]:
            printed = Choice(each.bounds, frozenset({each.number}))
            if now and _says_more([Choice(now.bounds), printed]):
                yield from ways[each.number]


def _ways(block: RestatedCount) -> Ways:
    """Return for each earlier figure how it can be known: printed itself, or by other figures."""
    printed: Ways = {
        each.number: {frozenset({each.number})}
        for cell in block.figures
        for each in block.earlier[cell]
    }
    ways = {number: {*needs} for number, needs in printed.items()}
    for needs in chain.from_iterable(_repeating(block, cells, printed) for cells in block.sums):
        for number in needs:
            ways[number].add(needs - {number})
    return ways


def _repeating(block: RestatedCount, cells: Sequence[str], printed: Ways) -> Iterator[Needs]:
    """Yield earlier figures that add up exactly in a sum, so that each repeats the others."""
    choices = block.choices(cells, printed)
    exact = [[each for each in own if not _is_hidden(each)] for own in choices]
    needed = [own for own in exact if any(each.needs for each in own)]
    if len(needed) < 2 or len(cells) <= 2 or prod(map(len, exact)) > MANY:
        return
    for chosen in product(*exact):
        total, *parts = (each.bounds[0] for each in chosen)
        if total == sum(parts) and len(needs := _needs(chosen)) > 1:
            yield needs


def _is_hidden(each: Figure | Choice) -> bool:
    return each.bounds[0] < each.bounds[1]


def _needs(chosen: Iterable[Choice]) -> Needs:
    return frozenset(chain.from_iterable(each.needs for each in chosen))


def _says_more(chosen: Sequence[Choice]) -> bool:
    """Return whether a hidden figure is narrowed if the first figure is the sum of the others."""
    printed = [each.bounds for each in chosen]
    narrowed = _narrowed(printed) or printed
    return any(
        one != other
        for each, one, other in zip(chosen, printed, narrowed, strict=True)
        if not each.needs
    )


def _narrowed(sum_and_parts: Sequence[Bounds]) -> list[Bounds] | None:
    """Return the bounds if the first is the sum of the others; None if it cannot be, or is open."""
    (least, most), *parts = sum_and_parts
    lower = sum([low for low, _ in parts])
    upper = sum([high for _, high in parts])
    if inf in (upper, most) or lower > most or upper < least:
        return None
    return [
        (max(least, lower), min(most, upper)),
        *(
            (max(low, least - (upper - high)), min(high, most - (lower - low)))
            for low, high in parts
        ),
    ]
