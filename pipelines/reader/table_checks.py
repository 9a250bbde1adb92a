"""Check what the tables of a source declare: columns, codes, functions, units.

Each check yields lines with the field and the remedy; `source_metadata` raises the first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

import pandera.pandas as pa

from pipelines.lib import did_you_mean
from pipelines.raw import source_files
from pipelines.reader.coded_columns import not_listed
from schemas import codelists
from schemas.annotations import Column
from schemas.contract import CONTRACTS
from schemas.source import FILL_IN, Layout, Source
from schemas.table import BETWEEN, Call, ColumnReading, Conditions, Table

_NEEDED: Final = ("ref_area", "indicator", "time_period")
_READ: Final = ("labels", "codes", "states", "citizenships", "subdivisions", "call")
"""Fields of a cell, of which one at most says how its texts become codes."""
_BESIDE: Final = {"whole": "subdivisions", "others": "labels"}
"""Fields of a cell that say more about another one."""

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
        checks = (_columns(table, layouts), _cells(source, table), _units(table))
        for line in (line for check in checks for line in check):
            yield f"field 'tables[{number}].{line}"


def _columns(table: Table, layouts: Iterable[Layout]) -> Iterator[str]:
    """Yield the columns that a table reads and does not have."""
    named = [*_named(table, "")]
    if isinstance(table.locator, str):
        named += [("locator", name) for name in re.findall(r"\{([^{}]+)\}", table.locator)]
    for layout in layouts:
        known = {*layout.figure_columns, *table.made, "row", "file"}
        if layout.wide:
            known |= {*re.compile(layout.wide).groupindex, "column", table.figure}
        if table.melt:
            known |= {table.melt.into, "column", table.figure}
        for field, name in named:
            if name not in known:
                hint = did_you_mean.hint(name, sorted(known))
                yield f"{field}' has '{name}', which is no column: {hint}"


def _named(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield each column that is named somewhere in a value, with its place."""
    if isinstance(value, Column) and value:
        yield place, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from (*_named(name, place), *_named(each, f"{place}.{name}"))
    elif isinstance(value, tuple):
        for each in value:
            yield from _named(each, place)
    elif is_dataclass(value):
        for field in fields(value):
            at = f"{place}.{field.name}".removeprefix(".")
            yield from _named(getattr(value, field.name), at)


def _cells(source: Source, table: Table) -> Iterator[str]:
    """Yield mistakes in how columns of the contract are filled."""
    schema = CONTRACTS[source.contract].schema.columns
    if not table.single_figures:
        yield from _missing(table, [name for name in _NEEDED if name in schema])
    filled = {into for name, cell in table.cells.items() for into, _, _ in _codes(name, cell)}
    if table.total and table.total.sum not in filled:
        yield "total' adds up sexes, which no cell has: add 'sex' to 'cells', or delete it"
    for name, cell in table.cells.items():
        if isinstance(cell, ColumnReading):
            yield from _cell(f"cells.{name}", name, cell)
        for into, code, at in _codes(name, cell):
            if into not in schema:
                hint = did_you_mean.hint(into, schema)
                yield f"cells.{name}{at}' has '{into}', which is no column of ours: {hint}"
            elif code and not _is_code(schema[into], code):
                yield f"cells.{name}{at}' is {not_listed(into, code)}"


def _missing(table: Table, needed: Iterable[str]) -> Iterator[str]:
    """Yield what a table lacks without which no figure can be read."""
    if not table.figure:
        yield "figure' is missing: add the column with the printed figure"
    for name in needed:
        if name not in table.cells:
            yield f"cells.{name}' is missing: add a code, or the column that is read"


def _is_code(column: pa.Column, code: str) -> bool:
    """Return whether a column may have a code, or one to fill in; any text if it has no list."""
    known = getattr(column.dtype.type, "categories", None)
    return known is None or code in known or code.startswith(FILL_IN)


def _cell(place: str, name: str, cell: ColumnReading) -> Iterator[str]:
    """Yield contradictions between the fields of a cell."""
    given = [each for each in _READ if getattr(cell, each)]
    if len(given) > 1:
        yield f"{place}' has {' and '.join(given)}: leave one"
    for field, owner in _BESIDE.items():
        if getattr(cell, field) and owner not in given:
            yield f"{place}.{field}' needs '{owner}' beside it: add that, or delete this"
    if not given and len(cell.columns) > 1 and name != "time_period":
        yield f"{place}' has several columns: say how they are read, such as with 'labels'"


def _codes(name: str, cell: ColumnReading | str) -> Iterator[tuple[str, str, str]]:
    """Yield each column of the contract that a cell fills, a code for it, and where it stands."""
    if isinstance(cell, str):
        yield name, cell, ""
        return
    yield name, cell.others, ".others"
    yield name, cell.otherwise if cell.where else "", ".otherwise"
    for label, code in cell.labels.items():
        for into, each in {name: code}.items() if isinstance(code, str) else code.items():
            yield into, each, f".labels.{label}"


def _units(table: Table) -> Iterator[str]:
    """Yield the units of measure in `must_be` that are not those of an indicator beside them."""
    measured = codelists.column("indicator", "unit_measure")
    for number, must in enumerate(table.must_be):
        for column, text in must.has.items():
            units = units_in(str(text))
            for indicator in indicators(table, must.where) if units else ():
                if measured.get(indicator, units[0]) not in units:
                    yield (
                        f"must_be[{number}].has.{column}' is '{text}', but {indicator} is measured "
                        f"in {measured[indicator]}: take another indicator, or set the rows aside"
                    )


def units_in(text: str) -> list[str]:
    """Return the codes of the units of measure that a text names."""
    return [code for code, sign in _UNITS if re.search(sign, text.strip(), re.IGNORECASE)]


def indicators(table: Table, where: Conditions) -> Iterator[str]:
    """Yield the indicators of the rows of a table that meet conditions, as far as these tell."""
    cell = table.cells.get("indicator", "")
    if isinstance(cell, str):
        yield from filter(None, [cell])
        return
    for label, code in cell.labels.items():
        texts = dict(zip(cell.columns, label.split(BETWEEN), strict=False))
        meets = all(texts.get(name, each) == each for name, each in where.items())
        if isinstance(code, str) and meets:
            yield code


def missing_functions(source: Source, offered: Iterable[str]) -> Iterator[str]:
    """Yield a line on each function that the tables call and the module does not offer."""
    for number, table in enumerate(source.tables):
        calls = {
            name: each.call for name, each in table.cells.items() if isinstance(each, ColumnReading)
        }
        if isinstance(table.locator, Call):
            calls["locator"] = table.locator.call
        for name, call in calls.items():
            if call and call not in offered:
                yield (
                    f"field 'tables[{number}]' calls '{call}' for {name}: add this function to "
                    f"{source_files.place(source.id, '.py')}"
                )
