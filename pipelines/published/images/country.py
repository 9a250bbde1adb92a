"""A chart of a state as an image, and its page as PDF: drawn by pages built for the purpose."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.images import browser
from pipelines.published.images.refusal import PrintError
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


@dataclass(frozen=True)
class _Opened:
    """A warehouse that is open: connection, and the pages' context in one language."""

    connection: duckdb.DuckDBPyConnection
    site: context.Site
    language: Language


def chart(warehouse: Path, wanted: Wanted, form: str) -> bytes:
    """Return the chart as an image, `svg` or `png`."""
    with _opened(warehouse, wanted.language) as opened, tempfile.TemporaryDirectory() as name:
        totals = read_totals(opened.connection)
        total = _total(totals, wanted, opened.language)
        if total.reason and total.indicator == _VICTIMS:
            page = _lay(Path(name), opened.site, _country_files(opened, wanted.area))
            return browser.image(page.as_uri(), "happened", form)
        page = _lay(Path(name), opened.site, _explorer_files(opened))
        question = {
            "i": total.indicator,
            "f": series_id(total.source, total.basis),
            "s": total.area,
        }
        asked = "&".join(f"{key}={value}" for key, value in question.items())
        return browser.image(f"{page.as_uri()}#{asked}", "explorer", form)


def report(warehouse: Path, area: str, code: str) -> bytes:
    """Return the page of a state as PDF."""
    with _opened(warehouse, code) as opened, tempfile.TemporaryDirectory() as name:
        page = _lay(Path(name), opened.site, _country_files(opened, area))
        return browser.pdf(page.as_uri())


@contextmanager
def _opened(warehouse: Path, code: str) -> Iterator[_Opened]:
    if not warehouse.is_file():
        raise PrintError(f"{warehouse}: no such file; make it with 'tipstat run'")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        site = context.read_site(connection)
        [language] = [each for each in site.languages if each.code == code]
        yield _Opened(connection, site.in_language(language), language)


def _total(totals: Totals, wanted: Wanted, language: Language) -> Total:
    """Return the series that the chart shows: the one to cite, if no source is wanted."""
    found = totals.of(wanted.area, wanted.indicator)
    total = next((each for each in found if wanted.source in ("", each.source)), None)
    if not total:
        raise PrintError(_absence(totals, wanted, language))
    return total


def _absence(totals: Totals, wanted: Wanted, language: Language) -> str:
    """Return a line that there is no such chart, and which there are."""
    state = language.name("area", wanted.area)
    found = sorted({each.source for each in totals.of(wanted.area, wanted.indicator)})
    if found:
        others = f"of that indicator there are charts from {', '.join(found)}"
        return f"no chart of {wanted.indicator} from {wanted.source} for {state}; {others}"
    known = {each.indicator for each in totals.of_state(wanted.area)}
    codes = ", ".join(code for code in language.names["indicator"] if code in known)
    there = f"there are charts of {codes}" if codes else "there is no chart of that state"
    return f"no chart of {wanted.indicator} for {state}; {there}"


def _country_files(opened: _Opened, area: str) -> Iterator[context.File]:
    facts, site = country.read(opened.connection), opened.site.of_state(area)
    for path, text in country.files(site, facts.of(area), opened.language):
        if path.endswith(".html"):
            yield path, text


def _explorer_files(opened: _Opened) -> Iterator[context.File]:
    """Yield the series, which come with the first language, and the page."""
    facts, first = explorer.read(opened.connection), opened.site.languages[0]
    for language in dict.fromkeys([first.code, opened.language.code]):
        [own] = [each for each in opened.site.languages if each.code == language]
        yield from explorer.files(opened.site.in_language(own), facts, own)


def _lay(folder: Path, site: context.Site, files: Iterable[context.File]) -> Path:
    """Write the files, with those that all pages share, and return the last one's path."""
    for path, content in [*build.static_files(site), *files]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / path
