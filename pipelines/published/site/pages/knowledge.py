"""What the United States' reports say of all states: an index by code, and a page per code.

The page of a code is the filter: all statements together are too heavy for a phone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Final, NamedTuple

import duckdb

from pipelines.published.charts import assessed as charts
from pipelines.published.charts.assessed import ASKED, CREDITED, DEMAND, codes_on, codes_with
from pipelines.published.charts.declared import Placed, read_placed
from pipelines.published.site import context, rendering
from pipelines.published.site.block import Block, placed
from pipelines.published.site.context import Row
from pipelines.published.site.facts.assessed import Assessed, read_assessed
from pipelines.published.site.pages import knowledge_figures
from pipelines.published.site.wording import assessed as wording
from pipelines.published.site.wording.sources import short_line
from pipelines.words.language import Language
from schemas import codelists

EACH: Final = "few sources"

SUBJECTS: Final = ("COMPARABLE", "PRACTICES", "DEMAND")
"""Subjects of item 26 that codes belong to, in its order."""

KINDS: Final = ("EFFORT", "SHORTFALL", "RECOMMENDATION")
"""Kinds of statements, in the order of the list."""

_MANY: Final = 60
"""Lines of statements from which on each state has a fold: a phone shows ten of them."""


@dataclass(frozen=True)
class KnowledgeFacts:
    """The facts of the pages.

    Attributes:
        assessed: what the reports say of all states.
        figures: the figures beside it.
        charts: what the charts draw that stand on the page of a code by their declaration.
    """

    assessed: Assessed
    figures: knowledge_figures.KnowledgeFiguresFacts
    charts: Placed

    @property
    def sources(self) -> list[str]:
        """Return the sources that the pages name."""
        return sorted({self.assessed.source, *self.figures.sources, *self.charts.sources} - {""})

    def of(self, _: str) -> "KnowledgeFacts":
        """Return the facts of all pages, which show the same list of codes."""
        return self


class Line(NamedTuple):
    """A code in the index: statements that count by kind, states asked and credited, agreement."""

    code: str
    kinds: Mapping[str, int]
    asked: int
    credited: int
    agreement: str


def path(code: str) -> str:
    """Return the path of a code's page below the language's folder."""
    return f"knowledge/{code.lower()}.html"


def paths(_: str) -> list[str]:
    """Return the paths of all pages, which are made or kept together."""
    return ["knowledge/index.html", *map(path, codes_on())]


def read(connection: duckdb.DuckDBPyConnection) -> KnowledgeFacts:
    """Return the facts of the pages."""
    return KnowledgeFacts(
        read_assessed(connection),
        knowledge_figures.read(connection),
        read_placed(connection, "knowledge"),
    )


def files(site: context.Site, facts: KnowledgeFacts, language: Language) -> Iterator[context.File]:
    """Yield the index and the page of each code."""
    assessed = facts.assessed
    every = [row for rows in assessed.statements.values() for row in rows]
    of_code = context.grouped(every, itemgetter("code"))
    recommended = [row for row in every if row["is_counted"] and row["kind"] == "RECOMMENDATION"]
    alphas = {row["of_code"]: row for row in reversed(assessed.agreement)}
    lines = [_line(code, of_code.get(code, []), alphas, assessed, language) for code in codes_on()]
    subjects = codelists.column("assessment_code", "subject")
    shared: dict[str, Any] = {
        "source": assessed.source,
        "lines": {
            subject: [line for line in lines if subjects[line.code] == subject]
            for subject in SUBJECTS
        },
        "agreement": [
            row for row in assessed.agreement if row["of_code"] == "_T" and row["alpha"] > 0
        ],
    }
    yield rendering.page(
        site,
        "knowledge",
        "knowledge/index.html",
        language,
        sentence=_sentence(site, assessed, len(every), language),
        states=[
            (area, wording.state(assessed, area, language))
            for area in site.states[language.code]
            if area in assessed.reports
        ],
        hidden=sum(not wording.is_english(row) for row in every),
        uncounted=sum(not row["is_counted"] for row in every),
        statements=len(every),
        figure=wording.agreement,
        without=[
            language.name("area", area)
            for area in site.states[language.code]
            if area in assessed.without_chapter
        ],
        cut=sum(row["is_cut"] for row in recommended),
        recommendations=len(recommended),
        assessed=assessed,
        **shared,
    )
    for code in codes_on():
        yield _page(site, facts, code, of_code, shared, language)


def _line(
    code: str,
    rows: Sequence[Row],
    alphas: Mapping[str, Row],
    assessed: Assessed,
    language: Language,
) -> Line:
    alpha = alphas[code]["alpha"] if code in alphas else None
    return Line(
        code,
        Counter(row["kind"] for row in rows if row["is_counted"]),
        len(assessed.states([code], ASKED)),
        len(assessed.states([code], CREDITED)),
        wording.agreement(alpha, language),
    )


def _sentence(site: context.Site, assessed: Assessed, statements: int, language: Language) -> str:
    if not assessed.reports:
        return language.say("knowledge_nothing")
    return language.say(
        "knowledge_sentence",
        statements=language.number(statements),
        first=assessed.years[0],
        last=assessed.years[-1],
        states=len(assessed.reports),
        all=len(site.states[language.code]),
    )


def _page(
    site: context.Site,
    facts: KnowledgeFacts,
    code: str,
    of_code: Mapping[str, Sequence[Row]],
    shared: Mapping[str, Any],
    language: Language,
) -> context.File:
    """Return the page of one code; that of demand has all codes of this subject."""
    assessed, order, shown = facts.assessed, site.states[language.code], codes_with(code)
    rows = [row for each in shown for row in of_code.get(each, [])]
    by_state = context.grouped(rows, itemgetter("ref_area"))
    states = {
        area: wording.repeated(
            sorted(by_state[area], key=lambda row: (-row["report_year"], KINDS.index(row["kind"])))
        )
        for area in order
        if area in by_state
    }
    block = pictured(site, assessed, code, language, code.lower())
    sentence, *others = (wording.under(assessed, each, language) for each in shown)
    calm = [*others, wording.star(language)]
    return rendering.page(
        site,
        "knowledge_code",
        path(code),
        language,
        blocks=[
            *([replace(block, sentence=sentence, calm=calm)] if block else []),
            *placed(facts.charts, code, site, language, f"{language.code}/{path(code)}"),
        ],
        code=code,
        names_codes=len(shown) > 1,
        sentence=sentence,
        states=states,
        named={area: wording.state(assessed, area, language) for area in states},
        is_folded=sum(map(len, states.values())) > _MANY,
        indicators=[
            each
            for code in shown
            for each in knowledge_figures.indicators(facts.figures, code, order)
        ],
        areas=order,
        # The newest year with a total, of states that were asked for data; 0 without one.
        newest={area: facts.figures.coverage.newest(area) for area in states}
        if codelists.column("assessment_code", "subject")[code] == "COMPARABLE"
        else {},
        demand=knowledge_figures.of_demand(facts.figures, order, language)
        if code == DEMAND
        else [],
        summary=wording.summary,
        is_english=wording.is_english,
        **shared,
    )


def pictured(
    site: context.Site, assessed: Assessed, code: str, language: Language, anchor: str
) -> Block | None:
    """Return what reports say of states under a code, without a sentence; None if none does."""
    chart = charts.assessed(assessed, code, {}, language)
    if chart is None:
        return None
    return Block(
        anchor,
        " · ".join(language.name("assessment_code", each) for each in codes_with(code)),
        "",
        source=source_line(site, assessed.source, language),
        chart=chart,
        file=f"tipstat-{anchor}-{language.code}",
    )


def source_line(site: context.Site, source: str, language: Language) -> str:
    """Return the source line of a picture."""
    release = str(site.sources[source]["release"])
    return short_line([(source, release)], site.sources, language)
