"""The second page of a state, with all its figures, made of the shipped figures."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import duckdb
from parsed_page import Page, tidy

from pipelines.published.i18n.language import Language
from pipelines.published.site import context
from pipelines.published.site.pages import all_figures
from pipelines.published.site.pages.figures_of_state.fold import Block


@dataclass
class Pages:
    """The pages of the shipped figures, each made once."""

    built: Path
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def facts(self) -> tuple[context.Site, all_figures.Facts]:
        """Return what all pages share, and the facts of this kind."""
        with duckdb.connect(self.built, read_only=True) as connection:
            return context.read_site(connection), all_figures.read(connection)

    def language(self, code: str = "en") -> Language:
        """Return the language of a code."""
        [found] = [each for each in self.facts[0].languages if each.code == code]
        return found

    def blocks(self, area: str, indicator: str, code: str = "en") -> dict[str, Block]:
        """Return the blocks of an indicator by the anchor of their tables."""
        site, facts = self.facts
        language = site.within(area, self.language(code))
        folds = all_figures.folds(site.in_language(language), facts, area, language)
        [fold] = [each for each in folds if each.anchor == indicator.lower()]
        return {block.anchor: block for block in fold.blocks}

    def text(self, area: str, code: str = "en") -> str:
        """Return the HTML of a page."""
        if (area, code) not in self.known:
            site, facts = self.facts
            language = self.language(code)
            _, page = all_figures.page(site.in_language(language), facts, area, language)
            self.known[area, code] = page
        return self.known[area, code]

    def words(self, area: str, code: str = "en") -> str:
        """Return the text of a page, with the spaces that HTML shows."""
        [(_, text)] = Page(self.text(area, code)).all("main")
        return tidy(text)


@cache
def pages_of(built: Path) -> Pages:
    """Return the pages, which the tests of a process share."""
    return Pages(built)


def column(block: Block, place: int = 0) -> dict[str, str]:
    """Return the texts of one column of a table, by row."""
    return {heading: cells[place].text for heading, cells in block.table.rows}
