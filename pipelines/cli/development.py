"""The verbs `tipstat new-source`, `tipstat test-source` and `tipstat docs`."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines import docs, scaffold
from pipelines.cli.arguments import publication, source_argument
from pipelines.lib import paths
from pipelines.lib.console import err, out, plain
from pipelines.raw import shipped, source_files
from pipelines.scaffold import source_checks

app = typer.Typer()


def _flag(name: str) -> object:
    text = f"{scaffold.QUESTIONS[name]}."
    return typer.Option(scaffold.flag(name), metavar="TEXT", help=text, show_default=False)


@app.command()
def new_source(
    sample: Annotated[
        Path, typer.Argument(metavar="SAMPLE", help="A file of the publication, on this computer.")
    ],
    identity: Annotated[str, _flag("id")] = "",
    publisher: Annotated[str, _flag("publisher")] = "",
    title: Annotated[str, _flag("title")] = "",
    page: Annotated[str, _flag("page")] = "",
    address: Annotated[str, _flag("address")] = "",
    indicator: Annotated[str, _flag("indicator")] = "",
    coll_method: Annotated[str, _flag("coll_method")] = "",
    time_basis: Annotated[str, _flag("time_basis")] = "",
    def_scope: Annotated[str, _flag("def_scope")] = "",
    nationwide: Annotated[str, _flag("nationwide")] = "",
    whole: Annotated[str, _flag("whole")] = "",
) -> None:
    """Start a new source from one of its files.

    Writes metadata and a fixture into the project's folder sources, to be completed. What the file
    shows is proposed: no release is taken in before it is confirmed. Asks for every answer that no
    option gives.
    """
    unit = scaffold.unit_of(sample)
    given = scaffold.Answers(
        identity, publisher, title, page, address, indicator, coll_method, time_basis, def_scope,
        nationwide, whole,
    )  # fmt: skip
    answers = scaffold.complete_answers(given, unit)
    written = scaffold.write(sample, answers)
    out.print(scaffold.next_steps(sample, answers.id, written))


@app.command(epilog="Exit code 1: something is left open, or wrong.")
def test_source(
    source: Annotated[str, source_argument("Source to be tested.")],
    expect: Annotated[
        bool,
        typer.Option("--expect", help="Only write the rows of the fixture as those expected."),
    ] = False,
) -> None:
    """Test the metadata, the fixture and the releases of a source."""
    tested = publication(source)
    if expect:
        out.print(f"written  {source_checks.write_expected(tested)}: read it line by line")
        return
    faults = [*source_checks.faults(tested)]
    if not faults:
        releases = source_checks.harmonised(tested)
        faults = [*source_checks.faults_of_releases(tested.source, releases)]
    for fault in faults:
        err.print(f"error: {plain(fault)}")
    if faults:
        raise typer.Exit(1)
    out.print(f"{source}: metadata, fixture and {len(releases)} releases are sound")


@app.command(name="docs", epilog="Exit code 1: with --check, a page is out of date.")
def write_docs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list the pages that are out of date.")
    ] = False,
) -> None:
    """Write the generated pages of docs/.

    They describe the sources, contracts, code lists and rules, and the shipped figures.
    """
    if not source_files.is_source_tree():
        raise FileNotFoundError(
            f"{paths.home()}: is not tipstat's source tree, whose pages these are; the copy of a "
            "project is renewed by 'tipstat init .'"
        )
    left_out = shipped.not_in_index(paths.home())
    stale = docs.write(paths.home() / "docs", check=check)
    if check and stale:
        err.print(f"error: {', '.join(stale)}: out of date; run 'tipstat docs'")
    else:
        out.print(f"{len(stale)} pages written" if stale else "All pages are up to date.")
    if left_out:
        err.print(f"left out, since not in git's index (run 'git add data'): {', '.join(left_out)}")
    if check and stale:
        raise typer.Exit(1)
