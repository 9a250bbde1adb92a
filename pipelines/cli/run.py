"""The verb `tipstat run`."""

from collections.abc import Collection
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.cli import tables
from pipelines.cli.alert import alert_operators
from pipelines.cli.arguments import source_id
from pipelines.harmonised import release_files
from pipelines.lib import paths, progress
from pipelines.lib.console import err, out, plain
from pipelines.lib.garbage import collect_rarely
from pipelines.lib.lock import alone
from pipelines.orchestration import processes
from pipelines.published.versions import status, version
from pipelines.raw import corrections, findings, manifest

app = typer.Typer()


@app.command()
def run(
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="ID",
            parser=source_id,
            help="Harmonise this source alone; may be given repeatedly.",
        ),
    ] = None,
) -> None:
    """Harmonise, check, build and publish; account for every row.

    Only what changed is rebuilt, with the pages and extracts that depend on it. All releases go
    into the warehouse, the pages and the extracts. A release that fails its checks is held back:
    the others are published, and the exit code is 1. With --source, nothing is done if another
    source changed.
    """
    collect_rarely()
    _refuse_without_releases()
    corrections.refuse_stray()
    with alone(paths.lock(), err.print):
        status.repair()
        unchanged, rolled_back = status.nothing_changed(), status.is_rolled_back()
        failures = _warn(status.damage(), rolled_back)
        failures += [] if unchanged or rolled_back else _run_graph(_changed(source))
    if rolled_back:
        out.print(
            "The version made from these inputs was rolled back and is not published again; "
            "choose another one with 'tipstat rollback'.\n"
        )
    elif unchanged:
        out.print(f"Nothing has changed since {_published()}: nothing to do.")
    for failure in dict.fromkeys(failures):
        err.print(f"error: {plain(failure)}")
    if status.is_served() and not unchanged:
        out.print(tables.account(paths.warehouse()))
    if status.is_served():
        out.print(tables.where_to_look())
    if failures:
        err.print(status.after_failure())
    alert_operators(failures)
    if failures:
        raise typer.Exit(1)


def _refuse_without_releases() -> None:
    """Refuse a project in which no release was taken in yet.

    Raises:
        ManifestError: it has none.
    """
    if not manifest.entries():
        raise manifest.ManifestError(
            f"{paths.manifest()}: no release is taken in yet: 'tipstat add-release' or 'tipstat "
            "inbox' takes one in, 'tipstat init .' the shipped ones"
        )


def _published() -> str:
    """Return the moment at which what readers see was published."""
    now = version.current()
    return now.published.replace("+00:00", "Z") if now else "the last run"


def _changed(named: Collection[str] | None) -> list[str]:
    """Return the sources to harmonise; a version is made of all, so all that changed are named."""
    from pipelines.sources import refuse_without_metadata  # longer than a run without changes takes

    refuse_without_metadata()
    changed = release_files.changed(paths.harmonised())
    if named is None:
        return changed
    if others := sorted({*changed} - {*named}):
        raise typer.BadParameter(
            f"{', '.join(others)} changed too; name each with --source, or run without it",
            param_hint="--source",
        )
    return sorted({*named})


def _warn(damage: str, rolled_back: bool) -> list[str]:
    """Warn that a damaged version is rebuilt; return that it cannot be."""
    if damage and rolled_back:
        return [
            f"{damage}; choose another version with 'tipstat rollback': the inputs of this one "
            "are gone"
        ]
    if damage:
        err.print(f"warning: {plain(damage)}; a complete version is built in its place")
    return []


def _run_graph(sources: Collection[str]) -> list[str]:
    """Harmonise sources and publish with Dagster; return what failed, one line each.

    Findings of older detectors are warned of.

    On a terminal a line shows the step, what it is at, and how many steps of all are done.
    """
    processes.preload(processes.count(sources))
    from pipelines.cli import local_run  # importing Dagster takes longer than most verbs
    from pipelines.intake import detectors

    if old := findings.of_older_detectors(manifest.entries(), detectors.version()):
        err.print(f"warning: {plain(old)}")
    collect_rarely()  # once more: what is imported by now is no garbage either
    columns = TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn()
    is_quiet = not err.is_terminal
    at = TextColumn("{task.fields[at]}")
    with Progress(*columns, TimeElapsedColumn(), at, console=err, disable=is_quiet) as line:
        job = local_run.job_of(sources)
        bar = line.add_task("starting", total=len(job.graph.nodes), at="")

        def show(step: str, event: str) -> None:
            if event == "start":
                line.update(bar, description=step.replace("__", " "), at="")
            elif event in {"success", "failure", "skipped"}:
                line.advance(bar)

        with progress.listening(lambda what: line.update(bar, at=what)):
            failures = local_run.run_graph(job, show)
        line.update(bar, description="failed" if failures else "done", at="")
    return failures
