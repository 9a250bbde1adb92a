"""The region's page: is it rising, and where; who reported. In English also the site's root."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point
from pipelines.published.site import context, rendering
from pipelines.published.site.facts import region
from pipelines.published.site.facts.revisions import Account, read_accounts
from pipelines.published.site.facts.sentences import (
    HAPPENED,
    Sentence,
    Sentences,
    read_sentences,
)
from pipelines.published.site.facts.total import INCOMPARABLE, VICTIMS, Total
from pipelines.published.site.facts.totals import read_totals
from pipelines.published.site.facts.trends import VERDICTS
from pipelines.published.site.sparkline import LEAST_TOP, Spark, spark
from pipelines.published.site.wording import citing, phrases, sparks
from pipelines.published.site.wording import region as wording
from pipelines.published.site.wording.phrases import within
from pipelines.published.site.wording.sources import release_text
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words.language import Language
from schemas import codelists, parameters

_ROOT_LANGUAGE: Final = "en"
_RULE: Final = (
    "test", "clear", "least", "suppressed", "doubtful", "jump", "jumps", "why", "proof",
)  # fmt: skip
"""The sentences on the rule, codes of texts after `home_rule_`."""


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        sentences: what the warehouse says in words.
        cited: the series to cite, by state.
        newer: the year of another source, by state, if it is newer than that of the series.
        verdicts: the verdict on each state.
        years: the years of all series to cite.
        sparks: the sparkline of each state whose years compare.
        coverage: who reported.
        joint: the test of all states together; None where none has a test of its own.
        panel: the sums of the states that have every year.
        changes: the newest releases that changed a total.
    """

    sentences: Sentences
    cited: Mapping[str, Total]
    newer: Mapping[str, int]
    verdicts: Mapping[str, str]
    years: range
    sparks: Mapping[str, Spark]
    coverage: region.Reported
    joint: region.Joint | None
    panel: region.Panel | None
    changes: Sequence[Account]


@dataclass(frozen=True)
class Verdict:
    """One of the five verdicts: its code, a note, and the states that have it."""

    code: str
    note: str
    areas: Sequence[str]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts about the region."""
    totals = read_totals(connection)
    areas = [area for area, _, _ in tiles()]
    found = {area: totals.cited(area, VICTIMS) for area in areas}
    cited = {area: total for area, total in found.items() if total}
    known = [point.year for total in cited.values() for point in total.known]
    years = range(min(known, default=0), max(known, default=0) + 1)
    return Facts(
        sentences=read_sentences(connection),
        cited=cited,
        newer={area: year for area, total in cited.items() if (year := totals.newer(total))},
        verdicts=region.verdicts(cited, areas),
        years=years,
        sparks={
            area: spark(total.series, years)
            for area, total in cited.items()
            if total.level != INCOMPARABLE
        },
        coverage=region.read_reported(connection, len(areas)),
        joint=region.read_joint(connection),
        panel=region.read_panel(connection),
        changes=region.last_changes(read_accounts(connection)),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page; in English it is also the root of the site."""
    areas = site.states[language.code]
    changed = _changed(facts, areas, language)
    sentence = facts.sentences.get((AMERICAS, HAPPENED, language.code))
    evidence = facts.sentences.get((AMERICAS, "EVIDENCE", language.code))
    shown: dict[str, Any] = {
        "facts": facts,
        "victims": VICTIMS,
        "sentence": sentence and sentence.text,
        "lean": evidence and evidence.text,
        "changed": changed,
        "cite": _cite(site, sentence, language) if sentence else None,
        "tiles": tiles(),
        "verdicts": _verdicts(facts, areas, language),
        "smalls": [
            sparks.small(facts.cited[area], facts.sparks[area], facts.newer.get(area, 0), language)
            for area in areas
            if area in facts.sparks
        ],
        "spark_key": sparks.key(facts.sparks.values(), language),
        "top": LEAST_TOP,
        "without_chart": [a for a in areas if a in facts.cited and a not in facts.sparks],
        "rule": _rule(facts, language),
        "figures_table": _figures_table(facts, areas, language),
        "panel": _panel(site, facts, areas, language),
    }
    yield rendering.page(site, "home", "index.html", language, **shown)
    if language.code == _ROOT_LANGUAGE:
        yield rendering.root_page(site, "home", "index.html", language, **shown)


