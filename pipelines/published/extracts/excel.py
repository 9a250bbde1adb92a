"""Excel extracts: one workbook per state of the Americas and language, `<language>/<ISO3>.xlsx`.

A state without figures has one too, whose summary says so. A monthly series has a row per year,
with a column per month: years and months can be read off, summed and charted without reshaping.

The day of a workbook is the newest on which a file of its own sources was retrieved, as on the
state's page, so that it stays the same while they do. That of a state without figures is the newest
of all.

Why every state has one in all four languages: docs/decisions/versions.md.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.extracts import edition, names, summary, workbook
from pipelines.published.extracts.queries import query, records
from pipelines.published.extracts.sheets import Table
from pipelines.published.extracts.workbook import Contents
from pipelines.published.kept import NOTHING, RECORD, Earlier, Kept, made_from
from pipelines.warehouse import remarks
from pipelines.words import foreign_text, interface_text
from pipelines.words.extract_words import heading, month_names
from pipelines.words.interface_text import labels
from schemas import codelists

Rows = Sequence[Sequence[Any]]
Answers = dict[str, tuple[list[str], Rows]]
"""Columns and rows of the answers of the queries on one state, by table."""

Columns = dict[str, Sequence[Any]]
"""Cells of a table by column."""

Named = dict[str, dict[Any, Any]]
"""Sources with their texts in the reader's language."""

_OF_SOURCE: Final = ("publisher", "title", "counted", "licence")
"""Columns with texts of a source."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path, earlier: Earlier = NOTHING) -> None:
    """Write the workbooks into an existing folder, from a warehouse open for reading.

    Those of states with the same figures as in the `earlier` folder are taken from there.
    """
    kept, made = Kept(earlier), edition.read(connection)
    sources, facts = records(connection, "from main.source"), summary.read_facts(connection)
    for language in codelists.LANGUAGES:
        (folder / language).mkdir()
    answers = _answers(connection)
    common = made_from(sources, made.version)
    retrieved = dict(
        connection.execute(
            "select source, max(retrieved)::date::varchar from main.release group by all"
        ).fetchall()
    )
    days = {
        area: _newest(*answers(area)["sources"], retrieved) or made.day
        for area in codelists.oas_states()
    }
    anew = [
        area
        for area, day in days.items()
        if not _taken(kept, area, made_from(common, day, facts[area], answers(area)), folder)
    ]
    for language in codelists.LANGUAGES:
        reader = interface_text.language(language)
        named = {
            source: _named(row, language)
            for source, row in remarks.named_sources(connection, reader).items()
        }
        for area in anew:
            tables = _tables(answers(area), language, named)
            dated = replace(made, day=days[area])
            name = codelists.labels("area", language)[area]
            texts = summary.summarise(facts[area], area, language, dated, named)
            contents = Contents(area=name, language=language, summary=texts, **tables)
            workbook.write(folder / language / f"{area}.xlsx", contents, dated)
    (folder / RECORD).write_text(kept.record(), encoding="utf-8")


def _taken(kept: Kept, area: str, inputs: str, folder: Path) -> bool:
    """Return whether the earlier workbooks of a state could be taken over, in all languages."""
    paths = [f"{language}/{area}.xlsx" for language in codelists.LANGUAGES]
    known = kept.files(paths, inputs)
    for path, file in zip(paths, known, strict=False):
        shutil.copyfile(file, folder / path)
    return bool(known)


def _named(source: dict[str, Any], language: str) -> dict[Any, Any]:
    """Return a source with its texts in the language."""
    texts = {name: source[f"{name}_{language}"] for name in ("counted", "licence")}
    return foreign_text.named(source, language) | texts


def _newest(columns: Sequence[str], releases: Rows, retrieved: Mapping[str, str]) -> str:
    """Return the newest day on which a file of the sources was retrieved; "" without any."""
    return max((retrieved[row[columns.index("source")]] for row in releases), default="")


def _answers(connection: duckdb.DuckDBPyConnection) -> Callable[[str], Answers]:
    """Return a function from a state to the answers of the queries, by table."""
    found = {
        "figures": _by_state(connection, query("word"), {"months": False}),
        "cited": _by_state(connection, query("cited")),
        "months": _by_state(connection, query("month")),
        "assessments": _by_state(connection, query("assessment")),
        "definitions": _by_state(connection, query("definition")),
        "sources": _by_state(connection, query("workbook_source")),
    }
    return lambda area: {table: rows(area) for table, rows in found.items()}


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


def _tables(answers: Answers, language: str, named: Named) -> dict[str, Table]:
    """Return the tables of the workbook of a state, by name."""
    columns = {table: _in_words(*answer, language, named) for table, answer in answers.items()}
    made = {
        "figures": _with_source_beside(_figures(columns["figures"])),
        "cited": _figures(columns["cited"]),
        "months": _months(columns["months"], language),
        "assessments": columns["assessments"],
        "definitions": _definitions(columns["definitions"], language),
        "sources": _cited(columns["sources"], named, language),
    }
    return {name: ([*table], [*zip(*table.values(), strict=True)]) for name, table in made.items()}


def _in_words(columns: Sequence[str], rows: Rows, language: str, named: Named) -> Columns:
    """Return the columns of an answer, codes and the texts of sources in the reader's language."""
    cells = zip(*rows, strict=True) if rows else repeat((), len(columns))
    table: Columns = dict(zip(columns, cells, strict=True))
    for name in columns:
        if names.is_named(name):
            table[name] = names.names(name, table[name], language)
        elif name == "comment":
            quoted = labels(language)["comment_quoted"]
            table[name] = [each and quoted.format(text=each) for each in table[name]]
        elif name in _OF_SOURCE:
            table[name] = [named[source][name] for source in table["source"]]
    return table


