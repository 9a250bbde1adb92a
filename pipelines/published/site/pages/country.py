"""A page per state: its figures, missing indicators and sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from pipelines.published.i18n.language import Language, spans
from pipelines.published.site import rendering
from pipelines.published.site.figures import (
    citation,
    context,
    downloads,
    other_counts,
    rates,
    side_by_side,
    treaties,
)
from pipelines.published.site.figures.time_series import CHAIN, VICTIMS
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.pages import country_status
from pipelines.published.site.pages.sections import citizenship, forms, justice, sex_age, victims

_SECTIONS: Final[tuple[Any, ...]] = (
    victims,
    sex_age,
    forms,
    citizenship,
    rates,
    justice,
    other_counts,
    side_by_side,
    treaties,
)
_OF_TOTALS: Final = (victims, justice, other_counts)
"""The sections with a figure per source, one of which is the one to cite."""
_CORE: Final = VICTIMS.indicators + CHAIN.indicators
"""The indicators that a page lists as missing if it has no figure of them."""

Facts = dict[str, Any]
"""Facts of each section by its code, and those of the status boxes."""


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes:
        code: its id on the page, and the prefix of the codes of its texts.
        figures: its figures; none if nothing is known.
    """

    code: str
    figures: list[FigureView]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts that the sections need, of all states."""
    facts = {section.CODE: section.read(connection) for section in _SECTIONS}
    return facts | {"status": country_status.read_status(connection)}


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page of every state and the files of its charts."""
    for area in site.states[language.code]:
        yield from page_files(site, facts, area, language)


def page_files(
    site: context.Site, facts: Facts, area: str, language: Language
) -> Iterator[context.File]:
    """Yield the page of one state, and then the files of its charts."""
    language = site.within(area, language)
    parts = sections(site, facts, area, language)
    shown = [figure for section in parts for figure in section.figures]
    box = country_status.status_box(facts["status"], area, len(site.sources), language)
    path = f"country/{area.lower()}.html"
    yield rendering.page(
        site,
        "country",
        path,
        language,
        code=area,
        area=language.name("area", area),
        summary=_summary(parts[0].figures, site.citations, area, language),
        box=box,
        sections=parts,
        missing=_missing(shown, facts["status"].parts.get(area, {}), language),
        sources=_sources(site, shown, box),
        drawn=site.drawn(shown, language),
    )
    yield from downloads.files(site, path, shown, language)


def sections(site: context.Site, facts: Facts, area: str, language: Language) -> list[Section]:
    """Return the sections of one state's page, empty ones included."""
    language = site.within(area, language)
    found = []
    for each in _SECTIONS:
        shown = each.figures(site, area, facts[each.CODE].get(area), language)
        if each in _OF_TOTALS:
            shown = [citation.marked(one, area, site.citations, language) for one in shown]
        found.append(Section(each.CODE, shown))
    return found


def _summary(
    victims: list[FigureView], citations: citation.Citations, area: str, language: Language
) -> str:
    """Return the headline of the figure of victims to cite, as the page's description.

    If there is none to cite, it is the headline of the first figure.
    """
    if not victims:
        return language.say("victims_none", area=language.name("area", area))
    cited = citations.get((area, VICTIMS.indicators[0]))
    chosen = (each for each in victims if cited and citation.is_shown(cited, each))
    return next(chosen, victims[0]).headline


def _missing(shown: list[FigureView], parts: dict[str, list[int]], language: Language) -> list[str]:
    """Return the names of core indicators without any figure on the page, suppressed or not."""
    known = {code for figure in shown for code in figure.indicators}
    names = {code: language.name("indicator", code) for code in _CORE if code not in known}
    return [
        language.say("missing_parts", name=name, years=spans(parts[code]))
        if code in parts
        else name
        for code, name in names.items()
    ]


def _sources(
    site: context.Site, shown: list[FigureView], box: country_status.Box
) -> list[dict[Any, Any]]:
    """Return the sources that the page names."""
    named = {source for figure in shown for source in figure.sources}
    named |= {row["source"] for row in box.sources}
    return [described for source, described in site.sources.items() if source in named]
