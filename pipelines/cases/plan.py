"""The plan: which tables of an extract's counts are printed, for the nation and for its areas.

A plan is a CSV file with columns `scope` (`nation` or `area`) and `dimensions` (of sex, age,
exploitation and citizenship, separated by spaces; empty for totals). Every table is by indicator
and year. The default, `lean_plan.csv`, crosses two dimensions for the nation and none for areas: by
area, two-way tables would have nearly all their cells hidden. Zeros are hidden like other small
counts, unless a line `zeros,printed` says otherwise.
"""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.cases.errors import CaseError
from schemas.case import THRESHOLD, TOTAL, UNKNOWN_AREA

LEAN: Final = Path(__file__).with_name("lean_plan.csv")
BREAKDOWNS: Final = ("sex", "age", "exploitation", "citizenship")
SCOPES: Final = ("nation", "area")
HEADER: Final = ["scope", "dimensions"]
ZEROS: Final = ["zeros", "printed"]
"""Line of a plan that prints zeros."""
NEVER: Final = frozenset({"age", "exploitation"})
"""Dimensions that are not crossed by area: a person might be known by them."""


@dataclass(frozen=True)
class PlannedTable:
    """A table that is printed, for each indicator and year."""

    scope: str  # nation, or area for one row per subdivision
    dimensions: tuple[str, ...]  # of the breakdown, in the order of `BREAKDOWNS`

    @property
    def by(self) -> list[str]:
        """Return the columns that tell its cells of a year apart."""
        return ["ref_area"] * (self.scope == "area") + list(self.dimensions)

    @property
    def title(self) -> str:
        """Return what the table shows."""
        return f"{self.scope}: {' x '.join(self.dimensions) or 'total'}"


@dataclass(frozen=True)
class Plan:
    """Tables to print."""

    # those of the plan and their margins, since these are printed with them
    tables: list[PlannedTable]
    prints_zeros: bool  # True if zeros are not hidden


def read_plan(path: Path = LEAN) -> Plan:
    """Return a plan.

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
    named = [(number, line) for number, line in enumerate(lines[1:], 2) if line and line != ZEROS]
    if not named:
        raise CaseError(f"{path}: names no table; write a line for each, such as nation,sex")
    margins = {margin for number, line in named for margin in _margins(_table(path, number, line))}
    return Plan(sorted(margins, key=_order), prints_zeros=ZEROS in lines)


def recorded(plan: Plan, cells: pd.DataFrame) -> Plan:
    """Return the plan with those tables whose dimensions the extract records, areas included."""
    totals = {name for name in BREAKDOWNS if (cells[name] == TOTAL).all()}
    has_areas = bool(cells["ref_area"].str.contains("-").any())
    tables = [
        table
        for table in plan.tables
        if totals.isdisjoint(table.dimensions) and (has_areas or table.scope == "nation")
    ]
    return replace(plan, tables=tables)


def planned_cells(
    tables: Sequence[PlannedTable], codes: Mapping[str, Sequence[str]], state: str
) -> list[tuple[str, ...]]:
    """Return all cells of the planned tables, each once; `codes` are those of each dimension."""
    cells: dict[tuple[str, ...], None] = {}
    for table in tables:
        areas = codes["ref_area"] if table.scope == "area" else (state,)
        parts = (codes[name] if name in table.dimensions else (TOTAL,) for name in BREAKDOWNS)
        cells.update(dict.fromkeys(product(areas, *parts)))
    return list(cells)


def title_of(row: Mapping[str, Any], country: str) -> str:
    """Return the title of the table that a printed figure belongs to."""
    dimensions = tuple(name for name in BREAKDOWNS if row[name] != TOTAL)
    return PlannedTable("nation" if row["ref_area"] == country else "area", dimensions).title


def small_cells(cells: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return how many cells of each table are below the threshold: zeros too, unless printed.

    Grain: one row per indicator and table. Columns: indicator, table, cells, small. The cells of a
    table are the combinations of the codes that occur in its indicator.
    """
    rows = [
        (indicator, table.title, *_size(of_one, table, plan.prints_zeros))
        for indicator, of_one in cells.groupby("indicator")
        for table in plan.tables
    ]
    return pd.DataFrame(rows, columns=["indicator", "table", "cells", "small"])


def _size(cells: pd.DataFrame, table: PlannedTable, prints_zeros: bool) -> tuple[int, int]:
    """Return the number of cells, and of those to be hidden as small.

    Persons of unknown area count for the nation only.
    """
    if table.scope == "area":
        cells = cells[cells["ref_area"] != UNKNOWN_AREA]
    by = ["time_period", *table.by]
    possible = math.prod(cells[name].nunique() for name in by)
    counts = cells.groupby(by)["count"].sum()
    zeros = 0 if prints_zeros else possible - len(counts)
    return possible, zeros + int((counts < THRESHOLD).sum())


def _table(path: Path, number: int, line: Sequence[str]) -> PlannedTable:
    scope, words = line[0].strip(), (line[1] if len(line) == len(HEADER) else "?").split()
    if scope not in SCOPES or len(set(words)) < len(words) or not {*words} <= {*BREAKDOWNS}:
        raise CaseError(
            f"{path}, line {number}: write {' or '.join(SCOPES)}, a comma, and dimensions of "
            f"{', '.join(BREAKDOWNS)}, separated by spaces; or {','.join(ZEROS)}"
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
