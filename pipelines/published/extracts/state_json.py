"""JSON extracts: what is to be quoted of each state, and of the Americas, `<area>.json`.

| member | holds |
|---|---|
| `area` | ISO 3166-1 alpha-3, or AMERICAS |
| `version`, `day` | version of tipstat; the newest day on which a file was retrieved |
| `figures` | the newest figure of each indicator, or none, with what is known of it |
| `answers` | the answer to each question, in numbers and in a sentence of each language |
| `releases` | terms and citation of each release of a source that is named |

Codes are those of the code lists beside them. Figures are those of `published.newest` and
`published.remark`, answers those of `published.answer` and `published.sentence`, without those
whose sources may not be passed on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from pipelines.published import extract_paths
from pipelines.published.extracts import edition
from pipelines.published.extracts.edition import Edition
from pipelines.published.extracts.queries import in_codes
from pipelines.warehouse import declarations, remarks
from pipelines.warehouse.sentences import AMERICAS, within
from pipelines.words import interface_text
from pipelines.words.disclosure import Kind, disclose, interval_text
from schemas import codelists

Row = Mapping[str, Any]
Known = Mapping[tuple[str, str], Sequence[remarks.Row]]
"""What is known of the newest figures, by state and indicator: see `remarks.of_last`."""

AREAS: Final = (*codelists.oas_states(), AMERICAS)
"""Areas with a file."""

_TERMS: Final = ("source", "release", "publisher", "title", "licence", "citation", "address")


@dataclass(frozen=True)
class _Tables:
    """Rows that may be passed on, by area, and what their sources are called in each language."""

    newest: Mapping[str, Sequence[Row]]
    answers: Mapping[str, Sequence[Row]]
    sentences: Mapping[str, Sequence[Row]]
    known: Known
    sources: Mapping[str, Mapping[str, Row]]


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    made, tables = edition.read(connection), _read(connection)
    for area in AREAS:
        figures, answers = [*_figures(area, tables)], [*_answers(area, tables)]
        document = {
            "area": area,
            "version": made.version,
            "day": made.day,
            "figures": figures,
            "answers": answers,
            "releases": _releases(made, figures, answers),
        }
        content = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (folder.parent / extract_paths.json(area)).write_bytes(content)


def _read(connection: duckdb.DuckDBPyConnection) -> _Tables:
    leaving = {each.name: in_codes(connection, each) for each in declarations.leaving("json")}
    return _Tables(
        _by(leaving["newest"], "ref_area"),
        _by(leaving["answer"], "area"),
        _by(leaving["sentence"], "area"),
        remarks.of_last(connection),
        {
            code: remarks.named_sources(connection, interface_text.language(code))
            for code in codelists.LANGUAGES
        },
    )


def _by(rows: duckdb.DuckDBPyRelation, column: str) -> dict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in rows.to_arrow_table().to_pylist():
        found[row[column]].append(row)
    return found


def _figures(area: str, tables: _Tables) -> Iterator[dict[str, Any]]:
    """Yield each newest figure; of an indicator of which something is known instead, no figure."""
    newest = {row["indicator"]: row for row in tables.newest.get(area, [])}
    known = {indicator: rows for (state, indicator), rows in tables.known.items() if state == area}
    for indicator in codelists.codes("indicator"):
        said = [_said(row, tables) for row in known.get(indicator, []) if row["is_free"]]
        row = newest.get(indicator)
        if row or said:
            figure = {"printed": _printed(row), **row} if row else {"indicator": indicator}
            yield {**figure, "remarks": said}


def _printed(row: Row) -> str | None:
    shown = disclose(row)
    if shown.kind is Kind.SUPPRESSED:
        return interval_text(shown.bottom, shown.top)
    return None if shown.value is None else f"{shown.value:.15g}"


def _said(row: remarks.Row, tables: _Tables) -> dict[str, Any]:
    return {
        "remark": row["remark"],
        "severity": row["severity"],
        "text": {
            code: remarks.said(row, sources, within(row["ref_area"], interface_text.language(code)))
            for code, sources in tables.sources.items()
        },
    }


def _answers(area: str, tables: _Tables) -> Iterator[dict[str, Any]]:
    """Yield each answer, in the order of the questions, with its sentences."""
    answers = {row["question"]: row for row in tables.answers.get(area, [])}
    for question in codelists.codes("question"):
        said = [row for row in tables.sentences.get(area, []) if row["question"] == question]
        if question in answers and said:
            yield {
                **answers[question],
                "args": orjson.loads(answers[question]["args"]),
                "sources": said[0]["sources"],
                "text": {row["language"]: row["text"] for row in said},
                "caution_text": {row["language"]: row["caution_text"] for row in said},
            }


def _releases(
    made: Edition, figures: Sequence[Row], answers: Sequence[Row]
) -> list[dict[str, Any]]:
    named = {each.get("source") for each in figures}.union(*(each["sources"] for each in answers))
    return [
        {name: release[name] for name in _TERMS}
        for release in made.releases
        if release["is_current"] and release["source"] in named
    ]
