"""A chart of a state as an image, and its page as PDF: drawn by pages built for the purpose."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.images import browser
from pipelines.published.images.browser import PrintError
from pipelines.published.site import build, context
from pipelines.published.site.facts.explorer import series_id
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.pages import country, explorer
from pipelines.words.language import Language

_VICTIMS: Final = "VIC_DETECT"


@dataclass(frozen=True)
class Wanted:
    """The wanted chart: state, indicator, source ("" for the one to cite) and language."""

    area: str
    indicator: str
    source: str
    language: str


def chart(warehouse: Path, wanted: Wanted, form: str) -> bytes:
    """Return the chart as an image, `svg` or `png`.

    Raises:
        PrintError: there is no warehouse, no such chart, or no browser.
    """
    with _opened(warehouse, wanted.language) as (connection, site, language):
        total = _total(read_totals(connection), wanted, language)
        if total.reason and total.indicator == _VICTIMS:
            files = _page_of_state(connection, site, wanted.area, language)
            drawn, asked = "happened", ""
        else:
            files, drawn = _explorer_files(connection, site, language), "explorer"
            series = series_id(total.source, total.basis)
            asked = f"#i={total.indicator}&f={series}&s={total.area}"
        with tempfile.TemporaryDirectory() as name:
            page = _lay(Path(name), site, files)
            return browser.image(page.as_uri() + asked, drawn, form)


def report(warehouse: Path, area: str, code: str) -> bytes:
    """Return the page of a state as PDF, in the language of a code.

    Raises:
        PrintError: there is no warehouse, or no browser.
    """
    with (
        _opened(warehouse, code) as (connection, site, language),
        tempfile.TemporaryDirectory() as name,
    ):
        page = _lay(Path(name), site, _page_of_state(connection, site, area, language))
        return browser.pdf(page.as_uri())


@contextmanager
def _opened(
    warehouse: Path, code: str
) -> Iterator[tuple[duckdb.DuckDBPyConnection, context.Site, Language]]:
    """Open a warehouse: the connection, and the pages' context in the language of a code."""
    if not warehouse.is_file():
        raise PrintError(f"{warehouse}: no such file; make it with 'tipstat run'")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        site = context.read_site(connection)
        [language] = [each for each in site.languages if each.code == code]
        yield connection, site.in_language(language), language


def _total(totals: Totals, wanted: Wanted, language: Language) -> Total:
    """Return the series that the chart shows: the one to cite, if no source is wanted.

    Raises:
        PrintError: there is no such series; the text says which there are.
    """
    found = totals.of(wanted.area, wanted.indicator)
    for total in found:
        if wanted.source in ("", total.source):
            return total
    state = language.name("area", wanted.area)
    if found:
        others = ", ".join(sorted({each.source for each in found}))
        raise PrintError(
            f"no chart of {wanted.indicator} from {wanted.source} for {state}; of that indicator "
            f"there are charts from {others}"
        )
    known = {each.indicator for each in totals.of_state(wanted.area)}
    codes = ", ".join(code for code in language.names["indicator"] if code in known)
    there = f"there are charts of {codes}" if codes else "there is no chart of that state"
    raise PrintError(f"no chart of {wanted.indicator} for {state}; {there}")


def _page_of_state(
    connection: duckdb.DuckDBPyConnection, site: context.Site, area: str, language: Language
) -> Iterator[context.File]:
    facts = country.read(connection).of(area)
    for path, text in country.files(site.of_state(area), facts, language):
        if path.endswith(".html"):
            yield path, text


def _explorer_files(
    connection: duckdb.DuckDBPyConnection, site: context.Site, language: Language
) -> Iterator[context.File]:
    """Yield the series, which come with the first language, and the page."""
    facts, first = explorer.read(connection), site.languages[0]
    for each in [language] if language.code == first.code else [first, language]:
        yield from explorer.files(site.in_language(each), facts, each)


def _lay(folder: Path, site: context.Site, files: Iterable[context.File]) -> Path:
    """Write the files, with those that all pages share, and return the last one's path."""
    for path, content in [*build.static_files(site), *files]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / path
