"""The verbs `tipstat validate` and `tipstat add-release`: check a publisher's file, or add it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from pipelines.cli import proof, tables
from pipelines.cli.arguments import by_option, day_option, publication
from pipelines.harmonised import refresh
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import examination, raw_table, sandbox
from pipelines.lib import clock, paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.raw import manifest
from pipelines.reader.unfinished import left_open, refuse_unfinished
from pipelines.sources import FileRefusedError, Publication, added_column, discover

app = typer.Typer()


_Source = Annotated[
    Publication,
    typer.Option(
        "--source",
        metavar="ID",
        parser=publication,
        help="Source of the file, by an id that 'tipstat sources' lists.",
    ),
]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The publisher's file.")]
_Partial = Annotated[
    bool,
    typer.Option("--partial", help="The file only updates its own figures; the others stay."),
]
_Origin = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="Origin of the file; default the publisher.",
        show_default=False,
    ),
]
_Provenance = Annotated[
    str,
    typer.Option(
        metavar="OWN|COPY|REPEATED",
        help="The publisher's own file, a copy, or what others repeat; default by the source.",
        show_default=False,
    ),
]


@app.command(epilog="Exit code 1: a row has a problem, or a run would hold the file back.")
def validate(file: _File, source: _Source, partial: _Partial = False) -> None:
    """Check a file against its source and the current releases.

    Reports every problem of a row, totals that contradict their parts, and every reason for holding
    the file back as a release, with the corrections and findings that a run would apply. Publishes
    nothing.
    """
    found = sandbox.attempts([source], file)[source.source.id]
    if found.refusal:
        others = sandbox.attempts(discover().values(), file)
        same = [name for name, each in others.items() if not each.refusal and each.likeness == 1]
        layout = f"; it has the layout of {' and '.join(same)}" if same else ""
        raise FileRefusedError(f"{found.refusal}{layout}")
    action = raw_table.action(source.source, is_partial=partial)
    made = harmonise(source, clock.today(), examination.as_in_a_run(source, file, action))
    out.print(tables.one_account(made.account))
    for name in made.added:
        err.print(f"warning: {file.name}: {plain(added_column(name, source.source))}")
    if len(made.quarantine):
        out.print(tables.problems_table(made.quarantine), soft_wrap=False)
    too_short = "" if partial else made.too_short
    action = raw_table.action(source.source, is_partial=partial or made.is_partial)
    current = proof.current(source)
    doubts = _compared(source, action, file, made, current)
    contradictions = proof.contradictions(source, file, made, current)
    faults = (too_short, made.nothing_published, *doubts, contradictions)
    for fault in filter(None, faults):
        err.print(f"error: {plain(fault)}")
    if doubts:
        err.print("A run would hold this file back as a release until 'tipstat review' decides.")
    if left := left_open(source.source):
        err.print("error: no release is taken in before this is confirmed or filled in:")
        err.print(*(f"  {plain(each)}" for each in left), sep="\n")
    if len(made.quarantine) or any(faults) or left:
        raise typer.Exit(1)


def _compared(
    source: Publication, action: str, file: Path, made: Harmonised, rows: list[pd.DataFrame]
) -> list[str]:
    """Print how a file compares with the current releases; return one line for each doubt."""
    if not rows:
        out.print(
            "No release of this source is in use: there is nothing to compare with. One that was "
            "entered or accepted is in use after 'tipstat run'."
        )
        return []
    if made.nothing_published:
        return []
    known = manifest.entries(source.source.id)
    if not made.too_short and (same := raw_table.same_figures(source, file, known)):
        out.print(f"Nothing new: the same figures as the release of {same[0]}.")
        return []
    days = ", ".join(sorted({day for each in rows for day in each["release"].unique()}))
    compared = proof.comparison(source, action, made, rows)
    pairs = compared.pairs
    found = pairs["found"].value_counts()
    out.print(
        f"Compared with the current releases ({days}): {found['both']:,} figures in both, of which "
        f"{pairs['changed'].sum():,} changed; {found['right_only']:,} new; "
        f"{found['left_only']:,} missing."
    )
    return [f"{file.name}: {doubt}" for doubt in proof.doubts(source, action, made, compared)]


@app.command(epilog="Exit code 1: refused, and nothing was entered. A warning does not change it.")
def add_release(
    file: _File,
    source: _Source,
    release: Annotated[datetime, day_option("Day on which the publisher released the file.")],
    retrieved: Annotated[datetime, day_option("Day on which the file was retrieved.")],
    by: Annotated[str, by_option("Person or office that takes it in.")],
    obtained_from: _Origin = "",
    provenance: _Provenance = "",
    partial: _Partial = False,
) -> None:
    """Add a publisher's file to data/raw as a release.

    Keeps the rows of the states of the Americas, and records the release in the manifest. Shows the
    proof sheet first: each new figure beside the last, with what a run would doubt. At a terminal
    it asks before anything is entered, and has each new figure of a typed source typed again;
    elsewhere the name given with --by is the answer.
    """
    if obtained_from and not provenance:
        raise typer.BadParameter(
            "say with --provenance whether the file is the publisher's own (OWN), a copy of it "
            "(COPY), or what others repeat (REPEATED)",
            param_hint="--obtained-from",
        )
    refuse_unfinished(source.source)
    sandbox.refuse_unreadable(source, file)
    days = release.date().isoformat(), retrieved.date().isoformat()
    if not proof.is_taken(source, file, days[0], partial=partial):
        out.print("Nothing was entered.")
        raise typer.Exit(1)
    with alone(paths.lock(), err.print):
        entry = raw_table.add_release(
            source, file, *days, obtained_from, partial=partial, provenance=provenance, by=by
        )
    out.print(f"{entry.path}: {int(entry.rows):,} rows, recorded in {paths.manifest()}")
    try:  # a run may refuse it whatever its figures
        refresh.harmonised(source, manifest.entries(source.source.id, entry.release))
    except manifest.RefusedReleaseError as refusal:
        err.print(f"warning: {plain(f'a run will hold this back: {refusal}')}")
