"""A certificate of disclosure control, computed from the printed table alone.

It consists of tables of whole numbers that a reader cannot exclude, which together show for every
hidden figure that it is uncertain. Nothing secret goes in, so nothing secret can come out: anybody
can compute a certificate from a publication, and `check` verifies it without a solver. The bounds
that a reader can derive are those of linear programming; see Duncan, Fienberg, Krishnan, Padman and
Roehrig (2001), and Kelly, Golden and Assad (1992, doi:10.1002/net.3230220407).
"""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.cases.block import Block, block_of, bounds_of, cells_of
from pipelines.cases.same_persons import by_class, classes_of, problem_of
from pipelines.cases.witness import Search
from pipelines.protection.cells import DIMENSIONS
from schemas.case import DETECTED

COLUMNS: Final = ("indicator", "time_period", "witness", "release", *DIMENSIONS, "count")
"""Columns of a certificate; one row per witness, class of persons, release and finest cell that has
cases. `indicator` names all that count the class, divided by blanks."""

SEED: Final = 20010702
MARGIN: Final = 10
"""How much more a finest cell may have than any printed figure that is bounded."""


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
    lower, upper = bounds_of(rows)
    figures = rows.assign(lower=lower, upper=upper, count=0, is_new=False)
    for classes in classes_of(set(indicators)):
        for unknown in (False, True):
            block = block_of(cells_of(rows), list(rows["release"]), with_unknown_area=unknown)
            problem = problem_of(figures, by_class(block, indicators, classes), MARGIN)
            search = Search(problem, np.random.default_rng(SEED))
            if search.is_possible():
                search.run()
            if search.left < best[1]:
                names = [" ".join(each) for each in classes]
                found = [_rows(block, names, table, releases) for table in search.tables]
                best = found, search.left
            if not best[1] or len(block.finest) == 1:
                break
        if best[0]:
            break
    return best


def _rows(
    block: Block, classes: Sequence[str], table: np.ndarray, releases: list[str]
) -> pd.DataFrame:
    """Return the finest cells that have cases in a witness, class by class and release by release.

    A witness without any case has a row too, with the count 0.
    """
    counts = table.reshape(len(classes), len(releases), -1).cumsum(axis=1)
    of_class, release, cell = np.nonzero(counts) if counts.any() else (np.array([0]),) * 3
    rows = pd.DataFrame([block.finest[each] for each in cell], columns=list(DIMENSIONS))
    return rows.assign(
        indicator=[classes[int(each)] for each in of_class],
        release=[releases[int(each)] for each in release],
        count=counts[of_class, release, cell],
    )
