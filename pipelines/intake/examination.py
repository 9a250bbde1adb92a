"""Examine a publisher's file with the detectors when it is taken in."""

from pathlib import Path

import pandas as pd

from pipelines.intake import detectors
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import manifest
from pipelines.raw.findings import COLUMNS, EXAMINED, LIST, Finding
from pipelines.sources import File, Publication, Tidy
from schemas import codelists


def examine(
    publication: Publication, tidy: Tidy, entry: manifest.RawFile, file: Path
) -> list[Finding]:
    """Return the detectors' findings in a whole file, the line of the examination first.

    Args:
        publication: the publication of the file.
        tidy: the whole file as the source reads it, rows of all states included.
        entry: its line in the manifest, which names the release.
        file: the file, for its checksum.
    """
    stamp = {"version": detectors.VERSION, "sha256": sha256(file)}
    if publication.source.contract != "observation":
        return [_examined("no observations", stamp)]
    figures = detectors.figures_of(tidy)
    found = detectors.examine(figures, _before(publication, entry), _published())
    extent = f"{len(figures):,} figures of {figures['ref_area'].nunique():,} areas"
    placed = found.merge(
        figures[[*detectors.PLACE, "ref_area"]], on=detectors.PLACE, validate="m:1"
    )
    lines = placed.astype(str).to_dict(orient="records")
    return [_examined(extent, stamp), *(Finding(**_text(line), **stamp) for line in lines)]


def _text(line: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in line.items() if name in COLUMNS}


def _examined(extent: str, stamp: dict[str, str]) -> Finding:
    return Finding("", "", "", EXAMINED, "", LIST, "", extent, **stamp)


def _published() -> list[str]:
    """Return the areas whose figures are published: the 35 states and their subdivisions."""
    return [*codelists.oas_states(), *codelists.codes("subdivision")]


def _before(publication: Publication, entry: manifest.RawFile) -> pd.DataFrame | None:
    """Return the figures of the release before, from its figure tables; None if there is none."""
    known = manifest.entries(entry.source) if paths.manifest().is_file() else []
    earlier = [each for each in known if each.release < entry.release]
    last = [each for each in earlier if each.release == earlier[-1].release]
    if not last or entry.action == manifest.MERGE:
        return None
    files = [File(each.path, each.publisher_file) for each in last]
    return pd.concat([detectors.figures_of(publication.tidy(file)) for file in files])
