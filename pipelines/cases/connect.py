"""Extracts as Ibis tables: CSV, Parquet and Excel files, folders of them, SQLite and PostgreSQL.

DuckDB reads Parquet files in place. The others are first copied into DuckDB's memory, mapped
columns only: one reading, so that all counts are of the same rows, and one engine, so that no cast
differs from one database to the other.

DuckDB spills into one folder, which is emptied at the start and removed at the end. A
process that is killed leaves it; the next start removes it first. DuckDB cannot encrypt it without
an extension that would have to be downloaded, so it belongs on an encrypted disk.
"""

import csv
import resource
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from pipelines.cases import database, workbook
from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.cases.texts import said
from pipelines.lib import paths
from pipelines.lib.console import err
from pipelines.lib.lock import alone

DUCKDB_SHARE: Final = 0.6
"""DuckDB's part of the memory that the process may use."""

MOST_WHOLE: Final = 2**53
"""Below it, a floating-point number that is whole is exact."""

SETTINGS: Final = {
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Settings of DuckDB: order does not matter, and nothing is downloaded."""


@dataclass(frozen=True)
class Records:
    """Records of an extract that an engine has yet to read."""

    table: ibis.Table  # of its columns as text
    run: Callable[[ibis.Table], pa.Table]  # return the result of an expression of the table


def columns_of(extract: Extract) -> list[str]:
    """Return the names of an extract's columns; rows are not read.

    Raises:
        CaseError: there are none, the files of a folder have different ones, or a name is empty,
            double or not printable.
    """
    if extract.format == "parquet":
        headers = [pq.read_schema(file).names for file in extract.files]
    elif extract.format == "csv":
        headers = [_header(file, extract) for file in extract.files]
    elif extract.format == "workbook":
        headers = [workbook.columns_of(file, extract) for file in extract.files]
    else:
        headers = [database.columns_of(extract)]
    if not headers[0]:
        raise CaseError(said("is_empty", name=extract.name))
    if any(header != headers[0] for header in headers):
        raise CaseError(said("columns_differ", name=extract.name))
    if len(set(headers[0])) < len(headers[0]) or "" in headers[0]:
        raise CaseError(said("column_unnamed", name=extract.name))
    if not all(name.isprintable() for name in headers[0]):
        raise CaseError(said("header_control", name=extract.name))
    return headers[0]


@contextmanager
def spill_folder() -> Iterator[Path]:
    """Yield an empty folder for what an engine spills; remove it when the block ends.

    What an earlier process left, killed before it could clean up, is removed first. Only one
    process at a time has the folder.
    """
    spill = paths.case_spill()
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))  # a crash would write memory to a file
    with alone(paths.case_lock(), err.print):
        shutil.rmtree(spill, ignore_errors=True)
        spill.mkdir(parents=True, mode=0o700)
        try:
            yield spill
        finally:
            shutil.rmtree(spill)


@contextmanager
def opened(
    extract: Extract, columns: Sequence[str], spill: Path, memory: str = ""
) -> Iterator[Records]:
    """Yield the columns of an extract as text without spaces around it; what is missing is "".

    Args:
        extract: to be read.
        columns: names of the columns to read; others are left alone.
        spill: folder for what does not fit into memory.
        memory: that the process may use, such as "2GB", beyond which DuckDB spills; if empty,
            four fifths of all for DuckDB.

    Raises:
        CaseError: `memory` is not a size.
    """
    limit = {}
    if memory:  # the engine's limit leaves out Python, libraries and allocators
        try:
            size = duckdb.execute("select parse_formatted_bytes(?)", [memory]).fetchall()[0][0]
        except duckdb.Error:
            raise CaseError(said("memory_size")) from None
        limit = {"memory_limit": f"{int(size * DUCKDB_SHARE)}B"}
    engine = ibis.duckdb.connect(temp_directory=str(spill), **SETTINGS, **limit)
    try:
        table = as_text(_read(engine, extract, columns), columns)
        yield Records(table, ibis.Table.to_pyarrow)
    finally:
        engine.disconnect()


def as_text(table: ibis.Table, columns: Sequence[str]) -> ibis.Table:
    """Return columns as text without spaces around it; what is missing is "".

    Whole numbers have no fraction and no exponent in any engine.
    """
    texts = {}
    for name in columns:
        text = (column := table[name]).cast("string")
        if column.type().is_floating():
            whole = (column % 1 == 0) & (column.abs() < MOST_WHOLE)
            text = ibis.cases((whole, column.cast("int64").cast("string")), else_=text)
        texts[name] = text.strip().fill_null("")
    return table.select(**texts)


def refuse_instants(extract: Extract, columns: Sequence[str]) -> None:
    """Refuse Parquet columns of instants: on which day one is depends on where it is read."""
    for file in extract.files if extract.format == "parquet" else []:
        schema = pq.read_metadata(file).schema
        for column in map(schema.column, range(len(schema))):
            is_instant = "isAdjustedToUTC=true" in str(column.logical_type)
            if column.path in columns and (is_instant or column.physical_type == "INT96"):
                raise CaseError(said("instants", name=extract.name, column=column.path))


def _read(engine: Backend, extract: Extract, columns: Sequence[str]) -> ibis.Table:
    """Return columns of an extract as a table of an engine; nothing of a layout is guessed."""
    refuse_instants(extract, columns)
    if extract.format == "parquet":
        return engine.read_parquet([str(file) for file in extract.files])
    if extract.format == "csv":
        text = engine.read_csv(
            [str(file) for file in extract.files],
            columns=dict.fromkeys(columns_of(extract), "VARCHAR"), auto_detect=False, header=True,
            sep=extract.delimiter, quote='"', escape='"', encoding=extract.encoding,
        )  # fmt: skip
        return engine.create_table("extract", text.select(*columns))
    if extract.format == "workbook":
        engine.con.register("cells", workbook.copied(extract, columns))
        engine.con.execute("create table extract as from cells")
        engine.con.unregister("cells")
    else:
        database.copy(engine.con, extract, columns)
    return engine.table("extract")


def _header(file: Path, extract: Extract) -> list[str]:
    """Return the first line's cells: DuckDB would take another line where the first is odd."""
    encoding = "utf-8-sig" if extract.encoding == "utf-8" else extract.encoding
    with file.open(encoding=encoding, newline="") as text:
        return next(csv.reader(text, delimiter=extract.delimiter), [])
