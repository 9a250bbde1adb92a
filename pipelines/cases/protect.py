"""Disclosure control of counts from case records: what is printed exactly, and what is hidden.

Primary suppression hides counts below the threshold, as `<10`: readers learn that they are small.
Complementary suppression hides as much more as keeps every small count uncertain, between 0 and 9,
against a reader who has all printed tables of the block and all earlier releases. The method is
that of `witness`. The cells of a block are protected together, since they add up to each other.

Where complementary suppression cannot help (two small counts and their total, which readers would
know to be at least 10), the small counts and the totals above them are hidden alike, without a word
on their size. A block in which even that leaves a count too narrow is hidden as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from pipelines.cases.block import Block, block_of, bounds_of, cells_of, codes_of, counts_of
from pipelines.cases.errors import CaseError
from pipelines.cases.margins import (
    DIMENSIONS,
    Cell,
    is_area,
    least_wholes,
    summed,
)
from pipelines.cases.plan import PlannedTable, planned_cells
from pipelines.cases.printed import COLUMNS, KEY
from pipelines.cases.witness import Problem, Search
from schemas.case import THRESHOLD, UNKNOWN_AREA

LAST_SMALL: Final = THRESHOLD - 1
SEED: Final = 20010701
TOTAL_COSTS: Final = 3.0
"""Cost of hiding a total beside that of one of its parts: readers need the state's total most."""

ROUNDS: Final = 3
"""Rounds of hiding small counts and their totals alike, before a block is hidden as a whole."""


@dataclass(frozen=True)
class Policy:
    """Rules of a publication."""

    state: str  # alpha-3 code of the state whose cases are counted
    release: str  # day of the release, ISO 8601
    zeros_are_small: bool = True  # False to print zeros; small counts are then 1 to 9
    # True to print changes of 1 to 9 since earlier releases exactly
    is_yearly_revision: bool = False


@dataclass
class Pattern:
    """The printed form of the figures of a block, those of earlier releases first."""

    block: Block
    status: np.ndarray  # conf_status of each
    lower: np.ndarray  # least value that the print allows
    upper: np.ndarray  # greatest value, or infinity
    # counts of this release; 0 for earlier ones, whose prints are all that matters
    true: np.ndarray
    is_new: np.ndarray  # True for figures of this release


