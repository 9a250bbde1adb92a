"""Disclosure control of counts from case records: what is printed exactly, and what is hidden.

Thresholds and prices are those of `protection.cells`, public and the same for every state and for
forms. Primary suppression hides counts below the threshold, as `1–4` or `1–9`: readers learn that
they are small. Zeros are printed, and persons of whom something is unknown; parts of a small count
are not. Complementary suppression hides as much more as keeps both ends of every small count
possible, against a reader who has all printed tables of the block and all earlier releases, by the
method of `witness`. The cells of a block are protected together, since they add up to each other,
and so are the blocks of a period that count the same persons (`same_persons`).

The total of the state is hidden only if it is small itself. Where it is below 20, the figures of a
table with a small count are printed alike, as ranges that may be small or not. Where nothing
protects, tables are left out, the finest first.

A second release of a calendar year prints small changes as ranges: docs/decisions/cases.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from pipelines.cases.block import Block, block_of, bounds_of, cells_of, codes_of, counts_of
from pipelines.cases.errors import CaseError
from pipelines.cases.margins import (
    DIMENSIONS,
    Cell,
    are_named,
    least_wholes,
    parts_of,
    state_of,
    thresholds,
    wholes,
)
from pipelines.cases.plan import PlannedTable, planned_cells
from pipelines.cases.printed import COLUMNS, KEY
from pipelines.cases.same_persons import Part, joint_problem
from pipelines.cases.witness import Problem, Search
from pipelines.protection.cells import price
from pipelines.protection.programme import COARSE_BELOW
from schemas.case import DETECTED, UNKNOWN_AREA

SEED: Final = 20010701


@dataclass(frozen=True)
class Policy:
    """Rules of a publication."""

    state: str  # alpha-3 code of the state whose cases are counted
    release: str  # day of the release, ISO 8601
    # True to print small changes since earlier releases exactly
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
    threshold: np.ndarray  # count below which each is small
    is_named: np.ndarray  # True for figures without an unknown code

    @property
    def floor(self) -> np.ndarray:
        """Return the least value of each figure once it is hidden for another's sake."""
        return np.where(self.is_named, self.threshold, 0)

    @property
    def is_total(self) -> np.ndarray:
        """Return which figures are the total of the state."""
        return np.array([not parts_of(cell) for cell in self.block.cells])


