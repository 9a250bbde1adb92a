"""The second page of a state, with all its figures, made of the shipped figures."""

from functools import cache
from pathlib import Path

from country_pages import facts, speaker, spoken
from parsed_page import Page

from pipelines.published.site.pages import all_figures
from pipelines.published.site.pages.figures_of_state.fold import Block, Fold


@cache
def folds(built: Path, area: str) -> list[Fold]:
    """Return the folds of a page in English."""
    site, language = spoken(built), speaker(built)
    return [*all_figures.folds(site, facts(built, all_figures), area, language)]


def blocks(built: Path, area: str, indicator: str) -> dict[str, Block]:
    """Return the blocks of an indicator by the anchor of their tables."""
    [fold] = [each for each in folds(built, area) if each.anchor == indicator.lower()]
    return {block.anchor: block for block in fold.blocks}


@cache
def page(built: Path, area: str, code: str = "en") -> Page:
    known = facts(built, all_figures)
    return Page(all_figures.page(spoken(built, code), known, area, speaker(built, code))[1])


def words(built: Path, area: str, code: str = "en") -> str:
    """Return the text of a page, with the spaces that HTML shows."""
    [(_, text)] = page(built, area, code).all("main")
    return text


def column(block: Block, place: int = 0) -> dict[str, str]:
    """Return the texts of one column of a table, by row."""
    return {heading: cells[place].text for heading, cells in block.table.rows}
