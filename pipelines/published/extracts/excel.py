"""Excel extracts: one workbook per state of the Americas and language, `<language>/<ISO3>.xlsx`.

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
Answers = dict[str, tuple[list[str], Rows]]
"""Columns and rows of the answers of the queries on one state, by table."""

Named = dict[str, dict[Any, Any]]
"""Sources with their publisher and title in the reader's language."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path, earlier: Earlier = NOTHING) -> None:
    """Write the workbooks into an existing folder, from a warehouse open for reading.

    Those of states with the same figures as in the `earlier` folder are taken from there. Figures
    are compared in English: names of codes are unique, so that other languages follow from them.
    """
    kept, made = Kept(earlier), edition.read(connection)
    sources, facts = records(connection, "from main.source"), summary.read_facts(connection)
    for language in codelists.LANGUAGES:
        (folder / language).mkdir()
    english = _answers(connection, "en", codelists.oas_states())
    common = made_from(sources, made.version)
    anew = [
        area
        for area in codelists.oas_states()
        if not _taken(kept, area, made_from(common, facts[area], english(area)), folder)
    ]
    for language in codelists.LANGUAGES:
        named = {row["source"]: foreign_text.named(row, language) for row in sources}
        answers = english if language == "en" else _answers(connection, language, anew)
        for area in anew:
            tables = _tables(answers(area), language, named)
            dated = replace(made, day=_newest(*tables["sources"]) or made.day)
            name = codelists.labels("area", language)[area]
            texts = summary.summarise(facts[area], name, language, dated)
            contents = Contents(area=name, language=language, summary=texts, **tables)
            workbook.write(folder / language / f"{area}.xlsx", contents, dated)
    (folder / RECORD).write_text(kept.record(), encoding="utf-8")


def _taken(kept: Kept, area: str, inputs: str, folder: Path) -> bool:
    """Return whether the earlier workbooks of a state could be taken over, in all languages."""
    paths = [f"{language}/{area}.xlsx" for language in codelists.LANGUAGES]
    known = [kept.file(path, inputs) for path in paths]
    if None in known:
        return False
    for path, file in zip(paths, filter(None, known), strict=True):
        shutil.copyfile(file, folder / path)
    return True


def _newest(columns: Sequence[str], releases: Rows) -> str:
    """Return the newest day on which a file of the releases was retrieved; "" without any."""
    return max((row[columns.index("retrieved")] for row in releases), default="")


def _answers(
    connection: duckdb.DuckDBPyConnection, language: str, areas: Sequence[str]
) -> Callable[[str], Answers]:
    """Return a function from one of the states to the answers of the queries, by table."""
    found = {
        "figures": _by_state(connection, query("word", language), areas, {"months": False}),
        "cited": _by_state(connection, query("cited", language), areas),
        "months": _by_state(connection, query("month", language), areas),
        "definitions": _by_state(connection, query("definition", language), areas),
        "sources": _by_state(connection, query("workbook_source", language), areas),
    }
    return lambda area: {table: rows(area) for table, rows in found.items()}


def _tables(answers: Answers, language: str, named: Named) -> dict[str, Table]:
    """Return the tables of the workbook of a state, by name."""
    return {
        "figures": _figures(*_named(*answers["figures"], named)),
        "cited": _figures(*_named(*answers["cited"], named)),
        "months": _months(*answers["months"], language),
        "definitions": _definitions(*answers["definitions"], language),
        "sources": _cited(*_named(*answers["sources"], named), named, language),
    }


def _by_state(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    areas: Sequence[str],
    values: dict[str, object] | None = None,
) -> Callable[[str], tuple[list[str], Rows]]:
    """Return a function from a state to its columns and rows, for some states.

    The first column of the answer is the state, and the rows are in its order.
    """
    every = sql.rstrip().removesuffix(";")
    some = f"from ({every}) as answer(state) where list_contains($areas, state::varchar)"
    answer = connection.execute(some, {**(values or {}), "areas": areas})
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
