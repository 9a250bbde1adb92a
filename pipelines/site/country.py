"""A page per state: what its figures say, what is missing, and where they are from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from pipelines.charts.language import Language
from pipelines.site import shared
from pipelines.site.figures import CHAIN, VICTIMS
from pipelines.site.sections import justice, victims
from pipelines.site.shown import Shown

_SECTIONS: Final[tuple[Any, ...]] = (victims, justice)
_CORE: Final = VICTIMS.indicators + CHAIN.indicators
"""The indicators of which a page says so if there is no figure."""

Facts = dict[str, dict[str, Any]]
"""What each section needs, by its code and by state."""


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes:
        code: stands in its anchor and in the codes of its texts.
        figures: what it shows; none if nothing is known.
    """

    code: str
    figures: list[Shown]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """What the sections need of all states."""
    return {section.CODE: section.read(connection) for section in _SECTIONS}


def files(site: shared.Site, facts: Facts, language: Language) -> Iterator[shared.File]:
    """The page of every state."""
    for area in site.states[language.code]:
        parts = sections(site, facts, area, language)
        yield site.page(
            "country",
            f"country/{area.lower()}.html",
            language,
            area=language.name("area", area),
            sections=parts,
            missing=_missing(parts),
            sources=list(site.sources.values()),
        )


def sections(site: shared.Site, facts: Facts, area: str, language: Language) -> list[Section]:
    """The sections of one state's page, empty ones included."""
    return [
        Section(each.CODE, each.figures(site, area, facts[each.CODE].get(area), language))
        for each in _SECTIONS
    ]


def _missing(shown: list[Section]) -> list[str]:
    """The indicators of which no figure shows a number or a suppressed one."""
    known = {code for section in shown for figure in section.figures for code in figure.indicators}
    return [code for code in _CORE if code not in known]
