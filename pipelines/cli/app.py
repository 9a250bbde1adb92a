"""The command line: `tipstat VERB`.

Exit codes: 0 done; 1 the data are at fault, each fault named in a line (what, where, what to do);
2 the command was used wrongly.
"""

import io
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines import docs, scaffold
from pipelines.cli import examine, images, recall, releases, review, tables, versions
from pipelines.harmonised import errors, refresh
from pipelines.lib import did_you_mean, paths
from pipelines.lib.console import err, out, plain
from pipelines.lib.lock import alone
from pipelines.orchestration.alerts.send import tell
from pipelines.published import extracts
from pipelines.published.images.refusal import PrintError
from pipelines.published.versions import status
from pipelines.published.versions.version import VersionError
from pipelines.raw import manifest, recalls, shipped
from pipelines.scaffold import prompt
from pipelines.sources import MetadataError, Publication, discover
from pipelines.warehouse import answers, database, query_hints
from pipelines.warehouse.query import SECONDS, QueryError, ask, shell

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Trafficking-in-persons statistics of the Americas as common, comparable indicators.",
)
app.add_typer(versions.app)
app.add_typer(releases.app)
app.add_typer(review.app)
app.add_typer(examine.app)
app.add_typer(recall.app)

_REFUSALS = (
    *errors.REFUSALS,
    MetadataError,
    database.WarehouseError,
    answers.FormError,
    QueryError,
    extracts.ExportError,
    VersionError,
    PrintError,
    recalls.RecallError,
    OSError,
)


def main() -> None:
    """Runs the command; a refusal is one line and exit code 1, never a trace."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without our letters
    try:
        app()
    except _REFUSALS as refusal:
        err.print(f"error: {plain(str(refusal))}")
        sys.exit(1)
    except duckdb.Error as error:
        said = " ".join(str(error).split())
        err.print(
            f"error: {paths.warehouse()}: cannot be read ({plain(said)}); 'tipstat verify' "
            "names what is damaged, 'tipstat run' makes it again"
        )
        sys.exit(1)


def _form(name: str) -> str:
    if name not in extracts.FORMS:
        raise typer.BadParameter(f"no form '{name}'; {did_you_mean.hint(name, extracts.FORMS)}")
    return name


class Form(StrEnum):
    """Form in which an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command()
def sources() -> None:
    """List the sources: who publishes what, and its releases."""
    entries = manifest.entries() if paths.manifest().is_file() else []
    table = tables.sources_table([each.source for each in discover().values()], entries)
    out.print(table, soft_wrap=False)


@app.command()
def run() -> None:
    """Harmonise, check, build and publish; account for every row.

    All releases go into the warehouse, the pages and the extracts. A release that is refused is
    held back: the others are published, and the exit code is 1.
    """
    refresh.refuse_stray_corrections()
    with alone(paths.lock(), err.print):
        status.mend_links()
        unchanged, rolled_back = status.nothing_changed(), status.is_rolled_back()
        failures = _mended(status.damage(), rolled_back)
        failures += [] if unchanged or rolled_back else _run_graph()
    if rolled_back:
        out.print(
            "What these inputs give was rolled back and is not published again; "
            "'tipstat rollback' chooses another version.\n"
        )
    elif unchanged:
        out.print("Nothing has changed since the last run: no work was done twice.\n")
    for failure in dict.fromkeys(failures):
        err.print(f"error: {plain(failure)}")
    if status.is_served():
        out.print(tables.account(paths.warehouse()))
        out.print(tables.where_to_look())
    if failures:
        err.print(status.after_failure())
    _tell(failures)
    if failures:
        raise typer.Exit(1)


def _mended(damage: str, rolled_back: bool) -> list[str]:
    """Says that a damaged version is made again; a failure where its inputs are not at hand."""
    if damage and rolled_back:
        return [f"{damage}; choose another version with 'tipstat rollback', its inputs are gone"]
    if damage:
        err.print(f"warning: {plain(damage)}; a whole version is made in its place")
    return []


def _tell(failures: list[str]) -> None:
    """Sends alerts of what failed; whom they do not reach, the run goes on without."""
    for fault in tell(failures, status.after_failure() if failures else ""):
        err.print(f"warning: {plain(fault)}")


def _run_graph() -> list[str]:
    """Executes Dagster's graph behind a progress display; returns what failed, one line each."""
    from pipelines.cli import local_run  # importing Dagster takes longer than most verbs

    columns = TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeElapsedColumn(), console=err) as progress:
        bar = progress.add_task("starting", total=len(local_run.steps()))

        def tell(step: str, event: str) -> None:
            if event == "start":
                progress.update(bar, description=step.replace("__", " "))
            elif event in {"success", "failure", "skipped"}:
                progress.advance(bar)

        failures = local_run.run_graph(tell)
        progress.update(bar, description="failed" if failures else "done")
    return failures


@app.command()
def fetch(
    publication: Annotated[
        Publication | None,
        typer.Argument(
            metavar="[SOURCE]", parser=releases.publication, help="One source; else all."
        ),
    ] = None,
) -> None:
    """Download new releases from the publishers into data/raw.

    What is refused leaves the releases at hand as they are; 'tipstat run' publishes what is new.
    """
    from pipelines.intake import acquire  # the only verb that needs the network's libraries

    wanted = [publication] if publication else discover().values()
    outcomes = []
    for each in wanted:
        with alone(paths.lock(), err.print):
            outcomes.append(outcome := acquire.fetch(each))
        stream = err if outcome.refused else out
        stream.print(f"{outcome.source}: {plain(outcome.message)}")
    if any(outcome.new for outcome in outcomes):
        out.print("Publish it with 'tipstat run'.")
    _tell([f"{each.source}: {each.message}" for each in outcomes if each.refused])
    if any(outcome.refused for outcome in outcomes):
        raise typer.Exit(1)


