"""A page per indicator: how many states have it, its definition, and their series to cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

import duckdb

from pipelines.published.charts.sparkline import Spark, spark
from pipelines.published.charts.table import Table
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.sums import Sum, read_sums
from pipelines.published.site.facts.total import INCOMPARABLE, Total
from pipelines.published.site.facts.totals import Totals, newest_repeated, read_totals
from pipelines.published.site.facts.treaties import read_treaties
from pipelines.published.site.wording import cells, sparks, treaties
from pipelines.published.site.wording import indicator as wording
from pipelines.words.disclosure import Row
from pipelines.words.language import Language, spans
from schemas import codelists


@dataclass(frozen=True)
class Facts:
    """The facts of each indicator.

    Attributes:
        indicators: rows of sql/indicator.sql, by code.
        domains: codes of the indicators of each domain.
        reported: the indicators of which a state has figures to cite.
        counted: the indicator whose counts a rate divides, by that rate.
        totals: the totals of all states.
        sparks: the sparkline of each series to cite that may be drawn, by state and indicator.
        treaties: rows of sql/treaty.sql, by indicator and state.
        sums: our sums where a source prints no total.
    """

    indicators: dict[str, Row]
    domains: dict[str, list[str]]
    reported: list[str]
    counted: dict[str, str]
    totals: Totals
    sparks: dict[tuple[str, str], Spark]
    treaties: dict[str, dict[str, dict[str, Any]]]
    sums: list[Sum]

    def of(self, code: str) -> "Facts":
        """Return the facts of one indicator alone."""
        domain = self.indicators[code]["domain"]
        return Facts(
            {code: self.indicators[code]},
            {domain: self.domains[domain]},
            [each for each in self.reported if each in self.domains[domain]],
            {rate: count for rate, count in self.counted.items() if rate == code},
            self.totals.of_indicator(code),
            {key: spark for key, spark in self.sparks.items() if key[1] == code},
            {code: self.treaties[code]} if code in self.treaties else {},
            [each for each in self.sums if each.indicator == code],
        )

    @property
    def own(self) -> list[str]:
        """Return the indicators whose pages these facts make."""
        return [*self.indicators]

    @property
    def sources(self) -> set[str]:
        """Return the sources of the totals."""
        return {each.source for series in self.totals.by_indicator.values() for each in series}


def path(code: str) -> str:
    """Return the path of an indicator's page below the language's folder."""
    return f"indicator/{code.lower()}.html"


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the code list, the totals and the treaties."""
    listed = context.query(connection, "indicator").to_dict("records")
    totals, treaties = read_totals(connection), read_treaties(connection)
    return Facts(
        {row["code"]: row for row in listed},
        _domains(listed),
        [row["code"] for row in listed if row["states"]],
        {f"{count}_RATE": count for _, count in totals.by_indicator},
        totals,
        _sparks(totals),
        {code: treaties.by_state(code) for code in treaties.indicators},
        read_sums(connection),
    )


def _domains(indicators: list[Row]) -> dict[str, list[str]]:
    """Return the codes of the indicators of each domain that has any, in the order of the list."""
    found = {
        domain: [row["code"] for row in indicators if row["domain"] == domain]
        for domain in codelists.codes("domain")
    }
    return {domain: codes for domain, codes in found.items() if codes}


