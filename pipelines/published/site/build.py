"""Writes the site: reads the published views once, and touches only the files that change."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

import duckdb

from pipelines.published.site.content_security import PLOTLY
from pipelines.published.site.figures import context
from pipelines.published.site.pages import (
    about,
    compare,
    country,
    data,
    gaps,
    home,
    indicator,
    method,
    revisions,
)

_HERE: Final = Path(__file__).parent
KINDS: Final = (indicator, home, gaps, compare, revisions, method, data, about, country)
"""The kinds of page. Each reads what it needs once, and gives its files in one language.

That of states, which reads the most, comes last: others are made meanwhile."""


@dataclass(frozen=True)
class Built:
    """What a build made: how many pages there are, how many files it wrote, where to begin."""

    pages: int
    written: int
    index: Path


def build_site(warehouse: Path, out: Path) -> Built:
    """Writes the site into the folder `out` from the DuckDB file, which is only read.

    A file is written only if its bytes differ, and a file that is no longer made is removed.
    """
    made = write(_files(warehouse), out)
    for stale in {file for file in out.rglob("*.*") if file.is_file()} - made.keys():
        stale.unlink()
    pages = sum(file.suffix == ".html" for file in made)
    return Built(pages, sum(made.values()), out / "index.html")


def write(files: Iterable[context.File], out: Path) -> dict[Path, bool]:
    """Writes files below a folder; of each whether it had to be written."""
    made: dict[Path, Future[bool]] = {}
    with _seldom_collected(), ThreadPoolExecutor(max_workers=1) as writer:
        # While the system makes one of some thousand files, the next page is made.
        for path, text in files:
            made[out / path] = writer.submit(_write, out / path, text.encode())
    return {path: is_new.result() for path, is_new in made.items()}


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Lets Python look for cycles a seventieth as often: pages leave few, and looking costs 1 s."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def static_files() -> Iterator[context.File]:
    """Styles and scripts, the same for every page."""
    for file in sorted((_HERE / "static").iterdir()):
        yield f"static/{file.name}", file.read_text(encoding="utf-8")
    yield f"static/{PLOTLY.name}", PLOTLY.read_text(encoding="utf-8")


def _files(warehouse: Path) -> Iterator[context.File]:
    """Every file of the site: what is shared, then page by page."""
    yield from static_files()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield from of_kinds(KINDS, context.read(connection), connection)


def of_kinds(
    kinds: Sequence[ModuleType], site: context.Site, connection: duckdb.DuckDBPyConnection
) -> Iterator[context.File]:
    """The pages of these kinds in each language, with the files of their charts."""
    told = [(site.told_in(language), language) for language in site.languages]
    with ThreadPoolExecutor(max_workers=1) as reader:
        # While DuckDB works out the facts of a kind, the pages of those before are made.
        read = [reader.submit(kind.read, connection) for kind in kinds]
        for kind, facts in zip(kinds, read, strict=True):
            for in_language, language in told:
                yield from kind.files(in_language, facts.result(), language)


def _write(file: Path, new: bytes) -> bool:
    """Return whether the file had to be written."""
    if file.is_file() and file.read_bytes() == new:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(new)
    return True
