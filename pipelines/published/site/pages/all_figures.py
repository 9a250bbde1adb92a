"""A second page per state: every figure of every source in folds, its needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import duckdb

from pipelines.published.charts.declared import Placed, read_placed
from pipelines.published.site import context, rendering
from pipelines.published.site.block import placed
from pipelines.published.site.context import Key, Row
from pipelines.published.site.facts.coverage import Coverage, read_coverage
from pipelines.published.site.facts.parts import Parts, read_parts
from pipelines.published.site.facts.sentences import read_sentences
from pipelines.published.site.facts.total import VICTIMS
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.pages.figures_of_state import (
    calculated,
    kept_out,
    needs,
    parts,
    totals,
)
from pipelines.published.site.pages.figures_of_state.fold import Block, Fold
from pipelines.published.site.pages.figures_of_state.needs import Need
from pipelines.published.site.pages.figures_of_state.parts import Cautions
from pipelines.published.site.wording import citing
from pipelines.published.site.wording.phrases import counted
from pipelines.published.site.wording.sources import day_to_cite, newest_read, provenance
from pipelines.words.language import Language, spans

EACH: Final = "state"


@dataclass(frozen=True)
class AllFiguresFacts:
    """The facts of all states.

    Attributes:
        totals: totals of whole states.
        parts: parts of totals.
        cautions: years in which parts need a caution.
        kept_out: rows of sql/kept_out.sql by state.
        reasons: why a series is the one to cite, by state, indicator, source and kind of year.
        pairs: rows of sql/pair.sql by state and indicator.
        rates: rows of sql/rate.sql by state, indicator, source and kind of year.
        sums: rows of sql/national_sum.sql by state, indicator, source, frequency, kind of year.
        subdivisions: rows of sql/subdivision_trend.sql by state and indicator.
        status: rows of sql/source_status.sql by state.
        coverage: the years that core indicators have figures of.
        needs: what would close gaps of each state, in order of priority.
        said: what to ask for first, and what another government recommends most often, by state,
            question and code of the language.
        charts: what the charts draw that stand on these pages by their declaration.
    """

    totals: Totals
    parts: Parts
    cautions: Cautions
    kept_out: Mapping[str, list[Row]]
    reasons: Mapping[Key, str]
    pairs: Mapping[tuple[str, str], list[Row]]
    rates: Mapping[Key, list[Row]]
    sums: Mapping[tuple[str, str, str, str, str], list[Row]]
    subdivisions: Mapping[tuple[str, str], list[Row]]
    status: Mapping[str, list[Row]]
    coverage: Coverage
    needs: Mapping[str, list[Need]]
    said: Mapping[tuple[str, str, str], str]
    charts: Placed

    def of(self, area: str) -> "AllFiguresFacts":
        """Return the facts of one state alone."""
        own = partial(context.of_state, area=area)
        return AllFiguresFacts(
            Totals(own(self.totals.by_indicator)),
            Parts(own(self.parts.by_count)),
            self.cautions.of_state(area),
            own(self.kept_out),
            own(self.reasons),
            own(self.pairs),
            own(self.rates),
            own(self.sums),
            own(self.subdivisions),
            own(self.status),
            self.coverage.of_state(area),
            own(self.needs),
            own(self.said),
            self.charts.of(area),
        )


def path(area: str) -> str:
    """Return the path of a state's page below the language's folder."""
    return f"country/{area.lower()}-figures.html"


def read(connection: duckdb.DuckDBPyConnection) -> AllFiguresFacts:
    """Return the facts of all states."""

    def rows(name: str, *columns: str) -> dict[Any, list[Row]]:
        return context.rows_by(context.query(connection, name), ["ref_area", *columns])

    count = ("indicator", "source", "time_basis")
    return AllFiguresFacts(
        read_totals(connection),
        read_parts(connection),
        parts.read_cautions(connection),
        rows("kept_out"),
        {key: own[0]["citation_reason"] for key, own in rows("cited", *count).items()},
        pairs=rows("pair", "indicator"),
        rates=rows("rate", *count),
        sums=rows("national_sum", "indicator", "source", "freq", "time_basis"),
        subdivisions=rows("subdivision_trend", "indicator"),
        status=rows("source_status"),
        coverage=read_coverage(connection),
        needs=needs.read_needs(connection),
        said={
            key: sentence.text
            for key, sentence in read_sentences(connection).items()
            if key[1] in ("NEED", "RECOMMENDED")
        },
        charts=read_placed(connection, "all_figures"),
    )


def files(site: context.Site, facts: AllFiguresFacts, language: Language) -> Iterator[context.File]:
    """Yield the page of every state."""
    for area in site.states[language.code]:
        yield page(site, facts, area, language)


def page(site: context.Site, facts: AllFiguresFacts, area: str, language: Language) -> context.File:
    """Return the page of one state."""
    found = folds(site, facts, area, language)
    rows, status = facts.kept_out.get(area, []), facts.status.get(area, [])
    named = {source for _, source in _counts(facts, area)}
    named |= {row["source"] for row in (*rows, *status)}
    return rendering.page(
        site,
        "all_figures",
        path(area),
        language,
        blocks=placed(facts.charts, area, site, language, f"{language.code}/{path(area)}"),
        area=area,
        sentence=_sentence(found, facts, area, language),
        folds=found,
        kept_out=kept_out.fold(rows, site, language) if rows else None,
        needs=needs.section(
            facts.said[area, "NEED", language.code],
            facts.said[area, "RECOMMENDED", language.code],
            facts.needs.get(area, []),
            facts.coverage,
            facts.totals,
            area,
            language,
        ),
        sources=[source for name, source in site.sources.items() if name in named],
        status=status,
        provenance=provenance,
        cite=partial(_citation, facts, area, language),
    )


def _citation(facts: AllFiguresFacts, area: str, language: Language, source: Row) -> str:
    """Return how to cite a source: the newest release of the state's figures that was read."""
    totals = [each for each in facts.totals.of_state(area) if each.source == source["source"]]
    days = sorted({day for total in totals for day in total.releases})
    release = day_to_cite(source, days) if days else newest_read(source)
    return citing.source(source, release, area, language)


