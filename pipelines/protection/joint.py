"""Protection of all that counts the same persons: indicators of a year, and earlier releases.

Two indicators of one state and year with the same total, and the same number in each figure that
both have, are taken to count the same persons. Of a part (victims identified, of those detected) no
count exceeds that of its whole. What an earlier release printed stays, and its small counts are
protected as well: in the worst case readers know which counts did not change since. Nobody but they
knows which; so each reader takes as many to be unchanged as can be at once, and there are several.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    parts_of,
    system,
    whole_of,
    with_known,
    within,
)
from pipelines.protection.programme import Print, Programme
from pipelines.protection.reader import Reader, columns
from schemas import codelists

PART_OF: Final = {"VIC_IDENT": "VIC_DETECT", "VIC_PRESUMED": "VIC_DETECT"}
"""Indicators of persons who are among those of another."""

LEFT_OUT: Final = (
    ("sex age",), ("exploitation part",), ("citizenship",), ("exploitation",), ("age",), ("sex",),
)  # fmt: skip
"""Breakdowns that are left out, one after the other, where nothing protects them: finer ones of
case records before all of these."""

READERS: Final = 12
"""Readers, at most, who take different counts to be unchanged."""

Figures = Mapping[Name, Bounds]


@dataclass(frozen=True)
class Release:
    """Figures of one state and year."""

    figures: Figures
    # of each indicator, the dimensions whose given parts add up to the total
    complete: Mapping[str, Collection[str]] = field(default_factory=dict)

    def of(self, indicator: str) -> dict[Codes, Bounds]:
        """Return the figures of an indicator, by codes."""
        return {codes: each for (name, codes), each in self.figures.items() if name == indicator}


def printed(
    now: Release, earlier: Sequence[Release] = (), known: Figures | None = None
) -> dict[Name, Print]:
    """Return the print of each figure that is printed: parts of a small count are not.

    Args:
        now: the true counts; where an office wrote <5, 0 to 4.
        earlier: what each earlier release printed, in bounds.
        known: what readers have of the same figures from elsewhere.
    """
    found: dict[Name, Print] = {}
    for indicators in _together(now, earlier):
        found |= _Together(indicators, now, earlier, known or {}).printed()
    return found


def _together(now: Release, earlier: Sequence[Release]) -> Iterator[tuple[str, ...]]:
    """Yield the indicators that hang together, of one kind of person each."""
    groups: list[set[str]] = []
    names = [*dict.fromkeys(name for name, _ in now.figures)]
    for one in names:
        joined = [g for g in groups if any(_hang(one, each, now, earlier) for each in g)]
        groups = [each for each in groups if each not in joined]
        groups.append({one}.union(*joined))
    yield from (tuple(name for name in names if name in group) for group in groups)


def _hang(one: str, other: str, now: Release, earlier: Sequence[Release]) -> bool:
    is_part = PART_OF.get(one) == other or PART_OF.get(other) == one
    return is_part or any(_totals_equal(one, other, each) for each in (now, *earlier))


def _totals_equal(one: str, other: str, release: Release) -> bool:
    total = (TOTAL,) * len(DIMENSIONS)
    bounds = {release.figures.get((name, total), NOTHING) for name in (one, other)}
    return _kind(one) == _kind(other) and len(bounds) == 1 and all(a == b for a, b in bounds)


def _kind(indicator: str) -> str:
    return codelists.column("indicator", "role")[indicator].partition("_")[0]


class _Together:
    """Indicators that hang together, in this release and the earlier ones."""

    def __init__(
        self,
        indicators: Sequence[str],
        now: Release,
        earlier: Sequence[Release],
        known: Figures,
    ) -> None:
        self._indicators, self._now, self._known = indicators, now, known
        then = (_system(f"{n}", indicators, each) for n, each in enumerate(earlier))
        self._then = [
            replace(each, cells=tuple(replace(cell, fixed=cell.true) for cell in each.cells))
            for each in then
            if each.cells
        ]

    def printed(self) -> dict[Name, Print]:
        """Return the print of each figure, with as few breakdowns left out as will do."""
        left_out: set[str] = set()
        for breakdowns in ((), *self._finer(), *LEFT_OUT):
            left_out |= {*breakdowns}
            if (found := self._without(left_out)) is not None:
                return found
        return {}

    def _finer(self) -> Iterator[tuple[str, ...]]:
        """Yield the breakdowns that forms do not have, the finest first."""
        usual = {breakdown for each in LEFT_OUT for breakdown in each}
        names = {" ".join(parts_of(codes)) for _, codes in self._now.figures}
        yield from ((each,) for each in sorted(names - usual - {""}, key=lambda n: -len(n.split())))

    def _without(self, left_out: Collection[str]) -> dict[Name, Print] | None:
        release = replace(self._now, figures=self._kept(left_out))
        now = with_known(_system("now", self._indicators, release), self._known)
        whole = now
        for each in self._then:
            whole += each
        readers = _readers(now, self._then, whole)
        prints = Programme(whole.cells, whole.relations, readers).prints()
        if prints is None:
            return None
        named = zip(now.cells, prints, strict=False)
        return {cell.name: each for cell, each in named}

    def _kept(self, left_out: Collection[str]) -> dict[Name, Bounds]:
        """Return the figures without those of breakdowns, and without parts of small counts."""
        every = _system("now", self._indicators, self._now)
        every = with_known(every, self._known)
        is_small = Programme(every.cells, every.relations).is_sensitive
        small = [cell for cell, each in zip(every.cells, is_small, strict=True) if each]
        worlds = {cell.world for cell in small if not cell.breakdown}
        return {
            cell.name: cell.true
            for cell in every.cells
            if cell.breakdown not in left_out
            and not (cell.breakdown and cell.world in worlds)
            and not any(within(cell, small))
        }


def _system(release: str, indicators: Sequence[str], of: Release) -> System:
    """Return the figures of indicators in a release, with what relates them."""
    persons: dict[str, str] = {}
    for name in indicators:
        same = (one for one in persons if _same_persons(name, one, of))
        persons[name] = persons.get(next(same, ""), name)
    complete = {
        who: {d for n in indicators if persons[n] == who for d in of.complete.get(n, ())}
        for who in persons.values()
    }
    found = System((), ())
    for name in indicators:
        if figures := of.of(name):
            who = persons[name]
            every = {codes: NOTHING for n in indicators if persons[n] == who for codes in of.of(n)}
            found += _one(figures, every, (release, name), (release, who), complete[who])
    return _related(found, indicators)


def _one(
    figures: Mapping[Codes, Bounds],
    every: Mapping[Codes, Bounds],
    world: tuple[str, str],
    persons: tuple[str, str],
    complete: Collection[str],
) -> System:
    """Return the figures of an indicator, by the base of all that count its persons."""
    made = system(world, {**every, **figures}, persons, complete)
    return replace(made, cells=tuple(cell for cell in made.cells if cell.codes in figures))


def _same_persons(one: str, other: str, release: Release) -> bool:
    if not _totals_equal(one, other, release):
        return False
    first, second = release.of(one), release.of(other)
    shared = first.keys() & second.keys()
    return all(_overlap(first[codes], second[codes]) for codes in shared)


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one.low <= other.high and other.low <= one.high


def _related(found: System, indicators: Sequence[str]) -> System:
    """Return a system with relations between its indicators, as far as its bounds allow them."""
    for one in indicators:
        for other in indicators:
            first = {cell.codes: cell for cell in found.cells if cell.indicator == one}
            second = {cell.codes: cell for cell in found.cells if cell.indicator == other}
            shared = [(first[codes], second[codes]) for codes in first if codes in second]
            if PART_OF.get(one) == other:
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


def _readers(now: System, then: Sequence[System], whole: System) -> list[list[Relation]]:
    """Return what each reader takes for granted: sums, and figures unchanged since a release."""
    counts = {cell.name: cell for cell in now.cells}
    sums = [*_adding_up(now)]
    maybe = [each for system in then for each in _adding_up(system)]
    maybe += [
        Relation(cell.base, counts[cell.name].base)
        for each in then
        for cell in each.cells
        if cell.name in counts and _overlap(cell.true, counts[cell.name].true)
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


def _taken(
    whole: System, sums: Sequence[Relation], order: Sequence[Relation]
) -> list[Relation]:
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
        if base != whole.base and _overlap(Bounds(least, most), whole.true):
            yield Relation(whole.base, base)
