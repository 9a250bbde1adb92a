"""Generated pages of docs/, and a code list, made from the metadata and rules that the code uses.

A page here has no knowledge of its own: what it says is read from sources, contracts, code lists,
rules and the shipped figures. Pages that people write are in docs/ alone; of these, only the
numbers of rules are written here. The code list is that of remarks: its rows of detectors are made
from their modules, which schemas/ cannot import.
"""

import re
from collections.abc import Container
from pathlib import Path
from typing import Final

from pipelines.docs import detection, errata
from pipelines.harmonised import guard
from pipelines.lib import templates
from pipelines.published import attack_counts
from pipelines.raw import corrections, manifest, shipped
from pipelines.sources import discover, refuse_without_metadata
from pipelines.warehouse import sql_files
from schemas import codelists, parameters, rules
from schemas.contract import CONTRACTS

_TEMPLATES: Final = Path(__file__).parent
_REMARKS: Final = "../schemas/codelists/remark.csv"
_NUMBER: Final = re.compile(r"\[[^]\n]*\](\((?:[./]*)rules\.md#(\w+)\))")
"""A number of a rule in a page that people write: a link to the row of its parameter."""


def write(folder: Path, *, check: bool = False) -> list[str]:
    """Write each page that is out of date, or with `check` none; return their names in the folder.

    Releases, corrections and findings are those of the shipped figures. Errata of a release without
    defects are deleted.
    """
    with shipped.only_shipped():
        pages = _pages()
    pages |= _written(folder, pages)
    stale = [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    left = [
        path
        for path in sorted((folder / errata.FOLDER).glob("*"))
        if path.relative_to(folder).as_posix() not in pages
    ]
    if not check:
        for name in stale:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(pages[name], encoding="utf-8")
        for path in left:
            path.unlink()
    return [*stale, *(path.relative_to(folder).as_posix() for path in left)]


def _written(folder: Path, generated: Container[str]) -> dict[str, str]:
    """Return the pages that people write, by file name, with today's numbers in their links.

    Raises:
        ValueError: a link names a parameter that there is none of.
    """
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }
    return {
        name: _NUMBER.sub(lambda link: f"[{parameters.printed(link[2])}]{link[1]}", text)
        for name, text in texts.items()
        if name not in generated and not name.startswith(errata.FOLDER)
    }


def _pages() -> dict[str, str]:
    """Return the text of each page, by file name."""
    refuse_without_metadata()
    remarks = detection.code_list()
    environment = templates.environment(_TEMPLATES, _TEMPLATES / errata.FOLDER)
    found = errata.of_all(environment)
    known = {
        "errata": found,
        "sources": [publication.source for publication in discover().values()],
        "entries": manifest.known(),
        "corrections": corrections.entries(),
        "contracts": CONTRACTS,
        "codelists": {
            **{name: codelists.load(name) for name in codelists.NAMES},
            "remark": codelists.filled(remarks),
        },
        "tables": sql_files.folder("table"),
        "views": [
            file
            for name in ("harmonised", "judged", "published")
            for file in sql_files.folder(name)
        ],
        "table_macros": sql_files.folder("table_macro"),
        "rules": sql_files.rules(),
        "id_of": rules.id_of,
        "parameters": parameters.parameters().values(),
        "filters": rules.filters(),
        "checks": sql_files.folder("check"),
        "beside": attack_counts.BESIDE,
        "disclosed": attack_counts.lines(),
        "unmeasured": detection.unmeasured(),
        **{name: detection.rates(name) for name in (*detection.MEASURED, *detection.GUARD)},
        "shares": guard.SHARES,
        "unattended": guard.UNATTENDED,
        **detection.paragraphs(),
    }
    pages = {
        file.stem: environment.get_template(file.name).render(known)
        for file in sorted(_TEMPLATES.glob("*.md.j2"))
    }
    pages[_REMARKS] = remarks.to_csv(index=False, lineterminator="\n")
    pages[f"{errata.FOLDER}/README.md"] = environment.get_template("index.md.j2").render(known)
    for page in found:
        pages[f"{errata.FOLDER}/{page.name}.md"] = page.text
        pages[f"{errata.FOLDER}/{page.name}.csv"] = page.table
    return pages
