"""Checks of a whole warehouse; the releases that a fault is about are named where rows say so.

The checks of sql/check look for lost rows and revealed figures.

A check may apply to many published objects. Its line `each` says to which, and its statement runs
for each of them in place of `published.each`:

| each | runs for |
|---|---|
| `columns a, b` | each object that has these columns |
| `terms` | each column that declares under whose terms a row stands, in place of `each_column` |
| `derived` | each column with the locator of a figure that a value is derived from, likewise |
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import pandas as pd

from pipelines.harmonised.contract_check import contract_errors
from pipelines.protection import joint
from pipelines.protection.cells import DIMENSIONS, Bounds
from pipelines.sources import discover
from pipelines.warehouse import declarations, sql_files
from pipelines.warehouse.declarations import Declaration
from pipelines.warehouse.sql_files import SqlFile
from pipelines.words.disclosure import WITHHELD
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.figure import FigureError, parse_sum


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
    """Yield what the checks of sql/check find, one for each check and object."""
    for check in sql_files.folder("check"):
        for what, statement in statements(check, connection):
            found = connection.execute(statement)
            columns = [name for name, *_ in found.description or ()]
            if offending := found.fetchall():
                places = "; ".join(" ".join(map(str, row)) for row in offending[:5])
                rows = (dict(zip(columns, row, strict=True)) for row in offending)
                named = ((row.get("source", ""), row.get("release", "")) for row in rows)
                text = f"{check.name}: {check.grain} ({what}{places})"
                yield Fault(text, frozenset(named))


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
        about = check.text.replace("published.each", f"published.{declared.name}")
        for column in _columns(check.declared["each"], declared, connection):
            yield f"published.{declared.name}: ", about.replace("each_column", column)


def _columns(
    each: str, declared: Declaration, connection: duckdb.DuckDBPyConnection
) -> tuple[str, ...]:
    """Return the columns for which a check runs; an unnamed one where it runs for all together."""
    kind, _, names = each.partition(" ")
    if kind == "columns":
        made = declarations.columns(connection, f"published.{declared.name}")
        return ("",) if {*names.split(", ")} <= {*made} else ()
    return {"terms": declared.terms, "derived": declared.derived_from}[kind]


def misread(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield figures that differ from their printed text: a file was damaged after it was read."""
    figures, known = connection.execute(sql_files.query("distinct_figures")).df(), discover()
    for row in figures.itertuples():
        source = known[row.source].source
        least = int(row.least) if source.zeros_printed else 0
        reading = _read_again(row.value_raw, source.number_locale, least)
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


def _read_again(text: str, locale: str, least: int) -> tuple[float | None, ...] | None:
    """Return value, lower and upper of a printed text; None if it has no single reading.

    `least` is the least count that `<5` may hide.
    """
    if text == WITHHELD:
        return None, 0, None
    try:
        return parse_sum(text, locale, least)[:3]
    except FigureError:
        return None


def _broken(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Yield how the rows break the contract of observations."""
    rows = _typed(connection.table("harmonised.observation").df())
    if contract_errors(rows, "observation"):
        for named, part in rows.groupby(["source", "release"], observed=True):
            for text in contract_errors(part, "observation"):
                yield Fault(f"{' '.join(named)}: {text}", frozenset({named}))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the types of their contract instead of DuckDB's."""
    columns = CONTRACTS["observation"].schema.columns
    lists = [name for name, column in columns.items() if column.metadata["is_list"]]
    joined = rows.assign(**{name: rows[name].map(";".join) for name in lists})
    return joined.astype({name: column.dtype.type for name, column in columns.items()})
