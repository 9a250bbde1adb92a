"""The sections of country pages made from the shipped figures: what several tests read."""

from functools import cache
from pathlib import Path

import duckdb

from pipelines.published.site.figures import context
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.pages import country
from schemas import codelists

LANGUAGES = codelists.LANGUAGES


@cache
def pages(built: Path) -> tuple[context.Site, country.Facts]:
    """Return what the pages share, and what they need of all states."""
    with duckdb.connect(built, read_only=True) as connection:
        return context.read(connection), country.read(connection)


@cache
def shown(built: Path, area: str, section: str, language: str = "en") -> list[FigureView]:
    """The figures of one section of a state's page."""
    site, facts = pages(built)
    (speaker,) = (each for each in site.languages if each.code == language)
    (found,) = (
        part.figures
        for part in country.sections(site, facts, area, speaker)
        if part.code == section
    )
    return found


def by_anchor(
    built: Path, area: str, section: str, anchor: str, language: str = "en"
) -> FigureView:
    """One figure by its address on the page."""
    (found,) = (each for each in shown(built, area, section, language) if each.anchor == anchor)
    return found


def column(figure: FigureView, place: int = 0) -> dict[str, str]:
    """Return the texts of one column of a table, by row."""
    return {heading: cells[place].text for heading, cells in figure.table.rows}
