"""The verbs `tipstat cases ...`: from records of victims to counts, on the authority's machine."""

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.cases.plan import LEAN, PlannedTable, printed_tables, read_plan
from pipelines.cases.texts import LANGUAGE, in_language, number, said
from pipelines.cli.arguments import day_option, out_folder_option, out_option
from pipelines.cli.tables import aligned
from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.lib.console import err, out
from pipelines.lib.lock import alone
from schemas import codelists

if TYPE_CHECKING:  # it takes longer to import than most verbs do
    from pipelines.cases.count import Counted

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
        help="CSV, Excel (.xlsx, .ods), Parquet or SQLite file, a folder of CSV, Excel or Parquet "
        "files, or postgresql://...",
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
    str,
    typer.Option(
        metavar="SIZE",
        help="Memory to use, such as 2GB; the rest goes to disk. Default 80 % of the machine's.",
        show_default=False,
    ),
]
_Engine = Annotated[
    Literal["duckdb", "spark"], typer.Option(help="DuckDB on this machine, or Spark on many.")
]
_Master = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Of the Spark cluster, such as yarn or local[2].")
]

_Language = Annotated[
    Literal["en", "es", "pt", "fr"] | None,
    typer.Option("--lang", help="Language of messages.", show_default="the mapping file's"),
]


@_verbs.command()
def begin(
    extract: _Extract,
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Three-letter code of the state.")
    ] = "",
    table: Annotated[
        str, typer.Option(metavar="NAME", help="Table of a database, or sheet of a workbook.")
    ] = "",
    target: Annotated[
        Path | None, out_option("New file to write to; default the terminal.")
    ] = None,
    memory: _Memory = "",
    language: _Language = None,
) -> None:
    """Begin a mapping file from the columns and labels of an extract."""
    from pipelines.cases.begin import begun_mapping  # imports Ibis

    LANGUAGE.set(language or codelists.LANGUAGES[0])
    if target is not None:
        _refuse_existing(target)
    text = begun_mapping(extract, country, table, memory, language or "")
    if target is None:
        out.print(text, end="")
    else:
        replace_text(target, text)
        out.print(said("begin_done", target=target))
    if not re.search(r'^  column: "(?!\?")', text, re.MULTILINE):
        err.print(said("begin_none"))


