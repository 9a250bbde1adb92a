"""Excel extracts: one workbook per state of the Americas and language, `<language>/<ISO3>.xlsx`.

A state without figures has one too, whose summary says so. A monthly series has a row per year,
with a column per month: years and months can be read off, summed and charted without reshaping.

The day of a workbook is the newest on which a file of its own sources was retrieved, as on the
state's page, so that it stays the same while they do. That of a state without figures is the newest
of all.

Why every state has one in all four languages: docs/decisions/versions.md.
"""

import shutil
from collections.abc import Mapping, Sequence
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

_QUERIES: Final[Mapping[str, tuple[str, dict[str, object] | None]]] = {
    "figures": ("word", {"months": False}),
    "cited": ("cited", None),
    "months": ("month", None),
    "assessments": ("assessment", None),
    "definitions": ("definition", None),
    "sources": ("workbook_source", None),
}
"""The query of each table, and its values."""

_OF_SOURCE: Final = ("publisher", "title", "counted", "licence")
"""Columns with texts of a source."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path, earlier: Earlier = NOTHING) -> None:
    """Write the workbooks into an existing folder, from a warehouse open for reading.

    Those of states with the same figures as in the `earlier` folder are taken from there.
    """
    kept, made = Kept(earlier), edition.read_edition(connection)
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
    anew: dict[str, str] = {}
    for area, tables in answers.items():
        columns, releases = tables["sources"]
        own = [retrieved[row[columns.index("source")]] for row in releases]
        day = max(own, default=made.day)
        paths = [f"{language}/{area}.xlsx" for language in codelists.LANGUAGES]
        known = kept.files(paths, made_from(common, day, facts[area], tables))
        for path, file in zip(paths, known, strict=False):
            shutil.copyfile(file, folder / path)
        if not known:
            anew[area] = day
    for language in codelists.LANGUAGES:
        reader = interface_text.language(language)
        named = {
            source: foreign_text.named(row, language)
            | {name: row[f"{name}_{language}"] for name in ("counted", "licence")}
            for source, row in remarks.named_sources(connection, reader).items()
        }
        for area, day in anew.items():
            dated = replace(made, day=day)
            contents = Contents(
                codelists.labels("area", language)[area],
                language,
                summary.summarise(facts[area], area, language, dated, named),
                _tables(answers[area], language, named),
            )
            workbook.write(folder / language / f"{area}.xlsx", contents, dated)
    (folder / RECORD).write_text(kept.record(), encoding="utf-8")


def _answers(connection: duckdb.DuckDBPyConnection) -> dict[str, Answers]:
    """Return the answers of the queries by state.

    The first column of each answer is the state, and the rows are in its order.
    """
    found: dict[str, Answers] = {area: {} for area in codelists.oas_states()}
    for table, (name, values) in _QUERIES.items():
        answer = connection.execute(query(name), values)
        _, *columns = (column for column, *_ in answer.description or ())
        groups = groupby(answer.fetchall(), key=itemgetter(0))
        rows = {area: [row[1:] for row in group] for area, group in groups}
        for area, own in found.items():
            own[table] = (columns, rows.get(area, []))
    return found


def _tables(answers: Answers, language: str, named: Named) -> dict[str, Table]:
    """Return the tables of the workbook of a state, by name."""
    columns = {table: _in_words(*answer, language, named) for table, answer in answers.items()}
    # The source stands beside the indicator: a printed page ends before the columns on the right.
    figures = _figures(columns["figures"])
    beside = figures.pop("source")
    made = {
        "figures": _with_behind(figures, "indicator_name", {"source": beside}),
        "cited": _figures(columns["cited"]),
        "months": _months(columns["months"], language),
        "assessments": columns["assessments"],
        "definitions": _definitions(columns["definitions"], language),
        "sources": columns["sources"],
    }
    return {name: ([*table], [*zip(*table.values(), strict=True)]) for name, table in made.items()}


def _with_behind(columns: Columns, name: str, others: Mapping[str, Sequence[Any]]) -> Columns:
    """Return columns with others behind the one of a name."""
    at = [*columns].index(name) + 1
    own = [*columns.items()]
    return dict([*own[:at], *others.items(), *own[at:]])


def _in_words(columns: Sequence[str], rows: Rows, language: str, named: Named) -> Columns:
    """Return the columns of an answer: codes, texts and citations in the reader's language."""
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
        elif name == "citation":
            reader = interface_text.language(language)
            table[name] = [
                summary.cited_release(source, str(named[source]["citation"]), release, reader)
                for source, release in zip(table["source"], table["release"], strict=True)
            ]
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


def _months(columns: Columns, language: str) -> Columns:
    """Return a row per series and year, with a column per month behind the year."""
    figures, printed = columns.pop("figures"), columns.pop("printed")
    years = [exact | texts for exact, texts in zip(figures, printed, strict=True)]
    months = {
        month: [year.get(number) for year in years]
        for number, month in enumerate(month_names(language), start=1)
    }
    return _with_behind(columns, "year", months)


def _definitions(columns: Columns, language: str) -> Columns:
    """Name the columns of the codes as the sheet of figures does, and add names and definitions.

    A definition that is not translated is left out, and so is a code of another list (a citizenship
    that is a state).
    """
    reader = interface_text.language(language)
    table: dict[str, list[Any]] = {name: [] for name in ("dimension", "code", "name", "definition")}
    for dimension, code in zip(columns["dimension"], columns["code"], strict=True):
        if code not in codelists.codes(dimension):
            continue
        definition = reader.definition(dimension, code)
        if language == "en" and not definition:
            definition = codelists.column(dimension, "definition")[code]
        table["dimension"].append(heading(f"{dimension}_name", language))
        table["code"].append(code)
        table["name"].append(codelists.labels(dimension, language)[code])
        table["definition"].append(definition or None)
    return dict(table)
