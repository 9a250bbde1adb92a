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

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from pipelines.cases.block import (
    Block,
    Cell,
    are_named,
    block_of,
    bounds_of,
    cells_of,
    codes_of,
    counts_of,
    least_wholes,
    parts_of,
    state_of,
    thresholds,
    wholes,
)
from pipelines.cases.errors import CaseError
from pipelines.cases.plan import PlannedTable, planned_cells
from pipelines.cases.printed import COLUMNS, KEY
from pipelines.cases.same_persons import joint_problem
from pipelines.cases.witness import Search
from pipelines.protection.cells import DIMENSIONS
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
        detected = [each for each in drafts if each.indicator in DETECTED]
        alone = [[each] for each in drafts if each.indicator not in DETECTED]
        for group in [*([detected] if detected else []), *alone]:
            parts.append(_protected(group, policy, period).assign(time_period=period))
    rows = pd.concat(parts, ignore_index=True).assign(release=policy.release)
    return rows[list(COLUMNS)].sort_values(list(KEY), ignore_index=True)


@dataclass
class _Draft:
    """The counts of an indicator and period, and what is to be printed of them."""

    indicator: str
    planned: list[Cell]
    counted: pd.DataFrame
    before: pd.DataFrame
    # cells that are hidden altogether where they changed by few
    without_change: set[Cell] = field(default_factory=set)

    def figures(self, policy: Policy) -> tuple[Block, pd.DataFrame]:
        """Return the figures with primary suppression: small counts, and small changes of counts.

        Those of earlier releases come first. Columns: indicator, release, `DIMENSIONS`,
        conf_status, lower and upper (what the print allows; no bound is infinity), count (0 of
        earlier releases, whose prints are all that matters), is_new.
        """
        planned = _without_parts_of_small(self.planned, self.counted)
        releases = [*self.before["release"], *[policy.release] * len(planned)]
        unknown = bool((self.counted["ref_area"] == UNKNOWN_AREA).any())
        cells = [*cells_of(self.before), *planned]
        block = block_of(cells, releases, with_unknown_area=unknown)
        true, threshold = counts_of(self.counted, planned), thresholds(planned)
        named, divided = are_named(planned), np.array([bool(parts_of(cell)) for cell in planned])
        status, lower, upper = np.full(len(true), "F"), true.astype(float), true.astype(float)
        small = named & (true > 0) & (true < threshold)
        status[small], lower[small], upper[small] = "A", 1, threshold[small] - 1
        if not policy.is_yearly_revision:
            exact = self.before[self.before["conf_status"] == "F"]
            values = dict(zip(cells_of(exact), exact["value"].astype(float), strict=True))
            last = np.array([values.get(cell, -np.inf) for cell in planned])
            changed = named & (true > last) & (true - last < threshold) & ~small
            status[changed], lower[changed] = "Q", last[changed]
            upper[changed] = (last + threshold - 1)[changed]
            hidden = changed & np.array([cell in self.without_change for cell in planned], bool)
            status[hidden], lower[hidden], upper[hidden] = "S", threshold[hidden], np.inf
        alike = _of_small_totals(planned, true, small) & named & divided & (true > 0)
        status[alike], lower[alike], upper[alike] = "C", 1, true[~divided].max(initial=0)
        bounds = zip(bounds_of(self.before), (lower, upper), strict=True)
        lower, upper = (np.concatenate(each) for each in bounds)
        figures = pd.DataFrame(cells, columns=list(DIMENSIONS)).assign(
            indicator=self.indicator,
            release=releases,
            conf_status=[*self.before["conf_status"], *status],
            lower=lower,
            upper=upper,
            count=np.concatenate([np.zeros(len(self.before), dtype=np.int64), true]),
            is_new=np.arange(len(releases)) >= len(self.before),
        )
        return block, figures

    def give_up(self, stuck: pd.DataFrame) -> bool:
        """Print less, given figures that are stuck; return False if nothing is left to do.

        Small changes, but of the total, are hidden altogether; else the finest table that has a
        stuck figure or its parts is left out. Areas are finer than the nation.
        """
        changed = cells_of(stuck[stuck["is_new"] & (stuck["conf_status"] == "Q")])
        if changes := {cell for cell in changed if parts_of(cell)}:
            self.without_change |= changes
            return True
        least = [{*parts_of(cell)} for cell in cells_of(stuck)]
        tables = {(*parts_of(cell),) for cell in self.planned} - {()}
        finer = [table for table in tables if any(each <= {*table} for each in least)]
        finest = max(finer, key=_fineness, default=None)
        self.planned = [cell for cell in self.planned if (*parts_of(cell),) != finest]
        return finest is not None


