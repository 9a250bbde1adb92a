"""The verb `tipstat prove`: check a certificate of disclosure control."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cases import check

app = typer.Typer()


@app.command()
def prove(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The printed table, as CSV.")],
    certificate: Annotated[
        Path, typer.Argument(metavar="CERTIFICATE", help="Its certificate, CSV or CSV.gz.")
    ],
) -> None:
    """Check that a printed table gives no small count away.

    Needs the printed table and its certificate, and nothing secret. Exit code 0: proven; 1: not
    proven or malformed, the gaps are named; 2: a file cannot be read.
    """
    raise typer.Exit(check.main([str(file), str(certificate)]))
