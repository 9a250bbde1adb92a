"""The verb `tipstat examine`: look once more for mislabelled tables in a file that was taken in."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.intake import examination, raw_table, sandbox
from pipelines.lib import paths
from pipelines.lib.console import err, out
from pipelines.lib.digest import sha256
from pipelines.lib.lock import alone
from pipelines.raw import findings, manifest
from pipelines.raw.manifest import ManifestError, RawFile
from pipelines.sources import discover

app = typer.Typer()


@app.command()
def examine(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file, as published.")],
) -> None:
    """Look again for mislabelled tables in a file.

    The file is known by its checksum. Its findings are written beside its figure table in data/raw;
    'tipstat run' applies them.
    """
    entry = _entry_of(file)
    publication = discover()[entry.source]
    sandbox.refuse_unreadable(publication, file)
    with alone(paths.lock(), err.print):
        tidy = raw_table.read(publication, file)
        found = examination.examine(publication, tidy, entry, file)
        findings.write(entry, found)
    by_effect = {name: sum(each.effect == name for each in found[1:]) for name in findings.EFFECTS}
    counts = ", ".join(f"{count:,} {name}" for name, count in by_effect.items())
    out.print(f"{findings.path_of(entry)}: {found[0].evidence} examined; {counts}")


def _entry_of(file: Path) -> RawFile:
    """Return the line of the manifest that the file belongs to.

    Raises:
        ManifestError: the file was never taken in.
    """
    if not file.is_file():
        raise ManifestError(f"{file}: no such file")
    checksum = sha256(file)
    for entry in manifest.entries():
        if checksum in (entry.publisher_sha256, entry.sha256):
            return entry
    raise ManifestError(
        f"{file}: no release in {paths.manifest()} was made from it; take it in with "
        "'tipstat add-release'"
    )
