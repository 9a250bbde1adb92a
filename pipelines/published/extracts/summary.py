"""The summary of a state: sentences to cite, key facts, what is missing, and how to cite.

`published.sentence` has the sentences and `published.newest` the figures. Of a suppressed figure
only what `words.disclosure` allows is written, and nothing is derived from other figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import duckdb

from pipelines.published.extracts.edition import Edition
from pipelines.published.extracts.queries import query, records
from pipelines.warehouse import remarks
from pipelines.words import interface_text
from pipelines.words.disclosure import Kind, disclose, interval_text
from pipelines.words.language import Language, spans
from pipelines.words.years import printed_year
from schemas import codelists

_VICTIMS: Final = "VIC_DETECT"
_PARTS: Final = {"F": "summary_women", "Y0T17": "summary_children"}
_RECORDED: Final = "VIC_RECORDED"
_FACTS: Final = (_RECORDED, _VICTIMS, *_PARTS, "PER_PROSEC", "PER_CONVICT")
"""The key facts about figures, in the order of the sheet."""
_NEEDS: Final = {**dict.fromkeys(_PARTS, _VICTIMS), _RECORDED: _RECORDED}
"""Key facts that are there only beside another, or only where they have a figure."""

Row = Mapping[str, Any]
"""A row of sql/summary_core.sql, or of another query of the summary."""

Sources = Mapping[str, Row]
"""Sources by id, with their texts in the reader's language: see `remarks.named_sources`."""


@dataclass(frozen=True)
class SummaryFacts:
    """Facts on one state."""

    figures: Mapping[str, Row]  # rows of sql/summary_figure.sql, by fact
    core: Sequence[Row]  # rows of sql/summary_core.sql
    sentences: Sequence[Row]  # rows of sql/sentence.sql
    # what is known of the newest figures, by indicator: see `remarks.of_last`
    remarks: Mapping[str, Sequence[remarks.Row]]


@dataclass(frozen=True)
class Sentence:
    """The answer to a question, and the caution on its figure; "" if there is none."""

    question: str
    text: str
    caution: str


@dataclass(frozen=True)
class KeyFact:
    """One line of the key facts; `figure` and `year` are numbers where they are whole and exact."""

    name: str
    figure: float | str
    year: int | str = ""
    source: str = ""
    remark: str = ""
    is_part: bool = False


@dataclass(frozen=True)
class Gap:
    """One step for one indicator: rank of the step, name, states with a total, and the needs."""

    step: int
    indicator: str
    states: str
    needs: str


@dataclass(frozen=True)
class Summary:
    """Texts of a summary."""

    state: str
    sentences: Sequence[Sentence]  # those to cite, the first question first
    facts: Sequence[KeyFact]
    gaps: Sequence[Gap]  # what is missing, in order of priority
    unknown: str  # the core indicators of which no state has a figure
    citation: str  # how to cite the key facts


def read_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, SummaryFacts]:
    """Return the facts on every state of the Americas."""
    figures = records(connection, query("summary_figure"))
    core = records(connection, query("summary_core"))
    sentences = records(connection, query("sentence"))
    known = remarks.of_last(connection)
    return {
        area: SummaryFacts(
            {row["fact"]: row for row in figures if row["ref_area"] == area},
            [row for row in core if row["ref_area"] == area],
            [row for row in sentences if row["area"] == area],
            {
                indicator: [each for each in rows if each["is_free"]]
                for (state, indicator), rows in known.items()
                if state == area
            },
        )
        for area in codelists.oas_states()
    }


def summarise(
    facts: SummaryFacts, area: str, language: str, edition: Edition, sources: Sources
) -> Summary:
    """Return the summary of a state in a language."""
    reader = interface_text.language(language)
    unknown = [row for row in facts.core if not row["states"]]
    names = [reader.name("indicator", row["indicator"]) for row in unknown]
    return Summary(
        state=reader.name("area", area),
        sentences=[
            Sentence(
                reader.name("question", row["question"]),
                row["text"] or reader.say("summary_not_free"),
                row["caution"] or "",
            )
            for row in facts.sentences
            if row["language"] == language
        ],
        facts=[
            *(
                _key_fact(fact, facts, sources, reader)
                for fact in _FACTS
                if fact not in _NEEDS or _NEEDS[fact] in facts.figures
            ),
            KeyFact(
                reader.say("summary_missing"),
                reader.say(
                    "part_of_whole",
                    part=sum(not row["has_figure"] for row in facts.core),
                    whole=len(facts.core),
                ),
            ),
        ],
        gaps=_gaps(facts.core, reader),
        unknown=reader.say("summary_unknown", names=joined(names, reader)) if names else "",
        citation=_citation(facts, sources, reader, edition),
    )