def _protected(drafts: list[_Draft], policy: Policy, period: str) -> pd.DataFrame:
    """Return the printed figures of indicators that are protected together.

    An indicator whose small total follows from the others is left out.

    Raises:
        CaseError: earlier releases leave no way to protect the figures.
    """
    for draft in drafts:
        _refuse_withdrawn(draft, period)
    while True:
        blocks, parts = zip(*(draft.figures(policy) for draft in drafts), strict=True)
        figures = pd.concat(parts, ignore_index=True)
        stuck = figures[_hide(figures, blocks)]
        if stuck.empty:
            return _printed(figures, blocks)
        by_draft = [(draft, stuck[stuck["indicator"] == draft.indicator]) for draft in drafts]
        of_stuck = [(draft, rows) for draft, rows in by_draft if len(rows)]
        given_up = [draft.give_up(rows) for draft, rows in of_stuck]
        if any(given_up):
            continue
        told = [draft for draft, _ in of_stuck if draft.before.empty]
        if not told or len(drafts) == 1:
            names = " ".join(draft.indicator for draft in drafts)
            raise CaseError(
                f"{names} {period}: {len(stuck)} small counts of this release and the earlier "
                "ones cannot be protected together; print the period with the yearly revision"
            )
        drafts = [draft for draft in drafts if draft is not told[0]]


def _hide(figures: pd.DataFrame, blocks: Sequence[Block]) -> np.ndarray:
    """Hide figures for others' sake, in place; return which cannot be protected.

    Once figures are hidden, a reader may again take for granted what true counts contradict; then
    more are hidden, for this reader.
    """
    cells, none, last = cells_of(figures), np.zeros(len(figures), dtype=bool), -1
    floor = np.where(are_named(cells), thresholds(cells), 0)
    while True:
        problem, place = joint_problem(figures, blocks, SEED)
        if place == last:
            return none
        search = Search(problem, np.random.default_rng(SEED))
        hidden = search.run()
        if search.left:
            return search.sought_left
        figures.loc[hidden, "conf_status"] = "S"
        figures.loc[hidden, "lower"], figures.loc[hidden, "upper"] = floor[hidden], np.inf
        if not place:  # whoever takes less for granted can exclude less
            return none
        last = place


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


def _fineness(table: tuple[str, ...]) -> tuple[bool, int, list[int]]:
    return "ref_area" in table, len(table), [DIMENSIONS.index(name) for name in table]


def _of_small_totals(planned: list[Cell], true: np.ndarray, small: np.ndarray) -> np.ndarray:
    """Return the cells of tables with a small count, if the total is below `COARSE_BELOW`."""
    tables = [(*parts_of(cell),) for cell in planned]
    if any(not table and true[row] >= COARSE_BELOW for row, table in enumerate(tables)):
        return np.zeros(len(planned), dtype=bool)
    with_small = {tables[row] for row in np.flatnonzero(small)}
    return np.array([table in with_small for table in tables], dtype=bool)


def _printed(figures: pd.DataFrame, blocks: Sequence[Block]) -> pd.DataFrame:
    """Return the figures of this release with value, bounds and conf_status."""
    found = []
    by_indicator = figures.groupby("indicator", sort=False)
    for block, (_, rows) in zip(blocks, by_indicator, strict=True):
        is_new = rows["is_new"].to_numpy()
        new, matrix = rows[is_new], block.matrix[is_new][:, -len(block.finest) :]
        exact, loose = new["conf_status"] == "F", new["conf_status"].isin(["S", "C"])
        within = least_wholes(matrix, new["count"].to_numpy(dtype=float), exact.to_numpy())
        upper = new["upper"].where(~loose, np.minimum(within, new["upper"]))
        found.append(
            new.assign(
                value=new["count"].where(exact).astype("Int64"),
                lower=new["lower"].mask(exact).astype("Int64"),
                upper=upper.mask(exact | np.isinf(upper)).astype("Int64"),
            )
        )
    return pd.concat(found)
