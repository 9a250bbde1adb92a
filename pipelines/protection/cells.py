"""Figures of an indicator as sums of base counts, and the price of not printing each exactly.

Base counts are persons of one code in each dimension that is crossed with others, and are printed
by nobody. Dimensions that no figure crosses (forms, citizenship) divide the same total anew. The
prices are public and the same for every state: no count has a say in them, or what is hidden would
tell how large it is.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from schemas import codelists, parameters

DIMENSIONS: Final = ("ref_area", "sex", "age", "exploitation", "citizenship")
TOTAL: Final = "_T"
UNKNOWN: Final = "_U"
"""Persons of whom something is not known: their number points to nobody."""
REST: Final = "rest"
"""Persons in none of the parts that are given."""

THRESHOLD: Final = parameters.whole("least_printed")
"""Counts of a nation below it are small: its one-way tables, and sex by age."""
THRESHOLD_OF_DETAIL: Final = parameters.whole("least_printed_of_detail")
"""Of other crossings, and of areas."""

WHOLE: Final = {
    name: set(codelists.addends(name)) for name in ("sex", "age", "exploitation", "citizenship")
}
"""Codes that make up the total of a form, if all are given."""

_ONE_WAY: Final = {
    "sex": "price_of_sex", "age": "price_of_age", "citizenship": "price_of_citizenship",
    "ref_area": "price_of_area",
}  # fmt: skip
_FORMS: Final = {
    "SX": "price_of_main_form", "FL": "price_of_main_form", "OTH": "price_of_other_forms",
}  # fmt: skip
"""The parameter that has the price of a figure by one dimension, or of one form."""
KEPT_FIRST: Final = frozenset({"F", "Y0T17", "NAT", "SX"})
"""Of two figures with one price these are kept."""

Codes = tuple[str, ...]
"""The codes of a figure, in the order of `DIMENSIONS`; a nation's own is `_T`."""
Name = tuple[str, Codes]
"""Indicator and codes of a figure."""
Base = frozenset[Hashable]


class Bounds(NamedTuple):
    """The least and the greatest number that a count may be."""

    low: float
    high: float

    def meets(self, other: "Bounds") -> bool:
        """Return whether some number is within both."""
        return self.low <= other.high and other.low <= self.high


NOTHING: Final = Bounds(0, np.inf)


class Relation(NamedTuple):
    """One sum of base counts equals another, or does not exceed it."""

    one: Base
    other: Base
    is_equal: bool = True


@dataclass(frozen=True)
class Cell:
    """A figure as a sum of base counts."""

    release: str
    indicator: str
    codes: Codes
    base: Base
    true: Bounds  # the count; where the office itself wrote <5, 0 to 4
    known: Bounds = NOTHING  # what readers have from elsewhere
    # its print in an earlier release, which stands; `true` is then as wide
    fixed: Bounds | None = None

    @cached_property
    def breakdown(self) -> str:
        """The dimensions that divide it; empty for the total."""
        parts = parts_of(self.codes)
        if [*parts] == ["exploitation"] and UNKNOWN not in parts.values():
            [form] = parts.values()
            if whole_of("exploitation", form, {"OTH"}) != TOTAL:
                return "exploitation part"
        return " ".join(parts)

    @property
    def world(self) -> tuple[str, str]:
        """Release and indicator: what one total is about."""
        return self.release, self.indicator

    @property
    def name(self) -> Name:
        """Indicator and codes."""
        return self.indicator, self.codes


@dataclass(frozen=True)
class System:
    """Cells, and what is certain of their base counts."""

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]

    def __add__(self, other: "System") -> "System":
        """Return both."""
        return System(self.cells + other.cells, self.relations + other.relations)