def year_text(row: Row) -> str:
    """Return the year of a figure as printed."""
    return printed_year(int(row["year"]), row["time_basis"])


def cited_release(source: str, citation: str, release: str, language: Language) -> str:
    """Return how to cite a release of a source, whose citation in English is `citation`."""
    text = language.words.get(f"citation_{source}", citation)
    return language.say("release_cited", citation=text, release=language.day(release))


def _key_fact(fact: str, facts: SummaryFacts, sources: Sources, language: Language) -> KeyFact:
    """Return a key fact about a figure, or that there is none."""
    row, is_part = facts.figures.get(fact), fact in _PARTS
    name = language.say(_PARTS[fact]) if is_part else language.name("indicator", fact)
    known = (row["remarks"] if row else []) if is_part else facts.remarks.get(fact, [])
    said = [remarks.said(each, sources, language) for each in remarks.shown(known)]
    if row is None:
        return KeyFact(name, language.say("no_figure"), "", "", joined(said, language), is_part)
    shown = disclose(row)
    figure = language.say("no_figure") if shown.value is None else shown.value
    if shown.kind is Kind.SUPPRESSED:
        figure = interval_text(shown.bottom, shown.top)
    year, publisher = year_text(row), sources[row["source"]]["publisher"]
    return KeyFact(
        name,
        figure,
        int(year) if year.isdecimal() else year,
        "" if is_part else language.say(
            "release_cited",
            citation=_behind_its_author(publisher, row, language),
            release=language.day(row["release"]),
        ),
        joined(said, language),
        is_part,
    )  # fmt: skip


def _behind_its_author(text: str, row: Row, language: Language) -> str:
    """Return a publisher or citation; the government comes first whose figure it prints."""
    author = language.government(row["source"], row["ref_area"])
    return language.say("author_in", author=author, publisher=text) if author else text


def _citation(facts: SummaryFacts, sources: Sources, language: Language, edition: Edition) -> str:
    """Return how to cite the key facts, or without any the sources of other figures."""
    releases = {
        (row["source"], row["release"]): row for fact in _FACTS if (row := facts.figures.get(fact))
    }
    made = {"version": edition.version, "day": language.day(edition.day)}
    if not releases:
        return language.say("note_citation", sources=language.say("sheet_sources"), **made)
    cited = []
    for (source, release), row in releases.items():
        text = cited_release(source, str(sources[source]["citation"]), release, language)
        cited.append(_behind_its_author(text, row, language))
    return language.say("summary_cite", sources=joined(cited, language), **made)


def _gaps(core: Sequence[Row], language: Language) -> list[Gap]:
    """Return what is missing, an indicator of a step each, in the order of published.need."""
    with_total = {row["indicator"]: row["with_total"] for row in core}
    wanted = [(need, row["indicator"]) for row in core for need in row["needs"]]
    found: dict[tuple[str, str], list[str]] = {}
    for need, indicator in sorted(wanted, key=lambda each: each[0]["priority"]):
        text, years = language.name("need", need["need"]), spans(map(int, need["periods"]))
        of_years = f"{text}{language.colon}{years}" if years else text
        found.setdefault((need["step"], indicator), []).append(of_years)
    steps = list(dict.fromkeys(step for step, _ in found))
    states = len(codelists.oas_states())
    return [
        Gap(
            steps.index(step) + 1,
            language.name("indicator", indicator),
            language.say("part_of_whole", part=with_total[indicator], whole=states),
            joined(needs, language),
        )
        for (step, indicator), needs in found.items()
    ]


def joined(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined as in a sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)
