"""All files of a folder as text, whatever they are packed in."""

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd


def everything(home: Path) -> Iterator[tuple[Path, str]]:
    """All that lies below a folder, as text: what is compressed is read."""
    for file in home.rglob("*"):
        if file.is_symlink() or not file.is_file():
            continue
        yield file, file.name
        for content in unpacked(file):
            yield file, content.decode("utf-8", errors="replace")
        if file.suffix == ".parquet":
            yield file, pd.read_parquet(file).to_csv()
        if file.suffix == ".duckdb":
            with duckdb.connect(file, read_only=True) as connection:
                tables = connection.sql("select schema_name, table_name from duckdb_tables()")
                for schema, table in tables.fetchall():
                    yield file, connection.sql(f'from {schema}."{table}"').df().to_csv()


def unpacked(file: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    yield file.read_bytes()
    if file.suffix == ".gz":
        yield gzip.decompress(file.read_bytes())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as zipped:
            yield from map(zipped.read, zipped.namelist())
