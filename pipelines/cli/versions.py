"""The verbs for published versions: `tipstat versions`, `rollback`, `verify`, `diff`."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.arguments import out_option
from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.lib.atomic import replacing
from pipelines.lib.console import err, out, plain
from pipelines.lib.errors import messages
from pipelines.lib.lock import alone
from pipelines.published.versions import checksum, difference, links, rolled_back, version
from pipelines.published.versions.version import VersionError
from pipelines.raw import corrections, findings, kept_versions, manifest, recalls, reviews

app = typer.Typer()


def _argument(metavar: str) -> object:
    return typer.Argument(metavar=metavar, help="Id of a version, or the beginning of it.")


@app.command()
def versions(
    keep: Annotated[
        str,
        typer.Option(metavar="VERSION", help="Keep this version for good, since it was cited."),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why, and who cited it; with --keep.")] = "",
) -> None:
    """List the published versions, the newest first, and say why each exists.

    An asterisk marks the one that readers see. The last ten are kept, the last ten that say
    something else, and those that --keep names, until their line in data/kept.csv is removed.
    'tipstat diff' shows what differs between two.
    """
    if keep or reason:
        _keep(keep, reason)
    if not version.folders():
        out.print("Nothing is published yet; run 'tipstat run'.")
    now, there = version.current(), version.versions()
    kept = {each.version: each for each in kept_versions.entries()}
    for place, each in reversed([*enumerate(there)]):
        mark = "*" if now and each.id == now.id else " "
        why = version.origin(each, there[place - 1] if place else None)
        out.print(f"{mark} {each.id}  {each.figures:,} figures, {len(each.files):,} files: {why}")
        if line := kept.pop(each.id, None):
            out.print(plain(f"    kept since {line.since}: {line.reason}"))
    remedy = "is not here; restore its folder, or remove the line"
    gone = [f"{paths.kept()}: {identity} {remedy}" for identity in kept]
    for fault in (*version.unreadable(), *gone):
        err.print(f"warning: {plain(fault)}")


def _keep(identity: str, reason: str) -> None:
    """Enter a version into the table of those that are kept for good."""
    if not identity or not reason.strip():
        raise typer.BadParameter("--keep VERSION and --reason TEXT belong together")
    with alone(paths.lock(), err.print):
        chosen = version.named(identity)
        if damaged := checksum.faults(chosen):
            raise VersionError("\n".join(damaged))
        kept_versions.enter(chosen.id, reason)


@app.command()
def rollback(identity: Annotated[str, _argument("VERSION")]) -> None:
    """Go back to an earlier version.

    Warehouse, pages and extracts go back together. Newer versions are not published again until
    the inputs change.
    """
    with alone(paths.lock(), err.print):
        before = version.current()
        chosen = rolled_back.rollback(identity)
    same = before is not None and before.id == chosen.id
    out.print(f"Readers see {chosen.id}{' already: nothing changed' if same else ''}.")


@app.command(epilog="Exit code 1: a file has changed, is missing or cannot be read.")
def verify() -> None:
    """Verify the checksums of all raw and published files."""
    kept = version.versions()
    faults = manifest.damaged(manifest.entries()) + findings.damaged(manifest.entries())
    faults += messages(
        record.entries for record in (corrections, reviews, recalls, kept_versions)
    ) + release_files.damaged(paths.harmonised())
    faults += links.astray() + version.unreadable()
    faults += [fault for each in kept for fault in checksum.faults(each)]
    for fault in faults:
        err.print(f"error: {plain(fault)}")
    if faults:
        err.print(
            "Restore a damaged raw file from its publisher or from the repository. Choose a sound "
            "version with 'tipstat rollback', or delete the damaged one and run 'tipstat run'."
        )
        raise typer.Exit(1)
    files = sum(len(each.files) for each in kept)
    count = "1 version" if len(kept) == 1 else f"{len(kept)} versions"
    out.print(f"{count} with {files:,} files, raw and harmonised files: none has changed")


@app.command()
def diff(
    before: Annotated[str, _argument("BEFORE")],
    after: Annotated[str, _argument("AFTER")],
    target: Annotated[
        Path | None, out_option("Write every difference to a .csv file.", ".csv")
    ] = None,
) -> None:
    """Compare two versions: every column of every published view and table.

    Of what was printed before, nothing is shown that says more of a figure that is hidden now.
    """
    pair = version.named(before), version.named(after)
    with difference.compared(*pair) as differences:
        for line in difference.in_words(differences, *pair):
            out.print(plain(line))
        if target:
            with replacing(target) as temporary:
                count = difference.write(differences, temporary)
            out.print(f"{target}: {count:,} differences")
