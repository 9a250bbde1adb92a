"""States beside each other: one indicator, one source, what may be compared; never a ranking.

Only totals of comparability 1 or 2 are set beside each other, and only within one source, so that
what is counted, how and in which year is the same for all that is drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import comparable_totals, context, downloads
from pipelines.published.site.figures.comparable_totals import ACROSS, Family
from pipelines.published.site.figures.small_multiples import show_counts, show_rates
from pipelines.published.site.figures.wording import headlines

_LEAST = 2
"""How many states make a comparison."""


@dataclass(frozen=True)
class Facts:
    """What is compared, and all that is known of the same indicators, by indicator."""

    compared: list[Family]
    known: dict[str, list[Family]]


def is_compared(family: Family) -> bool:
    """Return whether the family has a page of its own."""
    return len(family.drawn(ACROSS)) >= _LEAST


def path(family: Family) -> str:
    """The family's page below the language's folder."""
    return f"compare/{family.indicator.lower()}-{family.anchor}.html"


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Every family of totals."""
    found = comparable_totals.read(connection)
    known: dict[str, list[Family]] = {}
    for family in found:
        known.setdefault(family.indicator, []).append(family)
    return Facts([family for family in found if is_compared(family)], known)


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """The list of comparisons, and a page for each."""
    total = len(site.states[language.code])
    yield rendering.page(
        site,
        "comparisons",
        "compare/index.html",
        language,
        compared=[(path(family), family, len(family.drawn(ACROSS))) for family in facts.compared],
        others=_others(facts, site, language),
        total=total,
    )
    for family in facts.compared:
        yield from _page(family, facts, site, language)


def _page(
    family: Family, facts: Facts, site: context.Site, language: Language
) -> Iterator[context.File]:
    counts = show_counts(family, ACROSS, "counts", site, language)
    rates = show_rates(family, ACROSS, "rates", site, language) if family.rates else None
    yield rendering.page(
        site,
        "compare",
        path(family),
        language,
        indicator=family.indicator,
        publisher=site.sources[family.source]["publisher"],
        counts=counts,
        rates=rates,
        choices=[(panel.area, panel.name) for panel in counts.panels],
        aside=_aside(family, facts.known[family.indicator], site, language),
        source=site.sources[family.source],
        drawn=counts.drawn | (rates.drawn if rates else {}),
    )
    figures = [each.shown for each in (counts, rates) if each]
    yield from downloads.files(site, path(family), figures, language)


def _aside(
    family: Family, known: list[Family], site: context.Site, language: Language
) -> dict[str, list[str]]:
    """The states that are not drawn, by the reason."""
    drawn = set(family.drawn(ACROSS))
    found: dict[str, list[str]] = {}
    for area in site.states[language.code]:
        if area not in drawn:
            why = _why(area, known, site, language)
            found.setdefault(why, []).append(language.name("area", area))
    return found


def _why(area: str, known: list[Family], site: context.Site, language: Language) -> str:
    """Why a state is not drawn: no figure anywhere, or none that may be compared."""
    elsewhere = [other for other in known if area in other.known()]
    if not elsewhere:
        return language.say("compare_no_figure")
    said = [
        language.say(
            "compare_elsewhere",
            publisher=site.sources[other.source]["publisher"],
            reasons=_reasons(other, area, language),
        )
        for other in elsewhere
    ]
    return " ".join(dict.fromkeys(said))


def _reasons(family: Family, area: str, language: Language) -> str:
    """What keeps the figures of a state from being compared, in words."""
    codes = family.against(area, ACROSS)
    if not codes:
        return language.say("compare_other_source")
    return headlines.clauses(
        [language.name("comparability_reason", code) for code in codes], language
    )


def _others(facts: Facts, site: context.Site, language: Language) -> list[tuple[str, str, str]]:
    """What is not compared: indicator, publisher, kind of year and reason, each once."""
    found = [
        (
            family.indicator,
            site.sources[family.source]["publisher"],
            _said(family, language),
        )
        for known in facts.known.values()
        for family in known
        if not is_compared(family) and family.known()
    ]
    return list(dict.fromkeys(found))


def _said(family: Family, language: Language) -> str:
    """Why a family is not compared, behind its kind of year where that is not the usual one."""
    kind = [] if family.basis == "CY" else [language.name("time_basis", family.basis)]
    return " · ".join([*kind, _not_compared(family, language)])


def _not_compared(family: Family, language: Language) -> str:
    if len(family.known()) < _LEAST:
        return language.say("compare_one_state")
    codes = dict.fromkeys(code for area in family.known() for code in family.against(area, ACROSS))
    return headlines.clauses(
        [language.name("comparability_reason", code) for code in codes], language
    )
