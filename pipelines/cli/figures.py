"""The verbs `tipstat query` and `tipstat export`: figures as tables and files."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.cli.arguments import out_folder_option, out_option, refuse_unknown
from pipelines.lib import paths, settings
from pipelines.lib.atomic import replacing
from pipelines.lib.console import err, out
from pipelines.published import extracts
from pipelines.warehouse import answers, query_hints
from pipelines.warehouse.query import LONGEST, SECONDS, ask, shell

app = typer.Typer()


@app.command()
def query(
    sql: Annotated[
        str | None, typer.Argument(metavar="SQL", help="One SQL statement.", show_default=False)
    ] = None,
    form: Annotated[
        Literal["table", "csv", "json"],
        typer.Option("--format", help="Form of the printed answer."),
    ] = "table",
    target: Annotated[
        Path | None,
        out_option("Write the answer to a .csv, .json or .parquet file.", *answers.SUFFIXES),
    ] = None,
    seconds: Annotated[
        int,
        typer.Option(
            "--timeout", metavar="SECONDS", min=1, max=LONGEST, help="Stop the query after this."
        ),
    ] = SECONDS,
) -> None:
    """Query the warehouse in SQL, read-only.

    The query can reach no other file and no network. Without SQL, DuckDB's own shell opens, which
    is a program apart: duckdb.org/docs/installation.
    """
    if sql is None:
        command = shell(paths.warehouse())
        os.execv(command[0], command)  # noqa: S606  # a fixed command, without a shell
    if not sql.strip():
        raise typer.BadParameter("is empty; write one SQL statement", param_hint="SQL")
    printed = out.width if out.is_terminal else answers.UNLIMITED
    written, width = (target.suffix.lower().lstrip("."), 0) if target else (form, printed)
    with ask(paths.warehouse(), sql, written, width, seconds) as answer:
        for hint in [] if answer.rows else query_hints.of_codes(sql):
            err.print(hint)
        if target:
            with replacing(target) as temporary:
                shutil.copyfile(answer.file, temporary)
            out.print(f"{target}: {answer.rows:,} rows")
        else:
            with answer.file.open(encoding="utf-8", newline="") as text:
                shutil.copyfileobj(text, sys.stdout)


def _form(name: str) -> str:
    refuse_unknown("form", name, (*extracts.FORMS, *extracts.OPTIONS))
    return name


@app.command()
def export(
    forms: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FORM",
            parser=_form,
            help=f"Forms: {', '.join(extracts.FORMS)}. By name alone: {extracts.OPTIONS[0]}, "
            "which lays SDMX out for a host of files.",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Write every form.")] = False,
    target: Annotated[
        Path | None, out_folder_option("Folder; default data/published/extracts.")
    ] = None,
) -> None:
    """Export the figures as SDMX, Parquet, CSV, Excel and more.

    Forms already in the folder are written again, so that all come from the same warehouse.
    """
    wanted = extracts.FORMS if everything else forms
    if not wanted:
        raise typer.BadParameter(f"name a form ({', '.join(extracts.FORMS)}), or give --all")
    from pipelines.published.extracts.build import build_extracts  # imports the forms' libraries

    made = build_extracts(
        paths.warehouse(), target or paths.extracts(), wanted, base_url=settings.base_url()
    )
    work = "unchanged, nothing to do" if made.unchanged else ", ".join(made.forms)
    out.print(f"{target or paths.extracts()}: {made.files:,} files ({work})")
