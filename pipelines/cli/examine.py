"""The verb `tipstat examine`: examine a file that was taken in for misplaced figures."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.intake import examination, raw_table, sandbox
from pipelines.lib import paths
from pipelines.lib.console import err, out
from pipelines.lib.lock import alone
from pipelines.raw import findings, manifest
from pipelines.raw.findings import Extent, Finding, FindingsError
from pipelines.raw.manifest import ManifestError, RawFile
from pipelines.reader.refusal import refuse_missing_file
from pipelines.sources import discover

app = typer.Typer()


@app.command()
def examine(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The publisher's file.")],
) -> None:
    """Examine a publisher's file again for misplaced figures.

    The file must have been taken in before; it is recognised by its checksum. The findings are
    written beside its figure table in data/raw, and 'tipstat run' applies them. Findings of a whole
    file are not replaced by those of its figure table, if that has less of it.
    """
    refuse_missing_file(file)
    entry = manifest.of_file(file)
    if entry is None:
        raise ManifestError(
            f"{file}: no release in {paths.manifest()} was made from it; take it in with "
            "'tipstat add-release'"
        )
    publication = discover()[entry.source]
    sandbox.refuse_unreadable(publication, file)
    with alone(paths.lock(), err.print):
        tidy = raw_table.read_raw_table(publication, file)
        found = examination.examine(publication, tidy, entry.release, entry.action, file)
        _refuse_part(file, entry, found[0])
        findings.write(entry, found)
        extent = findings.extent(entry)
    by_effect = {
        name: sum(finding.effect == name for finding in found[1:]) for name in findings.EFFECTS
    }
    counts = ", ".join(f"{count:,} {name}" for name, count in by_effect.items())
    out.print(f"{findings.path_of(entry)}: {extent} examined; {counts}")


def _refuse_part(file: Path, entry: RawFile, now: Finding) -> None:
    """Refuse a figure table that has less than the file whose findings are here.

    Raises:
        FindingsError: it has less; or the findings that are here are damaged.
    """
    if now.sha256 == entry.publisher_sha256 or not findings.path_of(entry).is_file():
        return
    if findings.examined(entry).sha256 == now.sha256:
        return
    before, extent = findings.extent(entry), Extent.of(now)
    if extent.figures < before.figures or extent.areas < before.areas:
        raise FindingsError(
            f"{file}: has {extent}, but {findings.path_of(entry)} is of {before}, and what is "
            f"false may show only there; examine {entry.publisher_file} as published; nothing was "
            "changed"
        )
