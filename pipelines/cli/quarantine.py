"""The verb `tipstat quarantine`: rows that break a rule, and what to do about each."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.cli import tables
from pipelines.cli.arguments import out_option, source_argument
from pipelines.harmonised import quarantine as rows
from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.lib.atomic import replacing
from pipelines.lib.console import out
from pipelines.lib.errors import TipstatError

app = typer.Typer()

SHOWN: Final = 20
"""Problems of a release that are printed."""


class QuarantineError(TipstatError):
    """No release is harmonised yet, so there is no quarantine to show."""


@app.command()
def quarantine(
    source: Annotated[str | None, source_argument("Source; without it, counts of all.")] = None,
    target: Annotated[Path | None, out_option("Write all rows to a .csv file.", ".csv")] = None,
) -> None:
    """Show the rows that break a rule, and what to do.

    Counts by rule; of a source also the first twenty problems of each release, newest first. They
    are those of the last run. None of these rows is published.
    """
    releases = release_files.releases(paths.harmonised(), source)
    made = [release for release in releases if release.files.quarantine.is_file()]
    if not made:
        raise QuarantineError(
            f"{paths.harmonised()}: no release is made yet; make them with 'tipstat run'"
        )
    found = rows.read_quarantine(release_files.quarantine_files(made))
    if target:
        with replacing(target) as temporary:
            rows.write(found, temporary)
        out.print(f"{target}: {len(found):,} rows")
        return
    if found.empty:
        out.print("No row is in quarantine.")
        return
    out.print(tables.quarantined_by_rule(rows.by_rule(found)))
    out.print("A row that breaks several rules is counted under each.")
    for release in sorted(found["release"].unique(), reverse=True) if source else ():
        here = found[found["release"] == release]
        out.print(f"\nRelease {release}")
        out.print(tables.problems_table(here, SHOWN), soft_wrap=False)
        more = tables.problems(here).ngroups - SHOWN
        if more > 0:
            out.print(f"{more:,} more problems: write all rows to a file with --out FILE.csv")