def _figures(columns: Columns) -> Columns:
    """Return one column of figures, with the printed text where a figure is suppressed."""
    printed = columns.pop("printed")
    columns["value"] = [
        value if text is None else text
        for value, text in zip(columns["value"], printed, strict=True)
    ]
    columns["time_period"] = [
        int(period) if period.isdecimal() else period for period in columns["time_period"]
    ]
    return {"figure" if name == "value" else name: cells for name, cells in columns.items()}


def _with_source_beside(columns: Columns) -> Columns:
    """Put the source beside the indicator: a printed page ends before the columns on the right."""
    source, table = columns.pop("source"), dict[str, Sequence[Any]]()
    for name, cells in columns.items():
        table[name] = cells
        if name == "indicator_name":
            table["source"] = source
    return table


def _months(columns: Columns, language: str) -> Columns:
    """Return a row per series and year, with a column per month behind the year."""
    figures, printed = columns.pop("figures"), columns.pop("printed")
    years = [exact | texts for exact, texts in zip(figures, printed, strict=True)]
    table: Columns = {}
    for name, cells in columns.items():
        table[name] = cells
        if name == "year":
            for number, month in enumerate(month_names(language), start=1):
                table[month] = [year.get(number) for year in years]
    return table


def _definitions(columns: Columns, language: str) -> Columns:
    """Name the columns of the codes as the sheet of figures does, and add names and definitions.

    A definition that is not translated is left out, and so is a code of another list (a citizenship
    that is a state).
    """
    used = [
        each
        for each in zip(columns["dimension"], columns["code"], strict=True)
        if each[1] in codelists.codes(each[0])
    ]
    return {
        "dimension": [heading(f"{dimension}_name", language) for dimension, _ in used],
        "code": [code for _, code in used],
        "name": [codelists.labels(dimension, language)[code] for dimension, code in used],
        "definition": [_definition(dimension, code, language) for dimension, code in used],
    }


def _definition(dimension: str, code: str, language: str) -> str | None:
    english = codelists.column(dimension, "definition")[code] if language == "en" else None
    return interface_text.language(language).definition(dimension, code) or english


def _cited(columns: Columns, named: Named, language: str) -> Columns:
    """Put the citations of releases into the reader's language."""
    reader = interface_text.language(language)
    releases = zip(columns["source"], columns["release"], strict=True)
    columns["citation"] = [
        summary.cited_release(source, str(named[source]["citation"]), release, reader)
        for source, release in releases
    ]
    return columns
