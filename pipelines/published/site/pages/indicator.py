"""A page per indicator: its definition, the sources that report it, and each state's series."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.site import rendering
from pipelines.published.site.figures import comparable_totals, context, downloads
from pipelines.published.site.figures.comparable_totals import TREND_ONLY, Family
from pipelines.published.site.figures.small_multiples import Multiples, show_counts
from pipelines.published.site.figures.time_series import CHAIN, VICTIMS
from pipelines.published.site.figures.wording import headlines
from pipelines.published.site.pages import compare
from schemas import codelists

_SECTIONS: Final = {code: spec.code for spec in (VICTIMS, CHAIN) for code in spec.indicators}
_SECTIONS_OF_MEASURE: Final = {"PER_100000_POP": "rates", "BOOL": "treaties"}
_OTHER_SECTION: Final = "others"
_COUNTS_PERSONS: Final = "PERSON"

Row = dict[Any, Any]


@dataclass(frozen=True)
class Facts:
    """The facts of each indicator.

    Attributes:
        indicators: rows of sql/indicator.sql, by code.
        families: families of totals, by indicator.
        treaties: rows of sql/treaty.sql, by indicator and state.
    """

    indicators: dict[str, Row]
    families: dict[str, list[Family]]
    treaties: dict[str, dict[str, Row]]


@dataclass(frozen=True)
class Block:
    """A family on the page.

    Attributes:
        multiples: its panels and table.
        aside: the states that are not drawn, by reason.
        silent: the states without any figure.
        is_sum: whether the totals are our sums.
    """

    multiples: Multiples
    aside: dict[str, list[str]]
    silent: list[str]
    is_sum: bool


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the code list, the totals and the treaties."""
    by_indicator: dict[str, list[Family]] = {}
    for family in comparable_totals.read_families(connection):
        by_indicator.setdefault(family.indicator, []).append(family)
    treaties: dict[str, dict[str, Row]] = {}
    for row in context.query(connection, "treaty").to_dict("records"):
        treaties.setdefault(row["indicator"], {})[row["ref_area"]] = row
    listed = context.query(connection, "indicator").to_dict("records")
    return Facts({row["code"]: row for row in listed}, by_indicator, treaties)


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the list of indicators, and a page for each, reported or not."""
    entries = {code: _known(row, site, facts, language) for code, row in facts.indicators.items()}
    domains = {
        domain: [code for code, row in facts.indicators.items() if row["domain"] == domain]
        for domain in codelists.codes("domain")
    }
    yield rendering.page(
        site,
        "indicators",
        "indicator/index.html",
        language,
        domains=domains,
        entries=entries,
        reported=sum(_is_reported(row) for row in facts.indicators.values()),
    )
    for code in facts.indicators:
        yield from _page(code, domains, entries, site, facts, language)


def _page(
    code: str,
    domains: dict[str, list[str]],
    entries: dict[str, str],
    site: context.Site,
    facts: Facts,
    language: Language,
) -> Iterator[context.File]:
    row, own = facts.indicators[code], facts.families.get(code, [])
    treaty = facts.treaties.get(code, {})
    used = dict.fromkeys([family.source for family in own] + _sources(treaty))
    blocks = [_block(family, site, language) for family in own]
    path = f"indicator/{code.lower()}.html"
    yield rendering.page(
        site,
        "indicator",
        path,
        language,
        code=code,
        known=entries[code],
        described=_described(row, language),
        reporters=[_reporter(family, site, language) for family in own],
        blocks=blocks,
        section=_section(row),
        treaty=_bound(treaty, site, language),
        treaty_year=max((each["last_year"] for each in treaty.values()), default=0),
        compared=[family for family in own if compare.is_compared(family)],
        needed="empty_needed" if row["count_unit"] == _COUNTS_PERSONS else "indicator_needed",
        related=[
            other
            for other in domains[row["domain"]]
            if other != code and _is_reported(facts.indicators[other])
        ],
        sources=[site.sources[source] for source in used],
        drawn={name: each for block in blocks for name, each in block.multiples.drawn.items()},
    )
    figures = [block.multiples.shown for block in blocks]
    yield from downloads.files(site, path, figures, language)


def _section(row: Row) -> str:
    """Return the code of the country page's section that shows the indicator."""
    other = _SECTIONS_OF_MEASURE.get(row["unit_measure"], _OTHER_SECTION)
    return _SECTIONS.get(row["code"], other)