@_verbs.command()
def plan(
    extract: _Extract,
    mapping: _Mapping,
    plan: _Plan = LEAN,
    memory: _Memory = "",
    engine: _Engine = "duckdb",
    master: _Master = "",
    language: _Language = None,
) -> None:
    """Show what each table loses by protection, and what further tables would cost."""
    from pipelines.cases.protect import Policy, protect
    from pipelines.cases.publication import PRICED_YEARS, loss, prices, with_left_out

    _speak(language, mapping)
    named = read_plan(plan)
    counted, tables = _counted(extract, mapping, named, memory, _master(engine, master))
    policy = Policy(counted.country, "", is_yearly_revision=True)
    printed = protect(counted.cells, tables, policy)
    figures = with_left_out(printed, counted.cells, tables, counted.country)
    lost = loss(figures, counted.country)
    words = in_language(LANGUAGE.get())
    lines = [
        [row.indicator, row.table.title(words), *map(number, (row.cells, row.small, row.hidden))]
        for row in lost.itertuples()
    ]
    columns = ("indicator", "table", "cells", "small", "hidden")
    out.print("\n" + "\n".join(aligned([[words[name] for name in columns], *lines])))
    if not counted.cells["ref_area"].str.contains("-").any():
        out.print(f"\n{said('no_areas')}")
    columns = ("offered_line", "table", "cells", "hidden", "more_hidden")
    offered = [
        [table.line, table.title(words), *map(number, costs)]
        for table, *costs in prices(counted.cells, named, policy)
    ]
    if offered:
        out.print(f"\n{said('offered', years=PRICED_YEARS)}\n")
        out.print("\n".join(aligned([[words[name] for name in columns], *offered])))
    out.print(f"\n{said('explained')}")


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
    memory: _Memory = "",
    engine: _Engine = "duckdb",
    master: _Master = "",
    language: _Language = None,
) -> None:
    """Count an extract and write protected tables and a report.

    The tables are those of the plan. A second release of a calendar year prints small changes as
    ranges.
    """
    from pipelines.cases import printed, release_folder
    from pipelines.cases.gate import CERTIFICATE_FILE, PRINTED_FILE
    from pipelines.cases.mapping import read_authority
    from pipelines.cases.protect import Policy
    from pipelines.cases.publication import loss, publication, with_left_out
    from pipelines.cases.report import report

    _speak(language, mapping)
    _refuse_existing(folder)
    authority = read_authority(mapping)
    counted, tables = _counted(extract, mapping, read_plan(plan), memory, _master(engine, master))
    before = None if earlier is None else printed.figures(earlier)
    is_first = before is None or not before["release"].str.startswith(f"{release:%Y}-").any()
    if not is_first:
        out.print(said("not_yearly", year=f"{release:%Y}"))
    policy = Policy(counted.country, f"{release:%Y-%m-%d}", is_yearly_revision=is_first)
    made = publication(counted.cells, tables, policy, before)
    new = made.printed[made.printed["release"] == max(made.printed["release"])]
    figures = with_left_out(new, counted.cells, tables, counted.country)
    text = report(counted.account, loss(figures, counted.country), new, authority)
    release_folder.write(folder, made, counted.country, authority, text)
    out.print(said("wrote_printed", path=folder / PRINTED_FILE, number=len(made.printed)))
    out.print(said("wrote_certificate", path=folder / CERTIFICATE_FILE))
    out.print(said("wrote_report", path=release_folder.report_of(folder)))


def _speak(language: str | None, mapping: Path) -> None:
    """Set the language of messages: the given one, or that of a mapping file."""
    from pipelines.cases.mapping import language_of  # imports Ibis

    LANGUAGE.set(language or language_of(mapping))


def _counted(
    extract: str, mapping: Path, named: list[PlannedTable], memory: str, master: str
) -> tuple["Counted", list[PlannedTable]]:
    """Count an extract and print the account of its rows; return counts and tables to print."""
    from pipelines.cases.count import count_cases  # imports Ibis

    counted = count_cases(extract, mapping, memory, master)
    out.print("\n".join(counted.account.lines()))
    return counted, printed_tables(named, counted.cells)


@_verbs.command()
def add(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder that 'tipstat cases count' wrote.")
    ],
    language: _Language = None,
) -> None:
    """Enter counts as a release of the state's case records.

    They are refused unless their protection is proven.
    """
    from pipelines.intake import case_release  # imports what reads and examines sources

    paths.refuse_no_project()
    _speak(language, next(iter(sorted(folder.glob("*_case_records.yml"))), folder))
    with alone(paths.lock(), err.print):
        entry = case_release.add(folder)
    out.print(said("entered", path=entry.path, number=int(entry.rows), manifest=paths.manifest()))


@_verbs.command()
def example(
    target: Annotated[Path, out_option("New .csv file.", ".csv")],
    rows: Annotated[int, typer.Option(min=1, help="Rows.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same file.")] = 1,
    language: _Language = None,
) -> None:
    """Write an invented extract to try the other verbs on."""
    LANGUAGE.set(language or codelists.LANGUAGES[0])
    _refuse_existing(target)
    write_example(target, rows, seed)
    out.print(said("example", path=target, number=rows))


def _refuse_existing(path: Path) -> None:
    """Refuse a path for something new at which there is a file or folder, in the language set."""
    if path.exists():
        raise CaseError(said("exists", path=path))


def _master(engine: str, master: str) -> str:
    """Return the address of the Spark cluster; empty if DuckDB counts.

    Raises:
        CaseError: a cluster is named for DuckDB.
    """
    if master and engine != "spark":
        raise CaseError(said("master_alone"))
    return (master or "local[*]") if engine == "spark" else ""
