"""Lay shipped figures beside those that a project took in: at first, and after an upgrade."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pipelines.lib import paths, settings
from pipelines.lib.atomic import replace_text
from pipelines.raw import (
    corrections,
    findings,
    manifest,
    recalls,
    record_csv,
    reviews,
    shipped,
    stated_files,
)

_RECORDS: Final = (
    (paths.corrections, corrections.Correction),
    (paths.reviews, reviews.Review),
    (paths.manifest, manifest.RawFile),
)
"""The tables of a project, that without which it is none last."""


def lay(origin: Path) -> int:
    """Take over what is new in a project's shipped figures; return the number of new releases.

    What is there already stays as it is: a line of the manifest with its files, a correction, a
    decision. A correction of a recalled figure, which bears it, stays out. The caller holds the
    project's lock.
    """
    with TemporaryDirectory(prefix="tipstat-") as temporary:
        folder = Path(temporary)
        shipped.copy_shipped(origin, folder)
        with settings.elsewhere(folder):
            entries, decisions = manifest.entries(), reviews.entries()
            corrected = corrections.entries()
            files = {
                entry.key: [
                    entry.path,
                    findings.path_of(entry),
                    *stated_files.beside(entry.source, entry.release),
                ]
                for entry in entries
            }
        known = {entry.key for entry in manifest.known()}
        new = [entry for entry in entries if entry.key not in known]
        for file in dict.fromkeys(file for entry in new for file in files[entry.key]):
            target = paths.home() / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.is_file():
                shutil.copyfile(file, target)
        _join(paths.known_cases(), folder / "data" / paths.known_cases().name)
    own = corrections.entries()
    ids, recalled = {each.id for each in own}, recalls.corrected_cells()
    corrected = [each for each in corrected if (each.source, *each.cell) not in recalled]
    corrections.write([*own, *(each for each in corrected if each.id not in ids)])
    # Of two decisions the last counts: one made here stands against the shipped one.
    reviews.write([*dict.fromkeys([*decisions, *reviews.entries()])])
    manifest.enter(*new)  # last: without its lines a folder is no project, nor a file a release
    return len({entry.key[:2] for entry in new})


def lay_empty() -> int:
    """Write the tables of a project without figures, where there are none; return 0."""
    paths.raw().mkdir(parents=True, exist_ok=True)
    for path, record in _RECORDS:
        if not path().is_file():
            record_csv.write(path(), record, [])
    return 0


def _join(own: Path, shipped_table: Path) -> None:
    """Write the lines of the shipped table behind those of the own one, each once."""
    lines = [
        line
        for table in (own, shipped_table)
        if table.is_file()
        for line in table.read_text(encoding="utf-8").splitlines()
    ]
    replace_text(own, "\n".join(dict.fromkeys(lines)) + "\n")
