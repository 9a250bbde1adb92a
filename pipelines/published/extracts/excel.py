"""Excel extracts: one workbook per state of the OAS and language, `<language>/<ISO3>.xlsx`.

A state without figures has one too, whose summary says so. A monthly series has a row per year,
with a column per month: years and months can be read off, summed and charted without reshaping.

The day of a workbook is the newest on which a file of its own figures was retrieved, so that it
stays the same while they do.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from pipelines.published.extracts import edition, summary, workbook
from pipelines.published.extracts.queries import query, records
from pipelines.published.extracts.sheets import Table
from pipelines.published.extracts.workbook import Contents
from pipelines.published.i18n import foreign_text
from pipelines.published.i18n.extract_words import heading, month_names
from pipelines.published.i18n.interface_text import labels
from pipelines.published.kept import NOTHING, RECORD, Earlier, Kept, made_from
from schemas import codelists

Rows = Sequence[Sequence[Any]]
Named = dict[str, dict[Any, Any]]
"""Sources with their publisher and title in the reader's language."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path, earlier: Earlier = NOTHING) -> None:
    """Write the workbooks into an existing folder, from a warehouse open for reading.

    Those that are made from the same as in the `earlier` folder are taken from there.
    """
    kept = Kept(earlier)
    made, facts = edition.read(connection), summary.read_facts(connection)
    sources = records(connection, "from main.source")
    for language in codelists.LANGUAGES:
        (folder / language).mkdir()
        named = {row["source"]: foreign_text.named(row, language) for row in sources}
        tables = _tables(connection, language, named)
        for area in codelists.oas_states():
            name = codelists.labels("area", language)[area]
            own = {table: rows(area) for table, rows in tables.items()}
            dated = replace(made, day=_newest(*own["sources"]) or made.day)
            contents = Contents(
                area=name,
                language=language,
                summary=summary.summarise(facts[area], name, language, dated),
                **own,
            )
            path = f"{language}/{area}.xlsx"
            if known := kept.file(path, made_from(contents, dated.version, dated.day)):
                shutil.copyfile(known, folder / path)
            else:
                workbook.write(folder / path, contents, dated)
    (folder / RECORD).write_text(kept.record(), encoding="utf-8")


def _newest(columns: Sequence[str], releases: Rows) -> str:
    """Return the newest day on which a file of the releases was retrieved; "" without any."""
    return max((row[columns.index("retrieved")] for row in releases), default="")


def _tables(
    connection: duckdb.DuckDBPyConnection, language: str, named: Named
) -> dict[str, Callable[[str], Table]]:
    """Return the tables of the workbooks by name, each a function from a state to its table."""
    figures = _by_state(connection, query("word", language), {"months": False})
    cited = _by_state(connection, query("cited", language))
    months = _by_state(connection, query("month", language))
    definitions = _by_state(connection, query("definition", language))
    sources = _by_state(connection, query("workbook_source", language))
    return {
        "figures": lambda area: _figures(*_named(*figures(area), named)),
        "cited": lambda area: _figures(*_named(*cited(area), named)),
        "months": lambda area: _months(*months(area), language),
        "definitions": lambda area: _definitions(*definitions(area), language),
        "sources": lambda area: _cited(*_named(*sources(area), named), named, language),
    }


def _by_state(
    connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, object] | None = None
) -> Callable[[str], tuple[list[str], Rows]]:
    """Return a function from a state to its columns and rows.

    The first column of the answer is the state, and the rows are in its order.
    """
    answer = connection.execute(sql, values)
    _, *columns = (name for name, *_ in answer.description or ())
    groups = groupby(answer.fetchall(), key=itemgetter(0))
    rows = {area: [row[1:] for row in group] for area, group in groups}
    return lambda area: (columns, rows.get(area, []))


def _named(columns: list[str], rows: Rows, named: Named) -> tuple[list[str], list[list[Any]]]:
    """Return columns and rows with publishers and titles in the reader's language."""
    source = columns.index("source")
    places = [(columns.index(name), name) for name in ("publisher", "title") if name in columns]
    found = [list(row) for row in rows]
    for row in found:
        for place, name in places:
            row[place] = named[row[source]][name]
    return columns, found


def _figures(columns: list[str], rows: list[list[Any]]) -> Table:
    """Return one column of figures, with the printed text where a figure is suppressed."""
    value, period, suppressed = map(columns.index, ("value", "time_period", "printed"))
    for row in rows:
        printed = row.pop(suppressed)
        row[value] = row[value] if printed is None else printed
        row[period] = int(row[period]) if row[period].isdecimal() else row[period]
    names = [name for name in columns if name != "printed"]
    return ["figure" if name == "value" else name for name in names], rows


def _months(columns: list[str], rows: Rows, language: str) -> Table:
    """Return a row per series and year, with a column per month behind the year."""
    behind = columns.index("year") + 1
    table = [
        [*row[:behind], *map((row[-2] | row[-1]).get, range(1, 13)), *row[behind:-2]]
        for row in rows
    ]
    return [*columns[:behind], *month_names(language), *columns[behind:-2]], table


def _definitions(columns: list[str], rows: Rows, language: str) -> Table:
    """Name the columns of the codes as the sheet of figures does, and add the definitions.

    A definition that is not translated is left out.
    """
    texts = labels(language)
    table = []
    for dimension, code, name, english in rows:
        text = (
            f"definition_{code}" if dimension == "indicator" else f"definition_{dimension}_{code}"
        )
        definition = texts.get(text.lower(), english if language == "en" else None)
        table.append([heading(f"{dimension}_name", language), code, name, definition])
    return columns, table


def _cited(columns: list[str], rows: list[list[Any]], named: Named, language: str) -> Table:
    """Put the citations of releases into the reader's language."""
    reader = summary.in_language(language)
    source, release, citation = map(columns.index, ("source", "release", "citation"))
    for row in rows:
        text = str(named[row[source]]["citation"])
        row[citation] = summary.cited_release(row[source], text, row[release], reader)
    return columns, rows
