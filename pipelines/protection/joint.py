"""Protection of all that counts the same persons: indicators of a year, and earlier releases.

Two indicators of one state and year with the same total, and the same number in each figure that
both have, are taken to count the same persons. Of a part (victims identified, of those detected) no
count exceeds that of its whole. What an earlier release printed stays, and its small counts are
protected as well: in the worst case readers know which counts did not change since. Nobody but they
knows which; so each reader takes as many to be unchanged as can be at once, and there are several.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipelines.protection.cells import (
    DIMENSIONS,
    NOTHING,
    TOTAL,
    Bounds,
    Cell,
    Codes,
    Name,
    Relation,
    System,
    complete,
    parts_of,
    system,
    threshold,
    whole_of,
)
from pipelines.protection.programme import Print, Programme
from pipelines.protection.reader import MOST, Reader, columns
from schemas import standard

LEFT_OUT: Final = (
    ("sex age",), ("exploitation part",), ("citizenship",), ("exploitation",), ("age",), ("sex",),
)  # fmt: skip
"""Breakdowns that are left out, one after the other, where nothing protects them: finer ones of
case records before all of these."""

READERS: Final = 12
"""Readers, at most, who take different counts to be unchanged."""

Figures = Mapping[Name, Bounds]
"""Figures of one state and year; of a release, or known from elsewhere."""


def _of(figures: Figures, indicator: str) -> dict[Codes, Bounds]:
    return {codes: each for (name, codes), each in figures.items() if name == indicator}


def printed(now: Figures, earlier: Sequence[Figures], known: Figures) -> dict[Name, Print]:
    """Return the print of each figure that is printed: parts of a small count are not.

    What the last release printed too, word for word, is printed again: it tells nothing new.

    Args:
        now: the true counts; where an office wrote <5, 0 to 4.
        earlier: what each earlier release printed, in bounds.
        known: what readers have of the same figures from elsewhere.
    """
    found: dict[Name, Print] = {}
    for indicators in _together(now, earlier):
        prints = _Together(indicators, now, (), known).printed()
        now_printed = {name: Bounds(*each[1:]) for name, each in prints.items()}
        if earlier and now_printed != {
            name: each for name, each in earlier[-1].items() if name[0] in indicators
        }:
            prints = _Together(indicators, now, earlier, known).printed()
        found |= prints
    return found


def gaps(release: Figures) -> list[Name]:
    """Return the hidden figures of which a reader of one release can tell more than it prints.

    Ranges open below are those of unknown persons, or of an older tipstat: they are not judged.
    """
    found = []
    for indicator in dict.fromkeys(name for name, _ in release):
        made = _system("", (indicator,), release)
        reader = Reader(made.cells, made.relations)
        lower, upper = columns(cell.true for cell in made.cells)
        found += [
            cell.name
            for place, cell in enumerate(made.cells)
            if lower[place] < upper[place] < MOST
            and (lower[place] > 0 or upper[place] < threshold(parts_of(cell.codes)))
            and not all(reader.reaches(place, end, lower, upper) for end in cell.true)
        ]
    return found


def _together(now: Figures, earlier: Sequence[Figures]) -> Iterator[tuple[str, ...]]:
    """Yield the indicators that hang together, of one kind of person each."""

    def hang(one: str, other: str) -> bool:
        is_part = standard.is_part_of(one, other) or standard.is_part_of(other, one)
        return is_part or any(_totals_equal(one, other, each) for each in (now, *earlier))

    groups: list[set[str]] = []
    names = [*dict.fromkeys(name for name, _ in now)]
    for one in names:
        joined = [group for group in groups if any(hang(one, each) for each in group)]
        groups = [each for each in groups if each not in joined]
        groups.append({one}.union(*joined))
    yield from (tuple(name for name in names if name in group) for group in groups)


def _totals_equal(one: str, other: str, release: Figures) -> bool:
    total = (TOTAL,) * len(DIMENSIONS)
    bounds = {release.get((name, total), NOTHING) for name in (one, other)}
    may_be = standard.may_share_persons(one, other)
    return may_be and len(bounds) == 1 and all(a == b for a, b in bounds)


class _Together:
    """Indicators that hang together, in this release and the earlier ones."""

    def __init__(
        self,
        indicators: Sequence[str],
        now: Figures,
        earlier: Sequence[Figures],
        known: Figures,
    ) -> None:
        found = _system("now", indicators, now)
        cells = (replace(cell, known=known.get(cell.name, NOTHING)) for cell in found.cells)
        self._now = replace(found, cells=tuple(cells))
        is_small = Programme(self._now.cells, self._now.relations).is_sensitive
        self._small = [cell for cell, each in zip(self._now.cells, is_small, strict=True) if each]
        then = (_system(f"{n}", indicators, each) for n, each in enumerate(earlier))
        self._then = [
            replace(each, cells=tuple(replace(cell, fixed=cell.true) for cell in each.cells))
            for each in then
            if each.cells
        ]

    def printed(self) -> dict[Name, Print]:
        """Return the print of each figure, with as few breakdowns left out as will do."""
        usual = {breakdown for each in LEFT_OUT for breakdown in each}
        finer = {cell.breakdown for cell in self._now.cells} - usual - {""}
        finest_first = sorted(finer, key=lambda name: (-len(name.split()), name))
        left_out: set[str] = set()
        for breakdowns in ((), *((each,) for each in finest_first), *LEFT_OUT):
            left_out |= {*breakdowns}
            if (found := self._without(left_out)) is not None:
                return found
        return {}

    def _without(self, left_out: Collection[str]) -> dict[Name, Print] | None:
        kept = [cell for cell in self._now.cells if self._is_kept(cell, left_out)]
        now = replace(self._now, cells=tuple(kept))
        whole = now
        for each in self._then:
            whole += each
        sums = [*dict.fromkeys((*_adding_up(self._now), *_adding_up(now)))]
        readers = _readers(self._now, self._then, whole, sums)
        prints = Programme(whole.cells, whole.relations, readers).prints()
        if prints is None:
            return None
        return {cell.name: each for cell, each in zip(kept, prints, strict=False)}

    def _is_kept(self, cell: Cell, left_out: Collection[str]) -> bool:
        """Return whether a figure is printed: neither left out, nor part of a small count."""
        small = [each for each in self._small if each.world == cell.world]
        is_within = any(not each.breakdown or cell.base < each.base for each in small)
        return not cell.breakdown or (cell.breakdown not in left_out and not is_within)


def _system(release: str, indicators: Sequence[str], of: Figures) -> System:
    """Return the figures of indicators in a release, with what relates them."""
    persons: dict[str, str] = {}
    for name in indicators:
        same = (one for one in persons if _same_persons(name, one, of))
        persons[name] = persons.get(next(same, ""), name)
    found = System((), ())
    for name in indicators:
        if figures := _of(of, name):
            same_persons = [each for each in indicators if persons[each] == persons[name]]
            figures_of = [_of(of, each) for each in same_persons]
            whole = set[str]().union(*map(complete, figures_of))
            every = {codes: NOTHING for one in figures_of for codes in one}
            base = (release, persons[name])
            made = system((release, name), {**every, **figures}, base, whole)
            cells = (cell for cell in made.cells if cell.codes in figures)
            found += replace(made, cells=tuple(cells))
    return _related(found, indicators)


def _same_persons(one: str, other: str, release: Figures) -> bool:
    if not _totals_equal(one, other, release):
        return False
    first, second = _of(release, one), _of(release, other)
    shared = first.keys() & second.keys()
    return all(first[codes].meets(second[codes]) for codes in shared)


def _related(found: System, indicators: Sequence[str]) -> System:
    """Return a system with relations between its indicators, as far as its bounds allow them."""
    for one in indicators:
        for other in indicators:
            first = {cell.codes: cell for cell in found.cells if cell.indicator == one}
            second = {cell.codes: cell for cell in found.cells if cell.indicator == other}
            shared = [(first[codes], second[codes]) for codes in first if codes in second]
            if standard.is_part_of(one, other):
                new = [Relation(a.base, b.base, is_equal=False) for a, b in shared]
            elif one < other and shared and shared[0][0].true == shared[0][1].true:
                new = [Relation(a.base, b.base) for a, b in shared if a.true == b.true]
            else:
                continue
            new = [each for each in new if each.one != each.other]
            more = replace(found, relations=(*found.relations, *new))
            if new and _is_possible(more):
                found = more
    return found


def _is_possible(found: System, more: Sequence[Relation] = ()) -> bool:
    reader = Reader(found.cells, [*found.relations, *more])
    return reader.is_possible(*columns(cell.true for cell in found.cells))


def _readers(
    now: System, then: Sequence[System], whole: System, sums: Sequence[Relation]
) -> list[list[Relation]]:
    """Return what each reader takes for granted: sums, and figures unchanged since a release.

    `now` has all figures, whether printed or not; `whole` those that are printed, and `then`.
    """
    counts = {cell.name: cell for cell in now.cells}
    maybe = [each for system in then for each in _adding_up(system)]
    maybe += [
        Relation(cell.base, counts[cell.name].base)
        for each in then
        for cell in each.cells
        if cell.name in counts and cell.true.meets(counts[cell.name].true)
    ]
    if _is_possible(whole, [*sums, *maybe]):
        return [[*sums, *maybe]]
    found: list[list[Relation]] = []
    for order in (maybe, maybe[::-1]):  # then one for each that none has taken
        found.append(_taken(whole, sums, order))
    for each in maybe:
        if len(found) < READERS and not any(each in taken for taken in found):
            found += (_taken(whole, sums, [each, *order]) for order in (maybe, maybe[::-1]))
    return found


def _taken(whole: System, sums: Sequence[Relation], order: Sequence[Relation]) -> list[Relation]:
    """Return as many relations as can hold at once, of those that come first if not all can."""
    taken: list[Relation] = []
    for each in (*sums, *order):
        if each not in taken and _is_possible(whole, [*taken, each]):
            taken.append(each)
    return taken


def _adding_up(found: System) -> Iterator[Relation]:
    """Yield the sums of parts that may make up their whole, although others are possible."""
    cells = {(cell.world, cell.codes): cell for cell in found.cells}
    given = {place: {cell.codes[place] for cell in found.cells} for place in range(len(DIMENSIONS))}
    split: dict[tuple[Cell, str], list[Cell]] = {}
    for cell in found.cells:
        for place, name in enumerate(DIMENSIONS):
            if (code := cell.codes[place]) != TOTAL:
                above = whole_of(name, code, given[place])
                codes = (*cell.codes[:place], above, *cell.codes[place + 1 :])
                if whole := cells.get((cell.world, codes)):
                    split.setdefault((whole, name), []).append(cell)
    for (whole, _), parts in split.items():
        least, most = (sum(part.true[end] for part in parts) for end in (0, 1))
        base = frozenset().union(*(part.base for part in parts))
        if base != whole.base and whole.true.meets(Bounds(least, most)):
            yield Relation(whole.base, base)
