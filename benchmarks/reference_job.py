"""The same job by hand: `million_rows.sql`, after a warehouse's empty tables, before its rules.

Works in `TIPSTAT_HOME`. Code lists, tables, views and rules are SQL on both sides, and the same
files; what the pipeline does in Python is SQL here. DuckDB is all that it imports.
"""

import os
from pathlib import Path

import duckdb

from pipelines import sql_files

HERE = Path(__file__).parent
CODELISTS = HERE.parent / "schemas" / "codelists"


def main() -> None:
    """Leaves what the pipeline leaves: Parquet files, and a DuckDB file with views and results."""
    os.chdir(os.environ["TIPSTAT_HOME"])
    Path("by_hand").mkdir()
    with duckdb.connect("by_hand/tipstat.duckdb") as connection:
        connection.execute("set preserve_insertion_order = false")
        _make_tables(connection)
        connection.execute((HERE / "million_rows.sql").read_text(encoding="utf-8"))
        _make_views(connection)
        connection.execute(Path("reference/comment.sql").read_text(encoding="utf-8"))
        _apply_rules(connection)
        connection.execute("checkpoint")


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for schema in ("harmonised", "published", "codelist"):
        connection.execute(f"create schema {schema}")
    for file in CODELISTS.glob("*.csv"):
        connection.execute(
            f"create table codelist.{file.stem} as from read_csv('{file}', all_varchar = true, "
            "header = true, delim = ',', quote = '\"', nullstr = 'empty cells stay')"
        )
    connection.execute((HERE / "million_rows_tables.sql").read_text(encoding="utf-8"))
    for file in sql_files.folder("table"):
        connection.execute(file.text)


def _make_views(connection: duckdb.DuckDBPyConnection) -> None:
    for folder in ("macro", "harmonised", "published", "table_macro"):
        for file in sql_files.folder(folder):
            languages = ("en", "es", "pt", "fr") if "{language}" in file.name else ("",)
            for language in languages:
                connection.execute(file.for_language(language).text)


def _apply_rules(connection: duckdb.DuckDBPyConnection) -> None:
    kept = sql_files.folder("load")
    for rule in sql_files.rules():
        described = [rule.fields[name] for name in ("id", "severity", "title")]
        connection.execute(f"create or replace temp table verdict as {rule.text}")
        connection.execute("insert into main.rule values (?, ?, ?, ?)", [*described, rule.text])
        for statement in kept:
            connection.execute(statement.text, {"rule": rule.fields["id"]})


if __name__ == "__main__":
    main()
