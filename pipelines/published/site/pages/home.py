"""The region's page, a briefing: the finding, the same states, who, state by state.

In English it is also the site's root.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from pipelines.published.charts import region as charts
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.sparkline import LEAST_TOP
from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point
from pipelines.published.site import context, dataset, downloads, rendering
from pipelines.published.site.block import Block, answering, placed
from pipelines.published.site.facts import region
from pipelines.published.site.facts.region import RegionFacts
from pipelines.published.site.facts.sentences import Sentence, sources_of
from pipelines.published.site.facts.total import VICTIMS
from pipelines.published.site.wording import citing, phrases, sparks
from pipelines.published.site.wording import region as wording
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words.language import Language
from schemas import codelists, parameters

_PATH: Final = "index.html"
_ROOT_LANGUAGE: Final = "en"
_OF_LEAN: Final = {"ROSE": "STRONG", "FELL": "STRONG", "UNSURE": "NONE"}
"""Strength of the evidence of all states together, by the form of its sentence."""
_GROUPS: Final = ("DOUBLED", "MORE", "SAME", "FEWER", "HALVED", "UNTOLD")
"""Groups of small charts, codes of the list `change_group`, before those without a size."""


read = region.read_facts


@cache
def tiles() -> Sequence[tuple[str, int, int]]:
    """Return code, column and row of each state's tile, from north to south and west to east."""
    rows = codelists.rows(Path(__file__).with_name("home_tiles.csv"))
    places = [(row["area"], int(row["column"]), int(row["row"])) for row in rows]
    return sorted(places, key=lambda place: (place[2], place[1]))


def files(site: context.Site, facts: RegionFacts, language: Language) -> Iterator[context.File]:
    """Yield the page with its workbook and CSV file; in English it is also the site's root."""
    page = _Page(site, facts, language)
    blocks = page.blocks()
    shown: dict[str, Any] = {
        "blocks": blocks,
        "copied": page.copied(),
        "description": page.said("HAPPENED").text or page.lead,
        "tiles": [(area, column, row, page.tiles[area]) for area, column, row in tiles()],
        "change_key": wording.change_key(page.tiles, language),
        "rate_key": wording.rate_key(page.tiles, language),
        "rate_year": page.rate_year,
        "panel": page.panel(),
        "groups": page.groups(),
        "spark_key": sparks.key(facts.sparks.values(), language),
        "without_chart": [a for a in page.areas if a in facts.cited and a not in facts.sparks],
        "without_total": [area for area in page.areas if area not in facts.cited],
        "by_year": facts.by_year,
        "revised": facts.revised,
        "victims": VICTIMS,
        "dataset": dataset.described(
            f"{language.code}/{_PATH}",
            language.say("home_title"),
            " ".join(each.text for each in page.answers),
            sources_of(page.answers),
            site,
            language,
            {point.year for total in facts.cited.values() for point in total.known},
        ),
    }
    yield rendering.page(site, "home", _PATH, language, **shown)
    yield from downloads.beside(
        f"{language.code}/{_PATH}", blocks, site, language, language.say("home_title")
    )
    if language.code == _ROOT_LANGUAGE:
        yield rendering.root_page(site, "home", _PATH, language, **shown)


