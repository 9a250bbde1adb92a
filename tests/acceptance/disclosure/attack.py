"""An attack on suppressed figures: all sums that publications suggest, and all at once.

The attacker knows statements: frames with a row for each that somebody makes of one cell.

| column | holds |
|---|---|
| `world` | who says it: a release of a source; cells of one world add up |
| `area`, `indicator`, `year` | the block: no sum reaches over two of them |
| `cell` | the cell in its block |
| `lower`, `upper` | the figure is between them, in persons or in percent of the block's total |
| `is_share` | whether it is in percent |
| `hides` | whether it says that the figure is suppressed |

Which sums hold is not known: forms of exploitation overlap, parts fall short of totals or exceed
them, a state reports anew. The attacker uses every identity that may hold, in the order in which
they are most often true: within a release, then between releases and sources.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import pandas as pd
from deduction import OPEN, Deduction

from schemas import codelists


class Cell(NamedTuple):
    """A cell of a block; months and subdivisions are dimensions like the others."""

    sex: str = "_T"
    age: str = "_T"
    exploitation: str = "_T"
    citizenship: str = "_T"
    counterpart_area: str = "_Z"
    place: str = "_T"
    month: str = "_T"
    counterpart_role: str = "_Z"
    breakdown: str = "_T"


BLOCK: Final = ["area", "indicator", "year"]
ALL: Final = "all worlds together"
PARTED: Final = Cell._fields[:7]
BOTH_UNKNOWN: Final = ("_U", "_U")
"""Sex and age of a cell that is a part of both."""

WHOLE: Final = {
    ("sex", "_T"): {"F", "M"},
    ("age", "_T"): {"Y0T17", "Y_GE18"},
    ("exploitation", "_T"): {"SX", "FL", "OTH"},
    ("exploitation", "OTH"): {"OP"},
}
"""Parts without which a table is not whole: it then only says that they do not exceed the total."""

Key = tuple[Hashable, ...]
"""Area, indicator, year and cell."""
Found = set[Key]
Bounds = tuple[float, float]
Judged = dict[Key, bool]


def given_away(statements: pd.DataFrame, *, overlap: bool, together: bool = False) -> Found:
    """The suppressed cells of which one value only is possible: area, indicator, year, cell.

    Args:
        statements: what the attacker knows.
        overlap: whether to take it that forms of exploitation overlap, or that they do not.
        together: whether to search for what follows from several sums only together.
    """
    found: Found = set()
    for block, deduction, places in _deductions(statements, overlap=overlap):
        known = deduction.known_together(places) if together else filter(deduction.is_known, places)
        found |= {(*block, places[place]) for place in known}
    return found


def rightly(statements: pd.DataFrame, truth: Mapping[Key, Bounds], *, overlap: bool) -> Judged:
    """Return for each suppressed cell that the attacker finds whether his value is right.

    Args:
        statements: what the attacker knows.
        truth: least and greatest right value of the cells that are looked at.
        overlap: whether to take it that forms of exploitation overlap, or that they do not.
    """
    right: Judged = {}
    for block, deduction, places in _deductions(statements, overlap=overlap):
        for place, cell in places.items():
            if deduction.is_known(place) and (key := (*block, cell)) in truth:
                least, most = truth[key]
                right[key] = right.get(key, True) and least <= deduction.lower[place] <= most
    return right


def _deductions(
    statements: pd.DataFrame, *, overlap: bool
) -> Iterator[tuple[Key, Deduction, dict[int, Cell]]]:
    """Each block that hides something: what follows there, and the places of what is hidden."""
    blocks = defaultdict(list)
    for row in statements.itertuples():
        blocks[row.area, row.indicator, row.year].append(row)
    for block, rows in blocks.items():
        hidden = [(row.world, row.cell) for row in rows if row.hides]
        if hidden:
            deduction = _deduction(rows, overlap=overlap)
            yield block, deduction, {deduction.figure(name): name[1] for name in hidden}


def _deduction(rows: list[Any], *, overlap: bool) -> Deduction:
    """Deduce all that follows from the statements of one block."""
    deduction = Deduction()
    worlds = defaultdict(list)
    for row in rows:
        worlds[row.world].append(row.cell)
        if not row.is_share:
            deduction.use([(deduction.figure((row.world, row.cell)), 1)], row.lower, row.upper)
    for world, cells in worlds.items():
        _use_identities(deduction, world, cells, overlap=overlap)
    for world, cells in worlds.items():
        for cell in cells:
            _same(deduction, (world, cell), (ALL, cell))
    _use_identities(deduction, ALL, [row.cell for row in rows], overlap=overlap)
    _use_shares(deduction, [row for row in rows if row.is_share])
    return deduction


def _use_identities(
    deduction: Deduction, world: str, cells: Iterable[Cell], *, overlap: bool
) -> None:
    """Parts add up to their totals, dimension by dimension; totals may be ones nobody prints."""
    here = dict.fromkeys(cells)
    for cell in list(here):
        if cell[:2] == BOTH_UNKNOWN:
            for other in (cell._replace(age="_T"), cell._replace(sex="_T")):
                if other not in here:
                    here[other] = None
                    _same(deduction, (world, cell), (world, other))
    for dimension in PARTED:
        for total, parts in _tables(list(here), dimension).items():
            here[total] = None
            whole = WHOLE.get((dimension, getattr(total, dimension)), set())
            is_whole = whole <= {getattr(part, dimension) for part in parts}
            may_overlap = overlap and dimension == "exploitation"
            places = [deduction.figure((world, cell)) for cell in (total, *parts)]
            _use_sum(deduction, places, is_whole=is_whole, may_overlap=may_overlap)


def _same(deduction: Deduction, one: Hashable, other: Hashable) -> None:
    deduction.use([(deduction.figure(one), 1), (deduction.figure(other), -1)])


def _tables(cells: list[Cell], dimension: str) -> dict[Cell, list[Cell]]:
    """The parts of each total along one dimension."""
    parents = _parents(dimension)
    tables: dict[Cell, list[Cell]] = {}
    for cell in cells:
        code = getattr(cell, dimension)
        parent = parents.get(code) if parents else "_T"
        if parent and code not in ("_T", "_Z") and cell[:2] != BOTH_UNKNOWN:
            tables.setdefault(cell._replace(**{dimension: parent}), []).append(cell)
    return tables


@cache
def _parents(dimension: str) -> dict[str, str]:
    """The total of each code; empty where every code is a part of `_T`."""
    if dimension == "exploitation":
        codes = codelists.load(dimension)
        return dict(zip(codes["code"], codes["parent"], strict=True))
    if dimension == "age":
        codes = codelists.load(dimension)
        return dict.fromkeys(codes.loc[codes["level"] == "1", "code"], "_T")
    return {}


def _use_sum(deduction: Deduction, places: list[int], *, is_whole: bool, may_overlap: bool) -> None:
    """The strongest of what may hold: parts are the total, or do not exceed it, or none does."""
    total, *parts = places
    left = [(total, 1), *((part, -1) for part in parts)]
    if may_overlap:
        if is_whole:
            deduction.use(left, -OPEN, 0)
    elif (is_whole and deduction.use(left)) or deduction.use(left, 0, OPEN):
        return
    for part in parts:
        deduction.use([(total, 1), (part, -1)], 0, OPEN)


def _use_shares(deduction: Deduction, shares: list[Any]) -> None:
    """A share is one of the total that is printed beside it."""
    for row in shares:
        part = deduction.figure((row.world, row.cell))
        total = deduction.figure((row.world, Cell()))
        for percent, sign in ((row.lower, 1), (row.upper, -1)):
            terms = [(part, 100.0 * sign), (total, -percent * sign)]
            deduction.use([term for term in terms if term[1]], 0, OPEN)
