"""JSON extracts: what is to be quoted of each state, and of the Americas, `<area>.json`.

| member | holds |
|---|---|
| `area` | ISO 3166-1 alpha-3, or AMERICAS |
| `version`, `day` | version of tipstat; the newest day of retrieval of `releases`, null without |
| `figures` | the newest figure of each indicator, or none, with what is known of it |
| `answers` | the answer to each question, in numbers and in a sentence of each language |
| `releases` | terms and citation of each release of a source that is named |

Codes are those of the code lists beside them. Figures are those of `published.newest` and
`published.remark`, answers those of `published.answer` and `published.sentence`, without those
whose sources may not be passed on.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from pipelines.published import extract_paths
from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import in_codes
from pipelines.warehouse import declarations, remarks
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words import interface_text
from pipelines.words.disclosure import Kind, disclose, interval_text
from schemas import codelists

Row = Mapping[str, Any]
Known = Mapping[tuple[str, str], Sequence[remarks.Row]]
"""What is known of the newest figures, by state and indicator: see `remarks.of_last`."""

AREAS: Final = (*codelists.oas_states(), AMERICAS)
"""Areas with a file."""

_TERMS: Final = ("source", "release", "publisher", "title", "licence", "citation", "address")


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    made = edition.read_edition(connection)
    leaving = {
        each.name: in_codes(connection, each).to_arrow_table().to_pylist()
        for each in declarations.leaving("json")
    }
    known = remarks.of_last(connection)
    sources = {
        code: remarks.named_sources(connection, interface_text.language(code))
        for code in codelists.LANGUAGES
    }
    for area in AREAS:
        newest = [row for row in leaving["newest"] if row["ref_area"] == area]
        sentences = [row for row in leaving["sentence"] if row["area"] == area]
        figures = [*_figures(area, newest, known, sources)]
        answers = [*_answers([row for row in leaving["answer"] if row["area"] == area], sentences)]
        named = {each.get("source") for each in figures}
        named |= {source for each in answers for source in each["sources"]}
        releases = [
            release
            for release in made.releases
            if release["is_current"] and release["source"] in named
        ]
        document = {
            "area": area,
            "version": made.version,
            # Not that of the whole: a release of one state's source would remake every file.
            "day": max((release["retrieved"] for release in releases), default=None),
            "figures": figures,
            "answers": answers,
            "releases": [{name: release[name] for name in _TERMS} for release in releases],
        }
        content = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (folder.parent / extract_paths.json(area)).write_bytes(content)


def _figures(
    area: str, newest: Sequence[Row], known: Known, sources: Mapping[str, Mapping[str, Row]]
) -> Iterator[dict[str, Any]]:
    """Yield each newest figure; of an indicator of which something is known instead, no figure.

    Args:
        area: code of the area.
        newest: its rows of `published.newest` that may be passed on.
        known: what is known of the newest figures of all areas.
        sources: by language, what the sources are called.
    """
    by_indicator = {row["indicator"]: row for row in newest}
    for indicator in codelists.codes("indicator"):
        said = [
            {
                "remark": row["remark"],
                "severity": row["severity"],
                "text": {
                    code: remarks.said(row, named, interface_text.language(code))
                    for code, named in sources.items()
                },
            }
            for row in known.get((area, indicator), [])
            if row["is_free"]
        ]
        if figure := by_indicator.get(indicator):
            shown = disclose(figure)
            printed = None if shown.value is None else f"{shown.value:.15g}"
            if shown.kind is Kind.SUPPRESSED:
                printed = interval_text(shown.bottom, shown.top)
            yield {"printed": printed, **figure, "remarks": said}
        elif said:
            yield {"indicator": indicator, "remarks": said}


def _answers(answers: Sequence[Row], sentences: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield each answer on an area, in the order of the questions, with its sentences."""
    by_question = {row["question"]: row for row in answers}
    for question in codelists.codes("question"):
        said = [row for row in sentences if row["question"] == question]
        if question in by_question and said:
            yield {
                **by_question[question],
                "args": orjson.loads(by_question[question]["args"]),
                "sources": said[0]["sources"],
                "text": {row["language"]: row["text"] for row in said},
                "caution_text": {row["language"]: row["caution_text"] for row in said},
            }
