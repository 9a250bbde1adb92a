"""The verbs `tipstat cases ...`: from records of victims to counts, on the authority's machine."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.cases.plan import LEAN, THRESHOLD, read_plan, recorded, small_cells
from pipelines.cases.protected import (
    CERTIFICATE_FILE,
    PRINTED_FILE,
    hidden_cells,
    protected,
    publication,
    write_publication,
)
from pipelines.cli.tables import aligned
from pipelines.lib.atomic import replace_text
from pipelines.lib.console import out

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
    Path, typer.Option(metavar="FILE", help="CSV with the tables to print.", show_default="lean")
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
    f"Below {THRESHOLD}, zeros included, a cell is hidden. To protect these, further cells will be "
    "hidden, so the loss is greater."
)


@_verbs.command()
def begin(
    extract: _Extract,
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Three-letter code of the state.")
    ] = "",
    table: Annotated[str, typer.Option(metavar="NAME", help="Table of a database.")] = "",
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="New file to write to.")
    ] = None,
    memory: _Memory = "",
) -> None:
    """Begin a mapping file from the columns and labels of an extract."""
    from pipelines.cases.begin import begun_mapping  # imports Ibis

    if target is not None and target.exists():
        raise CaseError(f"{target}: exists; name a new file")
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
    from pipelines.cases.count import count_cases  # imports Ibis

    planned = read_plan(plan)
    counted = count_cases(extract, mapping, memory, _master(engine, master))
    out.print("\n".join(counted.account.lines()))
    tables = recorded(planned, counted.cells)
    loss = small_cells(counted.cells, tables).rename(columns={"small": f"below {THRESHOLD}"})
    hidden = hidden_cells(protected(counted.cells, tables, counted.country), counted.country)
    keys = zip(loss["indicator"], loss["table"], strict=True)
    loss["hidden"] = [hidden.get(key, 0) for key in keys]
    rows = loss.itertuples(index=False)
    lines = [[*row[:2], *(f"{figure:,}" for figure in row[2:])] for row in rows]
    out.print("\n" + "\n".join(aligned([list(loss.columns), *lines])))
    out.print(f"\n{_EXPLAINED}")


@_verbs.command()
def count(
    extract: _Extract,
    mapping: _Mapping,
    folder: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="New folder.")],
    release: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Day of the release."),
    ],
    plan: _Plan = LEAN,
    earlier: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The printed.csv of the release before, if any."),
    ] = None,
    memory: _Memory = "",
    engine: _Engine = "duckdb",
    master: _Master = "",
) -> None:
    """Count an extract and write the tables of the plan, protected."""
    from pipelines.cases.count import count_cases  # imports Ibis

    if folder.exists():
        raise CaseError(f"{folder}: exists; name a new folder")
    planned = read_plan(plan)
    counted = count_cases(extract, mapping, memory, _master(engine, master))
    out.print("\n".join(counted.account.lines()))
    tables = recorded(planned, counted.cells)
    figures = publication(counted.cells, tables, counted.country, f"{release:%Y-%m-%d}", earlier)
    write_publication(figures, folder)
    out.print(f"{folder / PRINTED_FILE}: {len(figures.printed):,} figures")
    out.print(f"{folder / CERTIFICATE_FILE}: anybody may check it with 'tipstat prove'")


@_verbs.command()
def example(
    target: Annotated[Path, typer.Option("--out", metavar="FILE", help="New CSV file.")],
    rows: Annotated[int, typer.Option(min=1, help="Rows.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same file.")] = 1,
) -> None:
    """Write an invented extract to try the other verbs on."""
    if target.exists():
        raise CaseError(f"{target}: exists; name a new file")
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
