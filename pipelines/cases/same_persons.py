"""What witnesses must reach of figures, and of those that count the same persons, together.

Victims presumed, identified and detected in one year are the same persons, and readers know it.
Those detected are presumed, identified or both. Each class of persons is counted by some of the
indicators, so the figures of all are sums of cases by class: a block of its own.
"""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from pipelines.cases.block import (
    Block,
    are_named,
    block_of,
    cells_of,
    parts_of,
    thresholds,
)
from pipelines.cases.witness import Problem, Search
from pipelines.protection.cells import price
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


def problem_of(figures: pd.DataFrame, matrix: sp.csr_matrix, margin: float) -> Problem:
    """Return what witnesses must reach of figures, and which may be hidden for it.

    Args:
        figures: columns of `DIMENSIONS`, conf_status, lower and upper (what the print allows; no
            bound is infinity), count (of those that may be hidden) and is_new (False for those that
            are printed already).
        matrix: figures (rows) as sums of finest cells.
        margin: how much more a finest cell may have than any figure that is bounded.
    """
    cells = cells_of(figures)
    threshold, named = thresholds(cells), are_named(cells)
    status, true = figures["conf_status"].to_numpy(dtype=str), figures["count"].to_numpy()
    lower, upper = (figures[name].to_numpy(dtype=float) for name in ("lower", "upper"))
    divided = np.array([bool(parts_of(cell)) for cell in cells])
    is_large = ~named | (true >= threshold)
    can_hide = figures["is_new"].to_numpy(dtype=bool) & (status == "F") & is_large & divided
    return Problem(
        matrix=matrix,
        lower=np.where(can_hide, np.where(named, threshold, 0), lower),
        upper=np.where(can_hide, np.inf, upper),
        sought=np.isin(status, ["A", "C", "Q"]),
        high=np.where(status == "C", np.minimum(upper, threshold), upper),
        differ=status == "S",
        true=true,
        open=can_hide,
        cost=np.array([price(parts_of(cell)) for cell in cells]),
        most=float(upper[np.isfinite(upper)].max(initial=0) + margin),
    )


def joint_problem(figures: pd.DataFrame, blocks: Sequence[Block], seed: int) -> tuple[Problem, int]:
    """Return the problem of indicators that count the same persons.

    And the place in `classes_of` of what a reader takes for granted there. `figures` are as in
    `problem_of`, with their indicator and release, block by block.

    Readers may take all who are presumed or identified in a year to be detected in it. Persons who
    were detected before may make this wrong, and other descriptions of a person even that those
    detected are presumed or identified; where the counts do not agree with either, each indicator
    is for itself.
    """
    indicators = list(figures["indicator"])
    margin = thresholds(cells_of(figures)).max()
    together = classes_of([*dict.fromkeys(indicators)])[:-1]
    for place, classes in enumerate(together):
        unknown = any(cell[0] == UNKNOWN_AREA for block in blocks for cell in block.finest)
        releases = list(figures["release"])
        block = block_of(cells_of(figures), releases, with_unknown_area=unknown)
        found = problem_of(figures, by_class(block, indicators, classes), margin)
        if Search(found, np.random.default_rng(seed)).is_possible():
            return found, place
    matrix = sp.block_diag([block.matrix for block in blocks], format="csr")
    return problem_of(figures, matrix, margin), len(together)
