"""The verb `tipstat review`: releases that are held back, and decisions about them."""

from typing import Annotated

import typer

from pipelines.cli.arguments import by_option, source_id
from pipelines.harmonised import release_files
from pipelines.harmonised.decision import decide, known
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.raw import reviews

app = typer.Typer()


@app.command(epilog="Exit code 1: there is no such release, or nothing holds it back.")
def review(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="SOURCE", parser=source_id, help="Source of the release.", show_default=False
        ),
    ] = None,
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="Day of the release.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Publish the release.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the previous release in use.")] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Reason for the decision.")] = "",
    by: Annotated[str | None, by_option("Person or office that decides.")] = None,
) -> None:
    """Show releases that are held back, or decide about one.

    Of a release that waits for its figures the proof sheet is shown: each new figure beside the
    last. The decision, its reason and who made it are recorded in data/reviews.csv; 'tipstat run'
    acts on it.
    """
    if not source:
        _list()
        return
    if release and not (accept or keep or reason or by):
        _show(known(source, release))
        return
    _refuse_incomplete(source, release, reason, by, has_choice=accept != keep)
    held = known(source, release) if accept else None
    if held and held.held_back:  # `decide` refuses others
        from pipelines.cli import proof

        _show(held)
        if not proof.is_confirmed(f"Accept {source} {release}?"):
            out.print("Nothing was decided.")
            raise typer.Exit(1)
    choice = reviews.ACCEPT if accept else reviews.KEEP
    with alone(paths.lock(), err.print):
        made = decide(source, release, choice, reason, by or "")
    out.print(f"{paths.reviews()}: {' '.join([made.source, made.release, made.decision])}")
    out.print("'tipstat run' acts on it.")


def _refuse_incomplete(
    source: str, release: str, reason: str, by: str | None, *, has_choice: bool
) -> None:
    """Refuse a command that lacks a part of the decision, and name the part."""
    lacking = {
        f"the day of the release, such as 'tipstat review {source} 2025-04-14'": release,
        "--accept or --keep, one of the two": has_choice,
        "--reason, in quotation marks": reason.strip(),
        "--by, the name of who decides": by,
    }
    if missing := [part for part, given in lacking.items() if not given]:
        raise typer.BadParameter(f"a decision about {source} needs {'; '.join(missing)}")


def _show(held: Release) -> None:
    """Print why a release is held back, and its proof sheet."""
    import pandas as pd  # it takes longer to import than the list of releases does

    from pipelines.cli import proof

    out.print(plain(held.held_back or f"{held.source} {held.release} is not held back."))
    if held.proof_sheet.is_file():
        proof.show(pd.read_parquet(held.proof_sheet))


def _list() -> None:
    """Print why each release is held back that is, and which no run has judged yet."""
    reviews.entries()  # refuses a table that cannot be read
    held = [refusal for refusal in release_files.refusals(paths.harmonised()) if refusal.release]
    for refusal in held:
        out.print(plain(refusal.reason))
    if not held:
        out.print("No release is held back.")
    new = [
        f"{each.source} {each.release}"
        for each in release_files.releases(paths.harmonised())
        if not each.held_back and not each.stamp.is_file()
    ]
    if new:
        more = f" and {len(new) - 3} more" if new[3:] else ""
        out.print(f"Not judged yet, which 'tipstat run' does: {', '.join(new[:3])}{more}.")
