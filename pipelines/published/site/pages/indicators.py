"""The list of indicators: which have a page, what the others count, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.coverage import Coverage, read_coverage
from pipelines.published.site.facts.indicator import Facts as OfIndicators
from pipelines.published.site.facts.indicator import cited, read_facts
from pipelines.published.site.wording import indicator as wording
from pipelines.words.language import Language
from schemas import codelists, parameters


@dataclass(frozen=True)
class Facts:
    """The facts of the page: those of each indicator, coverage, and rows of queries.

    `questionnaires` and `words` are rows of sql/questionnaire.sql and sql/official_word.sql.
    """

    each: OfIndicators
    coverage: Coverage
    questionnaires: Sequence[Row]
    words: Sequence[Row]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of the page."""
    return Facts(
        read_facts(connection),
        read_coverage(connection),
        context.query(connection, "questionnaire").to_dict("records"),
        context.query(connection, "official_word").to_dict("records"),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the list."""
    each, areas = facts.each, site.states[language.code]
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
        domains=_unpaged(each, language),
        entries={
            code: wording.entry(
                row,
                cited(each.totals, code, areas),
                each.parties.get(code),
                site,
                language,
            )
            for code, row in each.indicators.items()
        },
        combinations=_combinations(facts.coverage, len(areas), language),
        words=_words(facts.words, areas, language),
        questionnaires=facts.questionnaires,
        unknown=facts.coverage.unknown,
    )


def _unpaged(
    facts: OfIndicators, language: Language
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return by domain the indicators without a page: code, unit, who could report it."""
    found = {
        domain: [
            (
                row["code"],
                language.name("count_unit", row["count_unit"]),
                wording.who_could(row, language),
            )
            for row in facts.indicators.values()
            if row["domain"] == domain and row["code"] not in facts.own
        ]
        for domain in codelists.codes("domain")
    }
    return [(domain, rows) for domain, rows in found.items() if rows]


def _combinations(coverage: Coverage, states: int, language: Language) -> str:
    """Return of how many pairs of a state and a core indicator there is a figure; "" of none."""
    if not coverage.grids:
        return ""
    return language.say(
        "coverage_sentence",
        all=language.number(states * coverage.size),
        states=states,
        core=coverage.size,
        known=coverage.pairs,
    )


def _words(words: Sequence[Row], areas: Sequence[str], language: Language) -> list[str]:
    """Return how many states have an official figure, and which have a nil, less or nothing."""
    of_kind = {
        kind: [
            row for area in areas for row in words if (row["ref_area"], row["word"]) == (area, kind)
        ]
        for kind in ("FIGURES", "NIL", "REPEATED", "NOTHING")
    }
    count = len(of_kind.pop("FIGURES"))
    first = language.say("coverage_word_figures", count=count, states=len(areas))
    return [first, *(_word(kind, rows, language) for kind, rows in of_kind.items() if rows)]


def _word(kind: str, rows: Sequence[Row], language: Language) -> str:
    """Return what is known of the states without a figure above zero, each by name."""
    names = [
        language.name("area", row["ref_area"])
        + (f" ({int(row['year'])})" if kind != "NOTHING" else "")
        for row in rows
    ]
    return language.say(f"coverage_word_{kind.lower()}", states=", ".join(names))
