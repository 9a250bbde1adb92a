"""The verbs `tipstat cases ...`: from records of victims to counts, on the authority's machine."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.cases.plan import LEAN, Plan, read_plan, recorded
from pipelines.cli.arguments import day_option, out_folder_option, out_option
from pipelines.cli.tables import aligned
from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.lib.console import err, out
from pipelines.lib.lock import alone
from schemas.case import THRESHOLD

if TYPE_CHECKING:  # they take longer to import than most verbs do
    from pipelines.cases.count import Counted
    from pipelines.cases.publication import Publication
    from schemas.source import Authority

app = typer.Typer()
_verbs = typer.Typer(
    no_args_is_help=True,
    help="Count records of victims without storing or showing them.",
)
app.add_typer(_verbs, name="cases")

_Extract = Annotated[
    str,
    typer.Argument(
        metavar="EXTRACT",
        help="CSV, Parquet or SQLite file, a folder of CSV or Parquet files, or postgresql://...",
    ),
]
_Mapping = Annotated[Path, typer.Argument(metavar="MAPPING", help="The mapping file.")]
_Plan = Annotated[
    Path,
    typer.Option(
        metavar="FILE",
        help="CSV with the tables to print, made like the default, pipelines/cases/lean_plan.csv.",
        show_default=False,
    ),
]
_Memory = Annotated[
    str, typer.Option(metavar="SIZE", help="Memory to use, such as 2GB; the rest goes to disk.")
]
_Engine = Annotated[
    Literal["duckdb", "spark"], typer.Option(help="DuckDB on this machine, or Spark on many.")
]
_Master = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Of the Spark cluster, such as yarn or local[2].")
]

_EXPLAINED: Final = (
    f"Cells below {THRESHOLD} are hidden, zeros too unless the plan prints them, and others to "
    "protect them. If too much is hidden, name fewer or coarser tables in a file, with --plan."
)


@_verbs.command()
def begin(
    extract: _Extract,
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Three-letter code of the state.")
    ] = "",
    table: Annotated[str, typer.Option(metavar="NAME", help="Table of a database.")] = "",
    target: Annotated[
        Path | None, out_option("New file to write to; default the terminal.")
    ] = None,
    memory: _Memory = "",
) -> None:
    """Begin a mapping file from the columns and labels of an extract."""
    from pipelines.cases.begin import begun_mapping  # imports Ibis

    if target is not None:
        paths.refuse_existing(target)
    text = begun_mapping(extract, country, table, memory)
    if target is None:
        out.print(text, end="")
    else:
        replace_text(target, text)
        out.print(f"{target}: check each line, then write 'confirmed: yes'")


@_verbs.command()
def plan(
    extract: _Extract,
    mapping: _Mapping,
    plan: _Plan = LEAN,
    memory: _Memory = "",
    engine: _Engine = "duckdb",
    master: _Master = "",
) -> None:
    """Show how many cells of each table would be below the threshold."""
    from pipelines.cases.protect import Policy, protect
    from pipelines.cases.publication import loss

    counted, printed = _counted(extract, mapping, plan, memory, _master(engine, master))
    policy = Policy(counted.country, "", zeros_are_small=not printed.prints_zeros)
    figures = protect(counted.cells, printed.tables, policy)
    lost = loss(counted.cells, printed, figures, counted.country)
    header = ["indicator", "table", "cells", f"below {THRESHOLD}", "hidden"]
    rows = lost.itertuples(index=False)
    lines = [[*row[:2], *(f"{figure:,}" for figure in row[2:])] for row in rows]
    out.print("\n" + "\n".join(aligned([header, *lines])))
    out.print(f"\n{_EXPLAINED}")


@_verbs.command()
def count(
    extract: _Extract,
    mapping: _Mapping,
    folder: Annotated[Path, out_folder_option("New folder.")],
    release: Annotated[datetime, day_option("Day of the release.")],
    plan: _Plan = LEAN,
    earlier: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The printed.csv of the release before, if any."),
    ] = None,
    revision: Annotated[
        bool,
        typer.Option(
            "--yearly-revision", help="Print changes below 10 exactly, not as an interval."
        ),
    ] = False,
    memory: _Memory = "",
    engine: _Engine = "duckdb",
    master: _Master = "",
) -> None:
    """Count an extract and write protected tables and a report.

    The tables are those of the plan.
    """
    from pipelines.cases.authority import read_authority
    from pipelines.cases.protect import Policy
    from pipelines.cases.publication import publication

    paths.refuse_existing(folder)
    authority = read_authority(mapping)
    counted, printed = _counted(extract, mapping, plan, memory, _master(engine, master))
    policy = Policy(counted.country, f"{release:%Y-%m-%d}", not printed.prints_zeros, revision)
    made = publication(counted.cells, printed, policy, earlier)
    _write(folder, made, counted, printed, authority)


def _counted(
    extract: str, mapping: Path, plan: Path, memory: str, master: str
) -> tuple["Counted", Plan]:
    """Count an extract and print the account of its rows; return the counts and the plan."""
    from pipelines.cases.count import count_cases  # imports Ibis

    printed = read_plan(plan)
    counted = count_cases(extract, mapping, memory, master)
    out.print("\n".join(counted.account.lines()))
    return counted, recorded(printed, counted.cells)


def _write(
    folder: Path, made: "Publication", counted: "Counted", tables: Plan, authority: "Authority"
) -> None:
    """Write the folder of a release, and say what is in it."""
    from pipelines.cases import release_folder
    from pipelines.cases.gate import CERTIFICATE_FILE, PRINTED_FILE
    from pipelines.cases.publication import loss
    from pipelines.cases.report import report

    new = made.printed[made.printed["release"] == max(made.printed["release"])]
    lost = loss(counted.cells, tables, new, counted.country)
    text = report(counted.account, lost, new, authority)
    release_folder.write(folder, made, counted.country, authority, text)
    out.print(f"{folder / PRINTED_FILE}: {len(made.printed):,} figures")
    out.print(f"{folder / CERTIFICATE_FILE}: anybody may check it with 'tipstat prove'")
    out.print(f"{release_folder.report_of(folder)}: for you alone")


@_verbs.command()
def add(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder that 'tipstat cases count' wrote.")
    ],
) -> None:
    """Enter counts as a release of the state's case records.

    They are refused unless their protection is proven.
    """
    from pipelines.intake import case_release  # imports what reads and examines sources

    paths.refuse_no_project()
    with alone(paths.lock(), err.print):
        entry = case_release.add(folder)
    out.print(f"{entry.path}: {int(entry.rows):,} figures, recorded in {paths.manifest()}")


@_verbs.command()
def example(
    target: Annotated[Path, out_option("New .csv file.", ".csv")],
    rows: Annotated[int, typer.Option(min=1, help="Rows.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same file.")] = 1,
) -> None:
    """Write an invented extract to try the other verbs on."""
    paths.refuse_existing(target)
    write_example(target, rows, seed)
    out.print(f"{target}: {rows:,} invented rows")


def _master(engine: str, master: str) -> str:
    """Return the address of the Spark cluster; empty if DuckDB counts.

    Raises:
        CaseError: a cluster is named for DuckDB.
    """
    if master and engine != "spark":
        raise CaseError("--master is an address of Spark; add '--engine spark'")
    return (master or "local[*]") if engine == "spark" else ""