def protect(
    cells: pd.DataFrame,
    tables: Sequence[PlannedTable],
    policy: Policy,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the printed table of a release: columns of `printed.COLUMNS`, a row per figure.

    Parts of small counts, and tables that cannot be protected, have no rows.

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
    parts = []
    for period in sorted({*cells["time_period"], *earlier["time_period"]}):
        drafts = []
        for indicator in sorted(set(cells["indicator"])):
            counted = cells[cells["indicator"] == indicator]
            before = earlier[earlier["indicator"] == indicator]
            planned = planned_cells(tables, codes_of(counted, before), policy.state)
            drafts.append(
                _Draft(
                    indicator, planned, counted[counted["time_period"] == period],
                    before[before["time_period"] == period].sort_values("release", kind="stable"),
                )
            )  # fmt: skip
        for group in _together(drafts):
            for indicator, pattern in _protected(group, policy, period).items():
                printed = _printed(pattern)
                parts.append(printed.assign(indicator=indicator, time_period=period))
    rows = pd.concat(parts, ignore_index=True).assign(release=policy.release)
    return rows[list(COLUMNS)].sort_values(list(KEY), ignore_index=True)


@dataclass
class _Draft:
    """The counts of an indicator and period, and what is to be printed of them."""

    indicator: str
    planned: list[Cell]
    counted: pd.DataFrame
    before: pd.DataFrame
    without_change: set[Cell] = field(default_factory=set)

    def pattern(self, policy: Policy) -> Pattern:
        """Return the pattern of primary suppression."""
        planned = _without_parts_of_small(self.planned, self.counted)
        return _primary(planned, self.counted, self.before, policy, self.without_change)

    def give_up(self, pattern: Pattern, stuck: np.ndarray) -> bool:
        """Print less, given stuck figures of a pattern; return False if nothing is left to do."""
        if changes := _small_changes(pattern, stuck):
            self.without_change |= changes
            return True
        cells = [pattern.block.cells[row] for row in np.flatnonzero(stuck)]
        left_out = _finest_table(self.planned, cells)
        self.planned = [cell for cell in self.planned if (*parts_of(cell),) != left_out]
        return bool(left_out)


def _together(drafts: Sequence[_Draft]) -> list[list[_Draft]]:
    """Return the indicators that are protected together: those of detected victims."""
    detected = [each for each in drafts if each.indicator in DETECTED]
    return [*([detected] if detected else []), *([each] for each in drafts if each not in detected)]


def _protected(drafts: list[_Draft], policy: Policy, period: str) -> dict[str, Pattern]:
    """Return the patterns with complementary suppression, by indicator.

    An indicator whose small total follows from the others is left out.

    Raises:
        CaseError: earlier releases leave no way to protect the figures.
    """
    for draft in drafts:
        _refuse_withdrawn(draft, period)
    while True:
        patterns = [draft.pattern(policy) for draft in drafts]
        stuck = _hide(drafts, patterns)
        if not any(each.any() for each in stuck):
            return dict(zip((draft.indicator for draft in drafts), patterns, strict=True))
        given_up = [
            draft.give_up(pattern, of_one)
            for draft, pattern, of_one in zip(drafts, patterns, stuck, strict=True)
            if of_one.any()
        ]
        if any(given_up):
            continue
        told = [
            draft for draft, of_one in zip(drafts, stuck, strict=True)
            if of_one.any() and draft.before.empty
        ]  # fmt: skip
        if not told or len(drafts) == 1:
            names, left = " ".join(draft.indicator for draft in drafts), sum(map(np.sum, stuck))
            raise CaseError(
                f"{names} {period}: {left} small counts of this release and the earlier "
                "ones cannot be protected together; print the period with the yearly revision"
            )
        drafts = [draft for draft in drafts if draft is not told[0]]


def _hide(drafts: Sequence[_Draft], patterns: Sequence[Pattern]) -> list[np.ndarray]:
    """Hide figures for others' sake; return which cannot be protected, of each pattern.

    Once figures are hidden, a reader may again take for granted what true counts contradict; then
    more are hidden, for this reader.
    """
    none = [np.zeros(len(each.status), dtype=bool) for each in patterns]
    ends, last = np.cumsum([len(each) for each in none])[:-1], -1
    while True:
        parts = [
            Part(draft.indicator, pattern.block, _problem(pattern))
            for draft, pattern in zip(drafts, patterns, strict=True)
        ]
        problem, place = joint_problem(parts, SEED)
        if place == last:
            return none
        search = Search(problem, np.random.default_rng(SEED))
        hidden = search.run()
        if search.left:
            return np.split(search.sought_left, ends)
        for pattern, of_one in zip(patterns, np.split(hidden, ends), strict=True):
            pattern.status[of_one] = "S"
            pattern.lower[of_one], pattern.upper[of_one] = pattern.floor[of_one], np.inf
        if not place:  # whoever takes less for granted can exclude less
            return none
        last = place


def _small_changes(pattern: Pattern, wanted: np.ndarray) -> set[Cell]:
    """Return the cells, but the total, of wanted figures that are printed as small changes."""
    rows = wanted & pattern.is_new & (pattern.status == "Q") & ~pattern.is_total
    return {pattern.block.cells[row] for row in np.flatnonzero(rows)}


def _refuse_withdrawn(draft: _Draft, period: str) -> None:
    now = dict(zip(draft.planned, counts_of(draft.counted, draft.planned), strict=True))
    least = zip(cells_of(draft.before), bounds_of(draft.before)[0], strict=True)
    if fewer := sum(now.get(cell, np.inf) < low for cell, low in least):
        raise CaseError(
            f"{draft.indicator} {period}: {fewer} figures are lower than an earlier release "
            "prints; protection of releases together needs cases that are only added"
        )


def _without_parts_of_small(planned: list[Cell], counted: pd.DataFrame) -> list[Cell]:
    """Return the cells without those within a small count: their zeros would tell it."""
    true, state = counts_of(counted, planned), state_of(planned)
    is_small = are_named(planned) & (true > 0) & (true < thresholds(planned))
    small = {planned[row] for row in np.flatnonzero(is_small)}
    return [cell for cell in planned if not small & {*wholes(cell, state)} - {cell}]


def _finest_table(planned: list[Cell], stuck: list[Cell]) -> tuple[str, ...]:
    """Return the finest table that has a stuck cell or its parts, by its dimensions.

    Areas are finer than the nation; the total of the state is no table.
    """
    least = [{*parts_of(cell)} for cell in stuck]
    tables = {(*parts_of(cell),) for cell in planned} - {()}
    finer = [table for table in tables if any(each <= {*table} for each in least)]
    return max(finer, key=_fineness, default=())


def _fineness(table: tuple[str, ...]) -> tuple[bool, int, list[int]]:
    return "ref_area" in table, len(table), [DIMENSIONS.index(name) for name in table]


def _primary(
    planned: list[Cell],
    counted: pd.DataFrame,
    before: pd.DataFrame,
    policy: Policy,
    without_change: Collection[Cell],
) -> Pattern:
    """Return the pattern of primary suppression: small counts, and small changes of counts.

    Figures `without_change` are hidden altogether where they changed by few.
    """
    releases = [*before["release"], *[policy.release] * len(planned)]
    unknown = bool((counted["ref_area"] == UNKNOWN_AREA).any())
    block = block_of([*cells_of(before), *planned], releases, with_unknown_area=unknown)
    true, threshold, named = counts_of(counted, planned), thresholds(planned), are_named(planned)
    status, lower, upper = np.full(len(true), "F"), true.astype(float), true.astype(float)
    divided = np.array([bool(parts_of(cell)) for cell in planned])
    small = named & (true > 0) & (true < threshold)
    status[small], lower[small], upper[small] = "A", 1, threshold[small] - 1
    if not policy.is_yearly_revision:
        last = _last_exact(planned, before)
        changed = named & (true > last) & (true - last < threshold) & ~small
        status[changed], lower[changed] = "Q", last[changed]
        upper[changed] = (last + threshold - 1)[changed]
        hidden = changed & np.array([cell in without_change for cell in planned], dtype=bool)
        status[hidden], lower[hidden], upper[hidden] = "S", threshold[hidden], np.inf
    alike = _of_small_totals(planned, true, small) & named & divided & (true > 0)
    status[alike], lower[alike], upper[alike] = "C", 1, true[~divided].max(initial=0)
    bounds = zip(bounds_of(before), (lower, upper), strict=True)
    lower, upper = (np.concatenate(each) for each in bounds)
    return Pattern(
        block, np.concatenate([before["conf_status"].to_numpy(dtype=str), status]), lower, upper,
        np.concatenate([np.zeros(len(before), dtype=np.int64), true]),
        np.arange(len(releases)) >= len(before),
        thresholds(block.cells), are_named(block.cells),
    )  # fmt: skip


def _of_small_totals(planned: list[Cell], true: np.ndarray, small: np.ndarray) -> np.ndarray:
    """Return the cells of tables with a small count, if the total is below `COARSE_BELOW`."""
    tables = [(*parts_of(cell),) for cell in planned]
    if any(not table and true[row] >= COARSE_BELOW for row, table in enumerate(tables)):
        return np.zeros(len(planned), dtype=bool)
    with_small = {tables[row] for row in np.flatnonzero(small)}
    return np.array([table in with_small for table in tables], dtype=bool)


def _last_exact(planned: list[Cell], before: pd.DataFrame) -> np.ndarray:
    """Return the figure that was printed exactly last of each cell; minus infinity if none was."""
    exact = before[before["conf_status"] == "F"]
    values = dict(zip(cells_of(exact), exact["value"].astype(float), strict=True))
    return np.array([values.get(cell, -np.inf) for cell in planned])


def _problem(pattern: Pattern) -> Problem:
    """Return what witnesses must reach, and which figures may be hidden for it."""
    is_large = ~pattern.is_named | (pattern.true >= pattern.threshold)
    can_hide = pattern.is_new & (pattern.status == "F") & is_large & ~pattern.is_total
    alike = pattern.status == "C"
    bounded = np.isfinite(pattern.upper)
    return Problem(
        matrix=pattern.block.matrix,
        lower=np.where(can_hide, pattern.floor, pattern.lower),
        upper=np.where(can_hide, np.inf, pattern.upper),
        sought=np.isin(pattern.status, ["A", "C", "Q"]),
        high=np.where(alike, np.minimum(pattern.upper, pattern.threshold), pattern.upper),
        differ=pattern.status == "S",
        true=pattern.true,
        open=can_hide,
        cost=np.array([price(parts_of(cell)) for cell in pattern.block.cells]),
        most=float(pattern.upper[bounded].max(initial=0) + pattern.threshold.max()),
    )


def _printed(pattern: Pattern) -> pd.DataFrame:
    """Return the figures of this release with value, bounds and conf_status."""
    new = np.flatnonzero(pattern.is_new)
    status, true = pattern.status[new], pattern.true[new]
    exact, loose = status == "F", np.isin(status, ["S", "C"])
    columns = len(pattern.block.finest)
    within = least_wholes(pattern.block.matrix[new][:, -columns:], true.astype(float), exact)
    upper = np.where(loose, np.minimum(within, pattern.upper[new]), pattern.upper[new])
    cells = pd.DataFrame([pattern.block.cells[row] for row in new], columns=list(DIMENSIONS))
    return cells.assign(
        value=pd.array(np.where(exact, true, np.nan)).astype("Int64"),
        lower=pd.array(np.where(exact, np.nan, pattern.lower[new])).astype("Int64"),
        upper=pd.array(np.where(exact | np.isinf(upper), np.nan, upper)).astype("Int64"),
        conf_status=status,
    )