def _sources(treaty: dict[str, Row]) -> list[str]:
    return [row["source"] for row in treaty.values()]


def _is_reported(row: Row) -> bool:
    return bool(row["states"])


def _known(row: Row, site: context.Site, facts: Facts, language: Language) -> str:
    """Return the sentence on the number of states with a total."""
    total = len(site.states[language.code])
    treaty = facts.treaties.get(row["code"])
    if treaty:
        bound = sum(each["is_party"] is True for each in treaty.values())
        return language.say("indicator_parties", states=bound, total=total)
    if _is_reported(row):
        period = _period(row["first_year"], row["last_year"])
        return language.say("indicator_states", states=row["states"], total=total, period=period)
    if row["parts"]:
        return language.say("indicator_parts", states=row["parts"], total=total)
    return language.say("indicator_none")


def _period(first: int, last: int) -> str:
    return spans(range(int(first), int(last) + 1))


def _described(row: Row, language: Language) -> list[tuple[str, str]]:
    """Return the indicator's properties in the code list: label and value."""
    dimensions = [
        language.say(f"dimension_{code.lower()}") for code in (row["dims_allowed"] or "").split()
    ]
    values = {
        "indicator_unit": language.name("count_unit", row["count_unit"]),
        "indicator_measure": ""
        if row["unit_measure"] == "NUMBER"
        else language.name("unit_measure", row["unit_measure"]),
        "indicator_domain": language.name("domain", row["domain"]),
        "indicator_stage": language.name("stage", row["stage"]),
        "indicator_dimensions": ", ".join(dimensions),
        "indicator_parent": language.name("indicator", row["parent"]) if row["parent"] else "",
        "indicator_iccs": row["iccs"],
        "indicator_code": row["code"],
    }
    return [(language.say(label), value) for label, value in values.items() if value]


def _reporter(family: Family, site: context.Site, language: Language) -> Row:
    """Return a source's row in the table of sources that report the indicator."""
    source = site.sources[family.source]
    known = family.known()
    years = [
        p.year
        for area in known
        for p in family.series[area].points
        if p.kind in (Kind.FIGURE, Kind.SUPPRESSED)
    ]
    return {
        "source": family.source,
        "anchor": family.anchor,
        "publisher": source["publisher"],
        "title": source["title"],
        "basis": language.name("time_basis", family.basis),
        "counted": source[f"counted_{language.code}"],
        "states": len(known),
        "period": _period(min(years), max(years)) if years else "",
        "levels": headlines.clauses(
            [
                language.say(
                    "indicator_level",
                    level=language.name("comparability", level),
                    count=language.number(count),
                )
                for level, count in family.figures.items()
            ],
            language,
        ),
    }


def _block(family: Family, site: context.Site, language: Language) -> Block:
    drawn = set(family.drawn(TREND_ONLY))
    aside: dict[str, list[str]] = {}
    alphabet = site.states[language.code]
    for area in alphabet:
        if area in family.series and area not in drawn:
            aside.setdefault(_why(family, area, language), []).append(language.name("area", area))
    return Block(
        multiples=show_counts(family, TREND_ONLY, family.anchor, site, language),
        aside=aside,
        silent=[language.name("area", area) for area in alphabet if area not in family.series],
        is_sum=family.is_sum,
    )


def _why(family: Family, area: str, language: Language) -> str:
    """Return the reason why a state has no panel."""
    if not family.series[area].latest:
        return language.say("multiples_withheld")
    codes = family.against(area, TREND_ONLY)
    reasons = [language.name("comparability_reason", code) for code in codes]
    return headlines.clauses(reasons, language) or language.name("comparability", "0")


def _bound(
    treaty: dict[str, Row], site: context.Site, language: Language
) -> list[tuple[str, str, str]]:
    """Return code, name and date of each state's accession; none if there is no treaty."""
    if not treaty:
        return []
    return [
        (area, language.name("area", area), _since(treaty.get(area), language))
        for area in site.states[language.code]
    ]


def _since(row: Row | None, language: Language) -> str:
    if row is None or row["is_party"] is not True:
        return language.say("treaty_no_date")
    since: str = row["since"]
    return language.day(since) if "-" in since else since
