"""The verb `tipstat review`: what waits for a person's decision, and the decision."""

from typing import Annotated

import typer

from pipelines.harmonised import release_files
from pipelines.lib import did_you_mean, paths
from pipelines.lib.console import out, plain
from pipelines.raw import manifest, reviews

app = typer.Typer()


@app.command()
def review(
    source: Annotated[str, typer.Argument(metavar="[SOURCE]", help="Its source.")] = "",
    release: Annotated[str, typer.Argument(metavar="[RELEASE]", help="Its day.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Publish it.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Stay with the one before.")] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
) -> None:
    """List what is held back, or decide about a release.

    The decision and its reason are a line of data/reviews.csv; 'tipstat run' acts on it.
    """
    if not source:
        _list()
        return
    known = sorted({(each.source, each.release) for each in manifest.entries()})
    if (source, release) not in known:
        names = [" ".join(each) for each in known]
        raise typer.BadParameter(
            f"no release '{source} {release}'; {did_you_mean.hint(f'{source} {release}', names)}"
        )
    if accept == keep or not reason.strip():
        raise typer.BadParameter("say --accept or --keep, and --reason")
    decision = reviews.ACCEPT if accept else reviews.KEEP
    made = reviews.enter(source, release, decision, reason)
    out.print(f"{paths.reviews()}: {' '.join([made.source, made.release, made.decision])}")
    out.print("'tipstat run' acts on it.")


def _list() -> None:
    held = [each for each in release_files.refusals(paths.harmonised()) if each.release]
    for each in held:
        out.print(plain(each.reason))
    if not held:
        out.print("Nothing is held back.")
