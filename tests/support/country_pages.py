"""Pages and their figures made from the shipped figures, each made once in a process of tests."""

from functools import cache
from pathlib import Path
from types import ModuleType

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import context
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.pages import country


@cache
def edition(built: Path) -> context.Site:
    """Return the context that all pages share."""
    with duckdb.connect(built, read_only=True) as connection:
        return context.read_site(connection)


@cache
def facts(built: Path, kind: ModuleType = country) -> object:
    """Return the facts that pages of a kind need, by default those of country pages."""
    with duckdb.connect(built, read_only=True) as connection:
        return kind.read(connection)


def speaker(built: Path, code: str = "en") -> Language:
    """Return the language of a code."""
    (found,) = (each for each in edition(built).languages if each.code == code)
    return found


@cache
def files(built: Path, kind: ModuleType, code: str = "en") -> dict[str, str]:
    """Return the text of each file of the pages of a kind, by path."""
    language = speaker(built, code)
    site = edition(built).in_language(language)
    return dict(kind.files(site, facts(built, kind), language))


@cache
def page_files(built: Path, area: str, code: str = "en") -> dict[str, str]:
    """Return the text of each file of a state's page, by path; the page comes first."""
    language = speaker(built, code)
    site = edition(built).in_language(language)
    return dict(country.page_files(site, facts(built), area, language))


def country_page(built: Path, area: str, code: str = "en") -> str:
    """Return the HTML of a state's page."""
    return next(iter(page_files(built, area, code).values()))


@cache
def sections(built: Path, area: str, code: str = "en") -> dict[str, list[FigureView]]:
    """Return the figures of a state's page by section."""
    found = country.sections(edition(built), facts(built), area, speaker(built, code))
    return {section.code: section.figures for section in found}


def shown(built: Path, area: str, section: str, code: str = "en") -> list[FigureView]:
    """Return the figures of one section of a state's page."""
    return sections(built, area, code)[section]


def by_anchor(built: Path, area: str, section: str, anchor: str, code: str = "en") -> FigureView:
    """Return one figure by its address on the page."""
    (found,) = (each for each in shown(built, area, section, code) if each.anchor == anchor)
    return found


def all_shown(built: Path, *codes: str) -> list[tuple[str, FigureView]]:
    """Return the figures of these sections of every state, with its code."""
    return [
        (area, figure)
        for area in edition(built).states["en"]
        for code in codes
        for figure in shown(built, area, code)
    ]


def column(figure: FigureView, place: int = 0) -> dict[str, str]:
    """Return the texts of one column of a table, by row."""
    return {heading: cells[place].text for heading, cells in figure.table.rows}