@dataclass(frozen=True)
class _Page:
    """The page that is made, in one language."""

    site: context.Site
    facts: RegionFacts
    language: Language

    @property
    def areas(self) -> Sequence[str]:
        """Return the states in alphabetical order."""
        return self.site.states[self.language.code]

    @property
    def lead(self) -> str:
        """Return what this is, where there is nothing to say yet."""
        return self.language.say("home_lead", states=len(self.areas))

    @property
    def rate_year(self) -> int:
        """Return the year of all rates; 0 without any."""
        return max((rate.year or 0 for rate in self.facts.rates.values()), default=0)

    @cached_property
    def tiles(self) -> dict[str, wording.Tile]:
        """Return the tile of each state."""
        facts, year = self.facts, self.rate_year
        return {
            area: wording.tile(
                area, facts.changes.get(area), facts.rates.get(area), year, self.language
            )
            for area in self.areas
        }

    def said(self, question: str) -> Sentence:
        """Return the sentence on the Americas; an empty one if nothing can be said yet."""
        nothing = Sentence("", "", "", compares_levels=False, origins=())
        return self.facts.sentences.get((AMERICAS, question, self.language.code), nothing)

    def blocks(self) -> list[Block]:
        """Return the blocks of which something can be said, the map in any case."""
        summed = charts.same_states(self.facts.panel, AMERICAS, {}, self.language)
        same_states = replace(self._block("SAME_STATES"), chart=summed)
        every = [self._happened(), same_states, self._who(), self._each_state()]
        further = placed(self.facts.charts, AMERICAS, self.site, self.language, self._address)
        return [*(block for block in every if block.sentence), *further]

    def copied(self) -> str:
        """Return the text of the button at the head: the sentences, the evidence, the sources."""
        if not self.answers:
            return ""
        limit = self.language.say("home_cite")
        return citing.paragraph(self.answers, limit, self.site, "", self.language, self._address)

    @cached_property
    def answers(self) -> list[Sentence]:
        """Return the sentences of the page."""
        questions = ("HAPPENED", "EVIDENCE", "SAME_STATES", "WHO", "EACH_STATE")
        return [each for each in map(self.said, questions) if each.text]

    @property
    def _address(self) -> str:
        return f"{self.language.code}/{_PATH}"

    def _block(self, question: str, *, has_rates: bool = False) -> Block:
        """Return the block of a question."""
        return answering(
            self.said(question),
            question.lower().replace("_", "-"),
            self.language.name("question", question),
            self.site,
            self.language,
            self._address,
            subject="americas",
            has_rates=has_rates,
        )

    def _happened(self) -> Block:
        """Return the finding on all states, with the numbers of the map."""
        facts, language = self.facts, self.language
        block, evidence = self._block("HAPPENED", has_rates=True), self.said("EVIDENCE")
        numbers = wording.table(
            self.tiles,
            self.areas,
            facts.changes,
            facts.rates,
            facts.evidence,
            self.rate_year,
            language,
        )
        return replace(
            block,
            sentence=block.sentence or self.lead,
            chart=Chart(None, numbers),
            evidence=evidence.text,
            strength=_OF_LEAN.get(evidence.form, ""),
            asks=self.said("NEED").text,
        )

    def panel(self) -> list[str]:
        """Return which states are added up, and why these."""
        panel, language = self.facts.panel, self.language
        if not panel:
            return []
        names = [language.name("area", area) for area in self.areas if area in panel.areas]
        publishers = [self.site.sources[source]["in_sentence"] for source in panel.sources]
        rule = language.say(
            "home_panel_rule",
            publisher=", ".join(publishers),
            areas=", ".join(names),
            first=min(panel.sums),
            last=max(panel.sums),
        )
        return [rule, language.say("home_panel_window"), language.say("home_panel_laws")]

    def _who(self) -> Block:
        """Return who the victims of the states are that tell it."""
        language = self.language
        share = language.percent(parameters.number("told_share"))
        return replace(
            self._block("WHO"),
            chart=charts.who(self.facts.groups, AMERICAS, {}, language),
            calm=[language.say("home_who_told", share=share)],
        )

    def _each_state(self) -> Block:
        """Return the small charts of the states, and what is said of justice."""
        facts, language = self.facts, self.language
        justice = self.said("JUSTICE").text
        unit = language.say(
            "home_each_unit", first=facts.years[0], last=facts.years[-1], top=LEAST_TOP
        )
        return replace(
            self._block("EACH_STATE"),
            chart=Chart(None, self._figures(), unit=unit),
            calm=[justice] if justice else [],
        )

    def groups(self) -> list[tuple[str, list[sparks.Small]]]:
        """Return the small charts in groups by the size of the change; apart is another measure."""
        facts, language = self.facts, self.language
        found: dict[str, list[sparks.Small]] = {}
        for area in self.areas:
            if area not in facts.sparks:
                continue
            total, change = facts.cited[area], facts.changes.get(area)
            small = sparks.small(
                total,
                facts.sparks[area],
                facts.newer.get(area, 0),
                language,
                change,
                facts.evidence.get(area, ""),
            )
            group = "other" if small.counted else change.group if change else "few"
            found.setdefault(group, []).append(small)
        headings = {code: language.name("change_group", code) for code in _GROUPS}
        headings |= {
            "other": phrases.capital(language.say("home_other_measure")),
            "few": phrases.capital(language.say("home_few")),
        }
        return [(text, found[group]) for group, text in headings.items() if group in found]

    def _figures(self) -> Table:
        """Return the table of all figures: a row per state, a column per year.

        Beside the name of a state stands the newer year that another source has.
        """
        facts, language = self.facts, self.language
        rows: list[tuple[str, Sequence[Cell]]] = []
        for area in self.areas:
            heading = language.name("area", area)
            if area in facts.newer:
                heading += f" ({language.say('home_newer', year=facts.newer[area])})"
            known = facts.cited[area].series.points if area in facts.cited else ()
            points = {point.year: point for point in known}
            cells = []
            for point in (points.get(year, Point(year)) for year in facts.years):
                remarks = [language.say("break_mark")] if point.is_break else []
                remarks += [language.say(code) for code in point.reservations if point.is_known]
                printed = phrases.printed(point, language)
                cells.append(Cell(printed, point.kind, remarks, point.value))
            rows.append((heading, cells))
        return Table(
            language.say("home_table_caption"),
            language.say("state"),
            [str(year) for year in facts.years],
            rows,
        )
