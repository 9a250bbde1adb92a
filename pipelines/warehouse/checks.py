"""Checks of a whole warehouse; the releases that a fault is about are named where rows say so.

The checks of sql/check look for lost rows and revealed figures.

A check may apply to many published objects. Its line `each` says to which, and its statement runs
for each of them in place of `published.each`:

| each | runs for | filled in |
|---|---|---|
| `columns a, b` | each object that has these columns | |
| `key` | each object | `each_column`: columns that identify a row |
| `codes` | each column with codes of a list | `each_column` |
| `limits` | each `<name>lower` and `<name>upper` | `each_column`, `each_out_of_order` |
| `repeats` | each object whose rows repeat a figure | `each_same`: that columns are the figure's |
| `terms` | each column that says whose terms hold | `each_column` |
| `derived` | each column with a locator of what a value is derived from | `each_column` |

So a view or table is checked from the day on which it is declared.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from pipelines.harmonised.contract_check import contract_errors
from pipelines.protection import joint
from pipelines.protection.cells import DIMENSIONS, Bounds
from pipelines.sources import discover
from pipelines.warehouse import declarations, named_views, sql_files
from pipelines.warehouse.declarations import Declaration
from pipelines.warehouse.sql_files import SqlFile
from pipelines.words.disclosure import WITHHELD
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.figure import FigureError, parse_sum
from schemas.observation import COLUMNS

_OF_FIGURE: Final = (
    "source", "release", "locator", "ref_area", "indicator", "time_period", "value", "lower",
    "upper", "value_raw", "conf_status",
)  # fmt: skip
"""Columns that a row has as the figure has them that it repeats."""


class Fault(NamedTuple):
    """A fault that a check found."""

    text: str  # on one line
    # the source and release of each offending row; "" where the row does not have the release
    named: frozenset[tuple[str, str]] = frozenset()


def every_fault(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield all for which a warehouse is not published: it must hold and say what it should."""
    yield from faults(connection)
    yield from misread(connection)
    yield from given_away(connection)
    yield from _broken(connection)
    if missing := unanswered(connection):
        yield Fault(f"no answer, or no sentence that says it: {'; '.join(missing[:5])}")


