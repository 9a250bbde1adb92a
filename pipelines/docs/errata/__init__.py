"""Errata: a page and a table for the publisher of each release that has defects.

`defects` reads the figures of a release and its defects, `counterpart` the rows to compare with,
`other_release` what became of them; `defect_texts` and `defect_lines` put them into words, `tables`
and `page` group them for readers.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import jinja2
import pandas as pd

from pipelines.docs.errata import defect_lines, defect_texts, defects, other_release, page
from pipelines.harmonised import refresh
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import findings, manifest
from pipelines.raw.manifest import RawFile, RefusedReleaseError
from pipelines.sources import Publication, discover
from schemas import codelists

FOLDER = "errata"
"""Folder below docs/."""


class Errata(NamedTuple):
    """The errata of one release."""

    source: str
    release: str
    name: str  # name of page and table, without suffix
    counts: dict[str, int]  # number of rows by certainty
    became: str  # what became of the rows in the other release; "" if there is none
    text: str
    table: str


def of_all(environment: jinja2.Environment) -> list[Errata]:
    """Return the errata of every release of observations in the manifest that has defects.

    A refused release is left out: a run holds it back with the reason, and its figures are not
    used.
    """
    template = environment.get_template("errata.md.j2")
    made = {}
    for key in dict.fromkeys((entry.source, entry.release) for entry in manifest.known()):
        publication = discover()[key[0]]
        if publication.source.contract == "observation":
            with suppress(RefusedReleaseError):
                made[key] = refresh.harmonised(publication, manifest.entries(*key))
    became = other_release.outcomes(made)
    found = [
        _of_release(
            template,
            discover()[source],
            manifest.entries(source, release),
            each,
            became[(became["source"] == source) & (became["release"] == release)],
        )
        for (source, release), each in made.items()
    ]
    return [each for each in found if each is not None]


def _of_release(
    template: jinja2.Template,
    publication: Publication,
    entries: Sequence[RawFile],
    made: Harmonised,
    became: pd.DataFrame,
) -> Errata | None:
    found = defects.defects_of(publication, entries, made)
    if found is None:
        return None
    source, release = publication.source, entries[0].release
    lines = defect_lines.lines(source.id, found, became)
    name = f"{source.id}_{release}"
    order = lines.sort_values(
        "certainty", key=lambda column: column.map(list(defect_texts.CERTAINTIES).index)
    )
    sheets = found.printed.places.groupby("file")["sheet"].first()
    counts = order.drop_duplicates("place")["certainty"].value_counts().to_dict()
    text = template.render(
        source=source,
        release=release,
        table_name=f"{name}.csv",
        lines=len(lines),
        heading=defect_texts.SECTIONS,
        files=[
            {
                "name": entry.publisher_file,
                "sheet": sheets.get(entry.publisher_file, ""),
                "sha256": entry.publisher_sha256,
                "retrieved": entry.retrieved,
                "examined": findings.extent(entry),
            }
            for entry in entries
        ],
        meanings={each: text for each, text in defect_texts.CERTAINTIES.items() if each in counts},
        sections=page.sections(source.id, found, lines),
        other=_in_other_release(lines, became),
    )
    table = defect_lines.sheet(found, lines).to_csv(index=False, lineterminator="\n")
    became_there = defect_lines.what_became(order)
    if other := lines["other_release"].iloc[0]:
        became_there = f"in {other}: {became_there}"
    return Errata(source.id, release, name, counts, became_there, text, table)


def _in_other_release(lines: pd.DataFrame, became: pd.DataFrame) -> dict[str, object]:
    """Return the release that a page compares with, and what became of the rows there."""
    if became.empty:
        return {}
    first = became.iloc[0]
    counts = lines["outcome_there"].value_counts()
    known = codelists.load("erratum_outcome").set_index("code")
    return {
        "release": first["other_release"],
        "is_later": first["is_later"],
        "outcomes": [
            (known.loc[code, "name_en"], known.loc[code, "definition"], int(counts[code]))
            for code in known.index
            if code in counts
        ],
    }
