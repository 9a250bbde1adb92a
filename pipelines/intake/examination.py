"""Examine a publisher's file with the detectors when it is taken in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipelines.harmonised import guard
from pipelines.intake import detectors, earlier_findings
from pipelines.lib import clock
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, findings, manifest
from pipelines.raw.findings import COLUMNS, EXAMINED, LIST, Extent, Finding
from pipelines.reader.text_tables import ROW
from pipelines.sources import File, Publication, Tidy
from schemas import codelists


def as_in_a_run(publication: Publication, file: Path, action: str) -> File:
    """Return a publisher's file with the corrections and findings that a run would apply to it.

    A file that was entered has its own findings; a new one what the detectors find now.

    Raises:
        FileRefusedError: the file is not in the source's format.
        CorrectionError, FindingsError: those of its release do not fit, or are damaged.
    """
    entry = manifest.of_file(file)
    if entry and entry.source != publication.source.id:
        entry = None
    known = corrections.entries(publication.source.id, entry.release if entry else None)
    if not entry:
        tidy = publication.tidy(File(file, file.name))
        found = examine(publication, tidy, clock.today(), action, file)
        return File(file, file.name, known, found[1:])
    made = publication.tidy(File(file, file.name, known)).corrected
    here = [each for each in known if each.id in made]  # the others are of its other files
    return File(file, file.name, here, findings.read(entry))


def examine(
    publication: Publication, tidy: Tidy, release: str, action: str, file: Path
) -> list[Finding]:
    """Return the detectors' findings in a whole file, the line of the examination first.

    What a part of a publication prints as the releases before it keeps the findings of then.

    Args:
        publication: the publication of the file.
        tidy: the whole file as the source reads it, rows of all states included.
        release: the day of its release.
        action: the action of the release on those before it.
        file: the file, for its checksum.

    Raises:
        FindingsError: it is a part, and the findings of a release before are absent or damaged.
    """
    checksum = sha256(file)
    if publication.source.contract != "observation":
        return [_examined(Extent(0, 0), checksum, [])]
    figures = detectors.figures_of(tidy)
    published = [*codelists.oas_states(), *codelists.codes("subdivision")]
    found = detectors.examine(figures, _before(publication, release, action), published)
    extent = Extent(len(figures), figures["ref_area"].nunique())
    placed = found.merge(
        figures[[*detectors.PLACE, "ref_area"]], on=detectors.PLACE, validate="m:1"
    )
    lines = _lines(placed.assign(version=findings.VERSION, sha256=checksum))
    if guard.is_partial(publication, action):
        earlier = earlier_findings.beside_earlier(publication, tidy, release, lines)
        lines = [replace(each, sha256=checksum) for each in earlier]
    return [_examined(extent, checksum, lines), *lines]


def _lines(found: pd.DataFrame) -> list[Finding]:
    """Return findings one by one; what is missing in a frame is None."""
    told = found[list(COLUMNS)].astype({ROW: "str"}).astype("object")
    return [Finding(**line) for line in told.where(told.notna(), None).to_dict(orient="records")]


def _examined(extent: Extent, checksum: str, lines: Sequence[Finding]) -> Finding:
    """Return the line of the examination; its detectors are the oldest of all that found a line."""
    row, ref_area = map(str, extent)
    return Finding(
        row=row,
        ref_area=ref_area,
        detector=EXAMINED,
        effect=LIST,
        version=min((findings.VERSION, *(each.version for each in lines)), key=int),
        sha256=checksum,
    )


def _before(publication: Publication, release: str, action: str) -> pd.DataFrame | None:
    """Return the figures of the release before, from its figure tables; None if there is none."""
    last = manifest.newest(publication.source.id, before=release)
    if not last or action == manifest.MERGE:
        return None
    return pd.concat([detectors.figures_of(publication.entered(entry)) for entry in last])
