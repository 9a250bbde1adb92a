"""The summary of a state: a sentence to cite, key facts, what is missing, and how to cite.

`published.national_series` alone decides which source is cited. Of a suppressed figure only what
`words.disclosure` allows is written, and nothing is derived from other figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published.extracts.edition import Edition
from pipelines.published.extracts.gaps import (
    Gap,
    Row,
    gaps_by_priority,
    joined,
    need_texts,
)
from pipelines.published.extracts.queries import query, records
from pipelines.published.site.context import of_state
from pipelines.published.site.facts.sentences import HAPPENED, Sentences, read_sentences
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.warehouse import remarks
from pipelines.words import interface_text
from pipelines.words.disclosure import Kind, disclose, interval_text
from pipelines.words.foreign_text import named
from pipelines.words.language import Language
from pipelines.words.years import printed_year
from schemas import codelists

_PARTS: Final = {"F": "summary_women", "Y0T17": "summary_children"}
_FACTS: Final = (VICTIMS, *_PARTS, "PER_PROSEC", "PER_CONVICT")
"""The key facts about figures, in the order of the sheet."""

_UNREMARKABLE: Final = {"A", "Q"}
"""Codes of the list `obs_status` that need no remark beside the figure."""


@dataclass(frozen=True)
class Facts:
    """Facts on one state."""

    figures: Mapping[str, Row]  # rows of sql/summary_figure.sql, by fact
    core: Sequence[Row]  # rows of sql/summary_core.sql
    sentences: Sentences  # what the warehouse says of it in words
    totals: Totals  # its series from sources that may be passed on
    # what is known of the newest figures to cite, by indicator: see `published.remarks`
    remarks: Mapping[str, Sequence[remarks.Row]]
    sources: Mapping[str, Row]  # rows of main.source by id, of those that may be passed on


@dataclass(frozen=True)
class KeyFact:
    """One line of the key facts; `figure` and `year` are numbers where they are whole and exact."""

    name: str
    figure: float | str
    year: int | str
    source: str
    remark: str
    is_part: bool = False


@dataclass(frozen=True)
class Summary:
    """Texts of a summary."""

    state: str
    sentence: str  # the sentence to cite
    source: str  # the source to cite for it, and why
    facts: Sequence[KeyFact]
    gaps: Sequence[Gap]  # what is missing, in order of priority
    unknown: str  # the core indicators of which no state has a figure
    citation: str  # how to cite the key facts


def read_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Facts]:
    """Return the facts on every state of the Americas."""
    figures = records(connection, query("summary_figure"))
    core = records(connection, query("summary_core"))
    totals, known = _passed_on(connection), remarks.of_last(connection)
    sentences = read_sentences(connection)
    free = {
        row["source"]: row for row in records(connection, "from main.source where redistribute")
    }
    return {
        area: Facts(
            {row["fact"]: row for row in figures if row["ref_area"] == area},
            [row for row in core if row["ref_area"] == area],
            of_state(sentences, area),
            Totals(of_state(totals, area)),
            {
                indicator: [each for each in rows if _may_be_passed_on(each, free)]
                for (state, indicator), rows in known.items()
                if state == area
            },
            free,
        )
        for area in codelists.oas_states()
    }


def _may_be_passed_on(remark: remarks.Row, free: Mapping[str, Row]) -> bool:
    """Return whether the terms of both figures of a remark allow it."""
    return {remark["source"], remark["other_source"]} - {None} <= free.keys()


def _passed_on(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Total]]:
    """Return the series from sources whose figures may be passed on."""
    free = {row["source"] for row in records(connection, "from main.source where redistribute")}
    return {
        key: [total for total in series if total.source in free]
        for key, series in read_totals(connection).by_indicator.items()
    }


def summarise(facts: Facts, area: str, language: str, edition: Edition) -> Summary:
    """Return the summary of a state in a language."""
    reader, detected = interface_text.language(language), facts.figures.get(VICTIMS)
    unknown = [row for row in facts.core if not row["states"]]
    names = [reader.name("indicator", row["indicator"]) for row in unknown]
    return Summary(
        state=reader.name("area", area),
        sentence=facts.sentences[area, HAPPENED, language].text,
        source=source_sentence(detected, reader) if detected else "",
        facts=[*_figures(facts, reader), _missing(facts.core, reader)],
        gaps=gaps_by_priority(facts.core, reader),
        unknown=reader.say("summary_unknown", names=joined(names, reader)) if names else "",
        citation=_citation(facts, reader, edition),
    )


def year_text(row: Row) -> str:
    """Return the year of a figure as printed."""
    return printed_year(int(row["year"]), row["time_basis"])


def source_sentence(row: Row, language: Language) -> str:
    """Return the sentence on the source to cite, its release, and why it is this one."""
    return language.say(
        "summary_source",
        publisher=_publisher(row, language),
        title=named(row, language.code)["title"],
        day=language.day(row["release"]),
        reason=language.name("citation_reason", row["citation_reason"]),
    )


def _publisher(row: Row, language: Language) -> str:
    """Return the publisher of a figure; the government comes first whose figure it prints."""
    publisher = named(row, language.code)["publisher"]
    return _behind_its_author(publisher, row, language)


def _behind_its_author(text: str, row: Row, language: Language) -> str:
    author = language.government(row["source"], row["ref_area"])
    return language.say("author_in", author=author, publisher=text) if author else text


def cited_release(source: str, citation: str, release: str, language: Language) -> str:
    """Return how to cite a release of a source, whose citation in English is `citation`."""
    text = language.words.get(f"citation_{source}", citation)
    return language.say("release_cited", citation=text, release=language.day(release))


def _figures(facts: Facts, language: Language) -> list[KeyFact]:
    """Return the key facts about figures; a part is there only beside a total."""
    return [
        _key_fact(fact, facts, language)
        for fact in _FACTS
        if fact not in _PARTS or VICTIMS in facts.figures
    ]


def _key_fact(fact: str, facts: Facts, language: Language) -> KeyFact:
    row, is_part = facts.figures.get(fact), fact in _PARTS
    name = language.say(_PARTS[fact]) if is_part else language.name("indicator", fact)
    if row is None:
        why = joined(_remarks(fact, {}, facts, language), language) if not is_part else ""
        return KeyFact(name, language.say("no_figure"), "", "", why, is_part)
    shown, year = disclose(_as_published(row)), year_text(row)
    if shown.kind is Kind.SUPPRESSED:
        figure: float | str = interval_text(shown.bottom, shown.top)
    else:
        figure = language.say("no_figure") if shown.value is None else shown.value
    day = language.day(row["release"])
    source = language.say("release_cited", citation=_publisher(row, language), release=day)
    return KeyFact(
        name,
        figure,
        int(year) if year.isdecimal() else year,
        "" if is_part else source,
        joined(_remarks(fact, row, facts, language), language),
        is_part,
    )


def _remarks(fact: str, row: Row, facts: Facts, language: Language) -> list[str]:
    """Return what is known of a figure, as on the card of the page; of a part its reservations."""
    if fact not in _PARTS:
        known = remarks.shown(facts.remarks.get(fact, []))
        return [remarks.said(each, _sources(facts, language.code), language) for each in known]
    codes = [code for code in row["obs_status"].split(";") if code not in _UNREMARKABLE]
    inferred = [language.say("year_inferred")] if row["is_year_inferred"] else []
    return [*(language.name("obs_status", code) for code in codes), *inferred]


def _sources(facts: Facts, language: str) -> dict[str, Row]:
    """Return the sources by id, each with the short name of its publisher."""
    short = interface_text.language(language).words
    return {
        source: {
            **row, "short_name": short.get(f"short_{source}", named(row, language)["publisher"])
        }
        for source, row in facts.sources.items()
    }  # fmt: skip


def _missing(core: Sequence[Row], language: Language) -> KeyFact:
    """Return the key fact on core indicators without a figure, with the first need."""
    missing = sum(not row["has_figure"] for row in core)
    figure = language.say("part_of_whole", part=missing, whole=len(core))
    remark = ""
    if wanted := next((row for row in core if row["needs"]), None):
        [need, *_] = need_texts(wanted["needs"], language)
        indicator = language.name("indicator", wanted["indicator"])
        remark = language.say("summary_first_need", indicator=indicator, need=need)
    return KeyFact(language.say("summary_missing"), figure, "", "", remark)


def _citation(facts: Facts, language: Language, edition: Edition) -> str:
    """Return how to cite the key facts, or without any the sources of other figures."""
    releases = {
        (row["source"], row["release"]): row for fact in _FACTS if (row := facts.figures.get(fact))
    }
    made = {"version": edition.version, "day": language.day(edition.day)}
    if not releases:
        return language.say("note_citation", sources=language.say("sheet_sources"), **made)
    cited = [
        _behind_its_author(cited_release(source, row["citation"], release, language), row, language)
        for (source, release), row in releases.items()
    ]
    return language.say("summary_cite", sources=joined(cited, language), **made)


def _as_published(row: Row) -> Row:
    """Return the row without an earlier figure, which no summary shows."""
    return {**row, "previous_release": None}