@app.command(name="inbox")
def take_inbox() -> None:
    """Take in the files that lie in data/inbox.

    Each goes to the source whose layout it has. What no source takes is moved to
    data/inbox/set_aside, with a report of why.
    """
    from pipelines.intake import inbox

    outcomes, left = inbox.take(), inbox.left()
    for outcome in outcomes:
        (out if outcome.source else err).print(plain(outcome.message))
    for line in left:
        out.print(plain(line))
    if not outcomes and not left:
        out.print(f"{paths.inbox()}: nothing waits there")
    if any(outcome.is_new for outcome in outcomes):
        out.print("Publish it with 'tipstat run'.")
    _tell([outcome.message for outcome in outcomes if not outcome.source])
    if not all(outcome.source for outcome in outcomes):
        raise typer.Exit(1)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="[SQL]", help="One question.")] = "",
    form: Annotated[Form, typer.Option("--format", help="How it is printed.")] = Form.TABLE,
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A .csv, .json or .parquet file.")
    ] = None,
    seconds: Annotated[
        int, typer.Option("--timeout", metavar="SECONDS", min=1, help="The longest it may take.")
    ] = SECONDS,
) -> None:
    """Ask the warehouse in SQL; it is only read.

    No other file is reached, and no network. Without a question DuckDB's own shell opens on it.
    """
    if not sql:
        command = shell(paths.warehouse())
        os.execv(command[0], command)  # noqa: S606  # a fixed command, without a shell
    answer = ask(paths.warehouse(), sql, seconds)
    for hint in [] if len(answer) else query_hints.of_codes(sql):
        err.print(hint)
    if target:
        answers.write(answer, target)
        out.print(f"{target}: {len(answer):,} rows")
    elif form is Form.TABLE:
        sys.stdout.write(answers.table(answer, out.width))
    else:
        sys.stdout.write(answers.text(answer, form.value))


@app.command()
def export(
    forms: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FORM]...", parser=_form, help=", ".join(extracts.FORMS)),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every form.")] = False,
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Else data/published/extracts.")
    ] = None,
) -> None:
    """Write the figures in the forms that statisticians take away.

    Forms that the folder holds are made anew with the others, so that all are of one warehouse.
    """
    wanted = extracts.FORMS if everything else forms
    if not wanted:
        raise typer.BadParameter(f"name a form ({', '.join(extracts.FORMS)}), or say --all")
    from pipelines.published.extracts.build import build_extracts  # imports the forms' libraries

    made = build_extracts(paths.warehouse(), target or paths.extracts(), wanted)
    said = "unchanged, no work was done twice" if made.unchanged else ", ".join(made.forms)
    out.print(f"{target or paths.extracts()}: {made.files:,} files ({said})")


app.command()(images.chart)
app.command(name="report")(images.report)


def _flag(name: str) -> object:
    question = prompt.QUESTIONS[name]
    return typer.Option(question.flag, metavar="TEXT", help=question.asks, show_default=False)


@app.command()
def new_source(
    identity: Annotated[str, _flag("id")] = "",
    publisher: Annotated[str, _flag("publisher")] = "",
    title: Annotated[str, _flag("title")] = "",
    page: Annotated[str, _flag("page")] = "",
    address: Annotated[str, _flag("address")] = "",
    sample: Annotated[str, _flag("sample")] = "",
    area: Annotated[str, _flag("area")] = "",
    indicator: Annotated[str, _flag("indicator")] = "",
    year_column: Annotated[str, _flag("year_column")] = "",
    figure_column: Annotated[str, _flag("figure_column")] = "",
    locale: Annotated[str, _flag("locale")] = "",
    coll_method: Annotated[str, _flag("coll_method")] = "",
    time_basis: Annotated[str, _flag("time_basis")] = "",
    def_scope: Annotated[str, _flag("def_scope")] = "",
) -> None:
    """Begin a source: its module and its fixture, to be filled in.

    Asks for what no flag says.
    """
    scaffold.refuse_elsewhere(paths.home())
    given = scaffold.Answers(
        identity, publisher, title, page, address, sample, area, indicator, year_column,
        figure_column, locale, coll_method, time_basis, def_scope,
    )  # fmt: skip
    answers = prompt.complete_answers(given)
    out.print(scaffold.next_steps(answers, scaffold.write(answers, paths.home())))


@app.command(name="docs")
def write_docs(
    check: Annotated[bool, typer.Option("--check", help="Only say which pages differ.")] = False,
) -> None:
    """Write the generated pages of docs/.

    They tell of sources, contracts, code lists, rules, and of the figures that are shipped.
    """
    if left_out := shipped.left_out(paths.home()):
        err.print(f"not told of, since not in git's index (git add data): {', '.join(left_out)}")
    stale = docs.write(paths.home() / "docs", check=check)
    if check and stale:
        err.print(f"error: {', '.join(stale)}: not as generated; run 'tipstat docs'")
        raise typer.Exit(1)
    out.print(f"{len(stale)} pages written" if stale else "All pages are up to date.")


if __name__ == "__main__":
    main()