def _sentence(found: Sequence[Fold], facts: AllFiguresFacts, area: str, language: Language) -> str:
    """Return how many figures of how many indicators from how many sources the page has."""
    blocks = [block for fold in found for block in fold.blocks]
    sources = {line.source for block in blocks for line in block.lines}
    if not blocks:
        text = kept_out.answer(facts.kept_out.get(area, []))
        return language.say(text, area=language.area(area))
    return language.say(
        "figures_sentence",
        area=language.area(area),
        figures=counted("figure", sum(block.figures for block in blocks), language),
        indicators=counted("indicator", len(found), language),
        sources=counted("source", len(sources), language),
    )


def folds(site: context.Site, facts: AllFiguresFacts, area: str, language: Language) -> list[Fold]:
    """Return a fold per indicator with figures, detected victims first."""
    order = list(language.names["indicator"])
    known = {indicator for indicator, _ in _counts(facts, area)}
    found = []
    for indicator in sorted(known, key=lambda code: (code != VICTIMS, order.index(code))):
        blocks = list(_blocks(site, facts, area, indicator, language))
        rows = [row for row in facts.kept_out.get(area, []) if row["indicator"] == indicator]
        sources = {line.source for block in blocks for line in block.lines}
        years = _years(facts, area, indicator)
        period = spans(range(min(years), max(years) + 1))
        found.append(
            Fold(
                anchor=indicator.lower(),
                title=language.name("indicator", indicator),
                inside=f"{counted('source', len(sources), language)} · {period}",
                blocks=blocks,
                kept_out=kept_out.sentences(rows, site, language),
            )
        )
    return found


def _counts(facts: AllFiguresFacts, area: str) -> set[tuple[str, str]]:
    """Return indicator and source of each count of a state: its totals, parts and sums."""
    totals = {(total.indicator, total.source) for total in facts.totals.of_state(area)}
    keys = [*facts.parts.counts_of(area), *(key for key in facts.sums if key[0] == area)]
    return totals | {(key[1], key[2]) for key in keys}


def _years(facts: AllFiguresFacts, area: str, indicator: str) -> set[int]:
    """Return the years with a figure of an indicator: of totals, parts or sums."""
    series = [total.series for total in facts.totals.of(area, indicator)]
    series += [
        part
        for key in facts.parts.counts_of(area)
        if key[1] == indicator
        for split in facts.parts.by_count[key].values()
        for part in split.parts
    ]
    sums = [row for key, rows in facts.sums.items() if key[:2] == (area, indicator) for row in rows]
    known = {point.year for each in series for point in each.known}
    return known | {row["year"] for row in sums}


def _blocks(
    site: context.Site, facts: AllFiguresFacts, area: str, indicator: str, language: Language
) -> Iterator[Block]:
    """Yield the tables of an indicator: totals, our sums, rates, then parts by source."""
    known = facts.totals.of(area, indicator)
    if known:
        pairs = facts.pairs.get((area, indicator), [])
        found = totals.block(known, pairs, site, language)
        trends = facts.subdivisions.get((area, indicator), [])
        yield replace(found, notes=[*found.notes, *totals.of_subdivisions(trends, site, language)])
    for key, rows in facts.sums.items():
        if key[:2] == (area, indicator):
            reason = facts.reasons.get(context.key(rows[0]), "")
            yield calculated.sums(rows, reason, site, language)
    cited = facts.totals.cited(area, indicator)
    rates = facts.rates.get(cited.key) if cited else None
    if rates and indicator == VICTIMS:
        yield calculated.rates(rates, site, language)
    counts = [key for key in facts.parts.counts_of(area) if key[1] == indicator]
    for count in sorted(counts, key=lambda key: (key not in facts.reasons, key)):
        splits = facts.parts.by_count[count]
        yield from parts.blocks(count, splits, facts.cautions, site, language)
