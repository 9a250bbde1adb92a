"""The verb `tipstat recall`: take back a figure that should never have been published."""

import shutil
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import pandas as pd
import typer

from pipelines.cli.arguments import by_option, publication
from pipelines.harmonised import release_files
from pipelines.intake.printed_cells import CELL
from pipelines.lib import clock, paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.published import recall, recall_search
from pipelines.published.versions import publish, status, version
from pipelines.raw import kept_versions, manifest, recalls
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import Recall, RecallError

app = typer.Typer()

_NOT_REACHED: Final = (
    "Not reached: git's history, and copies made by git, by a backup or by readers; a history of "
    "runs in PostgreSQL; files written elsewhere with --out; docs/ of a checkout, until 'tipstat "
    "docs' has run. A figure that follows from a total and its other parts, or that another source "
    "has too, stays: recall those figures as well."
)


def _code(of: str) -> object:
    return typer.Option(metavar="CODE", help=f"{of}, by code.")


_Reason = Annotated[
    str, typer.Option(metavar="TEXT", help="Reason; it must not contain the figure.")
]
_By = Annotated[str, by_option("Person or office that is responsible.")]
_Place = Annotated[
    str, typer.Argument(metavar="SOURCE/RELEASE/ROW", help="Row that prints the figure.")
]
_Source = Annotated[
    str, typer.Option(metavar="ID", help="Source, to name the figure by its codes instead.")
]
_Year = Annotated[str, typer.Option(metavar="PERIOD", help="Year, quarter or month.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only list the places that hold the figure.")
]


@app.command(name="recall")
def recall_figure(
    reason: _Reason,
    by: _By,
    place: _Place = "",
    source: _Source = "",
    area: Annotated[str, _code("State or subdivision")] = "",
    indicator: Annotated[str, _code("Indicator")] = "",
    year: _Year = "",
    sex: Annotated[str, _code("Sex")] = "_T",
    age: Annotated[str, _code("Age")] = "_T",
    form: Annotated[str, _code("Form of exploitation")] = "_T",
    citizenship: Annotated[str, _code("Citizenship")] = "_T",
    dry_run: _DryRun = False,
) -> None:
    """Take a figure out of every table, version and page.

    The figure is removed from every release of its source, and stays out of later ones. If the row
    prints several figures, name the column too: SOURCE/RELEASE/ROW/COLUMN. data/recalls.csv records
    who, when and why, never the figure. If the command is interrupted, give it again.
    """
    codes = {"ref_area": area, "indicator": indicator, "time_period": year, "sex": sex,
             "age": age, "exploitation": form, "citizenship": citizenship}  # fmt: skip
    _refuse_incomplete(place, source, codes, reason)
    with alone(paths.lock(), err.print):
        identity = place.split("/")[0] or source
        figures = recall_search.figures_of(publication(identity))
        found = _found(figures, place, codes)
        recall_search.refuse_telling([reason.strip(), by], found)
        names = ["release", "file", "row", "column", *CELL]
        lines = [
            Recall(*map(str, (identity, *line, reason.strip(), by, clock.today())))
            for line in found[names].itertuples(index=False, name=None)
        ]
        for copy in recall_search.possible_copies(figures, found):
            out.print(plain(f"Possible copy, not recalled; recall it too: {identity}/{copy}"))
        if dry_run:
            _print_places(lines)
        else:
            changes = [  # a damaged table is refused before anything is written
                recall.change(
                    entry,
                    [line for line in lines if line.file == entry.file],
                    found[found["file"] == entry.file],
                )
                for entry in _entries(lines)
            ]
            recalls.enter(lines)
            _finish(lines, changes)


def _refuse_incomplete(place: str, source: str, codes: Mapping[str, str], reason: str) -> None:
    """Refuse options that name no figure, or no reason."""
    if not reason.strip():
        raise typer.BadParameter("--reason must not be empty")
    if bool(place) == bool(source) or (source and not all(codes.values())):
        raise typer.BadParameter(
            "name SOURCE/RELEASE/ROW, or --source, --area, --indicator, --year"
        )


def _found(figures: pd.DataFrame, place: str, codes: Mapping[str, str]) -> pd.DataFrame:
    """Return the printed figures of the cell; refuse one that no file prints."""
    _, *rest = place.split("/", 3)
    if place and len(rest) < 2:
        raise typer.BadParameter(f"'{place}' is not SOURCE/RELEASE/ROW")
    if place:
        release, row, *column = rest
        found = recall_search.at(figures, release, row, "".join(column))
    else:
        found = recall_search.of_codes(figures, codes)
    recall_search.refuse_unprinted(found)
    return found


def _entries(lines: Sequence[Recall]) -> list[RawFile]:
    """Return the manifest's lines for the figure tables that hold the figures."""
    files = {line.file for line in lines}
    return [entry for entry in manifest.entries() if entry.file in files]


def _print_places(lines: Sequence[Recall]) -> None:
    """Print every place that holds the figures."""
    for line in lines:
        out.print(plain(f"{paths.raw() / line.file}: row {line.row}, column {line.column}"))
        out.print(plain(f"{paths.harmonised() / line.source / line.release}: its rows"))
    for kept in recall.holding(lines):
        out.print(f"version {kept.id}: warehouse, pages and extracts")
    for copy in recall.copies(_entries(lines)):
        out.print(plain(f"{copy}: the publisher's file"))
    out.print("Nothing was changed.")


def _finish(lines: Sequence[Recall], changes: Sequence[recall.RecallChange]) -> None:
    """Take the figures out of every stored file, and publish a version without them."""
    copies = recall.copies(_entries(lines))
    for change in changes:
        recall.take_out(change)
    for copy in copies:
        copy.unlink()
    for release in release_files.releases(paths.harmonised(), lines[0].source):
        # A proof sheet shows figures of other releases beside those of its own.
        if release.proof_sheet.is_file() or release.release in {line.release for line in lines}:
            shutil.rmtree(release.stamp.parent, ignore_errors=True)
    publish.remove_unnamed()
    recall.forget_runs()
    removed = _publish(lines)
    taken = sum(len(change.texts) for change in changes)
    releases = ", ".join(dict.fromkeys(line.release for line in lines))
    now = version.current()
    out.print(
        f"{lines[0].source}: {taken} printed figures of one cell removed from releases {releases}; "
        f"recorded in {paths.recalls()}."
    )
    out.print(f"Readers see {now.id}." if now else "Nothing is published yet.")
    out.print(f"Versions removed: {', '.join(removed) or 'none'}. History of runs removed.")
    for copy in copies:
        out.print(plain(f"Removed {copy}, the publisher's file."))
    out.print(_NOT_REACHED)


def _publish(lines: Sequence[Recall]) -> list[str]:
    """Publish a version without the figures, and remove those that hold them; return their ids."""
    if not version.versions():
        return []
    from pipelines.cli import local_run  # importing Dagster takes longer than most verbs

    if kept_versions.entries():  # before the catalogue of the next version lists them
        kept_versions.forget({each.id for each in recall.holding(lines)})
    changed = release_files.changed(paths.harmonised())
    failures = [] if status.nothing_changed() else local_run.run_graph(local_run.job_of(changed))
    for failure in dict.fromkeys(failures):
        err.print(f"error: {plain(failure)}")
    if not status.is_served():
        raise RecallError(
            "readers still see the figure, since no version could be made without it; repair the "
            "faults named above, and give the same command again"
        )
    now = version.current()
    holding = [each for each in recall.holding(lines) if now is None or each.id != now.id]
    for each in holding:
        publish.remove(each.folder)
    return [each.id for each in holding]
