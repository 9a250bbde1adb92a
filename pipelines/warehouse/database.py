"""Build the DuckDB file aside, check it, and switch it in. Nothing else writes it.

A reader that has the file open keeps the version it opened; one that opens it later sees the new
one. A build that is killed leaves the old one, and the next build removes its leftovers. The file
is stored for DuckDB 1.4 and newer; so views and macros use `case when`, not `if`, which 1.4 lacks.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from pipelines.harmonised import release_files
from pipelines.lib.atomic import switch
from pipelines.lib.errors import TipstatError
from pipelines.lib.lock import alone
from pipelines.sources import discover
from pipelines.warehouse import (
    checks,
    declarations,
    earlier_figures,
    named_views,
    reference_tables,
    sentences,
    sql_files,
)
from pipelines.warehouse.descriptions import Descriptions
from schemas import codelists, parameters, rules
from schemas.contract import CONTRACTS, Contract

OLDEST_READER: Final = "v1.4.0"
"""The oldest DuckDB that opens the file: the version with long-term support."""

_STORAGE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "storage_compatibility_version": OLDEST_READER,
    "checkpoint_threshold": "0B",  # a commit writes the file, without a log before it
    "default_block_size": 16384,  # dozens of small tables fill few of the usual 256 KiB
    "threads": 1,  # of thousands of short statements, a second thread makes none shorter
}


class WarehouseError(TipstatError):
    """A new warehouse that fails its checks; the previous one stays.

    Attributes:
        faults: what the checks found.
    """

    def __init__(self, message: str, faults: Sequence[checks.Fault] = ()) -> None:
        """Take a message and what the checks found."""
        self.faults = faults
        super().__init__(message)


def build(harmonised: Path, out: Path) -> Path:
    """Build the warehouse from all releases that are not held back, and switch it in.

    Returns the path of the file.

    Raises:
        WarehouseError: a harmonised release is absent, or the new file does not add up.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with alone(out.parent.with_name(f".{out.parent.name}.lock")):
        for leftover in out.parent.glob("*.building*"):
            leftover.unlink()
        aside = out.with_suffix(".building")
        with duckdb.connect(aside, config=_STORAGE) as connection:
            connection.begin()  # one transaction: thousands of descriptions are written once
            fill(connection, harmonised)
            connection.commit()
            if found := list(checks.every_fault(connection)):
                raise WarehouseError(
                    f"the new warehouse was not switched in: {found[0].text}", found
                )
        switch(aside, out)
    return out


def fill(
    connection: duckdb.DuckDBPyConnection,
    harmonised: Path,
    without: Collection[release_files.Release] = (),
) -> None:
    """Create every type, table, view and comment, and apply the rules.

    Releases `without` which it is tried are left out.

    Raises:
        UndeclaredError: a published view or table does not declare what is needed of it.
    """
    declared = declarations.every()
    descriptions = create_tables(connection)
    releases = [each for each in release_files.releases(harmonised) if each not in without]
    _load(connection, harmonised, [each for each in releases if each.is_used])
    _make_derived(connection, sql_files.folder("harmonised"), descriptions)
    earlier_figures.withhold(connection)
    connection.execute(sql_files.query("doubt"))
    judged = sql_files.folder("judged", "published")
    _make_derived(connection, judged, descriptions)
    apply_rules(connection, sql_files.rules())
    _add_statistics(connection)
    _make_derived(connection, judged, descriptions, made_after="rules and statistics")
    insert(connection, "published.sentence", sentences.sentences(connection))
    for each in declared:
        each.refuse_unless_true(connection)
    _name_codes(connection)


