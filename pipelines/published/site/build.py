"""Build the site: read the published views once, and write only the files that changed."""

import json
import pkgutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import duckdb

from pipelines.lib import progress
from pipelines.published.catalogue import sitemap
from pipelines.published.kept import NOTHING, RECORD, Earlier, Kept, made_from
from pipelines.published.site import card, context, documents, pages
from pipelines.published.site.card import Card, Draw
from pipelines.published.site.content_security import PLOTLY
from pipelines.published.site.documents import Print
from pipelines.published.site.pages import about, check
from pipelines.words.language import Language

_HERE: Final = Path(__file__).parent


def _kinds() -> Iterator[ModuleType]:
    """Yield the kinds of page: the modules of `pages` that yield files.

    Those with a page for each state read the most, so they come last: the other pages are made in
    the meantime.
    """
    names = [module.name for module in pkgutil.iter_modules(pages.__path__)]
    modules = [import_module(f"{pages.__name__}.{name}") for name in names]
    found = [module for module in modules if hasattr(module, "files")]
    yield from sorted(found, key=lambda kind: _each(kind) == "state")


def _each(kind: ModuleType) -> str:
    return getattr(kind, "EACH", "")


KINDS: Final = tuple(_kinds())
"""The kinds of page: each reads what it needs once, and yields its files for one language."""

OF_STATES: Final = tuple(kind for kind in KINDS if _each(kind) == "state")
"""The kinds with a page for each state, which is made from the facts of that state alone."""

OF_INDICATORS: Final = tuple(kind for kind in KINDS if _each(kind) == "indicator")
"""The kinds with a page for each indicator, likewise."""

OF_SOURCES: Final = tuple(kind for kind in KINDS if _each(kind) == "few sources")
"""The kinds whose pages are all made from the facts of a few sources: these are kept together."""

_STYLE: Final = (
    "base", "figures", "blocks", "pages", "narrow", "paper", "explorer", "sparklines",
    "region", "standard", "check", "knowledge",
)  # fmt: skip
"""The parts of the style sheet, in order: a later rule wins over an equal one."""

_COMPILED_AT_ONCE: Final = "//# allFunctionsCalledOnLoad\n"
"""Lets Chromium compile plotly.js beside the page, instead of each function when it is called.

That halves the processor time until the first chart; other browsers ignore the line."""


@dataclass(frozen=True)
class Built:
    """Result of a build: number of pages, number of files written, and the first page."""

    pages: int
    written: int
    index: Path


def build_site(
    warehouse: Path,
    out: Path,
    base_url: str = "",
    earlier: Earlier = NOTHING,
    contact: str = "",
    draw: Draw | None = None,
    print_pages: Print | None = None,
    form_rules: Mapping[str, Any] | None = None,
) -> Built:
    """Write the site into the folder `out` from the DuckDB file, which is only read.

    With `base_url`, the address at which the site is published, pages have links and pictures for
    other sites, and there are a feed per language, a sitemap and robots.txt. `contact` is the mail
    address for errors. `draw` makes a picture for each page whose kind has a card; other pages have
    that of their language.
    `print_pages` makes the PDF of the common standard. With `form_rules`, the rules of the
    questionnaire as data, there is a page that checks one.

    The pages of a state, an indicator or a few sources are taken from the `earlier` site if they
    are made from the same. A file is written only if its bytes differ; a file that is no longer
    part of the site is removed.
    """
    written: dict[Path, Future[bool]] = {}
    files = _files(warehouse, base_url, earlier, contact, draw, print_pages, form_rules)
    with ThreadPoolExecutor(max_workers=1) as writer:
        # The next page is rendered while the system writes this file.
        for path, content in files:
            content = content if isinstance(content, bytes) else content.encode()
            written[out / path] = writer.submit(_write, out / path, content)
    made = {path: is_new.result() for path, is_new in written.items()}
    for stale in {file for file in out.rglob("*.*") if file.is_file()} - made.keys():
        stale.unlink()
    count = sum(file.suffix == ".html" for file in made)
    return Built(count, sum(made.values()), out / "index.html")


def static_files(site: context.Site) -> Iterator[context.File]:
    """Yield the style sheets and scripts that all pages share."""
    editions = {language.code: site.edition(language) for language in site.languages}
    text = json.dumps({"editions": editions}, ensure_ascii=False, indent=1)
    yield "static/edition.js", f"window.tipstat = {text};\n"
    parts = [_HERE / "static" / "style" / f"{part}.css" for part in _STYLE]
    yield "static/style.css", "".join(part.read_text(encoding="utf-8") for part in parts)
    for file in sorted((_HERE / "static").glob("*.js")):
        yield f"static/{file.name}", file.read_text(encoding="utf-8")
    yield f"static/{PLOTLY.name}", _COMPILED_AT_ONCE + PLOTLY.read_text(encoding="utf-8")


