"""Check what the tables of a source declare: columns, codes, filters, functions, units.

Each check yields lines with the field and the remedy; `source_metadata` raises the first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from pipelines.lib import did_you_mean
from pipelines.reader.coded_columns import not_listed
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.source import Layout, Source
from schemas.table import Call, Cell, MustBe, Table

_READ: Final = ("labels", "codes", "states", "citizenships", "subdivisions", "call")
"""Fields of a cell, of which one at most says how its texts become codes."""
_BESIDE: Final = {"subdivisions": ("whole",), "labels": ("others",)}
"""Fields that belong to one of them."""

_UNITS: Final = (
    ("PT", r"%|\bper ?cent|\bporcent|\bpourcent"),
    ("PER_100000_POP", r"100[ .,\u00a0\u202f']?000\b|100 mil\b"),
    ("NUMBER", r"^(number|n[uú]mero|nombre|personas?|persons?|pessoas|personnes)$"),
)
"""How a unit of measure is printed, by its code."""


def mistakes(source: Source) -> Iterator[str]:
    """Yield what is wrong with the tables of a source, a line each."""
    if source.tables and len(source.tables) not in (1, len(source.layouts)):
        yield (
            f"field 'tables' has {len(source.tables)} entries: write one for all layouts, or one "
            f"for each of the {len(source.layouts)}, in their order"
        )
        return
    for number, table in enumerate(source.tables):
        layouts = source.layouts if len(source.tables) == 1 else (source.layouts[number],)
        for line in _of_table(source, table, layouts):
            yield f"field 'tables[{number}].{line}"


def _of_table(source: Source, table: Table, layouts: Iterable[Layout]) -> Iterator[str]:
    """Yield mistakes in a table; each begins within the quotation marks of its field."""
    if single := table.single_figures:
        for layout in layouts:
            for name in (single.authority, single.place, *single.required):
                yield from _no_column("single_figures", name, {*layout.figure_columns})
        return
    schema = CONTRACTS[source.contract].schema.columns
    needed = [name for name in ("ref_area", "indicator", "time_period") if name in schema]
    for name in needed:
        if name not in table.cells:
            yield f"cells.{name}' is missing: add a code, or the column that is read"
    if not table.figure:
        yield "figure' is missing: add the column with the printed figure"
    for layout in layouts:
        known = _columns(table, layout)
        for field, name in _used(table):
            yield from _no_column(field, name, known)
    for name, cell in table.cells.items():
        if name not in schema:
            yield f"cells.{name}' is no column: {did_you_mean.hint(name, schema)}"
        elif isinstance(cell, str):
            yield from _no_code(source, f"cells.{name}", name, cell)
        else:
            yield from _of_cell(source, name, cell)
    filters = {row["filter"] for row in codelists.rows(_SCHEMAS / "filters.csv")}
    for name in (*table.set_aside, *filter(None, [table.blank_after_last])):
        if name not in filters:
            yield f"set_aside.{name}' has no meaning: add a line to schemas/filters.csv"
    for number, must in enumerate(table.must_be):
        if must.rule not in _rules():
            yield f"must_be[{number}].rule' is '{must.rule}': {_hint(must.rule, _rules())}"
        for line in _contradictions(table, must):
            yield f"must_be[{number}].has.{line}"


_SCHEMAS: Final = Path(codelists.__file__).parent


@cache
def _rules() -> frozenset[str]:
    return frozenset(row["rule"] for row in codelists.rows(_SCHEMAS / "rules.csv"))


def _hint(name: str, known: Iterable[str]) -> str:
    return did_you_mean.hint(name, sorted(known))


def _no_column(field: str, name: str, known: Iterable[str]) -> Iterator[str]:
    if name not in known:
        yield f"{field}' has '{name}', which is no column of the table: {_hint(name, known)}"


def _columns(table: Table, layout: Layout) -> set[str]:
    """Return the columns that the rows of a table have once they are reshaped."""
    known = {*layout.figure_columns, *re.compile(layout.wide).groupindex, *table.made, "row"}
    if layout.wide:
        known |= {table.figure, "column"}
    if table.melt:
        known |= {table.figure, table.melt.into, "column"}
    return known


def _used(table: Table) -> Iterator[tuple[str, str]]:
    """Yield each field that names a column, with that column."""
    yield "figure", table.figure
    for reshape, name in ((table.hide_below, "hide_below"), (table.melt, "melt")):
        yield from ((name, column) for column in (reshape.columns if reshape else ()))
    if table.sum:
        yield from (("sum", column) for column in (*table.sum.figures, *table.sum.by))
    yield from (("one_value", column) for column in table.one_value)
    for name, conditions in table.set_aside.items():
        yield from ((f"set_aside.{name}", column) for column in conditions)
    for number, must in enumerate(table.must_be):
        yield from ((f"must_be[{number}]", column) for column in (*must.has, *must.where))
    for number, mark in enumerate(table.marks):
        yield from ((f"marks[{number}].where", column) for column in mark.where)
    if table.signs:
        yield from (("signs", column) for column in table.signs.columns)
    for name, cell in table.cells.items():
        if isinstance(cell, Cell):
            yield from ((f"cells.{name}", column) for column in (*cell.columns, *cell.where))
    if not isinstance(table.locator, Call):
        named = re.findall(r"\{([^{}]+)\}", table.locator)
        yield from (("locator", column) for column in named if column != "file")


def _of_cell(source: Source, name: str, cell: Cell) -> Iterator[str]:
    """Yield mistakes in how a column of the contract is read."""
    given = [each for each in _READ if getattr(cell, each)]
    if len(given) > 1:
        yield f"cells.{name}' has {' and '.join(given)}: leave one"
    for owner, beside in _BESIDE.items():
        for field in beside:
            if getattr(cell, field) and owner not in given:
                yield f"cells.{name}.{field}' needs '{owner}' beside it: add it, or delete this"
    if not given and len(cell.columns) > 1 and name != "time_period":
        yield f"cells.{name}' has several columns: say how they are read, such as with 'labels'"
    for label, code in cell.labels.items():
        codes = {name: code} if isinstance(code, str) else code
        for into, each in codes.items():
            if into not in CONTRACTS[source.contract].schema.columns:
                hint = _hint(into, CONTRACTS[source.contract].schema.columns)
                yield f"cells.{name}.labels.{label}' has '{into}', which is no column: {hint}"
            else:
                yield from _no_code(source, f"cells.{name}.labels.{label}", into, each)
    for code in filter(None, (cell.others, cell.otherwise if cell.where else "")):
        yield from _no_code(source, f"cells.{name}", name, code)


def _no_code(source: Source, field: str, column: str, code: str) -> Iterator[str]:
    """Yield that a column of the contract does not have a code, if it is one of codes."""
    known = getattr(
        CONTRACTS[source.contract].schema.columns[column].dtype.type, "categories", None
    )
    if known is not None and code not in known:
        yield f"{field}' is {not_listed(column, code)}"


def _contradictions(table: Table, must: MustBe) -> Iterator[str]:
    """Yield that a text which is a unit of measure is not the unit of an indicator beside it."""
    measured = codelists.column("indicator", "unit_measure")
    for column, text in must.has.items():
        units = [code for code, sign in _UNITS if re.search(sign, str(text), re.I)]
        for indicator in _indicators(table, must.where) if units else ():
            if measured.get(indicator) not in units:
                yield (
                    f"{column}' is '{text}', but {indicator} is measured in "
                    f"{measured.get(indicator)}: take another indicator, or set these rows aside"
                )


def _indicators(table: Table, where: Mapping[str, object]) -> list[str]:
    """Return the indicators of the rows of a table that meet conditions, as far as these tell."""
    cell = table.cells.get("indicator", "")
    if isinstance(cell, str):
        return [cell] if cell else []
    found = []
    for label, code in cell.labels.items():
        texts = dict(zip(cell.columns, label.split(" | "), strict=False))
        if all(texts.get(name, text) == text for name, text in where.items()):
            found.append(code if isinstance(code, str) else code.get("indicator", ""))
    return [each for each in found if each]


def missing_functions(source: Source, offered: Iterable[str]) -> Iterator[str]:
    """Yield a line on each function that the tables call and the module does not offer."""
    for number, table in enumerate(source.tables):
        calls = {name: each.call for name, each in table.cells.items() if isinstance(each, Cell)}
        if isinstance(table.locator, Call):
            calls["locator"] = table.locator.call
        for name, call in calls.items():
            if call and call not in offered:
                yield (
                    f"field 'tables[{number}]' calls '{call}' for {name}: add this function to "
                    f"pipelines/sources/{source.id}.py"
                )
