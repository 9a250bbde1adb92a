"""The verb `tipstat recall`: take back a figure that should never have been published."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import pandas as pd
import typer

from pipelines.intake.printed_cells import CELL
from pipelines.lib import did_you_mean, paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.published import recall, recall_search
from pipelines.published.versions import publish, status, version
from pipelines.raw import manifest, recalls
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import Recall, RecallError
from pipelines.sources import discover

app = typer.Typer()

_NOT_REACHED: Final = (
    "Not reached: git's history and what git, a backup or a reader copied; a history of runs in "
    "PostgreSQL; files written elsewhere with --out; docs/ of a checkout, until 'tipstat docs' has "
    "run. What follows from a total and its other parts, or stands in another source, stays: "
    "recall those figures too."
)


def _code(of: str) -> object:
    return typer.Option(metavar="CODE", help=f"Its {of}.")


@app.command(name="recall")
def take_back(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, without the figure.")],
    by: Annotated[str, typer.Option(metavar="TEXT", help="Who decided it.")],
    place: Annotated[
        str, typer.Argument(metavar="[SOURCE/RELEASE/ROW]", help="Where a release prints it.")
    ] = "",
    source: Annotated[str, typer.Option(metavar="ID", help="Or, by its codes: its source.")] = "",
    area: Annotated[str, _code("state or subdivision")] = "",
    indicator: Annotated[str, _code("indicator")] = "",
    year: Annotated[str, typer.Option(metavar="PERIOD", help="Its period.")] = "",
    sex: Annotated[str, _code("sex")] = "_T",
    age: Annotated[str, _code("age")] = "_T",
    form: Annotated[str, _code("form of exploitation")] = "_T",
    citizenship: Annotated[str, _code("citizenship")] = "_T",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say where it stands.")] = False,
) -> None:
    """Take a figure out of every table, version, extract and page.

    It is taken out of every release of its source, and kept out of later ones. Of a row of several
    figures name the column too: SOURCE/RELEASE/ROW/COLUMN. data/recalls.csv keeps who, when and
    why, never the figure. What was stopped midway is finished by the same command.
    """
    if not reason.strip() or not by.strip():
        raise typer.BadParameter("--reason and --by must say something")
    codes = {"ref_area": area, "indicator": indicator, "time_period": year, "sex": sex,
             "age": age, "exploitation": form, "citizenship": citizenship}  # fmt: skip
    if bool(place) == bool(source) or (source and not all(codes.values())):
        raise typer.BadParameter(
            "name SOURCE/RELEASE/ROW, or --source, --area, --indicator, --year"
        )
    with alone(paths.lock(), err.print):
        identity = place.split("/")[0] or source
        figures = _figures(identity)
        found = _found(figures, place, codes)
        recall_search.refuse_unprinted(found)
        recall_search.refuse_telling([reason, by], found)
        lines = _lines(found, identity, reason.strip(), by.strip())
        for other in recall_search.perhaps_the_same(figures, found):
            out.print(
                plain(f"Perhaps the same figure, and left; recall it too: {identity}/{other}")
            )
        if dry_run:
            _say_where(lines)
            return
        changes = _changes(lines, found)
        recalls.enter(lines)
        _finish(lines, changes)


def _figures(source: str) -> pd.DataFrame:
    """Return all printed figures of a source."""
    if source not in discover():
        raise typer.BadParameter(f"no source '{source}'; {did_you_mean.hint(source, discover())}")
    return recall_search.figures_of(discover()[source])


def _found(figures: pd.DataFrame, place: str, codes: dict[str, str]) -> pd.DataFrame:
    """Return the printed figures of the cell that is asked for."""
    if not place:
        return recall_search.of_codes(figures, codes)
    _, *rest = place.split("/", 3)
    if len(rest) < 2:
        raise typer.BadParameter(f"'{place}' is not SOURCE/RELEASE/ROW")
    release, row, *column = rest
    return recall_search.at(figures, release, row, "".join(column))


def _lines(found: pd.DataFrame, source: str, reason: str, by: str) -> list[Recall]:
    day = datetime.now(tz=UTC).date().isoformat()
    names = ["release", "file", "row", "column", *CELL]
    return [
        Recall(*map(str, (source, *line, reason, by, day)))
        for line in found[names].itertuples(index=False, name=None)
    ]


def _entries(lines: Sequence[Recall]) -> list[RawFile]:
    """The figure tables in which the figures stand."""
    files = {each.file for each in lines}
    return [entry for entry in manifest.entries() if entry.file in files]


def _say_where(lines: Sequence[Recall]) -> None:
    for each in lines:
        out.print(plain(f"{paths.raw() / each.file}: row {each.row}, column {each.column}"))
        out.print(plain(f"{paths.harmonised() / each.source / each.release}: its rows"))
    for kept in recall.holding(lines):
        out.print(f"version {kept.id}: warehouse, pages and extracts")
    for copy in recall.copies(_entries(lines)):
        out.print(plain(f"{copy}: the publisher's file"))
    out.print("Nothing was changed.")


def _changes(lines: Sequence[Recall], found: pd.DataFrame) -> list[recall.Change]:
    """Return the change to each figure table; refuse a damaged one before anything is written."""
    return [
        recall.change(
            entry,
            [each for each in lines if each.file == entry.file],
            found[found["file"] == entry.file],
        )
        for entry in _entries(lines)
    ]


def _finish(lines: Sequence[Recall], changes: Sequence[recall.Change]) -> None:
    """Takes the figures out of all that is kept, and publishes what is left."""
    copies = recall.copies(_entries(lines))
    for change in changes:
        recall.take_out(change)
    for copy in copies:
        copy.unlink()
    for each in lines:
        shutil.rmtree(paths.harmonised() / each.source / each.release, ignore_errors=True)
    publish.remove_unnamed()
    recall.forget_runs()
    removed = _publish(lines)
    _sum_up(lines, sum(len(each.texts) for each in changes), copies, removed)


def _publish(lines: Sequence[Recall]) -> list[str]:
    """Makes a version without the figures, and removes those that hold them."""
    if not version.versions():
        return []
    from pipelines.cli import local_run  # importing Dagster takes longer than most verbs

    failures = [] if status.nothing_changed() else local_run.run_graph(_unheard)
    for failure in dict.fromkeys(failures):
        err.print(f"error: {plain(failure)}")
    if not status.is_served():
        raise RecallError(
            "readers still see the figure, since no version could be made without it; mend what is "
            "named above, and give the same command again"
        )
    now = version.current()
    holding = [each for each in recall.holding(lines) if now is None or each.id != now.id]
    for each in holding:
        publish.remove(each.folder)
    return [each.id for each in holding]


def _unheard(_step: str, _event: str) -> None:
    """Ignore the progress of the run; only failures are printed."""


def _sum_up(
    lines: Sequence[Recall], taken: int, copies: Sequence[Path], removed: Sequence[str]
) -> None:
    releases = ", ".join(dict.fromkeys(each.release for each in lines))
    now = version.current()
    out.print(
        f"{lines[0].source}: {taken} printed figures of one cell taken out, releases {releases}; "
        f"entered in {paths.recalls()}."
    )
    out.print(f"Readers see {now.id}." if now else "Nothing is published yet.")
    out.print(f"Versions removed: {', '.join(removed) or 'none'}; history of runs removed.")
    for copy in copies:
        out.print(plain(f"Removed {copy}, the publisher's file."))
    out.print(_NOT_REACHED)
