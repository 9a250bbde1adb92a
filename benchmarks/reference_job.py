"""The same job by hand: `million_rows.sql`, after a warehouse's empty tables, before its rules.

Works in `TIPSTAT_HOME`. Code lists, tables, views, rules and checks are SQL on both sides, and the
same files; what the pipeline does in Python is SQL here. DuckDB is all that it imports, but for the
statistics: SQL cannot work them out and nobody would write them anew, so both sides call the same
functions, and both pay for importing SciPy, statsmodels and pandas.
"""

import os
from pathlib import Path

import duckdb

from pipelines.warehouse import sql_files

HERE = Path(__file__).parent
CODELISTS = HERE.parent / "schemas" / "codelists"


def main() -> None:
    """Leaves what the pipeline leaves: Parquet files, and a DuckDB file with views and results."""
    os.chdir(os.environ["TIPSTAT_HOME"])
    Path("by_hand").mkdir()
    with duckdb.connect("by_hand/tipstat.duckdb") as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.begin()
        make_typed_tables(connection)
        for file in sql_files.folder("table"):
            connection.execute(file.text)
        connection.execute((HERE / "million_rows.sql").read_text(encoding="utf-8"))
        _make(connection, "macro", "harmonised", "published")
        _apply_rules(connection)
        _add_statistics(connection)
        _make(connection, "published", "table_macro", made_after="rules and statistics")
        for name in ("named", "comment"):
            connection.execute(Path(f"reference/{name}.sql").read_text(encoding="utf-8"))
        connection.commit()
        _check(connection)
        connection.execute("checkpoint")


def make_typed_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the code lists and the empty tables of the contract, whose types come from them."""
    for schema in ("harmonised", "published", "codelist"):
        connection.execute(f"create schema {schema}")
    for file in CODELISTS.glob("*.csv"):
        connection.execute(
            f"create table codelist.{file.stem} as from read_csv('{file}', all_varchar = true, "
            "header = true, delim = ',', quote = '\"', nullstr = 'empty cells stay')"
        )
    connection.execute((HERE / "million_rows_tables.sql").read_text(encoding="utf-8"))


def _make(connection: duckdb.DuckDBPyConnection, *folders: str, made_after: str = "") -> None:
    for folder in folders:
        for file in sql_files.folder(folder):
            if folder == "table_macro" or file.made_after == made_after:
                connection.execute(file.text)


def _add_statistics(connection: duckdb.DuckDBPyConnection) -> None:
    from pipelines.warehouse.statistics import dispersion, limits, trend

    points = connection.execute(sql_files.query("trend_points")).df()
    counts = connection.execute(sql_files.query("exact_counts")).df()
    scatter = dispersion.dispersions(points, counts["indicator"].unique())
    for table, frame in (
        ("trend", trend.trends(points)),
        ("dispersion", scatter),
        ("count_limit", limits.of_counts(counts, scatter)),
    ):
        connection.register("found", frame)
        connection.execute(f"insert into main.{table} by name from found")


def _apply_rules(connection: duckdb.DuckDBPyConnection) -> None:
    kept = sql_files.folder("load")
    for rule in sql_files.rules():
        described = [rule.fields[name] for name in ("id", "severity", "title")]
        connection.execute(f"create or replace temp table verdict as {rule.text}")
        connection.execute("insert into main.rule values (?, ?, ?, ?)", [*described, rule.text])
        for statement in kept:
            connection.execute(statement.text, {"rule": rule.fields["id"]})


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    for check in sql_files.folder("check"):
        if connection.execute(check.text).fetchall():
            raise SystemExit(check.grain)


if __name__ == "__main__":
    main()