def system(
    world: tuple[str, str],
    figures: Mapping[Codes, Bounds],
    persons: Hashable,
    complete: Collection[str],
) -> System:
    """Return the figures of one indicator in one release.

    Args:
        world: release and indicator.
        figures: by codes, the total among them.
        persons: names those who are counted: indicators that count the same have the same base.
        complete: dimensions whose given parts add up to the total.
    """
    crossed = _crossed(figures)
    atoms = {name: _atoms(name, figures, complete) for names in crossed for name in names}

    def base(names: Sequence[str], parts: Mapping[str, str]) -> Base:
        chosen = [[f"{n} {atom}" for atom in atoms[n][parts.get(n, TOTAL)]] for n in names]
        return frozenset((persons, *each) for each in product(*chosen))

    cells = []
    for codes, true in figures.items():
        parts = parts_of(codes)
        names = next((each for each in crossed if parts.keys() <= {*each}), crossed[0])
        cells.append(Cell(*world, codes, base(names, parts), true))
    whole, *others = (base(names, {}) for names in crossed)
    return System(tuple(cells), tuple(Relation(other, whole) for other in others))


def parts_of(codes: Codes) -> dict[str, str]:
    """Return the dimensions that divide a figure, each with its code."""
    return {name: code for name, code in zip(DIMENSIONS, codes, strict=True) if code != TOTAL}


def complete(figures: Collection[Codes]) -> set[str]:
    """Return the dimensions of a form whose given parts add up to the total."""
    given = [parts_of(codes) for codes in figures]
    alone = {(*parts.items(),) for parts in given if len(parts) == 1}
    return {name for name, codes in WHOLE.items() if {((name, code),) for code in codes} <= alone}


def _crossed(figures: Mapping[Codes, Bounds]) -> list[tuple[str, ...]]:
    """Return the dimensions in groups: those that some figure crosses are together."""
    groups: list[set[str]] = []
    for codes in figures:
        if names := {*parts_of(codes)}:
            joined = [each for each in groups if each & names]
            groups = [each for each in groups if each not in joined]
            groups.append(names.union(*joined))
    return sorted(tuple(sorted(each, key=DIMENSIONS.index)) for each in groups) or [()]


def _atoms(
    name: str, figures: Mapping[Codes, Bounds], complete: Collection[str]
) -> dict[str, list[str]]:
    """Return the finest codes of a dimension within each given code, and within the total."""
    place = DIMENSIONS.index(name)
    given = {codes[place] for codes in figures} - {TOTAL}
    above = {code: whole_of(name, code, given) for code in given}
    atoms = {code: [code if code not in above.values() else f"{REST} of {code}"] for code in given}
    found = {TOTAL: [] if name in complete else [REST], **{code: [] for code in given}}
    for code in sorted(given):
        whole: str | None = code
        while whole is not None:
            found[whole] += atoms[code]
            whole = above.get(whole, TOTAL) if whole != TOTAL else None
    return found


def whole_of(name: str, code: str, given: Collection[str]) -> str:
    """Return the nearest code above another that is given, else the total."""
    if name != "exploitation":
        return TOTAL
    parents = codelists.column(name, "parent")
    while (code := parents[code] or TOTAL) != TOTAL:
        if code in given:
            return code
    return TOTAL


def is_named(parts: Mapping[str, str]) -> bool:
    """Return whether a figure says something of a person, given the parts that divide it."""
    return UNKNOWN not in parts.values()


def threshold(parts: Mapping[str, str]) -> int:
    """Return the count below which a figure is small, given the parts that divide it."""
    is_plain = len(parts) < 2 and "ref_area" not in parts
    return THRESHOLD if is_plain or {*parts} == {"sex", "age"} else THRESHOLD_OF_DETAIL


def price(parts: Mapping[str, str]) -> float:
    """Return the price of not printing a figure exactly, given the parts that divide it."""
    return parameters.number(_priced_as(parts)) + bool(KEPT_FIRST.intersection(parts.values()))


def _priced_as(parts: Mapping[str, str]) -> str:
    """Return the parameter that has the price of a figure, but for what is kept first."""
    if not parts:
        return "price_of_total"
    if not is_named(parts):
        return "price_of_unknown"
    if len(parts) > 1:
        return "price_of_sex_by_age" if {*parts} == {"sex", "age"} else "price_of_crossing"
    [(name, code)] = parts.items()
    return _ONE_WAY[name] if name in _ONE_WAY else _FORMS.get(code, "price_of_single_form")
