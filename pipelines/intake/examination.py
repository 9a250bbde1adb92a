"""Examine a publisher's file with the detectors when it is taken in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipelines.harmonised import guard
from pipelines.intake import detectors
from pipelines.intake.printed_cells import printed_cells
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
    return File(file, file.name, here, findings.read_findings(entry))


def examine(
    publication: Publication, tidy: Tidy, release: str, action: str, file: Path
) -> list[Finding]:
    """Return the detectors' findings in a whole file, the line of the examination first.

    Of a whole release the one before it is looked at as well, as far as its figure tables have it.
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
    last = [] if action == manifest.MERGE else manifest.newest(publication.source.id, release)
    before = [detectors.figures_of(publication.entered(entry)) for entry in last]
    published = [*codelists.oas_states(), *codelists.codes("subdivision")]
    found = detectors.examine(figures, pd.concat(before) if before else None, published)
    extent = Extent(len(figures), figures["ref_area"].nunique())
    placed = found.merge(
        figures[[*detectors.PLACE, "ref_area"]], on=detectors.PLACE, validate="m:1"
    )
    told = placed.assign(version=detectors.version(), sha256=checksum)[list(COLUMNS)]
    told = told.astype({ROW: "str"}).astype("object")
    told = told.where(told.notna(), None)
    lines = [Finding(**line) for line in told.to_dict(orient="records")]
    if guard.is_partial(publication, action):
        earlier = _beside_earlier(publication, tidy, release, lines)
        lines = [replace(each, sha256=checksum) for each in earlier]
    return [_examined(extent, checksum, lines), *lines]


def _examined(extent: Extent, checksum: str, lines: Sequence[Finding]) -> Finding:
    """Return the line of the examination; its detectors are the oldest of all that found a line."""
    row, ref_area = map(str, extent)
    return Finding(
        row=row,
        ref_area=ref_area,
        detector=EXAMINED,
        effect=LIST,
        version=min((detectors.version(), *(each.version for each in lines)), key=int),
        sha256=checksum,
    )


def _beside_earlier(
    publication: Publication, tidy: Tidy, release: str, found: Sequence[Finding]
) -> list[Finding]:
    """Return the findings about a part: earlier ones where it prints the same, else those found.

    A table that is false in most states shows only beside those of many, and a part has a few. So
    what the detectors say of a part counts only for its new and changed figures.

    Raises:
        FindingsError: those of an earlier file are absent or damaged.
    """
    known = [each for each in manifest.known(publication.source.id) if each.release < release]
    replaced = max((each.release for each in known if each.action == manifest.REPLACE), default="")
    left = _places(tidy)
    kept: list[Finding] = []
    for entry in reversed([each for each in known if each.release >= replaced]):
        before = _places(publication.entered(entry))
        moved = {
            old: new
            for printed in before.keys() & left.keys()
            for old, new in zip(before[printed], left.pop(printed), strict=True)
        }
        for each in findings.read_findings(entry):
            if place := moved.get((each.row, each.column)):
                kept.append(replace(each, row=place[0], column=place[1]))
    here = {place for places in left.values() for place in places}
    kept += [each for each in found if (each.row, each.column) in here]
    return sorted(kept, key=lambda each: (int(each.row), each.column))


def _places(tidy: Tidy) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    """Return the rows and columns that print a cell, by its codes and all its figures as text."""
    cells = printed_cells(tidy).itertuples(index=False, name=None)
    places = tidy.places.itertuples(index=False, name=None)
    printed: dict[tuple[str, ...], dict[tuple[str, str], str]] = defaultdict(dict)
    for cell, place, text in zip(cells, places, tidy.raw[tidy.figure].astype("str"), strict=True):
        printed[cell][place] = text
    return {(*cell, *texts.values()): [*texts] for cell, texts in printed.items()}
