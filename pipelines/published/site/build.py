"""Build the site: read the published views once, and write only the files that changed."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.site import context
from pipelines.published.site.content_security import PLOTLY
from pipelines.published.site.pages import (
    about,
    all_figures,
    country,
    data,
    explorer,
    feed,
    gaps,
    home,
    indicator,
    item26,
    method,
    moved,
    needs,
    revisions,
    search,
)

_HERE: Final = Path(__file__).parent
KINDS: Final = (
    indicator,
    home,
    item26,
    gaps,
    needs,
    explorer,
    revisions,
    method,
    data,
    about,
    search,
    moved,
    feed,
    all_figures,
    country,
)
"""The kinds of page. Each module reads what it needs once, and yields its files for one language.

Country pages read the most, so they come last: the other pages are made in the meantime."""


@dataclass(frozen=True)
class Built:
    """Result of a build: number of pages, number of files written, and the first page."""

    pages: int
    written: int
    index: Path


def build_site(warehouse: Path, out: Path, base_url: str = "") -> Built:
    """Write the site into the folder `out` from the DuckDB file, which is only read.

    With `base_url`, the address at which the site is published, pages have links and pictures for
    other sites, and there is a feed per language.

    A file is written only if its bytes differ; a file that is no longer part of the site is
    removed.
    """
    made = _written(_files(warehouse, base_url), out)
    for stale in {file for file in out.rglob("*.*") if file.is_file()} - made.keys():
        stale.unlink()
    pages = sum(file.suffix == ".html" for file in made)
    return Built(pages, sum(made.values()), out / "index.html")


def _written(files: Iterable[tuple[str, str | bytes]], out: Path) -> dict[Path, bool]:
    """Write files below a folder, and return for each path whether it had to be written."""
    made: dict[Path, Future[bool]] = {}
    with ThreadPoolExecutor(max_workers=1) as writer:
        # The next page is rendered while the system writes this file.
        for path, content in files:
            content = content if isinstance(content, bytes) else content.encode()
            made[out / path] = writer.submit(_write, out / path, content)
    return {path: is_new.result() for path, is_new in made.items()}


def static_files() -> Iterator[context.File]:
    """Yield the style sheets and scripts that all pages share."""
    for file in (*sorted((_HERE / "static").glob("*.[cj]s*")), PLOTLY):
        yield f"static/{file.name}", file.read_text(encoding="utf-8")


def _pictures() -> Iterator[tuple[str, bytes]]:
    """Yield the pictures that other sites show beside a link."""
    for file in sorted((_HERE / "static").glob("*.png")):
        yield f"static/{file.name}", file.read_bytes()


def _files(warehouse: Path, base_url: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield every file of the site: the shared ones, then page by page."""
    yield from static_files()
    yield from _pictures()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield from _page_files(context.read_site(connection, base_url), connection)


def _page_files(
    site: context.Site, connection: duckdb.DuckDBPyConnection
) -> Iterator[context.File]:
    """Yield the pages of every kind in each language, with the files of their charts."""
    sites = [(site.in_language(language), language) for language in site.languages]
    with ThreadPoolExecutor(max_workers=1) as reader:
        # DuckDB queries the facts of one kind while the pages of the kinds before it are rendered.
        read = [reader.submit(kind.read, connection) for kind in KINDS]
        for kind, facts in zip(KINDS, read, strict=True):
            for site_in_language, language in sites:
                yield from kind.files(site_in_language, facts.result(), language)


def _write(file: Path, new: bytes) -> bool:
    """Write the file unless it has these bytes already; return whether it had to be written."""
    if file.is_file() and file.read_bytes() == new:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(new)
    return True
