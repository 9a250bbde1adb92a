"""Run the checks of sql/check: lost rows, revealed figures.

A check may apply to many published objects. Its line `each` says to which, and its statement runs
for each of them in place of `published.each`:

| each | runs for |
|---|---|
| `columns a, b` | each object that has these columns |
| `terms` | each column that declares under whose terms a row stands, in place of `each_column` |
| `derived` | each column with the locator of a figure that a value is derived from, likewise |
"""

from collections.abc import Iterator

import duckdb

from pipelines.warehouse import declarations, sql_files
from pipelines.warehouse.declarations import Declaration
from pipelines.warehouse.sql_files import SqlFile


def faults(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield what the checks find, a line for each check and object."""
    for check in sql_files.folder("check"):
        for what, statement in statements(check, connection):
            offending = connection.execute(statement).fetchall()
            if offending:
                places = "; ".join(" ".join(map(str, row)) for row in offending[:5])
                yield f"{check.name}: {check.grain} ({what}{places})"


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
        made = connection.table(f"published.{declared.name}").columns
        return ("",) if {*names.split(", ")} <= {*made} else ()
    return {"terms": declared.terms, "derived": declared.derived_from}[kind]
