"""The verb `tipstat examine`: examine a file that was taken in for misplaced figures."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.intake import examination, raw_table, sandbox
from pipelines.lib import paths
from pipelines.lib.console import err, out
from pipelines.lib.lock import alone
from pipelines.raw import findings, manifest
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
    written beside its figure table in data/raw, and 'tipstat run' applies them.
    """
    entry = _entry_of(file)
    publication = discover()[entry.source]
    sandbox.refuse_unreadable(publication, file)
    with alone(paths.lock(), err.print):
        tidy = raw_table.read(publication, file)
        found = examination.examine(publication, tidy, entry.release, entry.action, file)
        findings.write(entry, found)
    by_effect = {
        name: sum(finding.effect == name for finding in found[1:]) for name in findings.EFFECTS
    }
    counts = ", ".join(f"{count:,} {name}" for name, count in by_effect.items())
    out.print(f"{findings.path_of(entry)}: {found[0].evidence} examined; {counts}")


def _entry_of(file: Path) -> RawFile:
    """Return the line of the manifest for the file.

    Raises:
        FileRefusedError: there is no such file.
        ManifestError: it was never taken in.
    """
    refuse_missing_file(file)
    if entry := manifest.of_file(file):
        return entry
    raise ManifestError(
        f"{file}: no release in {paths.manifest()} was made from it; take it in with "
        "'tipstat add-release'"
    )
