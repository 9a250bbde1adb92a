"""A page per indicator that enough states report: levels, rates, coverage, sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, TypeVar

import duckdb

from pipelines.published.charts import ranked
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.sparkline import LEAST_TOP, Spark, spark
from pipelines.published.charts.table import Table
from pipelines.published.site import context, downloads, rendering
from pipelines.published.site.block import Block
from pipelines.published.site.facts.coverage import Grid, read_coverage
from pipelines.published.site.facts.region import Change, read_changes
from pipelines.published.site.facts.sentences import Sentence
from pipelines.published.site.facts.sums import Sum, read_sums
from pipelines.published.site.facts.total import INCOMPARABLE, Total
from pipelines.published.site.facts.totals import Totals, newest_repeated, read_totals
from pipelines.published.site.facts.treaties import read_treaties
from pipelines.published.site.wording import cells, citing, quality, sparks, treaties
from pipelines.published.site.wording import indicator as wording
from pipelines.published.site.wording.sources import short_line
from pipelines.words.disclosure import Row
from pipelines.words.language import Language, spans
from schemas import parameters

Fact = TypeVar("Fact")

_LEAST: Final = parameters.whole("states_of_indicator_page")

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
    """The facts of each indicator, all by its code unless something else is said.

    Attributes:
        own: the indicators whose pages these facts make.
        indicators: rows of sql/indicator.sql.
        parties: number of states known to be parties to a treaty.
        totals: the totals of all states.
        sparks: the sparkline of each series to cite that may be drawn, by state and indicator.
        changes: the change of the usual level, likewise.
        evidence: code of the list `evidence`, likewise.
        region: rows of sql/region.sql.
        rates: the rates of one year.
        grids: who reports since when, of core indicators.
        quality: rows of sql/quality.sql, of core indicators.
        sums: our sums where a source prints no total.
    """

    own: Sequence[str]
    indicators: Mapping[str, Row]
    parties: Mapping[str, int]
    totals: Totals
    sparks: Mapping[tuple[str, str], Spark]
    changes: Mapping[tuple[str, str], Change]
    evidence: Mapping[tuple[str, str], str]
    region: Mapping[str, Row]
    rates: Mapping[str, Sequence[ranked.Rate]]
    grids: Mapping[str, Grid]
    quality: Mapping[str, Sequence[Row]]
    sums: Sequence[Sum]

    def of(self, code: str) -> "Facts":
        """Return the facts of one indicator alone."""
        return replace(
            self,
            own=[code],
            indicators=_of_code(self.indicators, code),
            parties={},
            totals=self.totals.of_indicator(code),
            sparks=_of_series(self.sparks, code),
            changes=_of_series(self.changes, code),
            evidence=_of_series(self.evidence, code),
            region=_of_code(self.region, code),
            rates=_of_code(self.rates, code),
            grids=_of_code(self.grids, code),
            quality=_of_code(self.quality, code),
            sums=[each for each in self.sums if each.indicator == code],
        )

    @property
    def sources(self) -> set[str]:
        """Return the sources of the figures."""
        every = {total.source for own in self.totals.by_indicator.values() for total in own}
        judged = {row["source"] for rows in self.quality.values() for row in rows}
        rated = {rate.source for rates in self.rates.values() for rate in rates}
        return (every | judged | rated) - {""}


def _of_code(facts: Mapping[str, Fact], code: str) -> dict[str, Fact]:
    """Return what a mapping has of an indicator."""
    return {code: facts[code]} if code in facts else {}


def _of_series(facts: Mapping[tuple[str, str], Fact], code: str) -> dict[tuple[str, str], Fact]:
    """Return what a mapping by state and indicator has of an indicator."""
    return {key: fact for key, fact in facts.items() if key[1] == code}


def paths(code: str) -> Sequence[str]:
    """Return the paths of an indicator's page and its files below the language's folder."""
    return downloads.paths(f"indicator/{code.lower()}.html")


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the code list, the totals, what they say together, rates, coverage and quality."""
    listed = context.query(connection, "indicator").to_dict("records")
    totals, known = read_totals(connection), read_treaties(connection)
    parties = {code: treaties.parties(known.by_state(code)) for code in known.indicators}
    changes, evidence = read_changes(connection)
    return Facts(
        context.query(connection, "paged")["indicator"].tolist(),
        {row["code"]: row for row in listed},
        {code: count for code, count in parties.items() if count is not None},
        totals,
        _sparks(totals),
        changes,
        evidence,
        {row["indicator"]: row for row in context.query(connection, "region").to_dict("records")},
        ranked.read(connection),
        read_coverage(connection).grids,
        context.rows_by(context.query(connection, "quality"), ["indicator"]),
        read_sums(connection),
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
    """Yield the page of each indicator, with its workbook and its CSV file."""
    for code in facts.own:
        page = _Page(site, facts, code, language)
        blocks = page.blocks()
        path, *_ = paths(code)
        yield rendering.page(
            site,
            "indicator",
            path,
            language,
            blocks=blocks,
            code=code,
            described=wording.described(facts.indicators[code], language),
            reporters=wording.reporters(page.every, site, language),
            differing=wording.differing(page.every, site, language),
            panels=page.panels(),
            key=sparks.key(_of_series(facts.sparks, code).values(), language),
            not_drawn=[each.area for each in page.cited if (each.area, code) not in facts.sparks],
            without=[area for area in page.areas if not facts.totals.cited(area, code)],
            areas=page.areas,
            grid=facts.grids.get(code),
            signs=SIGN,
            statuses={
                **language.names["coverage_status"],
                "repeated": language.name("provenance", "REPEATED"),
            },
            sums=[(each.area, spans(each.years)) for each in facts.of(code).sums],
            quality=quality.table(facts.quality.get(code, []), code, site, language),
            others=page.others(),
        )
        name = language.name("indicator", code)
        yield from downloads.beside(f"{language.code}/{path}", blocks, site, language, name)


def cited(totals: Totals, code: str, areas: Sequence[str]) -> list[Total]:
    """Return the series to cite of an indicator, in the order of the states."""
    return [total for area in areas if (total := totals.cited(area, code))]


@dataclass(frozen=True)
class _Page:
    """The page that is made, in one language."""

    site: context.Site
    facts: Facts
    code: str
    language: Language

    @property
    def areas(self) -> Sequence[str]:
        """Return the states in alphabetical order."""
        return self.site.states[self.language.code]

    @property
    def cited(self) -> list[Total]:
        """Return the series to cite."""
        return cited(self.facts.totals, self.code, self.areas)

    @property
    def _not_cited(self) -> list[Total]:
        every = (total for area in self.areas for total in self.facts.totals.of(area, self.code))
        return [total for total in every if not total.reason]

    @property
    def every(self) -> list[Total]:
        """Return every series, those to cite first."""
        return [*self.cited, *self._not_cited]

    @property
    def name(self) -> str:
        """Return the name of the indicator."""
        return self.language.name("indicator", self.code)

    def blocks(self) -> list[Block]:
        """Return the block of the states' levels, and that of their rates where enough have one."""
        known = [rate for rate in self._rates if rate.value is not None]
        return [self._levels(), *([self._ranked(known)] if len(known) >= _LEAST else [])]

    @property
    def _rates(self) -> Sequence[ranked.Rate]:
        return self.facts.rates.get(self.code, [])

    def _levels(self) -> Block:
        """Return how the levels have changed, state by state."""
        language, row = self.language, self.facts.region.get(self.code)
        compares = row is not None and row["compared"] >= _LEAST
        text = wording.levels(row, self.name, language) if row is not None and compares else ""
        strength, evidence = wording.evidence(row, language) if row is not None else ("", "")
        years, newer = _years(self.cited), newest_repeated(self.cited, [self._not_cited])
        return self._block(
            "levels",
            language.name("question", "EACH_STATE"),
            text or wording.sentence(self.cited, self.name, len(self.areas), language),
            [(total.source, total.release) for total in self.cited],
            compares_levels=compares,
            evidence=evidence,
            strength=strength,
            unit=language.say("indicator_unit_each", first=years[0], last=years[-1], top=LEAST_TOP),
            chart=Chart(None, self._figures(self.cited, self.name)),
            calm=[language.say("indicator_newer", year=newer)] if newer else [],
        )

    def _ranked(self, known: Sequence[ranked.Rate]) -> Block:
        """Return the rates of one year, the highest first."""
        language, year = self.language, known[0].year
        return self._block(
            "rates",
            language.say("indicator_rates"),
            wording.rates(known, language),
            [(rate.source, rate.release) for rate in known],
            unit=ranked.measure(self.code, year, language),
            chart=ranked.ranked(self.code, self._rates, "", language),
            calm=[language.say("indicator_rate_caution")],
            more=[str(each["short_name"]) for each in self.site.population.values()],
        )

    def _block(
        self,
        anchor: str,
        question: str,
        text: str,
        origins: Sequence[tuple[str, str]],
        compares_levels: bool = False,
        more: Sequence[str] = (),
        **parts: object,
    ) -> Block:
        """Return a block with its sources, that of most figures first, and how to cite it."""
        newest: dict[str, str] = {}
        for source, release in origins:
            newest[source] = max(release, newest.get(source, ""))
        count = {name: sum(source == name for source, _ in origins) for name in newest}
        cited = sorted(newest.items(), key=lambda each: -count[each[0]])
        said = Sentence(text, "", "", compares_levels, cited)
        path, *_ = paths(self.code)
        return Block(
            anchor,
            question,
            text,
            copied=citing.answer(
                said, self.site, "", self.language, f"{self.language.code}/{path}"
            ),
            source=short_line(cited, self.site.sources, self.language, more),
            file=f"tipstat-{self.code.lower().replace('_', '-')}-{anchor}-{self.language.code}",
            **parts,  # type: ignore[arg-type]
        )

    def panels(self) -> list[sparks.Small]:
        """Return the small chart of each state whose years compare."""
        facts = self.facts
        return [
            sparks.small(
                total,
                drawn,
                facts.totals.newer(total),
                self.language,
                facts.changes.get((total.area, self.code)),
                facts.evidence.get((total.area, self.code), ""),
            )
            for total in self.cited
            if (drawn := facts.sparks.get((total.area, self.code)))
        ]

    def others(self) -> list[Table]:
        """Return the series that are not to cite: a table for each source and kind of year."""
        found = context.grouped(self._not_cited, attrgetter("source", "basis"))
        return [
            self._figures(own, wording.other_caption(self.site, source, basis, self.language))
            for (source, basis), own in sorted(found.items())
        ]

    def _figures(self, series: Sequence[Total], caption: str) -> Table:
        """Return a table of states by years."""
        language, years = self.language, _years(series)
        rows = [
            (language.name("area", total.area), cells.of_years(total.series, years, language))
            for total in series
        ]
        return Table(caption, language.say("state"), [str(year) for year in years], rows)


def _years(series: Sequence[Total]) -> list[int]:
    """Return the years in which any series has a figure, in order."""
    return sorted({point.year for total in series for point in total.known})