def _sparks(totals: Totals) -> dict[tuple[str, str], Spark]:
    """Return the sparklines; those of one indicator have the same years."""
    found = (totals.cited(*each) for each in totals.by_indicator)
    cited = context.grouped(filter(None, found), attrgetter("indicator"))
    return {
        (total.area, code): spark(total.series, range(_years(own)[0], _years(own)[-1] + 1))
        for code, own in cited.items()
        for total in own
        if total.level != INCOMPARABLE
    }


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page of every indicator."""
    for code in facts.indicators:
        yield page(site, facts, code, language)


def page(site: context.Site, facts: Facts, code: str, language: Language) -> context.File:
    """Return the page of one indicator."""
    row, areas = facts.indicators[code], site.states[language.code]
    to_cite = cited(facts.totals, code, areas)
    others = _others(facts.totals, code, areas)
    every = [*to_cite, *chain(*others.values())]
    treaty = facts.treaties.get(code, {})
    repeated = [area for area in areas if facts.totals.repeated(area, code)]
    caption = language.say("indicator_figures_caption", indicator=language.name("indicator", code))
    parties = treaties.parties(facts.treaties.get(code))
    sentence = wording.sentence(row, to_cite, repeated, parties, site, language)
    return rendering.page(
        site,
        "indicator",
        path(code),
        language,
        code=code,
        sentence=sentence,
        newer=newest_repeated(to_cite, others.values()),
        copy=language.say("indicator_copy_text", sentence=sentence, edition=context.EDITION),
        described=wording.described(row, language),
        reporters=wording.reporters(to_cite, others, site, language),
        verdicts=wording.verdicts(every, site, language),
        differing=wording.differing(every, site, language),
        **_panels(to_cite, facts, language),
        counted=facts.counted.get(code, ""),
        sums=[(each.area, spans(each.years)) for each in facts.sums if each.indicator == code],
        cited_table=_figures(to_cite, caption, language),
        period=spans(_years(to_cite)),
        others=[
            _figures(own, wording.other_caption(site, source, basis, language), language)
            for (source, basis), own in others.items()
        ],
        treaty=treaties.by_state(treaty, areas, language) if treaty else None,
        without=[area for area in areas if to_cite and not facts.totals.cited(area, code)],
        related=_related(facts, code),
    )


def cited(totals: Totals, code: str, areas: Sequence[str]) -> list[Total]:
    """Return the series to cite of an indicator, in the order of the states."""
    return [total for area in areas if (total := totals.cited(area, code))]


def _related(facts: Facts, code: str) -> list[str]:
    """Return the other indicators of the same domain that a state reports."""
    domain = facts.domains[facts.indicators[code]["domain"]]
    return [other for other in domain if other != code and other in facts.reported]


def _others(totals: Totals, code: str, states: Sequence[str]) -> dict[tuple[str, str], list[Total]]:
    """Return the series that are not to cite, by source and kind of year."""
    others = (each for area in states for each in totals.of(area, code) if not each.reason)
    return dict(sorted(context.grouped(others, attrgetter("source", "basis")).items()))


def _years(series: list[Total]) -> list[int]:
    """Return the years in which any series has a figure, in order."""
    return sorted({point.year for total in series for point in total.known})


def _panels(cited: list[Total], facts: Facts, language: Language) -> dict[str, Any]:
    """Return the small chart of each state whose years compare, their key, and the other states."""
    drawn = [
        (total, spark)
        for total in cited
        if (spark := facts.sparks.get((total.area, total.indicator)))
    ]
    apart = {total.area for total in cited} - {total.area for total, _ in drawn}
    return {
        "panels": [
            sparks.small(total, spark, facts.totals.newer(total), language)
            for total, spark in drawn
        ],
        "key": sparks.key((spark for _, spark in drawn), language),
        "not_drawn": [language.name("area", each.area) for each in cited if each.area in apart],
    }


def _figures(series: list[Total], caption: str, language: Language) -> Table | None:
    """Return a table of states by years, or of years by states if these are fewer."""
    years = _years(series)
    if not years:
        return None
    states = [language.name("area", total.area) for total in series]
    columns = [str(year) for year in years]
    found = [cells.of_years(total.series, years, language) for total in series]
    if len(states) < len(years):
        rows = list(zip(columns, zip(*found, strict=True), strict=True))
        return Table(caption, language.say("year"), states, rows)
    return Table(caption, language.say("state"), columns, list(zip(states, found, strict=True)))
