"""A needs sheet per state, one page to print: what is known, and what is missing first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.facts.coverage import Coverage, read_coverage
from pipelines.published.site.facts.needs import Needs, read_needs
from pipelines.published.site.facts.sentences import HAPPENED, Sentences, read_sentences
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.facts.treaties import Treaties, read_treaties
from pipelines.published.site.wording import needs as wording
from pipelines.published.site.wording.phrases import capital
from pipelines.words.language import Language, spans


@dataclass(frozen=True)
class Facts:
    """The facts of all states."""

    sentences: Sentences
    totals: Totals
    coverage: Coverage
    treaties: Treaties
    needs: Needs

    def of(self, area: str) -> "Facts":
        """Return the facts of one state alone."""
        return Facts(
            context.of_state(self.sentences, area),
            Totals(context.of_state(self.totals.by_indicator, area)),
            self.coverage.of_state(area),
            replace(self.treaties, by_area={area: self.treaties.of(area)}),
            Needs(context.of_state(self.needs.by_area, area)),
        )


def path(area: str) -> str:
    """Return the path of a state's sheet below the language's folder."""
    return f"needs/{area.lower()}.html"


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    return Facts(
        read_sentences(connection),
        read_totals(connection),
        read_coverage(connection),
        read_treaties(connection),
        read_needs(connection),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the sheet of every state."""
    for area in site.states[language.code]:
        yield page(site, facts, area, site.within(area, language))


def page(site: context.Site, facts: Facts, area: str, language: Language) -> context.File:
    """Return the sheet of one state."""
    known = facts.coverage.known.get(area, {})
    needs = facts.needs.of(area)
    return rendering.page(
        site,
        "needs",
        path(area),
        language,
        area=area,
        sentence=facts.sentences[area, HAPPENED, language.code].text,
        known=_known(facts.coverage, area, language),
        years=[
            (
                capital(language.say(f"phrase_{code.lower()}")),
                _years(facts, area, code, language),
            )
            for code in known
        ],
        treaties=facts.treaties.of(area),
        steps=[
            (step, wording.asked(needs, step, language))
            for step in dict.fromkeys(need.step for need in needs)
        ],
        sum=wording.how_they_add_up(needs, len(known), facts.coverage.unknown, language),
    )


def _years(facts: Facts, area: str, indicator: str, language: Language) -> str:
    """Return the years with a figure; those doubtful, not to cite or of parts are marked."""
    grid = facts.coverage.grids[indicator]
    totals, cited = facts.totals.of(area, indicator), facts.totals.cited(area, indicator)
    apart = {"parts": grid.parts(area), "doubtful": _doubtful(totals), "later": []}
    whole = [year for year in grid.known(area) if year not in apart["parts"]]
    certain = [year for year in whole if year not in apart["doubtful"]]
    apart["later"] = [year for year in certain if cited and year > cited.last.year]
    texts = [
        spans(year for year in certain if year not in apart["later"]),
        *(
            language.say(f"needs_{kind}", years=spans(apart[kind]))
            for kind in ("later", "doubtful", "parts")
            if apart[kind]
        ),
    ]
    return language.semicolon.join(filter(None, texts))


def _doubtful(totals: Sequence[Total]) -> list[int]:
    """Return the years of which every figure is doubtful."""
    points = [point for total in totals for point in total.known]
    certain = {point.year for point in points if not point.doubt}
    return sorted({point.year for point in points} - certain)


def _known(coverage: Coverage, area: str, language: Language) -> str:
    """Return how many core indicators have a figure, and of which year the newest is."""
    form = "of" if coverage.newest(area) else "parts" if coverage.known.get(area) else "none"
    return language.say(
        f"needs_known_{form}",
        count=len(coverage.known.get(area, {})),
        core=coverage.size,
        year=coverage.newest(area),
    )
