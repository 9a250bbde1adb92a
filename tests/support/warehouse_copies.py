"""Copies of a warehouse: in a project folder of its own, or with other figures."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from pipelines.warehouse import sentences, sql_files
from pipelines.warehouse.database import insert
from pipelines.warehouse.statistics import limits


def at_home(warehouse: Path, folder: Path) -> Path:
    """A project folder that has nothing but a warehouse."""
    (folder / "data" / "warehouse").mkdir(parents=True)
    (folder / "data" / "warehouse" / "tipstat.duckdb").symlink_to(warehouse)
    return folder


def changed(warehouse: Path, folder: Path, statements: str, *read: str) -> Path:
    """A copy of a warehouse in a folder, in which statements changed something.

    Where a test reads some published tables or views alone, the others stay as they were.
    """
    copy = folder / "tipstat.duckdb"
    shutil.copy(warehouse, copy)
    with duckdb.connect(copy) as connection:
        connection.execute(statements)
        renew(connection, *read)
    return copy


def renew(connection: duckdb.DuckDBPyConnection, *read: str) -> None:
    """Make every table anew, in the order of a build, once: pages then read what is stored.

    With names of published tables or views, only these and what they are made of. What
    `follow_the_figures` made a view is a table again, in a transaction until its end.
    """
    files = sql_files.folder("harmonised", "judged", "published")
    tables = [file for file in _made_of(files, read) if file.makes == "table"]
    _make_anew(connection, [file for file in tables if "made_after" not in file.declared])
    judged = [file for file in tables if "made_after" in file.declared]
    if judged:
        _limit_counts(connection)
    _make_anew(connection, judged)
    if not read or "sentence" in read:
        insert(connection, "published.sentence", sentences.sentences(connection))


def _made_of(files: Sequence[sql_files.SqlFile], read: Sequence[str]) -> list[sql_files.SqlFile]:
    """Return the files that make these published tables or views, all if there are none."""
    wanted = {f"published.{name}" for name in read}
    made = {f"{file.folder}.{file.name}" for file in files}
    assert wanted <= made
    for file in reversed(files):  # each comes after those that it mentions
        if f"{file.folder}.{file.name}" in wanted:
            wanted |= made & {*re.findall(r"\w+\.\w+", file.text)}
    return [file for file in files if not read or f"{file.folder}.{file.name}" in wanted]


_OF_REMARKS: Final = ("remark", "region", "region_change", "answer", "sentence")


def follow_the_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Make views of stored tables, so that they follow what a test puts in and takes back.

    What is judged of the figures stays stored, as views of views would take minutes: see `renew`.
    """
    stored = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    for file in sql_files.folder("harmonised", "judged", "published"):
        if (file.folder, file.name) in stored and not _is_judgement(file):
            with described(connection, file):
                connection.execute(f"drop table {file.folder}.{file.name}")
                connection.execute(file.text.replace("create table", "create view"))


@contextmanager
def described(connection: duckdb.DuckDBPyConnection, file: sql_files.SqlFile) -> Iterator[None]:
    """Give the columns of what a file makes the words back that they had."""
    words = connection.execute(
        "select column_name, comment from duckdb_columns() "
        "where schema_name = ? and table_name = ?",
        [file.folder, file.name],
    ).fetchall()
    yield
    for column, text in words:
        quoted = text.replace("'", "''")
        connection.execute(f"comment on column {file.folder}.{file.name}.{column} is '{quoted}'")


def _limit_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the limits of counts that a test put in."""
    exact = sql_files.query("exact_counts").rstrip().rstrip(";")
    counts = connection.execute(
        f"from ({exact}) anti join main.count_limit using (indicator, count)"
    ).df()
    scatter = connection.execute("from main.dispersion").df()
    insert(connection, "main.count_limit", limits.of_counts(counts, scatter))


def _make_anew(connection: duckdb.DuckDBPyConnection, files: Sequence[sql_files.SqlFile]) -> None:
    views = connection.execute("select schema_name, view_name from duckdb_views()").fetchall()
    for file in files:
        with described(connection, file):
            if (file.folder, file.name) in views:
                connection.execute(f"drop view {file.folder}.{file.name}")
            connection.execute(file.text.replace("create table", "create or replace table"))


def know(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Have level and remarks follow the figures that a test put in, without remarks on totals."""
    [file] = [file for file in sql_files.folder("judged") if file.name == "known"]
    warehouse.execute(file.text.replace("create table", "create or replace table"))


def _is_judgement(file: sql_files.SqlFile) -> bool:
    """Return whether a table is made of remarks or of what they are decided from."""
    return "made_after" in file.declared and (file.folder == "judged" or file.name in _OF_REMARKS)
