"""A page per indicator: how many states have it, its definition, and their series to cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

import duckdb

from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Row
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.sums import Sum, read_sums
from pipelines.published.site.facts.total import INCOMPARABLE, Total
from pipelines.published.site.facts.totals import Totals, newest_repeated, read_totals
from pipelines.published.site.facts.treaties import Treaties, read_treaties
from pipelines.published.site.figure import Table
from pipelines.published.site.sparkline import Spark, spark
from pipelines.published.site.wording import cells, sparks, treaties
from pipelines.published.site.wording import indicator as wording
from schemas import codelists


@dataclass(frozen=True)
class Facts:
    """The facts of each indicator.

    Attributes:
        indicators: rows of sql/indicator.sql, by code.
        totals: the totals of all states.
        sparks: the sparkline of each series to cite that may be drawn, by state and indicator.
        treaties: the treaties of all states.
        sums: our sums where a source prints no total.
    """

    indicators: dict[str, Row]
    totals: Totals
    sparks: dict[tuple[str, str], Spark]
    treaties: Treaties
    sums: list[Sum]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the code list, the totals and the treaties."""
    listed = context.query(connection, "indicator").to_dict("records")
    indicators, totals = {row["code"]: row for row in listed}, read_totals(connection)
    return Facts(
        indicators, totals, _sparks(totals), read_treaties(connection), read_sums(connection)
    )


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
    """Yield the list of indicators, and a page for each."""
    domains = {
        domain: [code for code, row in facts.indicators.items() if row["domain"] == domain]
        for domain in codelists.codes("domain")
    }
    reported = sum(bool(row["states"]) for row in facts.indicators.values())
    yield rendering.page(
        site,
        "indicators",
        "indicator/index.html",
        language,
        sentence=language.say(
            "indicator_index_sentence", count=len(facts.indicators), reported=reported
        ),
        domains={domain: codes for domain, codes in domains.items() if codes},
        entries={
            code: wording.entry(row, _parties(facts, code), site, language)
            for code, row in facts.indicators.items()
        },
    )
    for code in facts.indicators:
        yield page(site, facts, code, domains, language)


def page(
    site: context.Site, facts: Facts, code: str, domains: dict[str, list[str]], language: Language
) -> context.File:
    """Return the page of one indicator."""
    row, areas = facts.indicators[code], site.states[language.code]
    cited = [total for area in areas if (total := facts.totals.cited(area, code))]
    others = _others(facts.totals, code, areas)
    every = [*cited, *chain(*others.values())]
    treaty = facts.treaties.by_state(code)
    repeated = [area for area in areas if facts.totals.repeated(area, code)]
    caption = language.say("indicator_figures_caption", indicator=language.name("indicator", code))
    sentence = wording.sentence(row, cited, repeated, _parties(facts, code), site, language)
    return rendering.page(
        site,
        "indicator",
        f"indicator/{code.lower()}.html",
        language,
        code=code,
        sentence=sentence,
        newer=newest_repeated(cited, others.values()),
        copy=language.say("indicator_copy_text", sentence=sentence, edition=context.EDITION),
        described=wording.described(row, language),
        reporters=wording.reporters(cited, others, site, language),
        verdicts=wording.verdicts(every, site, language),
        differing=wording.differing(every, site, language),
        **_panels(cited, facts, language),
        counted=_counted(code, facts.totals),
        sums=[(each.area, spans(each.years)) for each in facts.sums if each.indicator == code],
        cited_table=_figures(cited, caption, language),
        period=spans(_years(cited)),
        others=[
            _figures(own, wording.other_caption(site, source, basis, language), language)
            for (source, basis), own in others.items()
        ],
        treaty=treaties.by_state(treaty, areas, language) if treaty else None,
        without=[area for area in areas if cited and not facts.totals.cited(area, code)],
        related=[
            other
            for other in domains[row["domain"]]
            if other != code and facts.indicators[other]["states"]
        ],
    )


def _parties(facts: Facts, code: str) -> int | None:
    """Return the number of parties to a treaty; None if the indicator is none."""
    treaty = facts.treaties.by_state(code)
    return treaties.joined(treaty.values()) if treaty else None


def _others(totals: Totals, code: str, states: Sequence[str]) -> dict[tuple[str, str], list[Total]]:
    """Return the series that are not to cite, by source and kind of year."""
    others = (each for area in states for each in totals.of(area, code) if not each.reason)
    return dict(sorted(context.grouped(others, attrgetter("source", "basis")).items()))


def _years(series: list[Total]) -> list[int]:
    """Return the years in which any series has a figure, in order."""
    return sorted({point.year for total in series for point in total.known})


def _counted(code: str, totals: Totals) -> str:
    """Return the indicator whose counts a rate divides; "" for other indicators."""
    count = code.removesuffix("_RATE")
    has_rates = any(indicator == count for _, indicator in totals.by_indicator)
    return count if count != code and has_rates else ""


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
