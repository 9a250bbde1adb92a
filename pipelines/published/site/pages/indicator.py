"""A page per indicator that enough states report: levels, rates, coverage, sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

import pandas as pd

from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.sparkline import LEAST_TOP
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context, dataset, downloads, rendering
from pipelines.published.site.block import Block, answering, by_figures, placed
from pipelines.published.site.facts.indicator import (
    IndicatorFacts,
    cited,
    of_series,
    read_facts,
    years_of,
)
from pipelines.published.site.facts.sentences import Sentence
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.totals import newest_repeated
from pipelines.published.site.wording import cells, sparks, standard
from pipelines.published.site.wording import indicator as wording
from pipelines.words.disclosure import Row
from pipelines.words.language import Language, spans
from schemas import parameters

read = read_facts
EACH: Final = "indicator"

_LEAST_COMPARED: Final = parameters.whole("series_of_indicator_levels")

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


def paths(code: str) -> Sequence[str]:
    """Return the paths of an indicator's page and its files below the language's folder."""
    return downloads.paths(f"indicator/{code.lower()}.html")


def files(site: context.Site, facts: IndicatorFacts, language: Language) -> Iterator[context.File]:
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
            key=sparks.key(of_series(facts.sparks, code).values(), language),
            not_drawn=[each.area for each in page.cited if (each.area, code) not in facts.sparks],
            without=[area for area in page.areas if not facts.totals.cited(area, code)],
            areas=page.areas,
            grid=facts.grids.get(code),
            signs=SIGN,
            statuses={
                **language.names["coverage_status"],
                "repeated": language.name("provenance", "REPEATED"),
            },
            sums=[(area, spans(years)) for area, years in facts.sums.get(code, [])],
            quality=_quality(facts.quality.get(code, []), code, site, language),
            others=page.others(),
            dataset=page.dataset(blocks),
            **standard.of_indicator(code, language),
        )
        name = language.name("indicator", code)
        yield from downloads.beside(f"{language.code}/{path}", blocks, site, language, name)


@dataclass(frozen=True)
class _Page:
    """The page that is made, in one language."""

    site: context.Site
    facts: IndicatorFacts
    code: str
    language: Language

    @property
    def areas(self) -> Sequence[str]:
        """Return the states in alphabetical order."""
        return self.site.states[self.language.code]

    @cached_property
    def cited(self) -> list[Total]:
        """Return the series to cite."""
        return cited(self.facts.totals, self.code, self.areas)

    @cached_property
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
        """Return the block of the states' levels, and those of charts that name this page."""
        further = placed(self.facts.charts, self.code, self.site, self.language, self._path)
        return [self._levels(), *further]

    @property
    def _path(self) -> str:
        return f"{self.language.code}/{paths(self.code)[0]}"

    def dataset(self, blocks: Sequence[Block]) -> dict[str, Any]:
        """Return the description of the page's figures for search engines."""
        definition = self.language.say(f"definition_{self.code.lower()}")
        return dataset.described(
            self._path,
            self.name,
            " ".join([blocks[0].sentence, definition]),
            [total.source for total in self.every],
            self.site,
            self.language,
            years_of(self.every),
        )

    def _levels(self) -> Block:
        """Return how the levels have changed, state by state."""
        language, row = self.language, self.facts.region.get(self.code)
        compares = row is not None and row["compared"] >= _LEAST_COMPARED
        text = wording.levels(row, self.name, language) if row is not None and compares else ""
        strength, evidence = wording.evidence(row, language) if row is not None else ("", "")
        years, newer = years_of(self.cited), newest_repeated(self.cited, [self._not_cited])
        sentence = text or wording.sentence(self.cited, self.name, len(self.areas), language)
        cited = by_figures([(total.source, total.release) for total in self.cited])
        block = answering(
            Sentence(sentence, "", "", compares, cited),
            "levels",
            language.name("question", "EACH_STATE"),
            self.site,
            language,
            self._path,
            subject=self.code.lower().replace("_", "-"),
        )
        unit = language.say("indicator_unit_each", first=years[0], last=years[-1], top=LEAST_TOP)
        return replace(
            block,
            evidence=evidence,
            strength=strength,
            chart=Chart(None, self._figures(self.cited, self.name), unit=unit),
            calm=[language.say("indicator_newer", year=newer)] if newer else [],
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
        language, years = self.language, years_of(series)
        rows = [
            (language.name("area", total.area), cells.of_years(total.series, years, language))
            for total in series
        ]
        return Table(caption, language.say("state"), [str(year) for year in years], rows)


def _quality(rows: Sequence[Row], indicator: str, site: context.Site, language: Language) -> Table:
    """Return what is known of the quality of sources: a row per fact, a column per source.

    There is no score.
    """
    told = [_facts(row, language) for row in rows]
    return Table(
        caption=language.say("quality_table", indicator=language.name("indicator", indicator)),
        row_heading=language.say("quality_fact"),
        columns=["{publisher}, {title}".format(**site.sources[row["source"]]) for row in rows],
        rows=[
            (language.say(f"quality_{fact}"), [Cell(each[fact]) for each in told])
            for fact in (told[0] if told else ())
        ],
    )


def _facts(row: Row, language: Language) -> dict[str, str]:
    """Return the facts on a source and indicator, by the code of their names."""

    def number(column: str) -> str:
        if pd.isna(row[column]):
            return language.say("no_figure")
        return language.number(int(row[column]))

    first, last = row["first_period"], row["last_period"]
    sums = {each: row[f"identities_{each}"] for each in ("held", "failed", "untestable")}
    numbers = {each: language.number(count) for each, count in sums.items()}
    return {
        "period": str(first) if first == last else f"{first}–{last}",
        "figures": number("figures"),
        "suppressed": number("suppressed"),
        "kept_out": number("kept_out"),
        "days": number("days_to_release"),
        "overdue": number("days_overdue"),
        "sums": language.say("quality_sums_of", **numbers)
        if any(sums.values())
        else language.say("no_figure"),
        "pairs": language.say(
            "part_of_whole", part=number("pairs_agreeing"), whole=number("pairs")
        ),
        "revisions": language.say("quality_one_release")
        if row["revisions"] < 0
        else number("revisions"),
        "breaks": number("breaks"),
        "collection": language.name("coll_method", row["coll_method"]),
        "comparability": language.name("comparability", row["comparability"]),
        "least": language.name("comparability", row["least_comparability"]),
    }
