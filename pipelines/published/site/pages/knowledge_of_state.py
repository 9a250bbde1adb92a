"""A page per state of what is known beside figures: treaties, law, assessments, sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import duckdb

from pipelines.published.charts.declared import Placed, read_placed
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context, rendering
from pipelines.published.site.block import placed
from pipelines.published.site.context import Row
from pipelines.published.site.facts.assessed import Assessed, read_assessed
from pipelines.published.site.facts.sentences import read_sentences
from pipelines.published.site.facts.totals import read_totals
from pipelines.published.site.facts.treaties import Treaties, read_treaties
from pipelines.published.site.wording import assessed as wording
from pipelines.published.site.wording import cells
from pipelines.published.site.wording.phrases import capital, counted
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans
from schemas import codelists

_LAW: Final = ("LAW_DEFINITION", "LAW_PENALTIES")
"""Codes of statements about the law."""
EACH: Final = "state"


@dataclass(frozen=True)
class KnowledgeOfStateFacts:
    """The facts of all states.

    Attributes:
        assessed: what the United States' reports say.
        treaties: the treaties of all states.
        told: indicators of law and policy with a figure, by state.
        said: what is recommended most often, by state, question and code of the language.
        charts: what the charts draw that stand on these pages by their declaration.
    """

    assessed: Assessed
    treaties: Treaties
    told: Mapping[str, Sequence[str]]
    said: Mapping[tuple[str, str, str], str]
    charts: Placed

    def of(self, area: str) -> "KnowledgeOfStateFacts":
        """Return the facts of one state alone."""
        return KnowledgeOfStateFacts(
            self.assessed.of_state(area),
            replace(self.treaties, by_area=context.of_state(self.treaties.by_area, area)),
            context.of_state(self.told, area),
            context.of_state(self.said, area),
            self.charts.of(area),
        )


class Report(NamedTuple):
    """A report on the state.

    Attributes:
        year: its year.
        judged: tier and direction in words.
        told: number of its statements, and what could be read, in words.
        lists: its lists.
    """

    year: int
    judged: str
    told: str
    lists: Sequence["List"]


class List(NamedTuple):
    """A list of a report as one address has it: its kind, the address in words, its statements."""

    kind: str
    is_cut: bool
    address: str
    read_in: str
    is_weak: bool
    statements: Sequence[Row]

    @property
    def host(self) -> str:
        """Return the host of the address."""
        return self.address.split("/")[2].removeprefix("www.")


def path(area: str) -> str:
    """Return the path of a state's page below the language's folder."""
    return f"country/{area.lower()}-knowledge.html"


def read(connection: duckdb.DuckDBPyConnection) -> KnowledgeOfStateFacts:
    """Return the facts of all states."""
    domains = codelists.column("indicator", "domain")
    told: dict[str, list[str]] = {}
    for area, indicator in read_totals(connection).by_indicator:
        if domains[indicator] == "POL":
            told.setdefault(area, []).append(indicator)
    return KnowledgeOfStateFacts(
        read_assessed(connection),
        read_treaties(connection),
        told,
        {
            key: sentence.text
            for key, sentence in read_sentences(connection).items()
            if key[1] == "RECOMMENDED"
        },
        read_placed(connection, "knowledge_of_state"),
    )


def files(
    site: context.Site, facts: KnowledgeOfStateFacts, language: Language
) -> Iterator[context.File]:
    """Yield the page of every state."""
    for area in site.states[language.code]:
        yield page(site, facts, area, language)


def page(
    site: context.Site, facts: KnowledgeOfStateFacts, area: str, language: Language
) -> context.File:
    """Return the page of one state."""
    reports = facts.assessed.reports.get(area, [])
    statements = facts.assessed.statements.get(area, [])
    bound = facts.treaties.of(area)
    # The title names whose judgement it is.
    form = "none" if not reports else "self" if area == facts.assessed.judge else "other"
    title = language.say(f"knowledge_title_{form}")
    found = {report["report_year"] for report in reports}
    missing = [year for year in facts.assessed.years if year not in found] if reports else []
    return rendering.page(
        site,
        "knowledge_of_state",
        path(area),
        language,
        blocks=placed(facts.charts, area, site, language, f"{language.code}/{path(area)}"),
        area=area,
        sentence=_sentence(facts, area, language),
        advised=facts.said[area, "RECOMMENDED", language.code] if reports else "",
        whose=wording.whose(facts.assessed.source, area, language) if reports else "",
        source=facts.assessed.source,
        heading=f"{title}{language.colon}{language.name('area', area)}",
        subjects=wording.by_subject(statements),
        spans=spans,
        treaties={"sentence": capital(_summary(bound, language)), "table": _table(bound, language)}
        if bound
        else None,
        unread_law=_unread_law(facts, area, language),
        law=wording.repeated(row for row in statements if row["code"] in _LAW),
        reports=[_report(report, statements, language) for report in reports],
        missing=spans(missing),
        summary=wording.summary,
        is_english=wording.is_english,
        official=[row for name, row in site.sources.items() if name.startswith(f"{area.lower()}_")],
    )


def _sentence(facts: KnowledgeOfStateFacts, area: str, language: Language) -> str:
    """Return how many reports and statements there are, or that no report has a chapter."""
    reports = facts.assessed.reports.get(area, [])
    if not reports:
        return facts.said[area, "RECOMMENDED", language.code]
    return language.say(
        "knowledge_state_sentence",
        statements=counted("statement", len(facts.assessed.statements.get(area, [])), language),
        reports=counted("report", len(reports), language),
        first=reports[-1]["report_year"],
        last=reports[0]["report_year"],
    )


def _report(report: Row, statements: Sequence[Row], language: Language) -> Report:
    own = [row for row in statements if row["report_year"] == report["report_year"]]
    reading = language.say(f"knowledge_reading_{report['reading'].lower()}")
    place = itemgetter("kind", "address", "provenance")
    lists = [
        List(
            kind,
            any(row["is_cut"] for row in rows),
            address,
            language.name("provenance", provenance),
            bool(rows[0]["is_weak"]),
            rows,
        )
        for (kind, address, provenance), group in groupby(own, place)
        for rows in [list(group)]
    ]
    if not lists:  # of which the tier alone was read
        read_in = language.name("provenance", report["provenance"])
        is_weak = report["reading"] == "WEAK"
        lists = [List("NONE", False, report["address"], read_in, is_weak, [])]
    return Report(
        report["report_year"],
        wording.judged(report, language),
        ", ".join([counted("statement", len(own), language)] * bool(own) + [reading]),
        lists,
    )


def _unread_law(facts: KnowledgeOfStateFacts, area: str, language: Language) -> list[str]:
    """Return the names of the indicators of law and policy without a figure of the state."""
    known = {*facts.treaties.indicators, *facts.told.get(area, [])}
    domains = codelists.column("indicator", "domain")
    return [
        name
        for code, name in language.names["indicator"].items()
        if domains[code] == "POL" and code not in known
    ]


def _summary(rows: Sequence[Row], language: Language) -> str:
    """Return to how many treaties the state is a party, and when the lists end."""
    joined = sum(bool(row["is_party"]) for row in rows)
    form = {0: "none", len(rows): "all"}.get(joined, "some")
    year = max(row["last_year"] for row in rows)
    missing = [
        language.say(f"item26_short_{row['indicator']}") for row in rows if not row["is_party"]
    ]
    return language.say(
        f"treaty_{form}",
        joined=joined,
        total=len(rows),
        year=year,
        missing=", ".join(missing),
    )


def _table(rows: Sequence[Row], language: Language) -> Table:
    """Return the table of treaties, in the order of the code list."""
    order, none = list(language.names["indicator"]), cells.dash(language)
    rows = sorted(rows, key=lambda row: order.index(row["indicator"]))
    since = [Cell(language.day(row["since"])) if row["since"] else none for row in rows]
    party = {  # no date found is not the same as no
        None: Cell(language.say("treaty_unknown"), Kind.MISSING),
        False: Cell(language.say("treaty_not")),
        True: Cell(language.say("answer_yes")),
    }
    return Table(
        caption=language.say("treaty_caption_state"),
        row_heading=language.say("treaty_column"),
        columns=[language.say("treaty_party"), language.say("treaty_date")],
        rows=[
            (
                language.say(f"treaty_{row['indicator']}"),
                [party[row["is_party"]], day if row["is_party"] else none],
            )
            for row, day in zip(rows, since, strict=True)
        ],
    )
