"""Victims presumed, identified and detected in one year are the same persons, and readers know it.

Those detected are presumed, identified or both. Each class of persons is counted by some of the
indicators, so the figures of all are sums of cases by class: a block of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Final, NamedTuple

import numpy as np
import scipy.sparse as sp

from pipelines.cases.block import Block, block_of
from pipelines.cases.witness import Problem, Search
from schemas.case import DETECTED, UNKNOWN_AREA

IN_THE_YEAR: Final = (
    {"VIC_DETECT", "VIC_IDENT"}, {"VIC_DETECT", "VIC_PRESUMED"}, {*DETECTED},
)  # fmt: skip
"""Classes of persons if all were detected in the year, each by the indicators that count it."""

BEFORE: Final = ({"VIC_IDENT"}, {"VIC_PRESUMED"})
"""Further classes if some were detected in an earlier year."""


def classes_of(indicators: Collection[str]) -> list[list[tuple[str, ...]]]:
    """Return what readers may take for granted, the most first: classes of persons.

    Each class is the indicators that count it. All persons were detected in the year; or some
    before; or the indicators count each their own.
    """
    if len(indicators) < 2:
        return [[(each,) for each in indicators]]
    every = (IN_THE_YEAR, (*IN_THE_YEAR, *BEFORE), [{each} for each in sorted(indicators)])
    known = ([tuple(sorted(each.intersection(indicators))) for each in one] for one in every)
    return [[*dict.fromkeys(each for each in one if each)] for one in known]


def by_class(
    block: Block, indicators: Sequence[str], classes: Sequence[Collection[str]]
) -> sp.csr_matrix:
    """Return figures (rows) as sums of the cases of each class, class by class.

    `indicators` has the indicator of each figure of the block.
    """
    of_class = ([float(name in each) for name in indicators] for each in classes)
    return sp.hstack([sp.diags(each) @ block.matrix for each in of_class], format="csr")


class Part(NamedTuple):
    """The figures of an indicator and period, and what witnesses must reach of them."""

    indicator: str
    block: Block
    problem: Problem


def joint_problem(parts: Sequence[Part], seed: int) -> tuple[Problem, int]:
    """Return the problem of indicators that count the same persons, figures part by part.

    And the place in `classes_of` of what a reader takes for granted there.

    Readers may take all who are presumed or identified in a year to be detected in it. Persons who
    were detected before may make this wrong, and other descriptions of a person even that those
    detected are presumed or identified; where the counts do not agree with either, each indicator
    is for itself.
    """
    together = classes_of([each.indicator for each in parts])[:-1]
    for place, classes in enumerate(together):
        found = _joined(parts, _by_class(parts, classes))
        if Search(found, np.random.default_rng(seed)).is_possible():
            return found, place
    matrix = sp.block_diag([each.problem.matrix for each in parts], format="csr")
    return _joined(parts, matrix), len(together)


def _by_class(parts: Sequence[Part], classes: Sequence[Collection[str]]) -> sp.csr_matrix:
    """Return the figures (rows) as sums of the cases of each class, class by class."""
    blocks = [each.block for each in parts]
    cells = [cell for block in blocks for cell in block.cells]
    releases = [name for block in blocks for name in block.releases]
    unknown = any(cell[0] == UNKNOWN_AREA for block in blocks for cell in block.finest)
    indicators = [each.indicator for each in parts for _ in each.block.cells]
    return by_class(block_of(cells, releases, with_unknown_area=unknown), indicators, classes)


def _joined(parts: Sequence[Part], matrix: sp.csr_matrix) -> Problem:
    problems = [each.problem for each in parts]
    names = [each.name for each in fields(Problem) if each.name not in ("matrix", "most")]
    arrays = {name: np.concatenate([getattr(each, name) for each in problems]) for name in names}
    return Problem(matrix=matrix, most=max(each.most for each in problems), **arrays)