def _files(
    warehouse: Path,
    base_url: str,
    earlier: Earlier,
    contact: str,
    draw: Draw | None,
    print_pages: Print | None,
    form_rules: Mapping[str, Any] | None,
) -> Iterator[context.File]:
    """Yield every file of the site: the shared ones, then page by page."""
    for file in sorted((_HERE / "static").glob("*.png")):  # which other sites show beside a link
        yield f"static/{file.name}", file.read_bytes()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        site = context.read_site(connection, base_url)
        site = replace(site, contact=contact, has_pictures=bool(draw and site.base_url))
        site = replace(site, has_check=bool(form_rules))
        if form_rules:
            yield check.data(form_rules)
        kept, cards = Kept(earlier), dict[str, Card]()
        shared = list(static_files(site))
        yield from shared
        yield about.corrections(connection)
        printed = [*documents.printed(site, shared, print_pages, kept)] if print_pages else []
        yield from printed
        site = replace(site, documents=tuple(path for path, _ in printed))
        paths = []
        for path, page in _page_files(site, connection, kept, cards):
            paths.append(path)
            yield path, page
        if site.base_url:
            codes = [language.code for language in site.languages]
            listed = (path for path in paths if path.endswith(".html"))
            yield from sitemap.files(site.base_url, site.day[:10], listed, codes)
        if draw and cards:
            yield from _drawn(cards, draw, kept)
        yield RECORD, kept.record()


def _drawn(cards: Mapping[str, Card], draw: Draw, kept: Kept) -> Iterator[context.File]:
    """Yield the pictures of cards, the earlier one of a card that is the same.

    A card that could not be drawn has the picture of its language, until the next version.
    """
    anew: dict[str, Card] = {}
    for path, shown in cards.items():
        if earlier := kept.file(path, made_from(shown)):
            yield path, earlier.read_bytes()
        else:
            anew[path] = shown
    progress.report(f"{len(anew)} pictures")
    pictures = draw([*anew.values()]) if anew else []
    for (path, shown), picture in zip(anew.items(), pictures, strict=True):
        if picture is None:
            del kept.made_from[path]
            picture = (_HERE / "static" / f"social-{shown.language}.png").read_bytes()
        yield path, picture


def _page_files(
    site: context.Site,
    connection: duckdb.DuckDBPyConnection,
    kept: Kept,
    cards: dict[str, Card],
) -> Iterator[context.File]:
    """Yield the pages of every kind in each language, with what lies beside them.

    The cards of pictures that are to be drawn are added to `cards`, by the path of the picture.
    """
    sites = [(site.in_language(language), language) for language in site.languages]
    with ThreadPoolExecutor(max_workers=1) as reader:
        # DuckDB queries the facts of one kind while the pages of the kinds before it are rendered.
        read = [reader.submit(kind.read, connection) for kind in KINDS]
        for place, (kind, facts) in enumerate(zip(KINDS, read, strict=True), start=1):
            progress.report(f"kind {place} of {len(KINDS)}")
            if kind in OF_STATES:
                yield from _one_by_one(kind, sites[0][0].iso2, facts.result(), sites, kept, cards)
            elif kind in OF_INDICATORS:
                yield from _one_by_one(kind, facts.result().own, facts.result(), sites, kept, cards)
            elif kind in OF_SOURCES:
                yield from _one_by_one(kind, ["all pages"], facts.result(), sites, kept, cards)
            else:
                for site_in_language, language in sites:
                    yield from kind.files(site_in_language, facts.result(), language)


def _one_by_one(
    kind: ModuleType,
    codes: Collection[str],
    facts: Any,  # noqa: ANN401  # each kind has its own
    sites: Sequence[tuple[context.Site, Language]],
    kept: Kept,
    cards: dict[str, Card],
) -> Iterator[context.File]:
    """Yield the files of each state or indicator, the earlier ones if made from the same.

    Pages that are made together count as those of one code, and name no day of their own. A kind
    whose pages have downloads has `paths`, any other `path`.
    """
    checksums = [_checksums(*each) for each in sites]
    for place, code in enumerate(codes, start=1):
        progress.report(f"{code}, {place} of {len(codes)}")
        of_code = facts.of(code)
        known = made_from(of_code)
        for (site, language), (common, of_source) in zip(sites, checksums, strict=True):
            own = site.of_state(code) if kind in OF_STATES else site.of_sources(of_code.sources)
            own = replace(own, own_day="") if kind in OF_SOURCES else own
            paths = [
                f"{language.code}/{path}"
                for path in (kind.paths(code) if hasattr(kind, "paths") else [kind.path(code)])
            ]
            inputs = made_from(known, common, [of_source[name] for name in own.sources])
            if site.has_pictures and hasattr(kind, "card"):
                cards[card.path(paths[0])] = kind.card(own, of_code, language)
            if earlier := kept.files(paths, inputs):
                yield from (
                    (path, file.read_bytes()) for path, file in zip(paths, earlier, strict=True)
                )
            else:
                yield from kind.files(own, of_code, language)


def _checksums(site: context.Site, language: Language) -> tuple[str, dict[str, str]]:
    """Return the checksum of what all pages of a language share, and that of each source."""
    common = made_from(replace(site.of_sources(()), languages=[]), language.code)
    return common, {name: made_from(source) for name, source in site.sources.items()}


def _write(file: Path, new: bytes) -> bool:
    """Write the file unless it has these bytes already; return whether it had to be written."""
    if file.is_file() and file.read_bytes() == new:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(new)
    return True
