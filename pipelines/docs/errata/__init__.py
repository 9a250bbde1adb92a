"""Errata: for each release in which something was found a page and a table for its publisher.

`printed` is what a release prints, `facts` what was found in it, `counterpart` what to compare it
with; `words` and `told` say it in words, `blocks` and `page` group it for a reader.
"""

from collections.abc import Sequence
from typing import NamedTuple

import jinja2

from pipelines.docs.errata import facts, page, wording, words
from pipelines.raw import findings, manifest
from pipelines.raw.manifest import RawFile
from pipelines.sources import Publication, discover

FOLDER = "errata"
"""Below docs/."""


class Errata(NamedTuple):
    """The errata of one release, as the pages that link to them need them.

    Attributes:
        source: id of the source.
        release: date of the release.
        name: the name of page and table, without their endings.
        counts: how many rows are certain, likely, and a question.
        text: the page.
        table: the table, CSV.
    """

    source: str
    release: str
    name: str
    counts: dict[str, int]
    text: str
    table: str


def of_all(environment: jinja2.Environment) -> list[Errata]:
    """Return the errata of every release of the manifest in which something was found."""
    template = environment.get_template("errata.md.j2")
    releases = dict.fromkeys((entry.source, entry.release) for entry in manifest.entries())
    made = [
        _of_release(template, discover()[source], manifest.entries(source, release))
        for source, release in releases
    ]
    return [each for each in made if each is not None]


def _of_release(
    template: jinja2.Template, publication: Publication, entries: Sequence[RawFile]
) -> Errata | None:
    found = facts.of(publication, entries)
    if found is None:
        return None
    source, release = publication.source, entries[0].release
    lines = wording.lines(source.id, found)
    name = f"{source.id}_{release}"
    order = lines.sort_values("certainty", key=lambda said: said.map(list(words.CERTAINTIES).index))
    counts = order.drop_duplicates("place")["certainty"].value_counts().to_dict()
    text = template.render(
        source=source,
        release=release,
        table_name=f"{name}.csv",
        lines=len(lines),
        files=_files(entries, found),
        meanings={each: text for each, text in words.CERTAINTIES.items() if each in counts},
        sections=page.sections(source.id, found, lines),
    )
    table = wording.sheet(found, lines).to_csv(index=False, lineterminator="\n")
    return Errata(source.id, release, name, counts, text, table)


def _files(entries: Sequence[RawFile], found: facts.Facts) -> list[dict[str, str]]:
    """The files of a release, and what of them was examined."""
    sheets = found.printed.places.groupby("file")["sheet"].first()
    return [
        {
            "name": each.publisher_file,
            "sheet": sheets.get(each.publisher_file, ""),
            "sha256": each.publisher_sha256,
            "retrieved": each.retrieved,
            "examined": findings.examined(each).evidence,
        }
        for each in entries
    ]
