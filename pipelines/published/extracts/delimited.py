"""CSV extracts of the current figures.

| file | holds | for |
|---|---|---|
| `<name>.csv.gz` | what is published under the name, in codes | programs |
| `<language>/<source>.csv.zip` | names, with the signs of the language | spreadsheets |

The decimal sign is that of the pages; where it is the comma, semicolons separate the columns. Files
with names begin with a byte order mark, by which Excel recognises UTF-8. A text that a spreadsheet
would take for a formula has an apostrophe before it there (OWASP, CSV injection).

Files in codes have commas, decimal points and every text unchanged, in UTF-8. A few of their first
rows are out of order: they show the type of each column to readers that guess it from there, so
that `5` is a text where another row has `<5`.

Long files are compressed to a fortieth: pandas, R, DuckDB and Polars read gzip as it is, and
systems open a zip file with a double click.
"""

import io
import shutil
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from babel.numbers import get_decimal_symbol

from pipelines.lib import arrow
from pipelines.lib.csv_injection import FORMULA, GUARDED, separator
from pipelines.published import extract_paths
from pipelines.published.extracts import names
from pipelines.published.extracts.queries import by_source, in_codes, query
from pipelines.published.kept import NOTHING, RECORD, Earlier, Kept, made_from
from pipelines.warehouse import declarations
from pipelines.words.extract_words import heading
from pipelines.words.language import LOCALE
from schemas import codelists

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def write(connection: duckdb.DuckDBPyConnection, folder: Path, earlier: Earlier = NOTHING) -> None:
    """Write the files into an existing folder, from a warehouse open for reading.

    Those with names are taken from the `earlier` folder if the rows of their source are the same.
    """
    for declared in declarations.leaving("csv"):
        table = _types_first(in_codes(connection, declared).to_arrow_table())
        write_table(connection, table, folder.parent / extract_paths.csv(declared))
    answer = connection.sql(query("word"), params={"months": True}).to_arrow_table()
    for language in codelists.LANGUAGES:
        (folder / language).mkdir()
    kept, anew = Kept(earlier), []
    for source, rows in by_source(_as_text(answer, "."), answer["source"]):
        pacsv.write_csv(rows, text := io.BytesIO())
        paths = [f"{language}/{source}.csv.zip" for language in codelists.LANGUAGES]
        known = kept.files(paths, made_from(text.getvalue()))
        for path, file in zip(paths, known, strict=False):
            shutil.copyfile(file, folder / path)
        if not known:
            anew.append(source)
    (folder / RECORD).write_text(kept.record(), encoding="utf-8")
    answer = answer.filter(pc.is_in(answer["source"], arrow.texts(anew)))
    for language in codelists.LANGUAGES:
        decimal = get_decimal_symbol(LOCALE[language])
        table = _readable(_as_text(answer, decimal), language)
        for source, rows in by_source(table, answer["source"]):
            place = folder / language / f"{source}.csv"
            write_table(connection, rows, place, separator(decimal))
            content = _BYTE_ORDER_MARK + place.read_bytes()
            write_zip(place.with_name(f"{place.name}.zip"), {place.name: content})
            place.unlink()


def _types_first(table: pa.Table) -> pa.Table:
    """Put a row before all others for each column whose type it shows, where one does."""
    front = sorted({*map(_place_of_type, table.columns)} - {-1})
    between = pairwise([-1, *front, len(table)])
    others = [table.slice(before + 1, after - before - 1) for before, after in between]
    return pa.concat_tables([*(table.slice(place, 1) for place in front), *others])


def _place_of_type(column: pa.ChunkedArray) -> int:
    """Return the first row that shows the type of a column, or -1.

    A number shows it by decimals, a text by what no number has.
    """
    if pa.types.is_floating(column.type):
        shows = pc.not_equal(column, pc.floor(column))
    elif pa.types.is_list(column.type) or pa.types.is_string(column.type):
        text = _joined(column) if pa.types.is_list(column.type) else column
        shows = pc.match_substring_regex(text, r"[^\d.eE+-]|\d[+-]")
    else:
        return -1
    places = pc.indices_nonzero(shows)
    return int(places[0].as_py()) if len(places) else -1


def _joined(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the texts of each list, joined by `;`."""
    semicolon = arrow.text(";")
    chunks = [pc.binary_join(chunk, semicolon) for chunk in column.chunks]
    return pa.chunked_array(chunks, pa.string())


def write_table(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, place: Path, between: str = ","
) -> None:
    """Write a table as UTF-8; numbers have decimal points, and no decimals that are all zero.

    A name that ends in `.gz` says that the file is to be compressed.
    """
    connection.from_arrow(_as_text(table, ".")).write_csv(str(place), sep=between)


def write_zip(place: Path, contents: Mapping[str, bytes]) -> None:
    """Write a zip file of files, by their paths in it; the same bytes give the same bytes."""
    with zipfile.ZipFile(place, "w") as zipped:
        for path, content in contents.items():
            entry = zipfile.ZipInfo(path)  # of 1980: a clock would change the bytes
            zipped.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _as_text(table: pa.Table, decimal: str) -> pa.Table:
    """Return the table with its numbers as text, without decimals that are all zero.

    The texts of a list are joined by `;`.
    """
    for place, column in enumerate(table.columns):
        if pa.types.is_floating(column.type):
            text = pc.replace_substring(column.cast(pa.string()), ".", decimal)
            table = table.set_column(place, table.column_names[place], text)
        elif pa.types.is_list(column.type):
            table = table.set_column(place, table.column_names[place], _joined(column))
    return table


def _readable(table: pa.Table, language: str) -> pa.Table:
    """Return the table for people: one column of figures, names for codes, no formulas."""
    figure = pc.coalesce(table["printed"], table["value"])
    table = table.set_column(table.column_names.index("value"), "figure", figure)
    table = table.drop_columns(["country", "printed"])
    words = []
    for name in table.column_names:
        encoded = table[name].combine_chunks().dictionary_encode()  # each text is looked at once
        texts = encoded.dictionary
        if names.is_named(name):
            texts = arrow.texts(names.names(name, texts.to_pylist(), language))
        words.append(pc.replace_substring_regex(texts, FORMULA, GUARDED).take(encoded.indices))
    return pa.table(words, names=[heading(name, language) for name in table.column_names])
