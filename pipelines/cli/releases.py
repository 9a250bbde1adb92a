"""The verbs `tipstat validate` and `tipstat add-release`: check a publisher's file, or add it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from pipelines.cli import tables
from pipelines.cli.arguments import by_option, day_option, publication
from pipelines.harmonised import guard, refresh, release_files
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import examination, raw_table, sandbox
from pipelines.lib import clock, paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.raw import manifest
from pipelines.sources import FileRefusedError, Publication, added_column, discover
from pipelines.warehouse import parts_and_totals
from schemas.contract import CONTRACTS

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
        raise FileRefusedError(f"{found.refusal}{_layout_of_others(file)}")
    action = raw_table.action(source.source, is_partial=partial)
    made = harmonise(source, clock.today(), examination.as_in_a_run(source, file, action))
    out.print(tables.one_account(made.account))
    for name in made.added:
        err.print(f"warning: {file.name}: {plain(added_column(name, source.source))}")
    if len(made.quarantine):
        out.print(tables.problems_table(made.quarantine), soft_wrap=False)
    too_short = "" if partial else made.too_short
    action = raw_table.action(source.source, is_partial=partial or made.is_partial)
    current = _current(source)
    doubts = _compared(source, action, file, made, current)
    contradictions = _contradictions(source, file, made, current)
    faults = (too_short, made.nothing_published, *doubts, contradictions)
    for fault in filter(None, faults):
        err.print(f"error: {plain(fault)}")
    if doubts:
        err.print("A run would hold this file back as a release until 'tipstat review' decides.")
    if len(made.quarantine) or any(faults):
        raise typer.Exit(1)


def _layout_of_others(file: Path) -> str:
    """Return which sources have the layout of a file, in words; "" if none has."""
    found = sandbox.attempts(discover().values(), file)
    same = [name for name, each in found.items() if not each.refusal and each.likeness == 1]
    return f"; it has the layout of {' and '.join(same)}" if same else ""


def _current(source: Publication, before: str = "") -> list[pd.DataFrame]:
    """Return the rows of each current release that can be read, the newest first.

    With `before`, a day, they are the releases that were current before it.
    """
    if not manifest.known():
        return []
    known = release_files.releases(paths.harmonised(), source.source.id)
    earlier = [each for each in known if not before or each.release < before]
    sound = [each for each in earlier if not each.held_back]
    return [refresh.rows(source, release) for release in release_files.current(sound)]


def _compared(
    source: Publication, action: str, file: Path, made: Harmonised, rows: list[pd.DataFrame]
) -> list[str]:
    """Print how a file compares with the current releases; return one line for each doubt."""
    if not rows:
        out.print("This source has no current release: there is nothing to compare with.")
        return []
    if made.nothing_published:
        return []
    known = manifest.entries(source.source.id)
    if not made.too_short and (same := raw_table.same_figures(source, file, known)):
        out.print(f"Nothing new: the same figures as the release of {same[0]}.")
        return []
    days = ", ".join(sorted({day for each in rows for day in each["release"].unique()}))
    compared = _comparison(source, action, made, rows)
    pairs = compared.pairs
    found = pairs["found"].value_counts()
    out.print(
        f"Compared with the current releases ({days}): {found['both']:,} figures in both, of which "
        f"{pairs['changed'].sum():,} changed; {found['right_only']:,} new; "
        f"{found['left_only']:,} missing."
    )
    return [f"{file.name}: {doubt}" for doubt in compared.lines]


def _comparison(
    source: Publication, action: str, made: Harmonised, rows: list[pd.DataFrame]
) -> guard.Comparison:
    """Return the comparison of a file with the rows of current releases."""
    current = guard.stacked(rows, CONTRACTS[source.source.contract].cell)
    return guard.compare(source, action, current, made)


def _contradictions(
    source: Publication, file: Path, made: Harmonised, current: list[pd.DataFrame]
) -> str:
    """Print the totals that contradict their parts; return a line about them, "" if there are none.

    Cases that the current releases have too are left out: they are known.
    """
    contract = CONTRACTS[source.source.contract]
    new = parts_and_totals.new_cases(contract, made, current)
    if new.empty:
        return ""
    out.print(tables.problems_table(new), soft_wrap=False)
    count = "1 total contradicts its" if len(new) == 1 else f"{len(new):,} totals contradict their"
    unlike = ", unlike in the current releases" if current else ""
    return (
        f"{file.name}: {count} parts{unlike}; compare the rows above with "
        "the publisher's file. 'tipstat run' would publish the figures, and list them on the page "
        "about quality"
    )


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

    Keeps the rows of the states of the Americas, and records the release in the manifest. Warns of
    reasons for which a run will hold it back, and of totals that contradict their parts.
    """
    if obtained_from and not provenance:
        raise typer.BadParameter(
            "say with --provenance whether the file is the publisher's own (OWN), a copy of it "
            "(COPY), or what others repeat (REPEATED)",
            param_hint="--obtained-from",
        )
    sandbox.refuse_unreadable(source, file)
    days = release.date().isoformat(), retrieved.date().isoformat()
    current = _current(source, before=days[0])
    with alone(paths.lock(), err.print):
        entry = raw_table.add_release(
            source, file, *days, obtained_from, partial=partial, provenance=provenance, by=by
        )
    out.print(f"{entry.path}: {int(entry.rows):,} rows, recorded in {paths.manifest()}")
    for doubt in _doubts_of_a_run(source, file, entry, current):
        err.print(f"warning: {plain(doubt)}")


def _doubts_of_a_run(
    source: Publication, file: Path, entry: manifest.RawFile, current: list[pd.DataFrame]
) -> Iterator[str]:
    """Yield the reasons for which a run will hold a new release back, and its contradictions."""
    try:
        made = refresh.harmonised(source, manifest.entries(source.source.id, entry.release))
    except manifest.RefusedReleaseError as refusal:
        yield f"a run will hold this back: {refusal}"
        return
    for doubt in _comparison(source, entry.action, made, current).lines if current else []:
        yield f"a run will hold this back until 'tipstat review' decides: {doubt}"
    if contradiction := _contradictions(source, file, made, current):
        yield contradiction
