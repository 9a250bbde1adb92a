"""Gaps: what is known of each state, year and core indicator, and of the quality of the sources.

States are in alphabetical order; none is judged. There is a page per indicator.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.coverage import Coverage, read_coverage
from pipelines.published.site.facts.needs import Needs, read_needs
from pipelines.published.site.facts.total import VICTIMS
from pipelines.words.language import Language

SIGN: Final = {
    "reported": "●",
    "suppressed": "<",
    "partial": "◐",
    "repeated": "R",
    "withheld": "!",
    "withdrawn": "↩",
    "missing": "∅",
    "gap": "○",
    "late": "…",
    "ended": "×",
    "not_yet": "·",
    "never": "–",
}
"""The sign of each status of sql/coverage.sql, in the order of the key."""


@dataclass(frozen=True)
class Facts:
    """The facts of the pages: coverage, needs, and rows of the queries that have their names.

    `listed` are the indicators of which there are pages, `own` those whose pages these facts make.
    """

    listed: list[str]
    own: list[str]
    coverage: Coverage
    needs: Needs
    quality: list[Row]
    questionnaires: list[Row]
    words: list[Row]

    def of(self, code: str) -> "Facts":
        """Return the facts of one indicator alone; the first page has what is known of states."""
        quality = [row for row in self.quality if row["indicator"] == code]
        if code == VICTIMS:
            return replace(self, own=[code], quality=quality)
        grid = Coverage({code: self.coverage.grids[code]}, ())
        return Facts(self.listed, [code], grid, Needs({}), quality, [], [])

    @property
    def sources(self) -> set[str]:
        """Return the sources whose quality is known."""
        return {row["source"] for row in self.quality}


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return coverage, needs and quality of the core indicators."""
    coverage = read_coverage(connection)
    return Facts(
        [*coverage.grids],
        [*coverage.grids] or [VICTIMS],
        coverage,
        read_needs(connection),
        context.query(connection, "quality").to_dict("records"),
        context.query(connection, "questionnaire").to_dict("records"),
        context.query(connection, "official_word").to_dict("records"),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page of every core indicator, that of detected victims first."""
    coverage, areas = facts.coverage, site.states[language.code]
    if not coverage.grids:
        yield rendering.page(site, "no_gaps", "gaps.html", language)
        return
    for code in facts.own:
        yield rendering.page(
            site,
            "gaps",
            path(code),
            language,
            indicator=code,
            is_first=code == VICTIMS,
            sentence=_sentence(coverage, code, len(areas), language),
            areas=areas,
            grid=coverage.grids[code],
            signs=SIGN,
            statuses={
                **language.names["coverage_status"],
                "repeated": language.name("provenance", "REPEATED"),
            },
            pages={each: path(each) for each in facts.listed},
            coverage=coverage,
            needs=facts.needs,
            questionnaires=facts.questionnaires,
            words=_words(facts.words, areas, language),
            quality=_quality(facts.quality, code, site, language),
        )


def _words(words: list[Row], areas: Sequence[str], language: Language) -> list[str]:
    """Return how many states have an official figure, and which have a nil, less or nothing."""
    of_kind = {
        kind: [
            row for area in areas for row in words if (row["ref_area"], row["word"]) == (area, kind)
        ]
        for kind in ("FIGURES", "NIL", "REPEATED", "NOTHING")
    }
    count = len(of_kind.pop("FIGURES"))
    first = language.say("gaps_word_figures", count=count, states=len(areas))
    return [first, *(_word(kind, rows, language) for kind, rows in of_kind.items() if rows)]


def _word(kind: str, rows: list[Row], language: Language) -> str:
    """Return what is known of the states without a figure above zero, each by name."""
    names = [
        language.name("area", row["ref_area"])
        + (f" ({int(row['year'])})" if kind != "NOTHING" else "")
        for row in rows
    ]
    return language.say(f"gaps_word_{kind.lower()}", states=", ".join(names))


def path(indicator: str) -> str:
    """Return the path of the page of an indicator's gaps, below the language's folder."""
    return "gaps.html" if indicator == VICTIMS else f"gaps/{indicator.lower()}.html"


def _sentence(coverage: Coverage, indicator: str, states: int, language: Language) -> str:
    """Return the answer of the page in one sentence."""
    if indicator == VICTIMS:
        return language.say(
            "gaps_sentence",
            all=language.number(states * coverage.size),
            states=states,
            core=coverage.size,
            known=coverage.pairs,
        )
    years = coverage.grids[indicator].years
    return language.say(
        "gaps_of_sentence",
        count=sum(indicator in known for known in coverage.known.values()),
        states=states,
        first=years[0],
        last=years[-1],
    )


def _quality(rows: list[Row], indicator: str, site: context.Site, language: Language) -> Table:
    """Return the facts on an indicator: a row per fact, a column per source."""
    own = [row for row in rows if row["indicator"] == indicator]
    return Table(
        caption=language.say("gaps_quality_table", indicator=language.name("indicator", indicator)),
        row_heading=language.say("gaps_fact"),
        columns=[_title(site.sources[row["source"]]) for row in own],
        rows=[
            (language.say(f"gaps_fact_{fact}"), [Cell(word(row, language)) for row in own])
            for fact, word in _FACTS.items()
        ],
    )


def _title(source: Row) -> str:
    return f"{source['publisher']}, {source['title']}"


def _number(column: str) -> Callable[[Row, Language], str]:
    def word(row: Row, language: Language) -> str:
        if pd.isna(row[column]):
            return language.say("no_figure")
        return language.number(int(row[column]))

    return word


def _name(codelist: str, column: str) -> Callable[[Row, Language], str]:
    return lambda row, language: language.name(codelist, row[column])


def _period(row: Row, language: Language) -> str:  # noqa: ARG001
    first, last = row["first_period"], row["last_period"]
    return str(first) if first == last else f"{first}–{last}"


def _sums(row: Row, language: Language) -> str:
    counts = {each: row[f"identities_{each}"] for each in ("held", "failed", "untestable")}
    if not any(counts.values()):
        return language.say("no_figure")
    numbers = {each: language.number(count) for each, count in counts.items()}
    return language.say("gaps_sums_of", **numbers)


def _pairs(row: Row, language: Language) -> str:
    return language.say(
        "part_of_whole",
        part=language.number(row["pairs_agreeing"]),
        whole=language.number(row["pairs"]),
    )


def _revisions(row: Row, language: Language) -> str:
    if row["revisions"] < 0:
        return language.say("gaps_one_release")
    return language.number(row["revisions"])


_FACTS: Final[dict[str, Callable[[Row, Language], str]]] = {
    "period": _period,
    "figures": _number("figures"),
    "suppressed": _number("suppressed"),
    "kept_out": _number("kept_out"),
    "days": _number("days_to_release"),
    "overdue": _number("days_overdue"),
    "sums": _sums,
    "pairs": _pairs,
    "revisions": _revisions,
    "breaks": _number("breaks"),
    "collection": _name("coll_method", "coll_method"),
    "comparability": _name("comparability", "comparability"),
    "least": _name("comparability", "least_comparability"),
}
"""Functions that return the facts on a source and indicator, by the code of their names."""
