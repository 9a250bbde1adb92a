"""The sections of country pages made from the shipped figures: what several tests read."""

from functools import cache
from pathlib import Path

import duckdb

from pipelines.published.site import country, shared
from pipelines.published.site.shown import Shown
from schemas import codelists

LANGUAGES = codelists.LANGUAGES


@cache
def pages(built: Path) -> tuple[shared.Site, country.Facts]:
    """What the pages share, and what they need of all states."""
    with duckdb.connect(built, read_only=True) as connection:
        return shared.read(connection), country.read(connection)


@cache
def shown(built: Path, area: str, section: str, language: str = "en") -> list[Shown]:
    """The figures of one section of a state's page."""
    site, facts = pages(built)
    (speaker,) = (each for each in site.languages if each.code == language)
    (found,) = (
        part.figures
        for part in country.sections(site, facts, area, speaker)
        if part.code == section
    )
    return found


def by_anchor(built: Path, area: str, section: str, anchor: str, language: str = "en") -> Shown:
    """One figure by its address on the page."""
    (found,) = (each for each in shown(built, area, section, language) if each.anchor == anchor)
    return found


def column(figure: Shown, place: int = 0) -> dict[str, str]:
    """What a table prints in one of its columns, by row."""
    return {heading: cells[place].text for heading, cells in figure.table.rows}