def faults(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield what the checks of sql/check find, one for each check and object.

    A view is read once, into a temporary table.
    """
    every = sql_files.folder("check")
    for check in every:
        if "each" not in check.declared:
            yield from _found(connection, check, "", check.text)
    for declared in declarations.every():
        place = f"published.{declared.name}"
        if declared.file.makes == "view":
            connection.execute(f"create or replace temp table read_once as from {place}")
        made = declarations.columns(connection, place)
        for check in every:
            for statement in _about(check, declared, made):
                text = statement
                if declared.file.makes == "view":
                    text = re.sub(rf"\b{place}\b", "temp.read_once", statement)
                yield from _found(connection, check, f"{place}: ", text)
    connection.execute("drop table if exists temp.read_once")


def _found(
    connection: duckdb.DuckDBPyConnection, check: SqlFile, what: str, statement: str
) -> Iterator[Fault]:
    """Yield a fault if a statement of a check has rows; releases that these name are in it."""
    found = connection.execute(statement)
    columns = [name for name, *_ in found.description or ()]
    if offending := found.fetchall():
        places = "; ".join(" ".join(map(str, row)) for row in offending[:5])
        rows = (dict(zip(columns, row, strict=True)) for row in offending)
        named = ((row.get("source", ""), row.get("release", "")) for row in rows)
        yield Fault(f"{check.name}: {check.grain} ({what}{places})", frozenset(named))


def unanswered(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return state, question and language of each answer or sentence that is missing."""
    languages = {"languages": [*codelists.LANGUAGES]}
    missing = connection.execute(sql_files.query("unanswered"), languages).fetchall()
    return [" ".join(row) for row in missing]


def statements(check: SqlFile, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield each statement of a check, behind the name of what it is about."""
    if "each" not in check.declared:
        yield "", check.text
        return
    for declared in declarations.every():
        made = declarations.columns(connection, f"published.{declared.name}")
        for statement in _about(check, declared, made):
            yield f"published.{declared.name}: ", statement


def _about(check: SqlFile, declared: Declaration, made: Sequence[str]) -> Iterator[str]:
    """Yield the statements of a check for one published object with these columns, if any."""
    kind, _, names = check.declared.get("each", "").partition(" ")
    text = check.text.replace("published.each", f"published.{declared.name}")
    if kind == "limits":
        for column, is_wrong in _out_of_order(made):
            yield text.replace("each_out_of_order", is_wrong).replace("each_column", column)
    elif kind == "repeats":
        same = (
            f"repeated.{name} is not distinct from figure.{name}"
            for name in _OF_FIGURE
            if name in made
        )
        if {} in declared.repeats and "locator" in made:
            yield text.replace("each_same", " and ".join(same))
    elif kind:
        columns = {
            "columns": [""] if {*names.split(", ")} <= {*made} else [],
            "key": [", ".join(f'"{name}"' for name in declared.key)],
            "codes": [name for name in made if _is_coded(name, declared)],
            "terms": declared.terms,
            "derived": declared.derived_from,
        }[kind]
        yield from (text.replace("each_column", column) for column in columns)


def _out_of_order(made: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each column with a lower limit, and when it, figure and upper limit are out of order.

    A figure has the name of its limits, without or with `value`; those of chance are of the value.
    """
    for name in made:
        about = name.removesuffix("lower")
        if name.endswith("lower") and f"{about}upper" in made:
            of_chance = about in ("confidence_", "dispersed_")
            between = {"value" if of_chance else f"{about}value", about.rstrip("_")} & {*made}
            pairs = combinations([name, *between, f"{about}upper"], 2)
            yield name, " or ".join(f'"{less}" > "{more}"' for less, more in pairs)


def _is_coded(column: str, declared: Declaration) -> bool:
    """Return whether a column takes its codes from a list, and has no type that sees to that.

    One that the header describes without naming a list has codes of its own.
    """
    described = declared.file.fields.get(column)
    if not named_views.codes_of(column) or (described and "codelist." not in described):
        return False
    is_enumerated = column in COLUMNS and COLUMNS[column].codelists
    return declared.file.makes == "table" or not is_enumerated


def misread(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield figures that differ from their printed text: a file was damaged after it was read."""
    figures, known = connection.execute(sql_files.query("distinct_figures")).df(), discover()
    for row in figures.itertuples():
        source = known[row.source].source
        least = int(row.least) if source.zeros_printed else 0  # that `<5` may hide
        reading: tuple[float | None, ...] | None
        try:
            reading = (None, 0, None)
            if row.value_raw != WITHHELD:
                reading = parse_sum(row.value_raw, source.number_locale, least)[:3]
        except FigureError:  # it has no single reading
            reading = None
        if reading != tuple(
            None if pd.isna(each) else each for each in (row.value, row.lower, row.upper)
        ):
            bounds = f"{row.value:,.12g} ({row.lower:,.12g} to {row.upper:,.12g})"
            yield Fault(
                f"{row.source}: '{row.value_raw}' stands as {bounds}; remove "
                f"data/harmonised/{row.source}, then 'tipstat run'",
                frozenset({(row.source, "")}),
            )


def given_away(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield releases of forms in which a range says more than it prints, beside other figures.

    It is the attack of `protection`, on the figures that are to be published.
    """
    figures = connection.execute(sql_files.query("ranges_of_forms")).df()
    for (source, release), of_release in figures.groupby(["source", "release"]):
        for period, rows in of_release.groupby("time_period"):
            codes = rows[[*DIMENSIONS]].itertuples(index=False, name=None)
            bounds = (Bounds(*each) for each in rows[["lower", "upper"]].to_numpy())
            names = zip(rows["indicator"], codes, strict=True)
            if found := joint.gaps(dict(zip(names, bounds, strict=True))):
                cells = "; ".join(" ".join((name, *codes)) for name, codes in found[:5])
                text = f"{source} {release}: ranges of {period} can be narrowed: {cells}"
                yield Fault(text, frozenset({(source, release)}))


def _broken(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield how the rows break the contract of observations."""
    rows = connection.table("harmonised.observation").df()
    columns = CONTRACTS["observation"].schema.columns
    lists = [name for name, column in columns.items() if column.metadata["is_list"]]
    rows = rows.assign(**{name: rows[name].map(";".join) for name in lists})
    rows = rows.astype({name: column.dtype.type for name, column in columns.items()})
    if contract_errors(rows, "observation"):
        for named, part in rows.groupby(["source", "release"], observed=True):
            for text in contract_errors(part, "observation"):
                yield Fault(f"{' '.join(named)}: {text}", frozenset({named}))