def _rule(facts: Facts, language: Language) -> list[str]:
    clear = language.number(parameters.number("false_claims_of_trends"))
    rule = [language.say(f"home_rule_{part}", clear=clear) for part in _RULE]
    if joint := facts.joint:
        p_value = language.number(float(f"{joint.p_value:.1g}"))
        rule.append(
            language.say("home_rule_joint", tested=joint.tested, up=joint.up, p_value=p_value)
        )
    return rule


@cache
def tiles() -> Sequence[tuple[str, int, int]]:
    """Return code, column and row of each state's tile, from north to south and west to east."""
    rows = codelists.rows(Path(__file__).with_name("home_tiles.csv"))
    places = [(row["area"], int(row["column"]), int(row["row"])) for row in rows]
    return sorted(places, key=lambda place: (place[2], place[1]))


def _changed(facts: Facts, areas: Sequence[str], language: Language) -> dict[str, str]:
    """Return the years of the verdict on each state that rose or fell."""
    trends = {area: facts.cited[area].trend for area in areas if area in facts.cited}
    return {
        area: wording.years(trend, language)
        for area, trend in trends.items()
        if trend and facts.verdicts[area] in ("rising", "falling")
    }


def _cite(site: context.Site, sentence: Sentence, language: Language) -> dict[str, Any]:
    """Return the sources and releases to cite, and what the button copies."""
    return {
        "sources": [
            (
                site.short_name(source),
                within(release_text(site.sources[source], [release], language)),
            )
            for source, release in sentence.origins
        ],
        "copied": citing.paragraph([sentence], language.say("home_cite"), site, "", language),
    }


def _verdicts(facts: Facts, areas: Sequence[str], language: Language) -> list[Verdict]:
    """Return the five verdicts with their states in alphabetical order."""
    return [
        Verdict(
            code,
            language.words.get(f"home_note_{code}", ""),
            [area for area in areas if facts.verdicts[area] == code],
        )
        for code in VERDICTS
    ]


def _figures_table(facts: Facts, areas: Sequence[str], language: Language) -> Table:
    """Return the table of all figures: a row per state, a column per year."""
    return Table(
        language.say("home_table_caption"),
        language.say("state"),
        [str(year) for year in facts.years],
        [
            (
                _row_heading(facts, area, language),
                _cells(facts.cited.get(area), facts.years, language),
            )
            for area in areas
        ],
    )


def _row_heading(facts: Facts, area: str, language: Language) -> str:
    """Return the state, and the newer year that another source has."""
    name = language.name("area", area)
    if area not in facts.newer:
        return name
    return f"{name} ({language.say('home_newer', year=facts.newer[area])})"


def _cells(total: Total | None, years: range, language: Language) -> list[Cell]:
    points = {point.year: point for point in total.series.points} if total else {}
    return [_cell(points.get(year, Point(year)), language) for year in years]


def _cell(point: Point, language: Language) -> Cell:
    remarks = [language.say("break_mark")] if point.is_break else []
    remarks += [language.say(code) for code in point.reservations if point.is_known]
    return Cell(phrases.printed(point, language), point.kind, remarks)


def _panel(
    site: context.Site, facts: Facts, areas: Sequence[str], language: Language
) -> dict[str, object] | None:
    """Return the sentences on the sum of the same states and its table; None if there is none."""
    panel = facts.panel
    if not panel:
        return None
    names = [language.name("area", area) for area in areas if area in panel.areas]
    publishers = [site.sources[source]["in_sentence"] for source in panel.sources]
    rule = language.say(
        "home_panel_rule",
        publisher=", ".join(publishers),
        areas=", ".join(names),
        first=min(panel.sums),
        last=max(panel.sums),
    )
    said = facts.sentences[AMERICAS, "SAME_STATES", language.code].text
    texts = ("home_panel_window", "home_panel_laws")
    return {
        "texts": [said, rule, *map(language.say, texts)],
        "table": Table(
            language.say("home_panel_caption"),
            language.say("year"),
            [language.say("home_panel_sum", count=len(names))],
            [(str(year), [Cell(language.number(sum_))]) for year, sum_ in panel.sums.items()],
        ),
    }