def protect(
    cells: pd.DataFrame,
    tables: Sequence[PlannedTable],
    policy: Policy,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the printed table of a release: columns of `printed.COLUMNS`, a row per figure.

    Args:
        cells: a row per combination of codes with its count of persons; columns indicator,
            ref_area, time_period, sex, age, exploitation, citizenship, count.
        tables: to be printed, all their margins included.
        policy: rules of the publication.
        earlier: printed tables of earlier releases; since then, cases were only added.

    Raises:
        CaseError: an earlier release prints more cases than there are now, or its figures
            leave no way to protect those of this one.
    """
    earlier = pd.DataFrame(columns=list(COLUMNS), dtype="str") if earlier is None else earlier
    _refuse_other_zeros(earlier, policy)
    parts = []
    for indicator in sorted(set(cells["indicator"])):
        counted = cells[cells["indicator"] == indicator]
        before = earlier[earlier["indicator"] == indicator]
        planned = planned_cells(tables, codes_of(counted, before), policy.state)
        for period in sorted({*cells["time_period"], *before["time_period"]}):
            pattern = _primary(
                planned, counted[counted["time_period"] == period],
                before[before["time_period"] == period], policy,
            )  # fmt: skip
            printed = _printed(_protected(pattern, f"{indicator} {period}"))
            parts.append(printed.assign(indicator=indicator, time_period=period))
    rows = pd.concat(parts, ignore_index=True).assign(release=policy.release)
    return rows[list(COLUMNS)].sort_values(list(KEY), ignore_index=True)


def _primary(
    planned: list[Cell], counted: pd.DataFrame, before: pd.DataFrame, policy: Policy
) -> Pattern:
    """Return the pattern of primary suppression: small counts, and small changes of counts."""
    before = before.sort_values("release", kind="stable")
    releases = [*before["release"], *[policy.release] * len(planned)]
    unknown = bool((counted["ref_area"] == UNKNOWN_AREA).any())
    block = block_of([*cells_of(before), *planned], releases, with_unknown_area=unknown)
    true, bounds = counts_of(counted, planned), [bounds_of(before)]
    first = 0 if policy.zeros_are_small else 1
    small = (true < THRESHOLD) & (true >= first)
    status, lower, upper = np.where(small, "A", "F"), true.astype(float), true.astype(float)
    lower[small], upper[small] = first, LAST_SMALL
    if not policy.is_yearly_revision:
        last = _last_exact(planned, before)
        changed = (true > last) & (true - last < THRESHOLD) & ~small
        status[changed], lower[changed], upper[changed] = "Q", last[changed], last[changed] + 9
    bounds.append((lower, upper))
    lower, upper = (np.concatenate(each) for each in zip(*bounds, strict=True))
    return Pattern(
        block, np.concatenate([before["conf_status"].to_numpy(dtype=str), status]), lower, upper,
        np.concatenate([np.zeros(len(before), dtype=np.int64), true]),
        np.arange(len(releases)) >= len(before),
    )  # fmt: skip


def _last_exact(planned: list[Cell], before: pd.DataFrame) -> np.ndarray:
    """Return the figure that was printed exactly last of each cell; minus infinity if none was."""
    exact = before[before["conf_status"] == "F"]
    values = dict(zip(cells_of(exact), exact["value"].astype(float), strict=True))
    return np.array([values.get(cell, -np.inf) for cell in planned])


def _protected(pattern: Pattern, block: str) -> Pattern:
    """Return the pattern with complementary suppression; `block` is named in messages.

    Raises:
        CaseError: earlier releases leave no way to protect the figures.
    """
    _refuse_withdrawn(pattern, block)
    for _ in range(ROUNDS):
        problem = _problem(pattern)
        search = Search(problem, np.random.default_rng(SEED))
        hidden = search.run()
        if not search.left:
            return _with_complementary(pattern, hidden)
        _hide_alike(pattern, np.flatnonzero(search.sought_left))
    _hide_all(pattern)
    search = Search(_problem(pattern), np.random.default_rng(SEED))
    search.run()
    if search.left:
        raise CaseError(
            f"{block}: {search.left} small counts of this release and the earlier ones cannot be "
            "protected together; print the period with the yearly revision"
        )
    return pattern


def _refuse_withdrawn(pattern: Pattern, block: str) -> None:
    now = {pattern.block.cells[row]: pattern.true[row] for row in np.flatnonzero(pattern.is_new)}
    rows = np.flatnonzero(~pattern.is_new)
    fewer = sum(now.get(pattern.block.cells[row], np.inf) < pattern.lower[row] for row in rows)
    if fewer:
        raise CaseError(
            f"{block}: {fewer} figures are lower than an earlier release prints; protection of "
            "releases together needs cases that are only added"
        )


def _refuse_other_zeros(earlier: pd.DataFrame, policy: Policy) -> None:
    least = earlier.loc[earlier["conf_status"] == "A", "lower"].astype("Int64")
    if (least != (not policy.zeros_are_small)).any():
        raise CaseError("zeros were hidden in an earlier release or are now; do as before")


def _problem(pattern: Pattern) -> Problem:
    """Return what witnesses must reach, and which figures may be hidden for it."""
    can_hide = pattern.is_new & (pattern.status == "F") & (pattern.true >= THRESHOLD)
    alike = pattern.status == "C"
    bounded = np.isfinite(pattern.upper)
    return Problem(
        matrix=pattern.block.matrix,
        lower=np.where(can_hide, THRESHOLD, pattern.lower),
        upper=np.where(can_hide, np.inf, pattern.upper),
        sought=np.isin(pattern.status, ["A", "C", "Q"]),
        high=np.where(alike, pattern.lower + THRESHOLD, pattern.upper),
        differ=pattern.status == "S",
        true=pattern.true,
        open=can_hide,
        cost=(1 + np.log2(np.maximum(pattern.true, 1)))
        * TOTAL_COSTS ** summed(pattern.block.cells),
        most=float(pattern.upper[bounded].max(initial=0) + THRESHOLD),
    )


def _with_complementary(pattern: Pattern, hidden: np.ndarray) -> Pattern:
    pattern.status[hidden] = "S"
    pattern.lower[hidden], pattern.upper[hidden] = THRESHOLD, np.inf
    return pattern


def _hide_alike(pattern: Pattern, stuck: np.ndarray) -> None:
    """Hide the least total above each stuck small count, and the small counts in it, alike.

    A stuck small change is hidden itself.
    """
    cells = pattern.block.cells
    place = {cells[row]: int(row) for row in np.flatnonzero(pattern.is_new)}
    _hide_without_size(pattern, stuck[pattern.is_new[stuck] & (pattern.status[stuck] == "Q")])
    for row in (row for row in stuck if pattern.is_new[row]):
        above = [
            (pattern.true[place[whole]], place[whole], name)
            for name, whole in _direct_wholes(cells[row], place)
            if pattern.status[place[whole]] not in ("C", "S")
        ]
        if above:
            _, total, name = min(above)
            family = [
                part
                for cell, part in place.items()
                if (name, cells[total]) in _direct_wholes(cell, place)
                and pattern.status[part] == "A"
            ]
            _hide_without_size(pattern, np.array([total, *family]))


def _direct_wholes(cell: Cell, place: dict[Cell, int]) -> list[tuple[str, Cell]]:
    """Return the printed totals of a cell over one dimension, each with its dimension."""
    state = next(each[0] for each in place if not is_area(each[0]))
    totals = (state, *["_T"] * (len(DIMENSIONS) - 1))
    found = []
    for number, (name, total) in enumerate(zip(DIMENSIONS, totals, strict=True)):
        whole = (*cell[:number], total, *cell[number + 1 :])
        if whole != cell and whole in place:
            found.append((name, whole))
    return found


def _hide_all(pattern: Pattern) -> None:
    _hide_without_size(pattern, np.flatnonzero(pattern.is_new))


def _hide_without_size(pattern: Pattern, rows: np.ndarray) -> None:
    """Hide figures without a word on their size, or as large ones where readers know that."""
    large = _known_least(pattern, rows) >= THRESHOLD
    pattern.status[rows] = np.where(large, "S", "C")
    pattern.lower[rows], pattern.upper[rows] = np.where(large, THRESHOLD, 0), np.inf


def _known_least(pattern: Pattern, rows: np.ndarray) -> np.ndarray:
    """Return the greatest lower bound that a figure within each row has, earlier ones included."""
    matrix, others = pattern.block.matrix, np.ones(len(pattern.status), dtype=bool)
    others[rows] = False
    size = np.asarray(matrix[others].sum(axis=1)).ravel()
    shared = (matrix[rows] @ matrix[others].T).tocoo()
    within = shared.data == size[shared.col]
    least = np.zeros(len(rows))
    np.maximum.at(least, shared.row[within], pattern.lower[others][shared.col[within]])
    return least


def _printed(pattern: Pattern) -> pd.DataFrame:
    """Return the figures of this release with value, bounds and conf_status."""
    new = np.flatnonzero(pattern.is_new)
    status, true = pattern.status[new], pattern.true[new]
    exact, loose = status == "F", np.isin(status, ["S", "C"])
    columns = len(pattern.block.finest)
    within = least_wholes(pattern.block.matrix[new][:, -columns:], true.astype(float), exact)
    upper = np.where(loose, within, pattern.upper[new])
    cells = pd.DataFrame([pattern.block.cells[row] for row in new], columns=list(DIMENSIONS))
    return cells.assign(
        value=pd.array(np.where(exact, true, np.nan)).astype("Int64"),
        lower=pd.array(np.where(exact, np.nan, pattern.lower[new])).astype("Int64"),
        upper=pd.array(np.where(exact | np.isinf(upper), np.nan, upper)).astype("Int64"),
        conf_status=status,
    )
