"""The plan: which tables of an extract's counts are printed, for the nation and for its areas.

A plan is a CSV file with columns `scope` (`nation` or `area`) and `dimensions` (of sex, age,
exploitation and citizenship, separated by spaces; empty for totals). Every table is by indicator
and year. The default, `lean_plan.csv`, crosses two dimensions for the nation and none for areas: by
area, two-way tables would have nearly all their cells hidden.
"""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.cases.errors import CaseError

THRESHOLD: Final = 10
"""Counts below it are hidden."""

LEAN: Final = Path(__file__).with_name("lean_plan.csv")
BREAKDOWNS: Final = ("sex", "age", "exploitation", "citizenship")
TOTAL: Final = "_T"
UNKNOWN_AREA: Final = "_U"
SCOPES: Final = ("nation", "area")
HEADER: Final = ["scope", "dimensions"]
NEVER: Final = frozenset({"age", "exploitation"})
"""Dimensions that are not crossed by area: a person might be known by them."""


@dataclass(frozen=True)
class PlannedTable:
    """A table that is printed, for each indicator and year.

    Attributes:
        scope: nation, or area for one row per subdivision.
        dimensions: of the breakdown, in the order of `BREAKDOWNS`.
    """

    scope: str
    dimensions: tuple[str, ...]

    @property
    def by(self) -> list[str]:
        """Return the columns that tell its cells of a year apart."""
        return ["ref_area"] * (self.scope == "area") + list(self.dimensions)

    @property
    def title(self) -> str:
        """Return what the table shows."""
        return f"{self.scope}: {' x '.join(self.dimensions) or 'total'}"


def read_plan(path: Path = LEAN) -> list[PlannedTable]:
    """Return the tables of a plan and their margins, since these are printed with them.

    Raises:
        CaseError: the plan has another header, an unknown word, or areas by age and exploitation.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError(f"{path}: not a text in UTF-8; save it as such") from None
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or lines[0] != HEADER:
        raise CaseError(f"{path}: write {','.join(HEADER)} into its first line")
    tables = [_table(path, number, line) for number, line in enumerate(lines[1:], 2) if line]
    if not tables:
        raise CaseError(f"{path}: names no table")
    margins = {margin for table in tables for margin in _margins(table)}
    return sorted(margins, key=_order)


def recorded(tables: Sequence[PlannedTable], cells: pd.DataFrame) -> list[PlannedTable]:
    """Return the tables whose dimensions the extract records, areas included."""
    totals = {name for name in BREAKDOWNS if (cells[name] == TOTAL).all()}
    has_areas = bool(cells["ref_area"].str.contains("-").any())
    return [
        table
        for table in tables
        if totals.isdisjoint(table.dimensions) and (has_areas or table.scope == "nation")
    ]


def title_of(row: Mapping[str, Any], country: str) -> str:
    """Return the title of the table that a printed figure belongs to."""
    dimensions = tuple(name for name in BREAKDOWNS if row[name] != TOTAL)
    return PlannedTable("nation" if row["ref_area"] == country else "area", dimensions).title


def small_cells(cells: pd.DataFrame, tables: Sequence[PlannedTable]) -> pd.DataFrame:
    """Return how many cells of each table are below the threshold, zeros included.

    Grain: one row per indicator and table. Columns: indicator, table, cells, small. The cells of a
    table are the combinations of the codes that occur in its indicator.
    """
    rows = [
        (indicator, table.title, *_size(of_one, table))
        for indicator, of_one in cells.groupby("indicator")
        for table in tables
    ]
    return pd.DataFrame(rows, columns=["indicator", "table", "cells", "small"])


def _size(cells: pd.DataFrame, table: PlannedTable) -> tuple[int, int]:
    """Return the number of cells, and of those below the threshold.

    Persons of unknown area count for the nation only.
    """
    if table.scope == "area":
        cells = cells[cells["ref_area"] != UNKNOWN_AREA]
    by = ["time_period", *table.by]
    possible = math.prod(cells[name].nunique() for name in by)
    large = int((cells.groupby(by)["count"].sum() >= THRESHOLD).sum())
    return possible, possible - large


def _table(path: Path, number: int, line: Sequence[str]) -> PlannedTable:
    scope, words = line[0].strip(), (line[1] if len(line) == len(HEADER) else "?").split()
    if scope not in SCOPES or len(set(words)) < len(words) or not {*words} <= {*BREAKDOWNS}:
        raise CaseError(
            f"{path}, line {number}: write {' or '.join(SCOPES)}, a comma, and dimensions of "
            f"{', '.join(BREAKDOWNS)}, separated by spaces"
        )
    if scope == "area" and {*words} >= NEVER:
        raise CaseError(f"{path}, line {number}: age x exploitation is never printed by area")
    return PlannedTable(scope, tuple(name for name in BREAKDOWNS if name in words))


def _order(table: PlannedTable) -> tuple[int, int, list[int]]:
    """Return a key that sorts the nation first, then by dimensions."""
    places = [BREAKDOWNS.index(name) for name in table.dimensions]
    return SCOPES.index(table.scope), len(places), places


def _margins(table: PlannedTable) -> list[PlannedTable]:
    """Return the table and all tables that its sums print."""
    return [
        PlannedTable(scope, dimensions)
        for scope in SCOPES[: 1 + SCOPES.index(table.scope)]
        for size in range(len(table.dimensions) + 1)
        for dimensions in combinations(table.dimensions, size)
    ]
