"""The page of a state as PDF, and its charts as images."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes
from pipelines.published.charts.caption import Figure
from pipelines.published.charts.signature import signed
from pipelines.published.i18n.language import Language
from pipelines.published.images import browser
from pipelines.published.images.refusal import PrintError
from pipelines.published.site import build
from pipelines.published.site import context
from pipelines.published.site.figures.view import FigureView, stem
from pipelines.published.site.pages import country


@dataclass(frozen=True)
class Wanted:
    """The wanted charts: state, indicator, source ("" for any) and language."""

    area: str
    indicator: str
    source: str
    language: str


def charts(warehouse: Path, wanted: Wanted, out: Path | None, form: str) -> list[Path]:
    """Write the charts as images, and return their paths.

    A single chart is written to `out`, several beside it, each named after its source.
    """
    with _opened(warehouse, wanted.language) as (site, facts, language):
        figures = _shown(site, facts, wanted, language)
    contents = browser.images([_whole(site, each, language) for each in figures], form)
    places = [_place(wanted, each.anchor, out, form, len(figures) == 1) for each in figures]
    for place, content in zip(places, contents, strict=True):
        write(place, content)
    return places


def report(warehouse: Path, area: str, code: str, out: Path) -> None:
    """Write the page of a state as PDF."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _opened(warehouse, code) as (site, facts, language):
            page, text = next(country.page_files(site, facts, area, language))
        for path, content in [*build.static_files(), (page, text)]:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        write(out, browser.pdf(folder / page))


def write(place: Path, content: bytes) -> None:
    """Write a file, complete or not at all."""
    paths.refuse_published(place)
    replace_bytes(place, content)


@contextmanager
def _opened(warehouse: Path, code: str) -> Iterator[tuple[context.Site, country.Facts, Language]]:
    if not warehouse.is_file():
        raise PrintError(f"{warehouse}: no such file; make it with 'tipstat run'")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        site = context.read_site(connection)
        [language] = [each for each in site.languages if each.code == code]
        yield site.in_language(language), country.read(connection), language


def _shown(
    site: context.Site, facts: country.Facts, wanted: Wanted, language: Language
) -> list[FigureView]:
    """Return the charts over time of the indicator, one per source and kind of year."""
    sections = country.sections(site, facts, wanted.area, language)
    charts = [each for section in sections for each in section.figures if each.figure]
    printed = [each for each in charts if "value_raw" in each.frame]  # as printed, not calculated
    of = {
        code: [each for each in printed if name in each.table.columns and code in each.indicators]
        for code, name in language.names["indicator"].items()
    }
    found = [each for each in of[wanted.indicator] if wanted.source in ("", *each.sources)]
    if not found:
        raise PrintError(_absence(wanted, of, language))
    return found


def _absence(wanted: Wanted, of: dict[str, list[FigureView]], language: Language) -> str:
    """Return a line that there is no such chart, and which there are."""
    state = language.name("area", wanted.area)
    if of[wanted.indicator]:
        sources = sorted({each for shown in of[wanted.indicator] for each in shown.sources})
        found = f"of that indicator there are charts from {', '.join(sources)}"
        return f"no chart of {wanted.indicator} from {wanted.source} for {state}; {found}"
    known = ", ".join(code for code, shown in of.items() if shown)
    there = f"there are charts of {known}" if known else "there is no chart of that state"
    return f"no chart of {wanted.indicator} for {state}; {there}"


def _whole(site: context.Site, shown: FigureView, language: Language) -> Figure:
    """Return the chart with the edition of its figures."""
    return signed(shown.figure or {}, site.edition(language))


def _place(wanted: Wanted, anchor: str, out: Path | None, form: str, is_only: bool) -> Path:
    if out is None:
        name = Path(stem(f"{wanted.area.lower()}.html", anchor)).name
        return Path(f"{name}-{wanted.language}.{form}")
    return out if is_only else out.with_name(f"{out.stem}-{anchor}{out.suffix}")
