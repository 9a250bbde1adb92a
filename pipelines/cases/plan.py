"""The plan: which tables of an extract's counts are printed, for the nation and for its areas.

A plan is a CSV file with columns `scope` (`nation` or `area`) and `dimensions` (of sex, age,
exploitation and citizenship, separated by spaces; empty for totals). Every table is by indicator
and year. The default, `lean_plan.csv`, has the totals, sex and age of the nation; the tables of
`offered_plan.csv` may be added where they hide little.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.cases.errors import CaseError
from pipelines.cases.texts import said
from pipelines.protection.cells import DIMENSIONS, TOTAL

LEAN: Final = Path(__file__).with_name("lean_plan.csv")
OFFERED: Final = LEAN.with_name("offered_plan.csv")
BREAKDOWNS: Final = DIMENSIONS[1:]
SCOPES: Final = ("nation", "area")
HEADER: Final = ["scope", "dimensions"]
NEVER: Final = frozenset({"age", "exploitation"})
"""Dimensions that are not crossed by area: a person might be known by them."""


@dataclass(frozen=True)
class PlannedTable:
    """A table that is printed, for each indicator and year."""

    scope: str  # nation, or area for one row per subdivision
    dimensions: tuple[str, ...]  # of the breakdown, in the order of `BREAKDOWNS`

    @property
    def line(self) -> str:
        """Return its line in a plan."""
        return f"{self.scope},{' '.join(self.dimensions)}"

    @property
    def place(self) -> tuple[int, ...]:
        """Return a key that sorts the nation first, then by dimensions."""
        places = [BREAKDOWNS.index(name) for name in self.dimensions]
        return (SCOPES.index(self.scope), len(places), *places)

    def title(self, words: Mapping[str, str]) -> str:
        """Return what it shows, in the language of some texts."""
        parts = [words[name] for name in self.dimensions or ("all",)]
        return f"{words[self.scope]}, {' × '.join(parts)}"


def read_plan(path: Path = LEAN) -> list[PlannedTable]:
    """Return the tables of a plan, without those that their sums print.

    Raises:
        CaseError: the plan has another header, an unknown word, or areas by age and exploitation.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError(said("plan_text", path=path)) from None
    lines = list(csv.reader(io.StringIO(text.replace(";", ","))))
    if not lines or lines[0] != HEADER:
        raise CaseError(said("plan_header", path=path))
    named = []
    for number, line in enumerate(lines[1:], 2):
        if line:
            scope, words = line[0].strip(), (line[1] if len(line) == len(HEADER) else "?").split()
            if scope not in SCOPES or len({*words}) < len(words) or not {*words} <= {*BREAKDOWNS}:
                known = {"scopes": ", ".join(SCOPES), "dimensions": ", ".join(BREAKDOWNS)}
                raise CaseError(said("plan_line", path=path, line=number, **known))
            if scope == "area" and {*words} >= NEVER:
                raise CaseError(said("plan_never", path=path, line=number))
            named.append(PlannedTable(scope, tuple(name for name in BREAKDOWNS if name in words)))
    if not named:
        raise CaseError(said("plan_empty", path=path))
    return named


def printed_tables(named: Sequence[PlannedTable], cells: pd.DataFrame) -> list[PlannedTable]:
    """Return some tables, and those that their sums print, as far as an extract records them."""
    totals = {name for name in BREAKDOWNS if (cells[name] == TOTAL).all()}
    has_areas = bool(cells["ref_area"].str.contains("-").any())
    tables = {PlannedTable("nation", ())}
    for table in named:
        if totals.isdisjoint(table.dimensions) and (has_areas or table.scope == "nation"):
            sizes = range(len(table.dimensions) + 1)
            margins = [each for size in sizes for each in combinations(table.dimensions, size)]
            scopes = SCOPES[: 1 + SCOPES.index(table.scope)]
            tables |= {PlannedTable(scope, margin) for scope in scopes for margin in margins}
    return sorted(tables, key=lambda table: table.place)


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


def table_of(row: Mapping[str, Any], country: str) -> PlannedTable:
    """Return the table that a printed figure belongs to."""
    dimensions = tuple(name for name in BREAKDOWNS if row[name] != TOTAL)
    return PlannedTable("nation" if row["ref_area"] == country else "area", dimensions)
