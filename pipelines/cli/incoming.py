"""The verbs `tipstat sources`, `fetch` and `inbox`: known sources, and their new releases."""

from typing import Annotated

import typer

from pipelines.cli import tables
from pipelines.cli.alert import alert_operators
from pipelines.cli.arguments import by_option, source_argument
from pipelines.lib import paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.raw import manifest
from pipelines.sources import discover

app = typer.Typer()


@app.command()
def sources() -> None:
    """List the sources, what they count, and their releases."""
    entries = manifest.known()
    table = tables.sources_table([each.source for each in discover().values()], entries)
    out.print(table, soft_wrap=False)
    if entries and (begun := discover().keys() - {entry.source for entry in entries}):
        out.print(
            f"Not published, since they have no release: {', '.join(sorted(begun))}. 'tipstat "
            "add-release' or 'tipstat fetch' adds one."
        )


@app.command(
    epilog="Exit code 1: a publisher's file was refused, not reached, or not looked for everywhere."
)
def fetch(
    source: Annotated[str | None, source_argument("Id of a source; without it, all.")] = None,
) -> None:
    """Download new releases from the publishers into data/raw.

    A download that is refused changes nothing. 'tipstat run' publishes the new releases.
    """
    from pipelines.intake import acquire  # the only verb that needs the network's libraries

    outcomes = []
    for each in [discover()[source]] if source else discover().values():
        with alone(paths.lock(), err.print):
            outcomes.append(outcome := acquire.fetch(each))
        stream = err if outcome.refused else out
        stream.print(f"{outcome.source}: {plain(outcome.message)}")
    refused = [f"{outcome.source}: {outcome.message}" for outcome in outcomes if outcome.refused]
    _end(any(outcome.new for outcome in outcomes), refused)


@app.command(name="inbox", epilog="Exit code 1: a file was set aside, or a form not accepted.")
def take_inbox(
    by: Annotated[
        str | None, by_option("Person or office that takes the files in; without it, nobody.")
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Delete the forms whose answer has left data/inbox.")
    ] = False,
) -> None:
    """Take in the files in data/inbox.

    With --clear, delete the forms whose answer was sent.

    With --by the proof sheet of each file is shown, and at a terminal it is asked for; without it a
    release waits for a review wherever the guard could not notice a false one.

    Each file goes to the source that recognises its layout; a questionnaire is checked, and its
    answer written to data/inbox/answers. A file that no source recognises is moved to
    data/inbox/set_aside, with a report that gives the reasons.

    A form itself is kept in data/inbox/received. Send its answer to the office, move it out of
    data/inbox/answers, then clear.
    """
    from pipelines.intake import inbox
    from pipelines.questionnaire import submission

    if clear:
        with alone(paths.lock(), err.print):
            deleted, kept = submission.clear()
        for file in kept:
            out.print(plain(f"{file}: kept, its answer is still in {submission.ANSWERS}"))
        out.print(f"{len(deleted)} forms deleted")
        return
    attendant = inbox.NOBODY
    if by:
        from pipelines.cli import proof

        attendant = inbox.Attendant(by, proof.is_taken)
    outcomes = inbox.take(taker=submission.take, attendant=attendant)
    left = inbox.left()
    for outcome in outcomes:
        (out if outcome.source else err).print(plain(outcome.message))
    for line in left:
        out.print(plain(line))
    if not outcomes and not left:
        out.print(f"{paths.inbox()}: no files")
    refused = [outcome.message for outcome in outcomes if not outcome.source]
    _end(any(outcome.is_new for outcome in outcomes), refused)


def _end(is_new: bool, refused: list[str]) -> None:
    """Say how to publish new releases; alert operators to refusals, and exit with 1."""
    if is_new:
        out.print("Publish with 'tipstat run'.")
    alert_operators(refused)
    if refused:
        raise typer.Exit(1)
