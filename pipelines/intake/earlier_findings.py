"""What a part of a publication prints as before keeps the findings of the file that had it.

A table that is false in most states shows only beside those of many, and a part has a few. So what
the detectors say of a part counts only for its new and changed figures.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipelines.intake.printed_cells import printed_cells
from pipelines.raw import findings, manifest
from pipelines.raw.findings import Finding
from pipelines.raw.manifest import RawFile
from pipelines.sources import Publication, Tidy


def beside_earlier(
    publication: Publication, tidy: Tidy, release: str, found: Sequence[Finding]
) -> list[Finding]:
    """Return the findings about a part: earlier ones where it prints the same, else those found.

    Raises:
        FindingsError: those of an earlier file are absent or damaged.
    """
    left = _places(tidy)
    known: list[Finding] = []
    for entry in _in_use(publication.source.id, release):
        before = _places(publication.entered(entry))
        moved = {
            old: new
            for printed in before.keys() & left.keys()
            for old, new in zip(before[printed], left.pop(printed), strict=True)
        }
        for each in findings.read(entry):
            if place := moved.get((each.row, each.column)):
                known.append(replace(each, row=place[0], column=place[1]))
    here = {place for places in left.values() for place in places}
    known += [each for each in found if (each.row, each.column) in here]
    return sorted(known, key=lambda each: (int(each.row), each.column))


def _in_use(source: str, release: str) -> list[RawFile]:
    """Return the files of the releases that stand before a day, the newest first."""
    known = [each for each in manifest.known(source) if each.release < release]
    whole = [each.release for each in known if each.action == manifest.REPLACE]
    return [each for each in reversed(known) if each.release >= max(whole, default="")]


def _places(tidy: Tidy) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    """Return the rows and columns that print a cell, by its codes and all its figures as text."""
    cells = printed_cells(tidy).itertuples(index=False, name=None)
    places = tidy.places.itertuples(index=False, name=None)
    printed: dict[tuple[str, ...], dict[tuple[str, str], str]] = defaultdict(dict)
    for cell, place, text in zip(cells, places, tidy.raw[tidy.figure].astype("str"), strict=True):
        printed[cell][place] = text
    return {(*cell, *texts.values()): [*texts] for cell, texts in printed.items()}
