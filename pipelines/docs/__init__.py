"""Writes the generated pages of docs/ from what the code itself says: they cannot lie."""

from pathlib import Path
from typing import Final

import jinja2

from pipelines import corrections, manifest, paths, shipped, sql_files
from pipelines.sources import discover
from schemas import codelists
from schemas.contract import CONTRACTS

_TEMPLATES: Final = Path(__file__).parent


def write(folder: Path, *, check: bool = False) -> list[str]:
    """Writes each page whose text differs, or with `check` only says which do.

    Releases and corrections are those of the shipped figures. Returns the names of the pages that
    differed.
    """
    stale = []
    with shipped.alone():
        pages = _pages()
    for name, text in pages.items():
        page = folder / name
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
    return stale


def _pages() -> dict[str, str]:
    """The pages by file name."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown, from our own metadata
    )
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    known = {
        "sources": [publication.source for publication in discover().values()],
        "entries": manifest.entries() if paths.manifest().is_file() else [],
        "corrections": corrections.entries(),
        "contracts": CONTRACTS,
        "codelists": {name: codelists.load(name) for name in codelists.NAMES},
        "tables": sql_files.folder("table"),
        "views": [*sql_files.folder("harmonised"), *sql_files.folder("published")],
        "table_macros": sql_files.folder("table_macro"),
        "rules": sql_files.rules(),
        "checks": sql_files.folder("check"),
    }
    return {
        file.stem: environment.get_template(file.name).render(known)
        for file in sorted(_TEMPLATES.glob("*.md.j2"))
    }