def _name_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `main.word` with the names of the codes in published columns; make the table macros.

    These stand names beside codes: their text has the columns that hold codes as alternatives of a
    regular expression.
    """
    columns = connection.execute(
        "select distinct column_name from duckdb_columns() where schema_name = 'published'"
    ).fetchall()
    insert(connection, "main.word", named_views.words(column for (column,) in columns))
    named = connection.execute("select distinct column_name from main.word order by all").fetchall()
    coded = "|".join(column for (column,) in named)
    for file in sql_files.folder("table_macro"):
        connection.execute(file.text.replace("(coded)", f"({coded})"))
        name = f"published.{file.name}"
        connection.execute(f"comment on macro table {name} is {_quoted(file.grain)}")


def create_tables(connection: duckdb.DuckDBPyConnection) -> Descriptions:
    """Create code lists, parameters, empty tables and macros; return the tables' descriptions."""
    for schema in ("harmonised", "judged", "published", "codelist", "parameter"):
        connection.execute(f"create schema {schema}")
    for name in codelists.NAMES:
        rows = codelists.whole(name)
        booleans = {  # in place of 0 and 1
            column: rows[column].map({"1": True, "0": False}).astype("boolean")
            for column in codelists.YES_OR_NO
            if column in rows
        }
        rows = rows.assign(**booleans)
        insert(connection, f"codelist.{name}", rows, create=True)
        words = {column: codelists.describe(column) for column in rows}
        _comment(
            connection, "table", f"codelist.{name}", f"Code list {name}: one row a code.", words
        )
    for code, parameter in parameters.parameters().items():
        connection.execute(f"create macro parameter.{code}() as {parameter.value}")
        comment = f"{parameter.decides} In: {parameter.unit}."
        connection.execute(f"comment on macro parameter.{code} is {_quoted(comment)}")
    descriptions = Descriptions()
    for contract in CONTRACTS.values():
        _make_contract_table(connection, contract, descriptions.of_contract(contract))
    for file in sql_files.folder("table"):
        connection.execute(file.text)
        name = f"main.{file.name}"
        described = _of_columns(connection, name, descriptions.of_file(name, file))
        _comment(connection, "table", name, file.grain, described)
    for file in sql_files.folder("macro"):
        connection.execute(file.text)
    return descriptions


def _make_contract_table(
    connection: duckdb.DuckDBPyConnection, contract: Contract, described: dict[str, str]
) -> None:
    """Create the table of a contract; coded columns get ENUM types from the code lists."""
    columns = []
    for name, column in contract.schema.columns.items():
        metadata = column.metadata or {}
        if metadata.get("is_list"):
            kind = "varchar[]"
        elif lists := metadata.get("codelists"):
            kind = "_".join(lists)
            codes = ", ".join(map(_quoted, codelists.dtype(*lists).categories))
            connection.execute(f"create type if not exists main.{kind} as enum ({codes})")
        else:
            kind = "double" if str(column.dtype) == "float64" else "varchar"
        columns.append(f"{name} {kind}{'' if column.nullable else ' not null'}")
    connection.execute(f"create table {contract.table} ({', '.join(columns)})")
    _comment(connection, "table", contract.table, contract.schema.description, described)


def _load(
    connection: duckdb.DuckDBPyConnection, harmonised: Path, good: Sequence[release_files.Release]
) -> None:
    """Load the reference tables and the harmonised files of each good release."""
    for name, frame in reference_tables.tables(harmonised, good).items():
        insert(connection, f"main.{name}", frame)
    figures: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for release in good:
        absent = [str(file) for file in release.files if not file.is_file()]
        if absent:
            raise WarehouseError(f"{absent[0]}: not there; run the whole graph with 'tipstat run'")
        rows, *rest = map(str, release.files)
        figures.setdefault(discover()[release.source].source.contract, []).append(rows)
        tables = ("main.quarantine", "main.row_account", "main.erratum")
        for table, file in zip(tables, rest, strict=True):
            others.setdefault(table, []).append(file)
    files = "read_parquet(?, union_by_name = true)"
    for name, its in figures.items():
        insert_figures(connection, CONTRACTS[name], files, [its])
    for table, its in others.items():
        connection.execute(f"insert into {table} by name from {files}", [its])


