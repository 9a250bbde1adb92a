"""A certificate of disclosure control, computed from the printed table alone.

It consists of tables of whole numbers that a reader cannot exclude, which together show for every
hidden figure that it is uncertain. Nothing secret goes in, so nothing secret can come out: anybody
can compute a certificate from a publication, and `check` verifies it without a solver. The bounds
that a reader can derive are those of linear programming; see Duncan, Fienberg, Krishnan, Padman and
Roehrig (2001), and Kelly, Golden and Assad (1992, doi:10.1002/net.3230220407).
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from pipelines.cases.block import Block, block_of, bounds_of, cells_of
from pipelines.cases.margins import DIMENSIONS, thresholds
from pipelines.cases.same_persons import by_class, classes_of
from pipelines.cases.solver import Constraints, whole_numbers
from schemas.case import DETECTED

COLUMNS: Final = ("indicator", "time_period", "witness", "release", *DIMENSIONS, "count")
"""Columns of a certificate; one row per witness, class of persons, release and finest cell that has
cases. `indicator` names all that count the class, divided by blanks."""

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
    together = printed["indicator"].where(~printed["indicator"].isin(DETECTED), DETECTED[0])
    for (_, period), rows in printed.groupby([together, "time_period"], sort=True):
        witnesses, left = _block_witnesses(rows)
        gaps += left
        parts.extend(
            part.assign(time_period=period, witness=number) for number, part in enumerate(witnesses)
        )
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)], gaps


def write(certificate: pd.DataFrame, file: Path) -> None:
    """Write a certificate as CSV, compressed; the same certificate gives the same bytes."""
    text = certificate.to_csv(index=False, lineterminator="\n")
    file.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _block_witnesses(rows: pd.DataFrame) -> tuple[list[pd.DataFrame], int]:
    """Return the witnesses of a block and how many ends they do not reach.

    A block is an indicator, or all of detected victims, which may count the same persons. Persons
    who were detected before are assumed only where readers can tell that there are some; such of
    unknown subdivision where the figures do not add up without them.
    """
    best: tuple[list[pd.DataFrame], int] = [], 2 * len(rows) + 1
    releases, indicators = sorted(set(rows["release"])), list(rows["indicator"])
    for classes in classes_of(set(indicators)):
        for unknown in (False, True):
            block = block_of(cells_of(rows), list(rows["release"]), with_unknown_area=unknown)
            evidence = _evidence(rows)
            tables = list(_search(by_class(block, indicators, classes), evidence))
            if evidence.left < best[1]:
                names = [" ".join(each) for each in classes]
                best = [_rows(block, names, table, releases) for table in tables], evidence.left
            if not best[1] or len(block.finest) == 1:
                break
        if best[0]:
            break
    return best


def _evidence(rows: pd.DataFrame) -> Evidence:
    lower, upper = bounds_of(rows)
    status = rows["conf_status"].to_numpy(dtype=str)
    high = np.where(status == "C", np.minimum(upper, thresholds(cells_of(rows))), upper)
    return Evidence(lower, upper, high, np.isin(status, ["A", "C", "Q"]), status == "S")


def _search(matrix: sp.csr_matrix, evidence: Evidence) -> Iterator[np.ndarray]:
    """Yield witnesses, as cases added, until nothing is left or nothing new is found."""
    random, failures = np.random.default_rng(SEED), 0
    finite = evidence.upper[np.isfinite(evidence.upper)]
    columns = matrix.shape[1]
    most = np.full(columns, finite.max(initial=0) + MARGIN)
    constraints = Constraints(matrix, evidence.lower, evidence.upper, most, columns)
    share = 1.0
    while evidence.left and failures < MOST_FAILURES:
        is_first = bool(np.isinf(evidence.least).all())
        cost = matrix.T @ _push(evidence, random, share)
        table = whole_numbers(cost + random.uniform(0, 1e-4, columns), constraints, random)
        if table is None and is_first:
            return
        reached = 0 if table is None else evidence.take(matrix @ table)
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


def _rows(
    block: Block, classes: Sequence[str], table: np.ndarray, releases: list[str]
) -> pd.DataFrame:
    """Return the finest cells that have cases in a witness, class by class and release by release.

    A witness without any case has a row too, with the count 0.
    """
    counts = table.reshape(len(classes), len(releases), -1).cumsum(axis=1)
    found = np.nonzero(counts) if counts.any() else (np.array([0]),) * 3
    rows = pd.DataFrame([block.finest[each] for each in found[2]], columns=list(DIMENSIONS))
    return rows.assign(
        indicator=[classes[each] for each in found[0]],
        release=[releases[each] for each in found[1]],
        count=counts[found],
    )
