"""The list of indicators: which have a page, what the others count, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.coverage import Coverage, read_coverage
from pipelines.published.site.facts.indicator import IndicatorFacts as OfIndicators
from pipelines.published.site.facts.indicator import cited, read_facts
from pipelines.published.site.wording import indicator as wording
from pipelines.words.language import Language
from schemas import codelists, parameters


@dataclass(frozen=True)
class IndicatorListFacts:
    """The facts of the page: those of each indicator, coverage, and rows of queries.

    `questionnaires` and `words` are rows of sql/questionnaire.sql and sql/official_word.sql.
    """

    each: OfIndicators
    coverage: Coverage
    questionnaires: Sequence[Row]
    words: Sequence[Row]


def read(connection: duckdb.DuckDBPyConnection) -> IndicatorListFacts:
    """Return the facts of the page."""
    return IndicatorListFacts(
        read_facts(connection),
        read_coverage(connection),
        context.query(connection, "questionnaire").to_dict("records"),
        context.query(connection, "official_word").to_dict("records"),
    )


def files(
    site: context.Site, facts: IndicatorListFacts, language: Language
) -> Iterator[context.File]:
    """Yield the list."""
    each, coverage, areas = facts.each, facts.coverage, site.states[language.code]
    unpaged: dict[str, list[tuple[str, str, str]]] = {}
    for code, row in each.indicators.items():
        if code not in each.own:
            unit = language.name("count_unit", row["count_unit"])
            who = wording.who_could(row, language)
            unpaged.setdefault(row["domain"], []).append((code, unit, who))
    yield rendering.page(
        site,
        "indicators",
        "indicator/index.html",
        language,
        sentence=language.say(
            "indicator_index_sentence",
            count=len(each.indicators),
            reported=sum(row["states"] > 0 for row in each.indicators.values()),
        ),
        least=parameters.whole("states_of_indicator_page"),
        paged=[code for code in each.indicators if code in each.own],
        domains=[
            (domain, unpaged[domain]) for domain in codelists.codes("domain") if domain in unpaged
        ],
        entries={
            code: wording.entry(
                row, cited(each.totals, code, areas), each.parties.get(code), site, language
            )
            for code, row in each.indicators.items()
        },
        combinations=language.say(
            "coverage_sentence",
            all=language.number(len(areas) * coverage.size),
            states=len(areas),
            core=coverage.size,
            known=coverage.pairs,
        )
        if coverage.grids
        else "",
        words=_words(facts.words, areas, language),
        questionnaires=facts.questionnaires,
        unknown=coverage.unknown,
    )


def _words(words: Sequence[Row], areas: Sequence[str], language: Language) -> list[str]:
    """Return how many states have an official figure, and which have a nil, less or nothing.

    A state is named with the year of its word, if it has one.
    """
    of_states = [row for area in areas for row in words if row["ref_area"] == area]
    by_kind = context.grouped(of_states, itemgetter("word"))
    count = len(by_kind.get("FIGURES", []))
    said = [language.say("coverage_word_figures", count=count, states=len(areas))]
    for kind in ("NIL", "REPEATED", "NOTHING"):
        names = [
            language.name("area", row["ref_area"])
            + (f" ({int(row['year'])})" if kind != "NOTHING" else "")
            for row in by_kind.get(kind, [])
        ]
        if names:
            said.append(language.say(f"coverage_word_{kind.lower()}", states=", ".join(names)))
    return said
