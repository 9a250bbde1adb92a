"""Comparisons of states: one indicator from one source; never a ranking.

Pages compare only totals of comparability 1 or 2, and only within one source, so that all states
drawn count the same thing in the same way and kind of year.
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
"""Number of states that a comparison needs."""


@dataclass(frozen=True)
class Facts:
    """The families with a page of their own, and all families by indicator."""

    compared: list[Family]
    known: dict[str, list[Family]]


def is_compared(family: Family) -> bool:
    """Return whether the family has a page of its own."""
    return len(family.drawn(ACROSS)) >= _LEAST


def path(family: Family) -> str:
    """Return the path of the family's page below the language's folder."""
    return f"compare/{family.indicator.lower()}-{family.anchor}.html"


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return every family of totals."""
    found = comparable_totals.read_families(connection)
    known: dict[str, list[Family]] = {}
    for family in found:
        known.setdefault(family.indicator, []).append(family)
    return Facts([family for family in found if is_compared(family)], known)


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the list of comparisons, and a page for each."""
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
    """Return the states that are not drawn, by reason."""
    drawn = set(family.drawn(ACROSS))
    found: dict[str, list[str]] = {}
    for area in site.states[language.code]:
        if area not in drawn:
            why = _why(area, known, site, language)
            found.setdefault(why, []).append(language.name("area", area))
    return found


def _why(area: str, known: list[Family], site: context.Site, language: Language) -> str:
    """Return why a state is not drawn: no figure anywhere, or none that may be compared."""
    elsewhere = [other for other in known if area in other.known()]
    if not elsewhere:
        return language.say("compare_no_figure")
    reasons = [
        language.say(
            "compare_elsewhere",
            publisher=site.sources[other.source]["publisher"],
            reasons=_reasons(other, area, language),
        )
        for other in elsewhere
    ]
    return " ".join(dict.fromkeys(reasons))


def _reasons(family: Family, area: str, language: Language) -> str:
    """Return the reasons why the figures of a state may not be compared, in words."""
    codes = family.against(area, ACROSS)
    if not codes:
        return language.say("compare_other_source")
    return headlines.clauses(
        [language.name("comparability_reason", code) for code in codes], language
    )


def _others(facts: Facts, site: context.Site, language: Language) -> list[tuple[str, str, str]]:
    """Return what is not compared: indicator, publisher, kind of year with reason, each once."""
    found = [
        (
            family.indicator,
            site.sources[family.source]["publisher"],
            _remark(family, language),
        )
        for known in facts.known.values()
        for family in known
        if not is_compared(family) and family.known()
    ]
    return list(dict.fromkeys(found))


def _remark(family: Family, language: Language) -> str:
    """Return the kind of year unless it is calendar, and why a family is not compared."""
    kind = [] if family.basis == "CY" else [language.name("time_basis", family.basis)]
    return " · ".join([*kind, _not_compared(family, language)])


def _not_compared(family: Family, language: Language) -> str:
    if len(family.known()) < _LEAST:
        return language.say("compare_one_state")
    codes = dict.fromkeys(code for area in family.known() for code in family.against(area, ACROSS))
    return headlines.clauses(
        [language.name("comparability_reason", code) for code in codes], language
    )