def insert_figures(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    rows: str,
    parameters: Sequence[object] = (),
) -> None:
    """Insert rows that satisfy a contract, given as SQL; texts joined by `;` become lists."""
    listed = ", ".join(
        f"coalesce(string_split(nullif({name}, ''), ';'), []) as {name}"
        for name, column in contract.schema.columns.items()
        if (column.metadata or {}).get("is_list")
    )
    columns = f"* replace ({listed})" if listed else "*"
    connection.execute(
        f"insert into {contract.table} by name select {columns} from {rows}", parameters
    )


def _make_derived(
    connection: duckdb.DuckDBPyConnection,
    files: Iterable[sql_files.SqlFile],
    descriptions: Descriptions,
    *,
    made_after: str = "",
) -> None:
    """Create the derived views and tables that have this `made_after`."""
    for file in files:
        if file.declared.get("made_after", "") == made_after:
            connection.execute(file.text)
            name = f"{file.folder}.{file.name}"
            described = _of_columns(connection, name, descriptions.of_file(name, file))
            _comment(connection, file.makes, name, file.grain, described)


def _add_statistics(connection: duckdb.DuckDBPyConnection) -> None:
    """Compute what SQL cannot: trends of series, scatter and limits of counts."""
    # Importing SciPy takes longer than most verbs, which read a warehouse and build none.
    from pipelines.warehouse.statistics import dispersion, joint, limits, trend
    from pipelines.warehouse.statistics.series import series_of

    every = series_of(connection.execute("from judged.trend_point order by all").df())
    insert(connection, "main.trend", trend.trends(every))
    pooled = (
        "from main.trend semi join judged.pooled using (source, ref_area, indicator, time_basis)"
    )
    insert(connection, "main.joint_trend", joint.joint_trends(connection.execute(pooled).df()))
    counts = connection.execute(sql_files.query("exact_counts")).df()
    scatter = dispersion.dispersions(every, counts["indicator"].unique())
    insert(connection, "main.dispersion", scatter)
    insert(connection, "main.count_limit", limits.of_counts(counts, scatter))


def apply_rules(
    connection: duckdb.DuckDBPyConnection, cross_row: Iterable[sql_files.SqlFile]
) -> None:
    """Run cross-row rules; keep the counts of their verdicts and the failing cases."""
    kept = sql_files.folder("load")
    for rule in cross_row:
        named = (rule.name, rules.id_of(rule.name))
        described = (rule.fields.get(name, "") for name in ("severity", "kind", "doubts", "title"))
        connection.execute(f"create or replace temp table verdict as {rule.text}")
        connection.execute(
            "insert into main.rule values (?, ?, ?, ?, ?, ?, ?)", [*named, *described, rule.text]
        )
        for statement in kept:
            connection.execute(statement.text, {"rule": rule.name})


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, *, create: bool = False
) -> None:
    """Insert the rows of a frame into a table, by the names of its columns."""
    connection.register("incoming", frame)
    if contract := next((each for each in CONTRACTS.values() if each.table == table), None):
        insert_figures(connection, contract, "incoming")
    else:
        verb = f"create table {table} as" if create else f"insert into {table} by name"
        connection.execute(f"{verb} from incoming")
    connection.unregister("incoming")


def _comment(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str, text: str, columns: dict[str, str]
) -> None:
    """Describe a table or view and its columns."""
    connection.execute(f"comment on {kind} {name} is {_quoted(text)}")
    for column, description in columns.items():
        connection.execute(f'comment on column {name}."{column}" is {_quoted(description)}')


def _of_columns(
    connection: duckdb.DuckDBPyConnection, name: str, described: dict[str, str]
) -> dict[str, str]:
    """Return the descriptions of the columns that a table or view has."""
    columns = declarations.columns(connection, name)
    return {column: described[column] for column in columns if column in described}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
