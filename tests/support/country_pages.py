"""Pages and their figures made from the shipped figures, each made once in a process of tests."""

from functools import cache
from pathlib import Path
from types import ModuleType

import duckdb
from parsed_page import Page

from pipelines.published.site import context
from pipelines.published.site.pages import country, home
from pipelines.words.language import Language


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


def spoken(built: Path, code: str = "en") -> context.Site:
    """Return the context of pages in the language of a code."""
    return edition(built).in_language(speaker(built, code))


@cache
def files(built: Path, kind: ModuleType, code: str = "en") -> dict[str, str]:
    """Return the text of each file of the pages of a kind, by path."""
    return dict(kind.files(spoken(built, code), facts(built, kind), speaker(built, code)))


@cache
def region_page(built: Path, code: str = "en") -> Page:
    """Return the region's page in a language."""
    return Page(files(built, home, code)[f"{code}/index.html"])
