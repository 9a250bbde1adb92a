"""A certificate of disclosure control, computed from the printed table alone.

It consists of tables of whole numbers that a reader cannot exclude, which together show for every
hidden figure that it is uncertain. Nothing secret goes in, so nothing secret can come out: anybody
can compute a certificate from a publication, and `check` verifies it without a solver. The bounds
that a reader can derive are those of linear programming; see Duncan, Fienberg, Krishnan, Padman and
Roehrig (2001), and Kelly, Golden and Assad (1992, doi:10.1002/net.3230220407).
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.cases.block import Block, block_of, bounds_of, cells_of
from pipelines.cases.margins import DIMENSIONS, thresholds
from pipelines.cases.printed import BLOCK
from pipelines.cases.solver import Constraints, whole_numbers

COLUMNS: Final = ("indicator", "time_period", "witness", "release", *DIMENSIONS, "count")
"""Columns of a certificate; one row per witness, release and finest cell that has cases."""

SEED: Final = 20010702
MOST_FAILURES: Final = 24
"""Witnesses in a row that show nothing new, after which the search ends."""

MARGIN: Final = 10
"""How much more a finest cell may have than any printed figure that is bounded."""

OTHERS: Final = 0.3
"""Weight of a figure hidden for another's sake, beside that of a small count."""


@dataclass
class Evidence:
    """The ends that witnesses have still to reach."""

    lower: np.ndarray  # least value of each figure that its print allows
    upper: np.ndarray  # greatest value, or infinity
    high: np.ndarray  # end to be reached upwards; the lower one is `lower`
    two_ends: np.ndarray  # True for figures both ends of which must be reached (A, C, Q)
    other: np.ndarray  # True for figures that must differ between two witnesses (S)
    least: np.ndarray = field(init=False)  # of each figure in any witness so far
    greatest: np.ndarray = field(init=False)  # of each figure in any witness so far

    def __post_init__(self) -> None:
        self.least = np.full(len(self.lower), np.inf)
        self.greatest = np.full(len(self.lower), -np.inf)

    @property
    def falling(self) -> np.ndarray:
        """Return the figures that no witness has at its lower end."""
        return self.two_ends & (self.least > self.lower)

    @property
    def rising(self) -> np.ndarray:
        """Return the figures that no witness has at its upper end."""
        return self.two_ends & (self.greatest < self.high)

    @property
    def fixed(self) -> np.ndarray:
        """Return the figures that have the same value in all witnesses but should not."""
        return self.other & ~(self.greatest > self.least)

    @property
    def left(self) -> int:
        """Return the number of ends that are left."""
        return int(self.falling.sum() + self.rising.sum() + self.fixed.sum())

    def take(self, value: np.ndarray) -> int:
        """Take a witness's values into account; return how many ends it is the first to reach."""
        before = self.left
        if (value < self.lower).any() or (value > self.upper).any():
            return 0
        self.least, self.greatest = np.minimum(self.least, value), np.maximum(self.greatest, value)
        return before - self.left


def certify(printed: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return a certificate, columns of `COLUMNS`, and how many ends it does not show.

    Args:
        printed: columns of `printed.COLUMNS`, of one release or of all that readers have.
    """
    parts, gaps = [pd.DataFrame(columns=list(COLUMNS))], 0
    for (indicator, period), rows in printed.groupby(list(BLOCK), sort=True):
        witnesses, left = _block_witnesses(rows)
        gaps += left
        parts.extend(
            part.assign(indicator=indicator, time_period=period, witness=number)
            for number, part in enumerate(witnesses)
        )
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)], gaps


def write(certificate: pd.DataFrame, file: Path) -> None:
    """Write a certificate as CSV, compressed; the same certificate gives the same bytes."""
    text = certificate.to_csv(index=False, lineterminator="\n")
    file.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _block_witnesses(rows: pd.DataFrame) -> tuple[list[pd.DataFrame], int]:
    """Return the witnesses of a block and how many ends they do not reach.

    Persons of unknown subdivision are assumed only where the figures do not add up without them.
    """
    best: tuple[list[pd.DataFrame], int] | None = None
    releases = sorted(set(rows["release"]))
    for unknown in (False, True):
        block = block_of(cells_of(rows), list(rows["release"]), with_unknown_area=unknown)
        evidence = _evidence(rows)
        tables = list(_search(block, evidence))
        if best is None or evidence.left < best[1]:
            best = [_rows(block, table, releases) for table in tables], evidence.left
        if not best[1] or len(block.finest) == 1:
            break
    assert best is not None  # noqa: S101  # the loop runs at least once
    return best


def _evidence(rows: pd.DataFrame) -> Evidence:
    lower, upper = bounds_of(rows)
    status = rows["conf_status"].to_numpy(dtype=str)
    high = np.where(status == "C", np.minimum(upper, thresholds(cells_of(rows))), upper)
    return Evidence(lower, upper, high, np.isin(status, ["A", "C", "Q"]), status == "S")


def _search(block: Block, evidence: Evidence) -> Iterator[np.ndarray]:
    """Yield witnesses, as cases added, until nothing is left or nothing new is found."""
    random, failures = np.random.default_rng(SEED), 0
    finite = evidence.upper[np.isfinite(evidence.upper)]
    columns = block.matrix.shape[1]
    most = np.full(columns, finite.max(initial=0) + MARGIN)
    constraints = Constraints(block.matrix, evidence.lower, evidence.upper, most, columns)
    share = 1.0
    while evidence.left and failures < MOST_FAILURES:
        is_first = bool(np.isinf(evidence.least).all())
        cost = block.matrix.T @ _push(evidence, random, share)
        table = whole_numbers(cost + random.uniform(0, 1e-4, columns), constraints, random)
        if table is None and is_first:
            return
        reached = 0 if table is None else evidence.take(block.matrix @ table)
        if table is not None and (reached or is_first):
            yield table
        failures = 0 if reached else failures + 1
        share = min(1.0, 2 * share) if reached else share / 2


def _push(evidence: Evidence, random: np.random.Generator, share: float) -> np.ndarray:
    """Return a cost per unit of each figure that draws a share of them to the ends left."""
    count = len(evidence.lower)
    chosen, coin = random.random(count) < share, random.random(count) < 0.5
    falling, rising, fixed = evidence.falling, evidence.rising, evidence.fixed
    if not (chosen & (falling | rising | fixed)).any():
        chosen[random.choice(np.flatnonzero(falling | rising | fixed))] = True
    up = chosen & ((rising & (coin | ~falling)) | (fixed & coin))
    down = chosen & (falling | fixed) & ~up
    weight = random.uniform(0.5, 1.5, count) * np.where(evidence.other, OTHERS, 1.0)
    return weight * (down.astype(float) - up)


def _rows(block: Block, table: np.ndarray, releases: list[str]) -> pd.DataFrame:
    """Return the finest cells that have cases in a witness, release by release.

    A witness without any case has a row too, with the count 0.
    """
    counts = table.reshape(len(releases), -1).cumsum(axis=0)
    release, cell = np.nonzero(counts) if counts.any() else (np.array([0]), np.array([0]))
    rows = pd.DataFrame([block.finest[each] for each in cell], columns=list(DIMENSIONS))
    return rows.assign(release=[releases[each] for each in release], count=counts[release, cell])
