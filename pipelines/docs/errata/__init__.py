"""Errata: a page and a table for the publisher of each release that has defects.

`printed` reads the figures of a release, `facts` its defects, `counterpart` the rows to compare
with; `defect_texts` and `defect_lines` put them into words, `blocks` and `page` group them for
readers.
"""

from collections.abc import Sequence
from typing import NamedTuple

import jinja2

from pipelines.docs.errata import defect_lines, defect_texts, facts, page
from pipelines.raw import findings, manifest
from pipelines.raw.manifest import RawFile
from pipelines.sources import Publication, discover

FOLDER = "errata"
"""Folder below docs/."""


class Errata(NamedTuple):
    """The errata of one release."""

    source: str
    release: str
    name: str  # name of page and table, without suffix
    counts: dict[str, int]  # number of rows by certainty
    text: str
    table: str


def of_all(environment: jinja2.Environment) -> list[Errata]:
    """Return the errata of every release in the manifest that has defects."""
    template = environment.get_template("errata.md.j2")
    releases = dict.fromkeys((entry.source, entry.release) for entry in manifest.known())
    made = [
        _of_release(template, discover()[source], manifest.entries(source, release))
        for source, release in releases
    ]
    return [each for each in made if each is not None]


def _of_release(
    template: jinja2.Template, publication: Publication, entries: Sequence[RawFile]
) -> Errata | None:
    found = facts.defects(publication, entries)
    if found is None:
        return None
    source, release = publication.source, entries[0].release
    lines = defect_lines.lines(source.id, found)
    name = f"{source.id}_{release}"
    order = lines.sort_values(
        "certainty", key=lambda column: column.map(list(defect_texts.CERTAINTIES).index)
    )
    counts = order.drop_duplicates("place")["certainty"].value_counts().to_dict()
    text = template.render(
        source=source,
        release=release,
        table_name=f"{name}.csv",
        lines=len(lines),
        heading=defect_texts.SECTIONS,
        files=_files(entries, found),
        meanings={each: text for each, text in defect_texts.CERTAINTIES.items() if each in counts},
        sections=page.sections(source.id, found, lines),
    )
    table = defect_lines.sheet(found, lines).to_csv(index=False, lineterminator="\n")
    return Errata(source.id, release, name, counts, text, table)


def _files(entries: Sequence[RawFile], found: facts.Facts) -> list[dict[str, object]]:
    """Return the files of a release, and what was examined in each."""
    sheets = found.printed.places.groupby("file")["sheet"].first()
    return [
        {
            "name": entry.publisher_file,
            "sheet": sheets.get(entry.publisher_file, ""),
            "sha256": entry.publisher_sha256,
            "retrieved": entry.retrieved,
            "examined": findings.extent(entry),
        }
        for entry in entries
    ]
